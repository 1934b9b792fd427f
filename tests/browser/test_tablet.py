"""The clinic's tablet in people's hands: Done, five quiet minutes, and the next person finds nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.screens import WITHOUT_ADDRESS
from tests.browser.site import Site, until

SPANISH = "people.change(person=fay, wanted={'language': 'es'})\n"
ASKED_IN = """async () => (await caches.match("/help/")).headers.get("Porchlight-Asked-In")"""
PASSWORD = "four words in a row"


@pytest.fixture
def tablet(site: Site, visit: Visit) -> Page:
    """A device Dana set up; nobody is signed in on it. Its clock is the test's."""
    page = visit().page()
    page.clock.install()
    site.sign_in(page, "dana")
    page.goto(f"{site.url}/tablet/")
    page.get_by_role("button", name="Make this device the clinic").click()
    page.wait_for_url("**/sign-in/")
    return page


def sign_in(page: Page, site: Site) -> None:
    name = site.python(WITHOUT_ADDRESS).split()[-1]
    page.goto(f"{site.url}/sign-in/")
    page.get_by_label("E-mail or sign-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Done")).to_be_visible()


def test_done_leaves_the_tablet_to_the_next_person(site: Site, tablet: Page) -> None:
    sign_in(tablet, site)
    tablet.get_by_role("button", name="Done").click()
    tablet.wait_for_url("**/sign-in/")
    expect(tablet.get_by_role("link", name="I have a card")).to_be_visible()
    tablet.goto(f"{site.url}/groups/")
    expect(tablet).to_have_url(f"{site.url}/sign-in/?next=/groups/")


def test_five_quiet_minutes_are_as_good_as_done(site: Site, tablet: Page) -> None:
    sign_in(tablet, site)
    tablet.clock.run_for("04:00")
    tablet.keyboard.press("Tab")
    tablet.clock.run_for("04:50")
    expect(tablet.get_by_role("button", name="Done")).to_be_visible()
    tablet.clock.run_for("00:15")
    tablet.wait_for_url("**/sign-in/")
    tablet.goto(f"{site.url}/groups/")
    expect(tablet).to_have_url(f"{site.url}/sign-in/?next=/groups/")


def test_help_in_another_language_is_not_fetched_with_every_page(site: Site, tablet: Page) -> None:
    """On the tablet help speaks as the device does, whoever holds it: asking again brings nothing new."""
    asked: list[str] = []
    tablet.context.on("request", lambda one: asked.append(one.url) if one.service_worker else None)
    name = site.python(WITHOUT_ADDRESS + SPANISH).split()[-1]
    tablet.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")
    tablet.goto(f"{site.url}/sign-in/")
    tablet.get_by_label("E-mail or sign-in name").fill(name)
    tablet.get_by_label("Password").fill(PASSWORD)
    tablet.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(tablet.get_by_role("button", name="Terminé")).to_be_visible()
    until(lambda: tablet.evaluate(ASKED_IN) == "es", lambda: f"{asked}")
    asked.clear()
    for path in ("/groups/", "/settings/", "/my-path/"):
        tablet.goto(site.url + path)
    tablet.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/help/" in url]


def test_an_ordinary_device_has_no_such_button(site: Site, visit: Visit) -> None:
    page = visit().page()
    site.sign_in(page, "ana")
    expect(page.get_by_role("button", name="Done")).to_have_count(0)
