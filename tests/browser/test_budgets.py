"""The budgets of docs/performance.md hold; what was measured is kept in build/budgets.json.

What is the same on every machine is a test of the suite; what takes time is asked by ``make budgets`` alone.
"""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import budgets
from tests.browser.budgets import LiveSite
from tests.browser.room import Room
from tests.browser.screens import card
from tests.browser.visitor import PHONE
from tests.copies import ROOT
from tests.journeys.test_first_day import MOST_PAGES, Pages, come_in, go_on

pytestmark = [pytest.mark.browser, pytest.mark.alone]

type Keep = Callable[..., None]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    with budgets.live_site(tmp_path_factory.mktemp("live")) as site:
        yield site


@pytest.fixture(scope="module")
def keep() -> Iterator[Keep]:
    """``keep(what, found, unit, most=...)`` keeps a figure and fails the test that is over it; ``aim`` is only told."""
    figures: list[dict[str, object]] = []

    def keep(what: str, found: float, unit: str = "", *, most: float | None = None, aim: float | None = None) -> None:
        figures.append({"what": what, "found": round(found, 2), "unit": unit, "most": most, "aim": aim})
        assert most is None or found <= most, f"{what}: {found} {unit}, at most {most}"

    yield keep
    file = ROOT / "build" / "budgets.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"machine": budgets.machine(), "figures": figures}, indent=1), encoding="utf-8")


def test_a_room_opened_for_the_first_time_is_small(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    wire = budgets.cold(live, chromium, live.found["short"])
    keep("a room with 50 messages, cold", wire.total / 1024, "KB", most=150)
    keep("the same without fonts", (wire.total - wire.fonts) / 1024, "KB", most=90)
    keep("requests for it", wire.requests, most=14)


def test_a_room_opened_again_is_smaller(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    keep("the same room again", budgets.warm(live, chromium, live.found["short"]).total / 1024, "KB", aim=12)


def test_get_help_comes_over_the_poorest_line(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    keep("Get help now, cold", budgets.cold(live, chromium, "/help/").total / 1024, "KB", most=15)


def test_today_with_its_check_in_is_small(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    wire = budgets.cold(live, chromium, "/today/")
    keep("Today with its check-in, cold, without fonts", (wire.total - wire.fonts) / 1024, "KB", most=60)


def test_nothing_moves_while_a_room_comes(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    _paint, shift = budgets.painted(live, chromium, live.found["short"])
    keep("layout shift", shift, most=0.02)


def test_a_long_room_keeps_few_rows_in_the_page(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    with budgets.long_room(live, chromium) as page:
        keep("rows in the page with 2,000 messages loaded", page.locator("[data-message]").count(), most=300)


@pytest.mark.timed
def test_a_room_is_painted_as_soon_as_a_plain_page(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    room, plain = budgets.side_by_side(live, chromium)
    keep("largest paint on 1.6 Mbps, 150 ms, a four times slower processor", room, "ms", most=2000)
    keep("that, as a share of the same page in plain HTML", room / plain, most=1.1)


@pytest.mark.timed
def test_a_key_is_painted_at_once_in_a_long_room(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    with budgets.long_room(live, chromium) as page:
        took = budgets.typed(page)
    keep("from key press to paint with 2,000 messages loaded, p95", took, "ms", most=50)


@pytest.mark.timed
def test_from_a_card_to_the_first_message_is_few_pages(live: LiveSite, chromium: Browser, keep: Keep) -> None:
    """On a live site's settings; that it holds with the demo's is a journey of the suite."""
    with chromium.new_context(viewport=PHONE, service_workers="block") as context:
        page = context.new_page()
        pages = Pages(page)
        come_in(page, live, card(live.site), "Jo")
        page.get_by_role("radio", name="Hi, I'm Jo.").check()
        go_on(page, "Say hello")
        Room(page).sent("Hi, I'm Jo. This is my first day here.")
        keep("pages from a printed card to the first message", len(pages.seen), most=MOST_PAGES)


@pytest.mark.parametrize(("name", "most"), [("today", 12), ("groups", 8), ("room", 10)])
def test_a_page_asks_little_of_the_database(live: LiveSite, keep: Keep, name: str, most: int) -> None:
    keep(f"queries of {name}", live.found["queries"][name], most=most)
