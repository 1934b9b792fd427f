"""The live room with real servers and real browsers: what people rely on when they talk."""

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Picture, Visit
from tests.browser.room import Hand, Room, said_before
from tests.browser.site import Site
from tests.browser.visitor import DESK, PHONE, findings_of_axe


def test_two_people_talk(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(size=PHONE), "ben")
    ana.write("Is anybody up?")
    expect(ben.sent("Is anybody up?")).not_to_have_class("own")
    ben.write("I am. Tea?")
    expect(ana.sent("I am. Tea?")).to_be_visible()
    for room in (ana, ben):
        expect(room.row("Is anybody up?")).to_have_count(1)
        assert room.order("Is anybody up?", "I am. Tea?") == ["Is anybody up?", "I am. Tea?"]


def test_words_stand_on_the_page_in_the_frame_they_are_sent(site: Site, visit: Visit) -> None:
    ana = Room.enter(site, visit(), "ana")
    ana.body.fill("At once.")
    at_once = ana.page.evaluate(
        """() => {
          document.querySelector("[data-composer]").requestSubmit();
          return document.querySelector("[data-talk]").lastElementChild.textContent.includes("At once.");
        }"""
    )
    assert at_once


def test_words_written_while_the_server_is_down_arrive_once_and_in_order(site: Site, visit: Visit) -> None:
    devices = visit(), visit()
    ana, ben = Room.enter(site, devices[0], "ana"), Room.enter(site, devices[1], "ben")
    ana.write("Before the cut.")
    expect(ben.sent("Before the cut.")).to_be_visible()
    for device in devices:
        device.forgive("ERR_CONNECTION", "WebSocket", "ERR_EMPTY")
    site.kill()
    words = [f"Written in the dark, {number}." for number in ("one", "two", "three")]
    for one in words:
        ana.write(one)
    expect(ana.row(words[2]).get_by_text("Not sent yet. We'll keep trying.")).to_be_visible()
    expect(ana.bar).to_contain_text("You can keep writing.", timeout=10_000)
    expect(ana.body).to_be_enabled()
    site.start()
    for room in (ana, ben):
        for one in words:
            room.sent(one)
        assert room.order("Before the cut.", *words) == ["Before the cut.", *words]
    expect(ana.bar).to_be_hidden()


def test_an_edit_is_seen_by_all_and_says_so(site: Site, visit: Visit) -> None:
    ana, cy = Room.enter(site, visit(), "ana"), Room.enter(site, visit(), "cy")
    ana.write("We meet at sevn.")
    ana.sent("We meet at sevn.")
    ana.body.press("ArrowUp")
    expect(ana.page.get_by_text("Editing your message")).to_be_visible()
    ana.write("We meet at seven.")
    expect(cy.sent("We meet at seven.")).to_contain_text("edited")
    expect(cy.row("We meet at sevn.")).to_have_count(0)
    cy.sent("We meet at seven.").get_by_role("link", name="edited", include_hidden=True).click()
    expect(cy.page.get_by_role("region", name="What it said before")).to_contain_text("We meet at sevn.")


def test_a_removed_message_leaves_a_line_and_no_words(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(), "ben")
    ana.write("I take this back.")
    ben.sent("I take this back.")
    menu = ana.open_menu("I take this back.")
    menu.get_by_role("button", name="Remove", exact=True).click()
    menu.get_by_role("button", name="Press again to confirm").click()
    expect(ben.log.get_by_text("Ana removed this message").last).to_be_visible()
    expect(ana.log.get_by_text("You removed this message").last).to_be_visible()
    expect(ben.row("I take this back.")).to_have_count(0)


def test_a_reaction_shows_who_gave_it_and_goes_again(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(), "ben")
    ana.write("Ninety days on Sunday.")
    ben.choose("Ninety days on Sunday.", "Thank you")
    chip = ana.sent("Ninety days on Sunday.").get_by_role("button", name="Thank you: Ben")
    expect(chip).to_be_visible()
    chip.click()
    own = ben.sent("Ninety days on Sunday.").get_by_role("button", name="Thank you: You, Ana")
    expect(own).to_have_attribute("aria-pressed", "true")
    own.click()
    expect(ana.sent("Ninety days on Sunday.").get_by_role("button", name="Thank you: You", exact=True)).to_be_visible()


