"""A word that comes while a page is open: above the page, counted, gone once it was seen elsewhere."""

import re

from playwright.sync_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site
from tests.browser.visitor import PHONE

WORD = "Your password was changed."
LINE = "[data-notice]:not([data-notice=''])"


def seen(site: Site, page: Page) -> None:
    """Everything that waits is seen, on this device."""
    page.goto(f"{site.url}/notices/")
    if (button := page.get_by_role("button", name="Mark all as seen")).count():
        button.click()
        page.wait_for_load_state()


def test_a_word_stands_above_the_page_without_a_reload_and_is_counted(visit: Visit, site: Site) -> None:
    page = visit().page()
    site.sign_in(page, "cy")
    seen(site, page)
    page.goto(f"{site.url}/groups/")
    page.evaluate("window.here = true")
    site.tell("cy", "password_changed")
    expect(page.get_by_role("status").get_by_text(WORD)).to_be_visible()
    expect(page.locator(".rail [data-count='notices']")).to_have_text(re.compile(r"1\s+new"))
    page.locator(LINE).get_by_role("button", name="Close").click()
    expect(page.locator(LINE)).to_have_count(0)
    assert page.evaluate("window.here")
    seen(site, page)
    expect(page.locator(".rail [data-count='notices']")).to_be_hidden()


def test_what_is_seen_on_one_device_goes_from_the_other(visit: Visit, site: Site) -> None:
    desk = visit().page()
    site.sign_in(desk, "cy")
    seen(site, desk)
    phone = Room.enter(site, visit(size=PHONE), "cy").page
    site.tell("cy", "password_changed")
    expect(phone.get_by_role("status").get_by_text(WORD)).to_be_visible()
    seen(site, desk)
    expect(phone.locator(LINE)).to_have_count(0)


def test_opening_a_word_leads_to_all_of_them(visit: Visit, site: Site) -> None:
    page = visit().page()
    site.sign_in(page, "cy")
    seen(site, page)
    page.goto(f"{site.url}/groups/")
    site.tell("cy", "password_changed")
    page.locator(LINE).get_by_role("button", name="Open").click()
    page.wait_for_url("**/notices/")
    expect(page.get_by_role("main").get_by_text(WORD).first).to_be_visible()
    expect(page.get_by_role("button", name="Mark all as seen")).to_have_count(0)
