"""A room of thousands: few rows in the page, and what is read unmoved. What a key costs there: test_budgets.py."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room, said_before
from tests.browser.site import Site
from tests.browser.visitor import PHONE

MANY, ROWS_MOST = 2000, 300
CLIMB = """async () => {
  const [log, list] = ["[data-log]", "[data-talk]"].map((name) => document.querySelector(name));
  const frame = () => new Promise(requestAnimationFrame);
  const first = () => list.firstElementChild.dataset.position;
  const [top, bottom] = ["top", "bottom"].map((side) => (one) => one.getBoundingClientRect()[side]);
  let [rows, moved] = [0, 0];
  while (first() !== "1") {
    const from = first();
    log.scrollBy(0, Math.min(0, 700 - (top(log) - top(list)))); // more is drawn from 800 on
    const row = [...list.children].find((one) => bottom(one) > top(log) + 1);
    const before = bottom(row);
    log.dispatchEvent(new Event("scroll"));
    while (first() === from) await frame();
    await frame();
    moved = Math.max(moved, Math.abs(bottom(document.getElementById(row.id)) - before));
    rows = Math.max(rows, list.children.length);
  }
  return { rows, moved };
}"""
PLACE = """() => {
  const log = document.querySelector("[data-log]").getBoundingClientRect();
  const rows = [...document.querySelectorAll("[data-talk] > li")];
  const row = rows.find((one) => one.getBoundingClientRect().bottom > log.top + 1);
  return { id: row.id, at: row.getBoundingClientRect().bottom };
}"""


@pytest.mark.slow
def test_two_thousand_messages_leave_few_rows_in_the_page_and_move_nothing(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", *(f"Line {number:04}." for number in range(MANY)))
    Room.enter(site, visit(), "cy", "Team room").page.keyboard.press("Shift+Escape")
    cy = Room.enter(site, visit(), "cy", "Team room")
    expect(cy.sent("Line 1999.")).to_be_in_viewport()
    found = cy.page.evaluate(CLIMB)
    assert found["rows"] <= ROWS_MOST
    assert found["moved"] <= 0.5
    cy.page.locator("[data-log]").focus()
    cy.page.keyboard.press("End")
    expect(cy.row("Line 1999.")).to_be_in_viewport()
    assert cy.page.locator("[data-talk] > li").count() <= ROWS_MOST
    expect(cy.page.get_by_role("log").get_by_role("list")).to_have_count(1)


def test_rows_that_left_the_page_come_back_as_they_were(site: Site, visit: Visit) -> None:
    said_before(site, "dana", "Team room", *(f"Row {number:03}." for number in range(400)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    cy.page.keyboard.press("Shift+Escape")
    cy.page.locator("[data-log]").focus()
    cy.page.keyboard.press("End")
    drawn = cy.sent("Row 399.").inner_text()
    cy.stroke(-2000, until="Row 010.")
    expect(cy.row("Row 399.")).to_have_count(0)
    assert cy.page.locator("[data-talk] > li").count() <= ROWS_MOST
    cy.stroke(2000, until="Row 399.")
    assert cy.sent("Row 399.").inner_text() == drawn
    shown = [words for words in cy.log.locator("[data-words]").all_inner_texts() if re.fullmatch(r"Row \d{3}\.", words)]
    assert shown == sorted(shown)


def test_two_hundred_missed_messages_come_without_moving_what_is_read(site: Site, visit: Visit) -> None:
    device = visit(size=PHONE)
    said_before(site, "dana", "Team room", *(f"Before {number:02}." for number in range(60)))
    cy = Room.enter(site, device, "cy", "Team room", mine=True)
    cy.page.keyboard.press("Shift+Escape")
    cy.page.locator("[data-log]").evaluate("(log) => log.scrollBy(0, -700)")
    device.forgive("WebSocket", "ERR_INTERNET_DISCONNECTED")
    device.context.set_offline(True)
    cy.page.wait_for_function("() => !navigator.onLine")
    place = cy.page.evaluate(PLACE)
    said_before(site, "dana", "Team room", *(f"Missed {number:03}." for number in range(200)))
    device.context.set_offline(False)
    expect(cy.page.get_by_role("button", name="200 new below")).to_be_visible()
    now = cy.page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().bottom", place["id"])
    assert now == pytest.approx(place["at"], abs=0.5)
    cy.page.get_by_role("button", name="200 new below").click()
    expect(cy.row("Missed 199.")).to_be_in_viewport()


def test_who_is_not_drawn_in_a_large_room_is_called_by_name(site: Site, visit: Visit) -> None:
    site.python(FULL)
    cy = Room.enter(site, visit(), "cy", "Full room")
    cy.write("Good evening, all.")
    cy.sent("Good evening, all.")
    site.python(REACTS)
    expect(cy.row("Good evening, all.").get_by_role("button", name="Hope: Guest 29")).to_be_visible()


FULL = """
from community.people import services as people
from community.people.models import Person
from groups.membership import services as membership
from groups.membership.models import Kind
room = membership.open_group(name="Full room", kind=Kind.INTEREST)
membership.seat(person=Person.objects.at("cy@porchlight.test").get(), group=room)
for number in range(30):
    membership.seat(person=people.create(alias=f"Guest {number:02}"), group=room)
"""
REACTS = """
from groups.chat import services as chat
from groups.membership.models import Group, Membership
room = Group.objects.get(name="Full room")
guest = Membership.objects.get(group=room, alias="Guest 29").person
chat.react(person=guest, message=room.messages.latest("position"), name="hope")
"""