def test_an_answer_quotes_what_it_answers(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(), "ben")
    ana.write("Who has the keys?")
    ben.choose("Who has the keys?", "Reply")
    expect(ben.page.get_by_text("Replying to Ana")).to_be_visible()
    ben.page.keyboard.type("Dana has them.")
    ben.page.keyboard.press("Enter")
    quote = ana.sent("Dana has them.").get_by_role("link", name="You Who has the keys?", include_hidden=True)
    quote.click()
    expect(ana.sent("Who has the keys?").get_by_role("group")).to_be_focused()


def test_a_long_quote_is_shortened_and_never_widens_the_row(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(size=PHONE), "ana"), Room.enter(site, visit(), "ben")
    ana.write("Home. Shoes off, door locked, kettle on, and the show about bakers begins in one minute.")
    ben.choose("Home. Shoes off, door locked", "Reply")
    ben.page.keyboard.type("Who do we think goes home tonight, the one with the tart or the one with the cake?")
    ben.page.keyboard.press("Enter")
    bubble = ana.sent("Who do we think goes home tonight").locator("[data-plain]")
    expect(bubble).to_be_visible()
    box = bubble.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE["width"]


def test_a_content_note_keeps_the_words_closed_until_somebody_opens_them(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(), "ben")
    ana.page.locator("[data-note-field] summary").click()
    ana.page.get_by_label("What it is about, so others can choose").fill("a hard dream")
    ana.write("I dreamed of the old house.")
    row = ben.log.locator("[data-message]", has_text="Content note: a hard dream").last
    expect(row).to_contain_text("Ana added this so you can choose.")
    expect(row.get_by_text("I dreamed of the old house.")).to_be_hidden()
    expect(row.get_by_role("group").first).not_to_have_attribute("aria-label", "old house")
    row.get_by_text("Show message").click()
    expect(row.get_by_text("I dreamed of the old house.")).to_be_visible()


def test_a_draft_waits_for_its_writer_and_for_nobody_else(site: Site, visit: Visit) -> None:
    device = visit()
    ana = Room.enter(site, device, "ana", mine=True)
    ana.body.fill("What I never finished")
    ana.page.reload()
    expect(ana.body).to_have_value("What I never finished")
    ben = Room.enter(site, device, "ben")
    expect(ben.body).to_have_value("")
    assert ben.kept("drafts") == 0


def test_the_page_opens_on_the_first_new_message(site: Site, visit: Visit) -> None:
    before = Room.enter(site, visit(), "cy", "After Tuesday")
    before.page.close()
    said_before(site, "ben", "After Tuesday", *(f"Long evening, line {number}." for number in range(60)))
    cy = Room.enter(site, visit(), "cy", "After Tuesday")
    divider = cy.page.get_by_role("heading", name="60 new since you were last here")
    expect(divider).to_be_in_viewport()
    expect(cy.row("Long evening, line 59.")).not_to_be_in_viewport()


def test_older_words_come_without_moving_what_is_read(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", *(f"Note {number:03}." for number in range(130)))
    dana = Room.enter(site, visit(), "dana", "Team room")
    expect(dana.row("Note 129.")).to_be_in_viewport()
    first = dana.log.get_by_text("Note 080.")
    first.scroll_into_view_if_needed()
    place = first.bounding_box()
    assert place is not None
    expect(dana.row("Note 030.")).to_have_count(1)
    assert first.bounding_box() == {**place, "y": pytest.approx(place["y"], abs=0.5)}


def test_arrivals_below_are_counted_and_one_press_away(site: Site, visit: Visit) -> None:
    dana = Room.enter(site, visit(), "dana", "Team room")
    said_before(site, "cy", "Team room", *(f"Filler {number}." for number in range(30)))
    expect(dana.row("Filler 29.")).to_be_in_viewport()
    dana.page.locator("[data-log]").evaluate("(log) => log.scrollBy(0, -900)")
    expect(dana.row("Filler 29.")).not_to_be_in_viewport()
    said_before(site, "cy", "Team room", "Below one.", "Below two.")
    chip = dana.page.get_by_role("button", name="2 new below")
    chip.click()
    expect(dana.row("Below two.")).to_be_in_viewport()
    expect(chip).to_be_hidden()


def test_a_screen_reader_hears_arrivals_once_and_rows_by_name(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(), "ben")
    log = ana.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "off")
    announcer = ana.page.locator("[data-announcer]")
    expect(announcer).to_have_text("")
    ben.write("A quiet hello.")
    expect(announcer).to_have_text("Ben: A quiet hello.")
    row = ana.sent("A quiet hello.").get_by_role("group")
    assert (row.get_attribute("aria-label") or "").startswith("Ben, co-host, ")
    assert (row.get_attribute("aria-label") or "").endswith(": A quiet hello.")


