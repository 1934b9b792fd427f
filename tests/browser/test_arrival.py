"""The first minutes: the demo's door, a room list, and a site that comes back."""

from playwright.sync_api import expect

from tests.browser.fixtures import Visit
from tests.browser.site import Site


def test_one_click_makes_you_ana_and_shows_her_groups(site: Site, visit: Visit) -> None:
    page = visit().page()
    site.sign_in(page, "ana")
    expect(page.get_by_text("Tuesday evening group").first).to_be_visible()
    expect(page.get_by_text("Harbor mornings")).to_have_count(0)


def test_a_killed_site_comes_back_on_the_same_data(site: Site, visit: Visit) -> None:
    visitor = visit()
    page = visitor.page()
    site.sign_in(page, "ben")
    visitor.forgive("ERR_CONNECTION", "WebSocket")
    site.kill()
    site.start()
    page.goto(f"{site.url}/groups/")
    expect(page.get_by_text("After Tuesday").first).to_be_visible()
