"""Every page at both widths, light and dark: axe finds nothing, nothing is sideways or from elsewhere; and pictures.

Each language is looked at in two of the four corners, so that together they see all: light and wide and dark and narrow
in one, the others in the other. A run that keeps pictures looks at all four in both.
"""

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.converters import UUIDConverter
from playwright.sync_api import Browser, Page

from tests.browser.fixtures import PICTURES, Picture
from tests.browser.screens import SCREENS, Screen
from tests.browser.site import Site, seeded_site
from tests.browser.visitor import DESK, PHONE, Visitor, findings_of_axe, open_visitor

type Kept = dict[tuple[str | None, str], Visitor]

NARROW = 320
A_ROWS_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LOOKS = {
    "en-US": ((False, DESK), (True, PHONE)),
    "es-ES": ((False, PHONE), (True, DESK)),
}
EVERY_LOOK = tuple(product((False, True), (DESK, PHONE)))
NO_PAGES = {
    "desk_apart_renew": "a form of the page of who is kept apart",
    "desk_apart_lift": "a form of the page of who is kept apart",
    "desk_death_told": "a form of the page of a death",
    "desk_death_step": "a form of the page of a death",
    "home": "only sends on",
    "language": "only sends on",
    "account_signup": "only sends to the sign-in page",
    "healthz": "for machines",
    "readyz": "for machines",
    "metrics": "for machines",
    "service_worker": "a script",
    "manifest": "for machines",
    "recovery_sheet_kept": "a form of the recovery sheet",
    "join_by_link": "only sends on",
    "tablet_done": "only sends on",
    "tablet_awake": "for a script",
    "address_by_link": "only sends on",
    "settings_address_remove": "a form of the address's page",
    "invitation_cards_done": "a form of the cards",
    "invitation_revoke": "a form of the invitations",
    "first_day_hello": "a form of the first day",
    "first_day_look": "a form of the first day",
    "demo_enter": "only sends on",
    "desk_proposal_back": "a form of the proposal's page",
    "desk_appeal_ask": "a form of the appeal's page",
    "decision_write": "a form of the decision's page",
    "suspended_leave": "a form of the page of who is suspended",
    "celebrations": "only sends on",
    "celebration_with_you": "a form of the page of milestones",
    "celebration_not_now": "a form of Today",
    "celebration_take_back": "a form of the celebration's page",
    "my_path_undo": "a form of one's own path",
    "my_path_forget": "a form of one's own path",
    "my_path_tally_count": "a form of one's own path",
    "my_path_tally_forget": "a form of a tally's page",
    "my_time_away": "a form of one's own time",
    "my_time_farewell": "a form of one's own time",
    "my_time_ask_back": "a form of one's own time",
    "check_in_erase": "a form of one's own day",
    "check_in_share": "a form of one's own day",
    "emergency_sheet_confirm": "a form of the sheet's page",
    "emergency_sheet_take_back": "a form of the sheet's page",
    "desk_sheet_hold": "a form of an opened sheet",
    "desk_sheet_look": "a form of the page of openings",
    "safety_plan_look": "a form of the plan's page",
    "safety_plan_forget": "a form of the plan's page",
    "safety_plan_craving": "a form of the plan's page",
    "safety_plan_share": "a form of the plan's page",
    "mentor_withdraw": "a form of the page Mentoring",
    "mentor_mine_step": "forms of a mentor's own page",
    "matches_none": "a form of the page of cards",
    "match_decline": "a form of the pages of two people",
    "match_aims": "a form of the page of two people",
    "match_call": "a form of the page of two people",
    "match_day_share": "a form of one's own day",
    "match_plan": "a form of the page of two people",
    "match_step": "forms of the pages of two people",
    "desk_mentor_step": "forms of a mentor's page at the desk",
    "desk_mentor_first": "a form of the list of mentors",
    "room_post": "a form of the room",
    "room_read": "a form of the room",
    "room_sit": "a form of the room",
    "care_safe": "a form of the card",
    "care_away": "a form of the card",
    "room_end_seat": "a form of the members' page",
    "room_hold": "a form of the members' page",
    "room_mute": "a form of the members' page",
    "updates_seen": "a form of the page of updates",
    "update_open": "a form of the page of updates",
    "alumni_offer_answer": "a form of the offer's page",
    "desk_shift_step": "forms of the roster and of the page of who is on call",
    "desk_page_answer": "a form of the page of who is on call",
    "desk_case_stay": "for a script",
    "desk_case_step": "forms of the page of a case",
    "desk_matching": "leads to the board of a program",
    "desk_batch_ask": "a form of the page about everybody at once",
    "desk_batch_take": "a form of the page about everybody at once",
    "desk_suggest_best": "a form of the page that suggests somebody",
    "desk_board_approve": "a form of the board",
    "desk_match_seen_to": "a form of the page about two people",
    "agreement_again": "a form of the agreements' page",
    "agreement_take_back": "a form of the agreements' page",
    "message_edit": "a form of the message's page",
    "message_pin": "a form of the message's page",
    "message_unpin": "a form of the message's page",
    "message_remove": "a form of the message's page",
    "message_release": "a form of the message's page",
    "message_react": "a form of the message's page",
}


