"""Every page at both widths, light and dark: axe finds nothing, nothing is sideways or from elsewhere; and pictures.

Spanish words change how long things are, not their colors: they are looked at in the two corners furthest apart.
"""

from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.fixtures import Picture, Visit
from tests.browser.screens import SCREENS, Screen
from tests.browser.site import Site, seeded_site
from tests.browser.visitor import DESK, PHONE, findings_of_axe

NARROW = 320
LOOKS = {
    "en-US": tuple(product((False, True), (DESK, PHONE))),
    "es-ES": ((False, PHONE), (True, DESK)),
}
NO_PAGES = {
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
    "celebration_with_you": "a form of the week's page",
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
    "mentor_withdraw": "a form of the page Mentoring",
    "mentor_mine_step": "forms of a mentor's own page",
    "matches_none": "a form of the page of cards",
    "match_decline": "a form of the pages of two people",
    "match_call": "a form of the page of two people",
    "match_plan": "a form of the page of two people",
    "match_step": "forms of the pages of two people",
    "desk_mentor_step": "forms of a mentor's page at the desk",
    "desk_mentor_first": "a form of the list of mentors",
    "room_post": "a form of the room",
    "room_read": "a form of the room",
    "room_end_seat": "a form of the members' page",
    "room_hold": "a form of the members' page",
    "updates_seen": "a form of the page of updates",
    "update_open": "a form of the page of updates",
    "alumni_offer_answer": "a form of the offer's page",
    "desk_matching": "leads to the board of a program",
    "desk_batch_ask": "a form of the page about everybody at once",
    "desk_batch_take": "a form of the page about everybody at once",
    "desk_suggest_best": "a form of the page that suggests somebody",
    "desk_board_approve": "a form of the board",
    "desk_match_step": "a form of the board",
    "desk_match_seen_to": "a form of the page about two people",
    "agreement_again": "a form of the agreements' page",
    "agreement_take_back": "a form of the agreements' page",
    "message_edit": "a form of the message's page",
    "message_remove": "a form of the message's page",
    "message_release": "a form of the message's page",
    "message_react": "a form of the message's page",
}


def named(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The names of all addresses but the API's."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= named(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith("api_"):
            found.add(pattern.name)
    return found


def test_every_named_page_has_a_screen() -> None:
    shown = {screen.page for screen in SCREENS} | NO_PAGES.keys()
    assert named(get_resolver().url_patterns) - shown == set()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with seeded_site(tmp_path_factory.mktemp("shown")) as site:
        yield site


@pytest.fixture
def site(shown: Site) -> Site:
    """A site of their own: some screens show what somebody did that a test of anything else would trip over."""
    return shown


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_is_sound_at_both_widths_in_light_and_dark(
    screen: Screen, language: str, site: Site, visit: Visit, picture: Picture
) -> None:
    device = visit(language=language)
    device.forgive("status of 4")  # a refused page is the screen here
    page = device.page()
    if screen.who:
        site.enter(page, screen.who)
    screen.way(page, site)
    assert where(page) == screen.page
    for dark, size in LOOKS[language]:
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
