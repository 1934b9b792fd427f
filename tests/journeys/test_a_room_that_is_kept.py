"""Words that hurt: told of in two presses, live in an open queue, taken, answered in words, and looked at again."""

from playwright.sync_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site
from tests.browser.visitor import DESK, PHONE
from tests.journeys.test_first_day import go_on

HURTS = "Nobody asked you."


def at_the_desk(site: Site, visit: Visit, name: str) -> Page:
    page = visit(size=DESK).page()
    site.sign_in(page, name)
    with page.expect_websocket() as line:  # an open page has one after a moment
        page.goto(f"{site.url}/desk/queue/")
    line.value.wait_for_event("framereceived")
    return page


def test_what_hurts_is_told_seen_answered_and_looked_at_again(site: Site, visit: Visit) -> None:
    ben = Room.enter(site, visit(size=PHONE), "ben")
    ana = Room.enter(site, visit(size=PHONE), "ana")
    ben.write(HURTS)
    ana.sent(HURTS)
    dana, cy = at_the_desk(site, visit, "dana"), at_the_desk(site, visit, "cy")
    row = dana.get_by_role("link", name="Hurts or harasses somebody")
    before = row.count()

    ana.choose(HURTS, "Tell us of this message")
    ana.page.get_by_role("button", name="Hurts or harasses somebody").click()
    expect(ana.page.get_by_text("Thank you for telling us. A moderator will look at this.")).to_be_visible()

    expect(row).to_have_count(before + 1)  # by itself
    row.last.click()
    go_on(dana, "I take it")
    expect(dana.get_by_text(HURTS)).to_have_count(1)
    dana.get_by_role("link", name="What follows").click()
    dana.get_by_role("link", name="They read, and do not write, for a while").click()
    words = dana.get_by_label("They will read")
    assert words.input_value().startswith("You can read this group, and not write in it, for some days.")
    words.fill("Two quiet days, please. We are here for you.")
    go_on(dana, "Send this")

    ben.page.goto(f"{site.url}/notices/")
    ben.page.get_by_role("button", name="Somebody who keeps one of your groups wrote to you.").click()
    expect(ben.page.get_by_text("Two quiet days, please. We are here for you.")).to_be_visible()
    expect(ben.page.get_by_role("main")).not_to_contain_text("Dana")
    ben.page.locator("[name=words]").fill("It was a joke between us.")
    go_on(ben.page, "Ask for it")

    cy.goto(f"{site.url}/desk/appeals/")
    cy.get_by_role("link", name="Ben").click()
    expect(cy.get_by_text("It was a joke between us.")).to_be_visible()
    cy.get_by_role("radio", name="It is lifted").check()
    cy.locator("[name=words]").fill("Thank you for saying so. Write again.")
    go_on(cy, "Send this")

    back = Room.enter(site, visit(size=PHONE), "ben")
    back.write("I am sorry, Ana.")
    back.sent("I am sorry, Ana.")