#: Why there is nothing to look at where something answers all the same; every other reason says "a form".
ANSWERS = {
    "only sends on",
    "only sends to the sign-in page",
    "leads to the board of a program",
    "for machines",
    "for a script",
    "a script",
}


def named(patterns: list[URLPattern | URLResolver]) -> dict[str, URLPattern]:
    """All addresses but the API's, by name."""
    found: dict[str, URLPattern] = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= named(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith("api_"):
            found[pattern.name] = pattern
    return found


def test_every_named_page_has_a_screen() -> None:
    shown = {screen.page for screen in SCREENS} | NO_PAGES.keys()
    assert named(get_resolver().url_patterns).keys() - shown == set()


@pytest.mark.parametrize("name", [name for name, why in NO_PAGES.items() if why not in ANSWERS])
def test_what_is_excused_as_a_form_shows_no_page(name: str) -> None:
    """Whoever asks for it, and whatever it is about: it is refused before either is looked at."""
    found = named(get_resolver().url_patterns)[name]
    taken = {key: uuid4() if isinstance(kind, UUIDConverter) else "x" for key, kind in found.pattern.converters.items()}
    assert found.callback(RequestFactory().get("/"), **taken).status_code == 405


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with seeded_site(tmp_path_factory.mktemp("shown")) as site:
        yield site


@pytest.fixture
def site(shown: Site) -> Site:
    """A site of their own: some screens show what somebody did that a test of anything else would trip over."""
    return shown


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    """The devices people keep, each signed in and with what it fetched before."""
    kept: Kept = {}
    yield kept
    for device in kept.values():
        device.context.close()


@pytest.fixture
def device(screen: Screen, language: str, chromium: Browser, site: Site, kept: Kept) -> Iterator[Visitor]:
    """Who looks at this screen, on the device they keep; nobody, and who leaves something there, on a new one."""
    stays = screen.who is not None and not screen.leaves
    found = kept.get((screen.who, language)) if stays else None
    if found is None:
        found = open_visitor(chromium, site.url, language=language)
        found.forgive("status of 4")  # a refused page is the screen here
        if screen.who:
            site.enter(found.page(), screen.who)
        if stays:
            kept[screen.who, language] = found
    yield found
    problems, found.problems = found.problems, []
    for page in found.context.pages:
        page.close()
    if not stays:
        found.context.close()
    assert problems == []


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_is_sound_at_both_widths_in_light_and_dark(
    screen: Screen, language: str, site: Site, device: Visitor, picture: Picture
) -> None:
    page = device.page()
    screen.way(page, site)
    assert where(page) == screen.page
    assert A_ROWS_ID.findall(page.inner_text("body")) == []  # people are told names
    for dark, size in EVERY_LOOK if PICTURES else LOOKS[language]:
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_viewport_size(size)
        if language == "en-US":
            picture(page, f"{screen.name}-{size['width']}-{'dark' if dark else 'light'}")
        assert findings_of_axe(page) == []
    assert overflow(page) == 0


def where(page: Page) -> str | None:
    """The name of the address a page is at; the demo's own exist under the demo's settings alone."""
    path = urlsplit(page.url).path
    return "demo_people" if path == "/demo/" else resolve(path).url_name


def overflow(page: Page) -> int:
    """Pixels the page is wider than a window of 320."""
    page.set_viewport_size({"width": NARROW, "height": 640})
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
