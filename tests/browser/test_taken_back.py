"""What was taken back is nowhere any more, on no page that is open."""

import re

from playwright.sync_api import expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site

SAID = "What I should have kept to myself."
GONE = "Ben removed this message"


def test_words_taken_back_stand_in_no_answer_to_them_either(site: Site, visit: Visit) -> None:
    ana, ben, cy = (Room.enter(site, visit(), name) for name in ("ana", "ben", "cy"))
    ben.write(SAID)
    ana.sent(SAID).get_by_role("group").press("r")  # by keys: what arrives meanwhile moves the rows under a mouse
    ana.write("That was brave.")
    cy.sent("That was brave.")
    cy.sent(SAID).get_by_role("group").press("r")
    strip = cy.page.locator("[data-strip]")
    expect(strip).to_contain_text(SAID)
    cy.body.fill("I hear")

    ben.sent(SAID).get_by_role("group").press("Enter")
    menu = ben.page.locator("[data-menu]")
    menu.get_by_role("button", name="Remove", exact=True).click()
    menu.get_by_role("button", name="Press again to confirm").click()
    for room, gone in ((ana, GONE), (ben, "You removed this message"), (cy, GONE)):
        expect(room.sent("That was brave.").locator("[data-quote]")).to_have_text(re.compile(gone))
        expect(room.page.get_by_text(SAID)).to_have_count(0)
    expect(strip).to_contain_text(GONE)

    cy.write("I hear you, Ben.")
    expect(ana.sent("I hear you, Ben.").locator("[data-quote]")).to_contain_text(GONE)


def test_a_screen_reader_finds_no_words_a_while_after_they_were_said(site: Site, visit: Visit) -> None:
    ana, ben = (Room.enter(site, visit(), name) for name in ("ana", "ben"))
    announcer = ana.page.locator("[data-announcer]")
    ben.write(SAID)
    expect(announcer).to_have_text(f"Ben: {SAID}")
    expect(announcer).to_be_empty()


def test_an_answer_asked_for_by_address_is_one(site: Site, visit: Visit) -> None:
    ana, ben = (Room.enter(site, visit(), name) for name in ("ana", "ben"))
    ben.write("Who is coming on Tuesday?")
    asked = ana.sent("Who is coming on Tuesday?").get_attribute("data-message")
    ana.page.goto(f"{ana.page.url.split('?')[0]}?reply={asked}")
    expect(ana.page.locator("[data-strip]")).to_contain_text("Replying to Ben")
    ana.opened("Tuesday evening group").write("I am.")
    expect(ben.sent("I am.").locator("[data-quote]")).to_contain_text("Who is coming on Tuesday?")
