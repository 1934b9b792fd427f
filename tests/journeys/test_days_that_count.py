"""Two days in a group: a check-in, a question, a yes for one room, a card for everybody; and a count begun anew."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from community.foundation import clock
from tests.browser.fixtures import Visit
from tests.browser.room import TUESDAY, Room
from tests.browser.site import Site, seeded_site
from tests.browser.visitor import PHONE
from tests.journeys.test_first_day import go_on

ZONE = ZoneInfo("America/New_York")  # where the five live
MORNING = datetime.combine(clock.now().astimezone(ZONE), time(11), ZONE)
DAY = timedelta(days=1)
WORDS = "Thank you for the seat by the window."


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site of its own, at eleven in the morning."""
    monkeypatch.setenv("TURNED", str((MORNING - clock.now()).total_seconds()))
    with seeded_site(tmp_path, settings="tests.browser.turned") as running:
        yield running


def next_morning(site: Site) -> None:
    """The site starts again a day later, on the same data."""
    site.stop()
    site.environment["TURNED"] = str((MORNING + DAY - clock.now()).total_seconds())
    site.start()


def opened(site: Site, visit: Visit, name: str) -> Page:
    """Their phone, signed in; it may find the site away for a moment."""
    device = visit(size=PHONE)
    device.forgive("WebSocket", "ERR_CONNECTION_REFUSED")
    page = device.page()
    site.sign_in(page, name)
    return page


def check_in(page: Page, site: Site, weather: str) -> None:
    page.goto(f"{site.url}/today/")
    page.get_by_role("radio", name=weather).check()
    go_on(page, "Save check-in")
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()


def counts_from(page: Page, site: Site, days: int) -> None:
    """Count from so many days before tomorrow, and share what it reaches with the Tuesday group, once and for all."""
    page.goto(f"{site.url}/my-path/new/")
    page.get_by_label("First day").fill((MORNING + DAY - days * DAY).date().isoformat())
    go_on(page, "Save")
    page.get_by_role("main").get_by_role("link", name="Change who sees it").click()
    page.get_by_role("radio", name="These groups").check()
    page.get_by_role("checkbox", name=TUESDAY).check()
    go_on(page, "Save")


def card(room: Room, who: str) -> Locator:
    return room.log.locator(".feast", has_text=f"{who} has ")


def updates(page: Page, site: Site) -> int:
    page.goto(f"{site.url}/notices/")
    return page.get_by_role("main").locator("li").count()


def rows_of(site: Site, visit: Visit) -> list[str]:
    """What Ben reads in the room without a script: the page and nothing that comes later."""
    page = visit(scripts=False).page()
    site.sign_in(page, "ben")
    page.get_by_role("main").get_by_role("link", name=TUESDAY).first.click()
    expect(page.get_by_role("heading", name=TUESDAY, level=1)).to_be_visible()
    return page.locator("[data-talk] [data-words], [data-talk] [data-line]").all_inner_texts()


def test_a_day_is_asked_about_shared_once_answered_and_taken_back(site: Site, visit: Visit) -> None:
    ana, cy = opened(site, visit, "ana"), opened(site, visit, "cy")
    check_in(ana, site, "Steady")
    counts_from(cy, site, 60)
    site.manage("upkeep")
    ana.goto(f"{site.url}/today/")
    ana.get_by_role("link", name="Choose how to mark it").click()
    ana.get_by_role("checkbox", name=TUESDAY).check()
    ana.get_by_label("A few words of yours").fill(WORDS)
    go_on(ana, "Mark it")
    site.manage("upkeep")
    ana.goto(f"{site.url}/groups/")
    ana.get_by_role("main").get_by_role("link", name=TUESDAY).click()
    expect(card(Room(ana).opened(TUESDAY), "Ana")).to_have_count(0)

    next_morning(site)
    rooms = {name: Room.enter(site, visit(), name) for name in ("ana", "ben", "cy", "dana")}
    site.manage("upkeep")
    site.manage("upkeep")  # twice, as two workers would
    for room in rooms.values():
        expect(card(room, "Ana")).to_have_count(1)
        expect(card(room, "Ana")).to_contain_text("30 days")
        expect(card(room, "Ana")).to_contain_text(WORDS)
        expect(card(room, "Cy")).to_have_count(0)  # a standing yes, and no sign of life
        expect(card(room, "Ben")).to_have_count(0)

    rooms["cy"].open_menu(WORDS).get_by_role("button", name="Reply").click()
    rooms["cy"].write("So glad you are here, Ana.")
    rooms["ana"].sent("So glad you are here, Ana.")

    rooms["ben"].page.goto(f"{site.url}/my-path/")
    expect(rooms["ben"].page.get_by_text("18 months", exact=True)).to_be_visible()

    ana.goto(f"{site.url}/my-path/")
    ana.get_by_role("link", name="Change who sees it").click()
    ana.get_by_role("link", name=re.compile("30 days")).click()
    go_on(ana, "Take it back")
    for name in ("ana", "cy", "dana"):
        expect(card(rooms[name], "Ana")).to_have_count(0)
        expect(rooms[name].log.get_by_text(WORDS)).to_have_count(0)
    rooms["dana"].sent("So glad you are here, Ana.")  # what others said is theirs


def test_a_new_count_is_told_to_nobody_and_keeps_every_day(site: Site, visit: Visit) -> None:
    ana, dana = opened(site, visit, "ana"), opened(site, visit, "dana")
    before = updates(dana, site)
    said = rows_of(site, visit)
    ana.goto(f"{site.url}/my-path/")
    ana.get_by_text("What if?").click()
    ana.get_by_role("link", name=re.compile("I would like to start a new count")).click()
    expect(ana.get_by_text("The days you have already lived stay in your total: 29 days.")).to_be_visible()
    ana.get_by_role("radio", name="Nobody for now").check()
    go_on(ana, "Start a new count")
    expect(ana.get_by_text("29 days in all", exact=False)).to_be_visible()

    next_morning(site)
    site.manage("upkeep")
    assert rows_of(site, visit) == said
    assert updates(dana, site) == before
