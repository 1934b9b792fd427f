"""One stay on one phone: from the printed card to the alumni room, and what is left of it in the browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.room import TUESDAY, Room
from tests.browser.site import Site, until
from tests.browser.test_phone import databases, everything, on_the_shelf
from tests.browser.visitor import PHONE
from tests.journeys.test_first_day import come_in, go_on, printed_card

LATER = """
from datetime import timedelta
from community.foundation import clock
from groups.passages.tasks import tidy_seats
with clock.turned(by=timedelta(days=31)):
    tidy_seats()
"""


#: Everything that was written or read on this phone, and where.
ALL_SAID = (
    "Noor", "first day here", "Tea is at six", "heron", "stays open", "lantern", "Said after", "Dana", TUESDAY,
    "After Tuesday",
)  # fmt: skip


def finish(desk: Page, site: Site, name: str) -> None:
    """Dana says at her desk that somebody finished the program."""
    desk.goto(f"{site.url}/desk/")
    for step in (TUESDAY, name, "They finish the program"):
        desk.get_by_role("main").get_by_role("link", name=re.compile(step)).first.click()
    go_on(desk, "They finish today")


def test_from_the_card_to_the_alumni_room_and_nothing_stays_on_the_phone(site: Site, visit: Visit) -> None:
    dana = Room.enter(site, visit(), "dana")
    dana.write("Said before Noor came, about the old lantern.")
    dana.sent("Said before Noor came, about the old lantern.")
    code = printed_card(site, visit, "Noor")
    device = visit(size=PHONE)
    phone = device.page()
    come_in(phone, site, code, "Noor", phone="Only mine")
    phone.get_by_role("radio", name="Hi, I'm Noor.").check()
    go_on(phone, "Say hello")
    noor = Room(phone)
    noor.sent("Hi, I'm Noor. This is my first day here.")

    dana.write("Welcome, Noor. Tea is at six.")
    noor.sent("Welcome, Noor. Tea is at six.")
    noor.write("I'll be there, with a quiet heron on my mug.")
    dana.sent("I'll be there, with a quiet heron on my mug.")
    cohort = phone.url.split("#")[0]

    desk = visit().page()
    site.sign_in(desk, "dana")
    finish(desk, site, "Noor")

    phone.goto(f"{site.url}/today/")
    phone.get_by_role("link", name="See what it is").click()
    go_on(phone, "Yes, open my seat")
    expect(phone.get_by_role("heading", name="After Tuesday", level=1)).to_be_visible()
    among = Room(phone)
    among.write("Glad this one stays open.")
    among.sent("Glad this one stays open.")

    site.python(LATER)
    dana.write("Said after Noor's time here.")
    dana.sent("Said after Noor's time here.")
    phone.goto(cohort)
    own = Room(phone)
    expect(own.row("I'll be there, with a quiet heron on my mug.")).to_have_count(1)
    expect(own.row("Said after Noor's time here.")).to_have_count(0)
    assert "Said after" not in phone.content()
    expect(phone.locator("[data-body]")).to_have_count(0)

    until(lambda: "stays open" in on_the_shelf(phone), lambda: on_the_shelf(phone))
    phone.goto(f"{site.url}/sign-out/")
    go_on(phone, "Sign out")
    expect(phone.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    left = everything(phone)
    assert [words for words in ALL_SAID if words in left] == []
    until(lambda: databases(phone) == [], lambda: f"left: {databases(phone)}")
