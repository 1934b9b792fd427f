"""One in the morning, and nobody is on call: what the card says, who sits, and from when on somebody is named."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from community.foundation import clock
from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site, seeded_site
from tests.browser.visitor import DESK, PHONE
from tests.journeys.test_a_cry_for_help import to_the_latest
from tests.journeys.test_first_day import go_on

ZONE = ZoneInfo("America/New_York")  # where the five live
NIGHT = datetime.combine((clock.now().astimezone(ZONE) + timedelta(days=1)).date(), time(1), ZONE)
MORNING = datetime.combine(NIGHT.date(), time(9, 1), ZONE)
NEAR_USE = "I am about to use, right now"
PLANNED = """
from datetime import time, timedelta
from zoneinfo import ZoneInfo
from community.foundation import clock
from community.people.models import Person
from community.programs.models import Program
from community.schedule import services as schedule
evening, zone = Program.objects.get(name="Evening program"), "America/New_York"
dana = Person.objects.at("dana@porchlight.test").get()
begins = {begins}
schedule.plan(program=evening, begins=begins, ends=begins + timedelta(hours=4), person=dana)
"""
FROM_NINE = PLANNED.format(begins="clock.on_the_wall(clock.today(zone), time(9), ZoneInfo(zone))")
FROM_NOW = PLANNED.format(begins="clock.now()")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site of its own, at one in the morning."""
    monkeypatch.setenv("TURNED", str((NIGHT - clock.now()).total_seconds()))
    with seeded_site(tmp_path, settings="tests.browser.turned") as running:
        yield running


def press(page: Page, name: str) -> None:
    """Of a shift, whose button says its day as well."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).click()


def in_the_morning(site: Site) -> None:
    """The site starts again at nine, on the same data."""
    site.stop()
    site.environment["TURNED"] = str((MORNING - clock.now()).total_seconds())
    site.start()


def test_who_is_about_to_use_at_one_in_the_morning_is_told_the_truth_and_not_left_alone(
    site: Site, visit: Visit
) -> None:
    site.python(FROM_NINE)
    phones = [visit(size=PHONE), visit(size=PHONE)]
    for one in phones:
        one.forgive("WebSocket", "ERR_CONNECTION_REFUSED")  # the site is away until nine
    ana, ben = Room.enter(site, phones[0], "ana"), Room.enter(site, phones[1], "ben")
    reads = ana.page.locator("[data-who]")
    expect(reads).to_contain_text(re.compile(r"No one is reading right now\. Staff look in again .*9am"))
    expect(reads).not_to_contain_text("Dana")

    ana.write(NEAR_USE)
    card = ana.page.locator(".care")
    expect(card.get_by_role("heading", name="You said it out loud. That is the hard part.")).to_be_in_viewport()
    expect(card).to_contain_text(re.compile(r"No one is reading right now\. Staff look in again .* at 9am\."))
    expect(card).to_contain_text("Staff of your program see when they look in that this may be a hard time.")
    expect(card.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    expect(card).not_to_contain_text("on call")

    card.get_by_role("button", name="Ask the room to sit with me").click()
    ben.sent("Could somebody sit with me for ten minutes?")
    ben.write("I’m up. I sit with you.")
    ana.sent("I’m up. I sit with you.")
    expect(card).to_have_count(1)

    in_the_morning(site)
    dana = visit(size=DESK).page()
    site.sign_in(dana, "dana")
    dana.goto(f"{site.url}/desk/on-call/")
    press(dana, "I take it")
    press(dana, "I’m here")
    ana.page.reload()
    expect(reads).to_contain_text("Dana is on call until")
    to_the_latest(dana, site)
    go_on(dana, "I take it")
    expect(dana.get_by_text(NEAR_USE)).to_be_visible()


def test_a_shift_that_nobody_took_names_nobody_until_its_test_page_is_answered(site: Site, visit: Visit) -> None:
    site.python(FROM_NOW)
    ana = Room.enter(site, visit(size=PHONE), "ana")
    reads = ana.page.locator("[data-who]")
    dana = visit(size=DESK).page()
    site.sign_in(dana, "dana")
    dana.goto(f"{site.url}/desk/on-call/")
    for name in ("I take it", "I’m here"):
        ana.page.reload()
        expect(reads).to_contain_text("No one is reading right now.")
        expect(reads).not_to_contain_text("Dana")
        press(dana, name)
    ana.page.reload()
    expect(reads).to_contain_text("Dana is on call until")
    press(dana, "Hand it back")
    ana.page.reload()
    expect(reads).to_contain_text("No one is reading right now.")