def test_the_whole_of_it_works_by_keyboard(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(), "ben")
    ben.write("Reach me by keys.")
    ana.sent("Reach me by keys.")
    ana.page.locator("[data-log]").focus()
    ana.page.keyboard.press("End")
    expect(ana.sent("Reach me by keys.").get_by_role("group")).to_be_focused()
    ana.page.keyboard.press("r")
    expect(ana.body).to_be_focused()
    ana.page.keyboard.press("Escape")
    ana.page.locator("[data-log]").focus()
    ana.page.keyboard.press("End")
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_role("button", name="With you", exact=True)).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(ben.sent("Reach me by keys.").get_by_role("button", name="With you: Ana")).to_be_visible()
    ana.page.keyboard.press("Escape")
    expect(ana.body).to_be_focused()


def test_somebody_who_lost_their_seat_is_told_kindly_and_sends_nothing(site: Site, visit: Visit) -> None:
    device = visit()
    device.forgive("/members", "/pins")  # the page may be asking who is there at that very moment
    cy = Room.enter(site, device, "cy", "After Tuesday")
    dana = Hand(site, "dana", "seats:write", "chat:read")
    members = dana("GET", f"groups/{cy.group}/members")["results"]
    person = next(one["person"] for one in members if one["id"] == cy.me)
    cy.body.fill("Half a thought")
    dana("DELETE", f"groups/{cy.group}/members/{cy.me}")
    expect(cy.bar).to_contain_text("Your seat in this room has ended.")
    expect(cy.body).to_have_value("Half a thought")
    dana("POST", f"groups/{cy.group}/members", person=person, role="moderator")


def test_a_signed_out_page_says_so_and_keeps_the_words(site: Site, visit: Visit) -> None:
    device = visit()
    ana = Room.enter(site, device, "ana")
    ana.body.fill("Still here")
    device.forgive("WebSocket", "ERR_INTERNET_DISCONNECTED")
    device.context.clear_cookies()
    device.context.set_offline(True)
    device.context.set_offline(False)
    expect(ana.bar).to_contain_text("You've been signed out.")
    expect(ana.bar.get_by_role("link", name="Sign in")).to_be_visible()
    expect(ana.body).to_have_value("Still here")


def test_help_opens_without_a_network(site: Site, visit: Visit) -> None:
    device = visit()
    ana = Room.enter(site, device, "ana")
    ana.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    device.forgive("ERR_INTERNET_DISCONNECTED", "WebSocket")
    device.context.set_offline(True)
    ana.page.goto(f"{site.url}/help/")
    expect(ana.page.get_by_text("988").first).to_be_visible()
    ana.page.goto(f"{site.url}/groups/")
    expect(ana.page.get_by_text("Tuesday evening group")).to_have_count(0)


@pytest.mark.parametrize(("size", "dark"), list(product((PHONE, DESK), (False, True))))
def test_axe_finds_nothing(site: Site, visit: Visit, picture: Picture, size: object, dark: bool) -> None:  # noqa: FBT001
    room = Room.enter(site, visit(size=size, dark=dark), "ana")
    expect(room.log.locator("[data-message]").first).to_be_visible()
    assert findings_of_axe(room.page) == []
    picture(room.page, f"room-{room.page.evaluate('() => innerWidth')}-{'dark' if dark else 'light'}")
    assert fits(room.page)
    room.open_menu(room.log.locator("[data-words]").last.inner_text())
    assert findings_of_axe(room.page) == []


def fits(page: Page) -> bool:
    """Nothing makes the page scroll sideways."""
    fit: bool = page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    return fit
