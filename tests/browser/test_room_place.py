"""A room that opens at a message: found by search, reached from a quote, far from its newest words."""

from playwright.sync_api import expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room, said_before
from tests.browser.site import Site
from tests.browser.visitor import PHONE


def search(room: Room, words: str) -> None:
    room.page.get_by_role("link", name="Search").first.click()
    room.page.get_by_label("Words to look for").fill(words)
    room.page.keyboard.press("Enter")


def test_a_message_that_was_found_opens_in_its_place_and_the_newest_are_a_scroll_away(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", *(f"Far {number:03}." for number in range(80)), "The heron at the pier.")
    said_before(site, "dana", "Team room", *(f"Since {number:03}." for number in range(140)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    search(cy, "pier heron")
    expect(cy.page.locator("mark")).to_have_text(["heron", "pier"])
    cy.page.get_by_role("link", name="The heron at the pier.").click()
    expect(cy.row("The heron at the pier.")).to_be_in_viewport()
    expect(cy.sent("The heron at the pier.").get_by_role("group")).to_be_focused()
    expect(cy.row("Since 139.")).to_have_count(0)
    said_before(site, "dana", "Team room", "And one that came meanwhile.")
    expect(cy.page.get_by_role("button", name="1 new below")).to_be_visible()
    expect(cy.row("And one that came meanwhile.")).to_have_count(0)
    log = cy.page.locator("[data-log]")
    for _page in range(12):
        log.evaluate("(log) => log.scrollBy(0, 2000)")
        cy.page.wait_for_timeout(100)  # as a hand pauses between two strokes; more is fetched meanwhile
    expect(cy.row("And one that came meanwhile.")).to_be_in_viewport()
    shown = [words for words in cy.log.locator("[data-words]").all_inner_texts() if words.startswith("Since")]
    assert shown == sorted(shown)
    assert len(shown) == 140


def test_one_press_leads_from_a_far_place_to_the_newest(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", "A stone by the road.", *(f"Later {number:03}." for number in range(120)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    search(cy, "stone road")
    cy.page.get_by_role("link", name="A stone by the road.").click()
    expect(cy.row("A stone by the road.")).to_be_in_viewport()
    cy.write("Written far up.")
    expect(cy.sent("Written far up.")).to_be_in_viewport()
    expect(cy.row("Later 119.")).to_be_in_viewport()
    expect(cy.row("Written far up.")).to_have_count(1)


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
