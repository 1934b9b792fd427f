"""Who keeps celebrations quiet is met by one line, and by no voice; the card is a page away."""

from playwright.sync_api import expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site
from tests.browser.test_celebration import SHARE

CHOOSE = """
from community.people import services as people
from community.people.models import Person
people.change(person=Person.objects.at("cy@porchlight.test").get(), wanted={"celebrations_quiet": True})
"""
BENS = SHARE.replace("ana@", "ben@").replace("One evening at a time.", "Still here, and glad.")


def test_it_comes_as_a_line_is_not_read_aloud_and_opens_whole(site: Site, visit: Visit) -> None:
    site.python(CHOOSE)
    cy, dana = Room.enter(site, visit(), "cy"), Room.enter(site, visit(), "dana")
    site.python(BENS)
    card, row = (cy.log.locator(one, has_text="Ben has 60 days") for one in (".feast", "[data-message]"))
    for live in (True, False):
        expect(card.locator(".feast-title")).to_be_visible(timeout=10_000)
        expect(card.locator(".medal")).to_be_hidden()
        expect(card.locator("[data-words]")).to_be_hidden()
        if live:
            expect(dana.log.locator(".feast", has_text="Ben has 60 days").locator(".medal")).to_be_visible()
            dana.write("Well done, all of you.")
            expect(cy.page.locator("[data-announcer]")).to_have_text("Dana: Well done, all of you.")
            cy.page.reload()
    cy.page.goto(site.url + (row.locator("[data-more]").get_attribute("href") or ""))
    expect(cy.page.locator(".feast .medal")).to_be_visible()
    expect(cy.page.locator(".feast")).to_contain_text("Still here, and glad.")
