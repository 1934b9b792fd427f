"""Help for who writes of danger: at once, in the answer, and for nobody else."""

from playwright.sync_api import expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site
from tests.browser.visitor import PHONE

CRY = "I want to kill myself tonight"
NEAR_USE = "I am about to use, right now"


def test_the_card_of_who_is_about_to_use_comes_with_the_answer_and_the_room_can_be_asked_to_sit(
    site: Site, visit: Visit
) -> None:
    ana, ben = Room.enter(site, visit(size=PHONE), "ana"), Room.enter(site, visit(), "ben")
    ana.write(NEAR_USE)
    card = ana.page.locator(".care")
    expect(card.get_by_role("heading", name="You said it out loud. That is the hard part.")).to_be_in_viewport()
    expect(card.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    expect(card).to_contain_text("No one is reading right now.")
    ben.sent(NEAR_USE)
    expect(ben.page.locator(".care")).to_have_count(0)

    card.get_by_role("button", name="Ask the room to sit with me").click()
    ben.sent("Could somebody sit with me for ten minutes?")
    expect(card).to_have_count(1)  # it stays until it is put away
    card.get_by_role("button", name="Put this away").click()
    ana.page.wait_for_url(f"{site.url}/today/")


def test_a_cry_while_nobody_is_on_call_says_so_and_a_reload_keeps_its_card(site: Site, visit: Visit) -> None:
    ana = Room.enter(site, visit(size=PHONE), "ana")
    ana.write(CRY)
    card = ana.page.locator(".care")
    expect(card).to_contain_text("No one is reading right now.")
    ana.page.reload()
    expect(card.get_by_role("heading", name="We are glad you wrote this.")).to_be_in_viewport()
    card.get_by_role("button", name="I’m safe, it was a figure of speech").click()
    expect(ana.page.get_by_text("Somebody reads it all the same.")).to_be_visible()


def test_words_that_are_asked_about_wait_in_their_row_and_go_as_they_are(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(size=PHONE), "ana"), Room.enter(site, visit(), "ben")
    ana.write("Call me at 415-555-0132")
    row = ana.row("Call me at 415-555-0132")
    expect(row).to_contain_text("This looks like a way to reach somebody outside.")
    expect(ben.row("Call me at 415-555-0132")).to_have_count(0)
    row.get_by_role("button", name="Send it as it is").click()
    ben.sent("Call me at 415-555-0132")
    expect(ana.row("Call me at 415-555-0132")).to_have_count(1)
