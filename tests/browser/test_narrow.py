"""Small screens and much zoom: words have the room, choices stand together, and what is new is seen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site
from tests.browser.test_room_keys import box, overlap
from tests.browser.test_updates import seen
from tests.browser.visitor import PHONE, ZOOMED

pytestmark = pytest.mark.browser


def test_at_400_percent_most_of_a_room_is_its_words(site: Site, visit: Visit) -> None:
    ana = Room.enter(site, visit(size=ZOOMED), "ana")
    assert box(ana.log)["height"] >= 0.6 * ZOOMED["height"]
    for control in (ana.page.get_by_role("button", name="Send"), ana.page.get_by_role("link", name="Help").first):
        assert box(control)["height"] >= 44


@pytest.mark.parametrize("width", [360, 768, 900, 1360])
@pytest.mark.parametrize("language", ["en-US", "es-US"])
def test_the_five_words_of_a_check_in_stand_on_one_line(site: Site, visit: Visit, width: int, language: str) -> None:
    page = visit(size={"width": width, "height": 800}, language=language).page()
    site.sign_in(page, "eli")
    page.goto(f"{site.url}/today/")
    words = page.locator(".weather")
    expect(words).to_have_count(5)
    assert len({box(words.nth(at))["y"] for at in range(5)}) == 1


def test_with_a_mouse_the_menu_stands_beside_its_message_on_a_middle_screen_too(site: Site, visit: Visit) -> None:
    ana = Room.enter(site, visit(size={"width": 768, "height": 900}), "ana")
    row = ana.log.locator("[data-message]:not([data-message=''])", has_text="I'll bring the good tea.").last
    row.locator("[data-more]").focus()
    ana.page.keyboard.press("Enter")
    menu, bubble = box(ana.page.locator("[data-menu]")), box(row.locator(".bubble"))
    assert not overlap(menu, bubble)
    assert abs(menu["x"] - bubble["x"] - bubble["width"]) < 20
    assert abs(menu["y"] - bubble["y"]) < 20


def test_on_a_phone_the_tab_that_holds_updates_says_how_many_are_new(site: Site, visit: Visit) -> None:
    page = visit(size=PHONE).page()
    site.sign_in(page, "cy")
    seen(site, page)
    page.goto(f"{site.url}/groups/")
    count = page.locator(".tab [data-count='notices']")
    expect(count).to_be_hidden()
    site.tell("cy", "password_changed")
    expect(count).to_have_text(re.compile(r"1\s+new"))
    expect(page.get_by_role("button", name=re.compile(r"^More\s+1\s+new$"))).to_be_visible()
    seen(site, page)
    expect(page.locator(".tab [data-count='notices']")).to_be_hidden()
