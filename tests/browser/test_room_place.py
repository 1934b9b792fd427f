"""A room that opens at a message: found by search, reached from a quote, far from its newest words."""

import re

import pytest
from playwright.sync_api import Route, ViewportSize, expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room, read_all, said_before
from tests.browser.site import Site
from tests.browser.visitor import DESK, PHONE

LATE = """addEventListener("DOMContentLoaded", () => {
  const late = Object.assign(new Image(), { src: "/late.png", alt: "" });
  if (document.querySelector("[data-at]")) document.body.append(late);
})"""
NEWEST = re.compile(r"/messages\?limit=50$")
BEFORE = re.compile(r"/messages\?limit=50&before=\d+$")
FURTHER = re.compile(r"/messages\?limit=50&after=\d+$")


def search(room: Room, words: str) -> None:
    room.page.get_by_role("link", name="Search").first.click()
    room.page.get_by_label("Words to look for").fill(words)
    room.page.keyboard.press("Enter")


def go_to(room: Room, message: str) -> None:
    """From what was found into its room."""
    room.page.get_by_role("link", name=message).click()
    expect(room.opened("Team room").row(message)).to_be_in_viewport()


def test_a_message_that_was_found_opens_in_its_place_and_the_newest_are_a_scroll_away(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", *(f"Far {number:03}." for number in range(80)), "The heron at the pier.")
    said_before(site, "dana", "Team room", *(f"Since {number:03}." for number in range(140)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    search(cy, "pier heron")
    expect(cy.page.locator("mark")).to_have_text(["heron", "pier"])
    go_to(cy, "The heron at the pier.")
    expect(cy.sent("The heron at the pier.").get_by_role("group")).to_be_focused()
    expect(cy.row("Since 139.")).to_have_count(0)
    said_before(site, "dana", "Team room", "And one that came meanwhile.")
    expect(cy.page.get_by_role("button", name="1 new below")).to_be_visible()
    expect(cy.row("And one that came meanwhile.")).to_have_count(0)
    cy.stroke(2000, until="And one that came meanwhile.").scroll_into_view_if_needed()
    expect(cy.row("And one that came meanwhile.")).to_be_in_viewport()
    shown = [words for words in cy.log.locator("[data-words]").all_inner_texts() if words.startswith("Since")]
    assert shown == sorted(shown)
    assert len(shown) == 140


def test_one_press_leads_from_a_far_place_to_the_newest(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", "A stone by the road.", *(f"Later {number:03}." for number in range(120)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    search(cy, "stone road")
    go_to(cy, "A stone by the road.")
    cy.write("Written far up.")
    expect(cy.sent("Written far up.")).to_be_in_viewport()
    expect(cy.row("Later 119.")).to_be_in_viewport()
    expect(cy.row("Written far up.")).to_have_count(1)


def test_what_is_said_while_the_newest_are_fetched_stands_with_them(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", "A lamp on the stairs.", *(f"Then {number:03}." for number in range(120)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    search(cy, "lamp stairs")
    go_to(cy, "A lamp on the stairs.")
    before = cy.page.request.get(f"{site.url}/api/v1/groups/{cy.group}/messages?limit=50")
    said_before(site, "dana", "Team room", "Said in between.")
    expect(cy.page.get_by_role("button", name="1 new below")).to_be_visible()
    cy.page.route(NEWEST, lambda route: route.fulfill(response=before))  # read before those words, and here after them
    cy.page.get_by_role("button", name="1 new below").click()
    expect(cy.row("Then 119.")).to_have_count(1)
    expect(cy.row("Said in between.")).to_be_in_viewport()


SCROLLS = """(talk, way) => {
  const log = talk.closest("[data-log]"); // its end is its 0
  clearInterval(window.scrolls);
  window.scrolls = setInterval(() => log.scrollBy(0, way * log.scrollHeight), 100);
}"""
UP, DOWN = -1, 1


def test_a_page_of_history_that_comes_late_stands_nowhere_once_the_newest_are_there(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", "A boat on the lake.", *(f"Ahead {number:03}." for number in range(140)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    held: list[Route] = []
    cy.page.route(FURTHER, lambda route: held.append(route))  # noqa: PLW0108 - a method of C takes no mark
    search(cy, "boat lake")
    with cy.page.expect_request(FURTHER):
        go_to(cy, "A boat on the lake.")
        cy.log.evaluate(SCROLLS, DOWN)  # as a hand does, again and again: the list may still be settling
    cy.page.evaluate("clearInterval(window.scrolls)")
    cy.write("Written on the way.")
    expect(cy.sent("Written on the way.")).to_be_in_viewport()
    with cy.page.expect_response(FURTHER):
        for late in held:
            late.continue_()
    said_before(site, "dana", "Team room", "Said after all of it.")
    expect(cy.row("Said after all of it.")).to_be_in_viewport()
    shown = cy.log.locator("[data-words]").all_inner_texts()
    assert shown[-3:] == ["Ahead 139.", "Written on the way.", "Said after all of it."]


def test_who_is_at_the_end_already_gets_what_follows_while_what_lies_before_is_on_its_way(
    site: Site, visit: Visit
) -> None:
    said_before(site, "dana", "Team room", *(f"Up {number:03}." for number in range(60)), "A kite over the hill.")
    said_before(site, "dana", "Team room", *(f"Under {number:03}." for number in range(140)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    cy.page.route(BEFORE, lambda _route: None)  # never answered
    search(cy, "kite hill")
    with cy.page.expect_request(BEFORE):
        go_to(cy, "A kite over the hill.")
        cy.log.evaluate(SCROLLS, UP)
    with cy.page.expect_response(FURTHER):
        cy.log.evaluate(SCROLLS, DOWN)


def test_who_already_writes_is_not_led_back_to_what_was_found(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", "A bench by the water.", *(f"Next {number:03}." for number in range(120)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    held: list[Route] = []
    cy.page.route("**/late.png", lambda route: held.append(route))  # noqa: PLW0108 - a method of C takes no mark
    cy.page.add_init_script(LATE)  # the page stands, and is not all there yet
    search(cy, "bench water")
    go_to(cy, "A bench by the water.")
    cy.write("Written while it loads.")
    expect(cy.sent("Written while it loads.")).to_be_in_viewport()
    assert cy.page.evaluate("document.readyState") == "interactive"
    for late in held:
        late.fulfill(status=204)
    cy.page.wait_for_load_state("load")
    cy.page.evaluate("new Promise((done) => setTimeout(() => requestAnimationFrame(done)))")
    expect(cy.row("Written while it loads.")).to_be_in_viewport()
    expect(cy.body).to_be_focused()


def test_without_a_script_a_found_message_stands_in_its_place_with_ways_up_and_down(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", "A gate in the wall.", *(f"Plain {number:03}." for number in range(120)))
    cy = Room.enter(site, visit(scripts=False, size=PHONE), "cy", "Team room")
    cy.page.goto(f"{site.url}/search/")
    cy.page.get_by_label("Words to look for").fill("gate wall")
    cy.page.keyboard.press("Enter")
    cy.page.get_by_role("link", name="A gate in the wall.").click()
    expect(cy.row("A gate in the wall.")).to_be_in_viewport()
    expect(cy.row("Plain 119.")).to_have_count(0)
    cy.page.get_by_role("link", name="Show newer messages").click()
    expect(cy.row("Plain 060.")).to_have_count(1)
    cy.page.get_by_role("link", name="Back to the newest messages").click()
    expect(cy.row("Plain 119.")).to_be_in_viewport()


def test_a_pin_comes_and_goes_in_an_open_room_and_leads_to_its_words(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", "The key is in the blue box.")
    said_before(site, "cy", "Team room", *(f"Pin {number:03}." for number in range(80)))
    cy, dana = Room.enter(site, visit(), "cy", "Team room"), visit().page()
    pinned = cy.page.locator("[data-pin]")
    expect(pinned).to_be_hidden()
    site.sign_in(dana, "dana")
    messages = dana.request.get(f"{site.url}/api/v1/search?q=blue+box").json()["results"]
    dana.goto(f"{site.url}/groups/{cy.group}/messages/{messages[0]['id']}/")
    dana.get_by_role("button", name="Pin this message").click()
    expect(pinned).to_contain_text("Dana: The key is in the blue box.")
    pinned.click()
    expect(cy.row("The key is in the blue box.")).to_be_in_viewport()
    dana.go_back()
    dana.reload()
    dana.get_by_role("button", name="Remove this message").click()
    expect(pinned).to_be_hidden()


UPPER = """(divider) => {
  const [at, log] = [divider, divider.closest("[data-log]")].map((one) => one.getBoundingClientRect());
  return (at.top - log.top) / log.height;
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_new_begins_in_the_upper_third_however_long_the_words_before_it_are(
    site: Site, visit: Visit, size: ViewportSize
) -> None:
    long = "We walked along the river and talked about the week, and nobody had to be anywhere. " * 5
    said_before(site, "dana", "Team room", *(f"{number}. {long}" for number in range(4)))
    read_all(site, "cy", "Team room")
    said_before(site, "dana", "Team room", *(f"Fresh {number:02}. {long}" for number in range(8)))
    cy = Room.enter(site, visit(size=size), "cy", "Team room")
    divider = cy.page.locator("h2.unread")
    expect(divider).to_be_in_viewport()
    assert 0 <= divider.evaluate(UPPER) <= 0.34
    expect(cy.row("Fresh 00.").last).to_be_in_viewport()
