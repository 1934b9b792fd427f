"""The keys of a room, its menu, links, drafts and who is around: with a keyboard, a screen reader and two people."""

import base64
import re
from itertools import product

import pytest
from playwright.sync_api import Locator, expect

from community.foundation.static import without_comments
from tests.browser.fixtures import Visit
from tests.browser.room import TUESDAY, Hand, Room, said_before
from tests.browser.site import Site, until
from tests.browser.test_room import fits
from tests.browser.visitor import DESK, PHONE, findings_of_axe
from tests.community.test_static import SCRIPTS


def test_slash_searches_and_question_mark_lists_the_keys(site: Site, visit: Visit) -> None:
    ana = Room.enter(site, visit(), "ana")
    ana.page.keyboard.press("?")
    keys = ana.page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Go to a group")
    assert findings_of_axe(ana.page) == []
    ana.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    ana.page.keyboard.press("/")
    expect(ana.page.get_by_label("Words to look for")).to_be_focused()


def test_single_keys_are_only_letters_where_somebody_writes_or_turned_them_off(site: Site, visit: Visit) -> None:
    ana = Room.enter(site, visit(), "ana")
    ana.body.press_sequentially("/?r")
    expect(ana.body).to_have_value("/?r")
    expect(ana.page.get_by_role("dialog", name="Keys")).to_be_hidden()
    ana.body.fill("")
    ana.page.locator("[data-log]").focus()
    ana.page.keyboard.press("?")
    ana.page.get_by_label("Single keys do something here").uncheck()
    ana.page.get_by_role("button", name="Close").click()
    ana.page.keyboard.press("/")
    ana.page.keyboard.press("?")
    expect(ana.page.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(ana.page.get_by_role("heading", name=TUESDAY, level=1)).to_be_visible()


def test_control_k_goes_to_a_group_by_a_part_of_its_name(site: Site, visit: Visit) -> None:
    ben = Room.enter(site, visit(), "ben")
    ben.page.keyboard.press("Control+k")
    goto = ben.page.get_by_role("dialog", name="Go to a group")
    expect(goto.get_by_label("Part of its name")).to_be_focused()
    expect(goto.get_by_role("link")).to_have_count(2)
    ben.page.keyboard.type("zzz")
    expect(goto.get_by_role("link")).to_have_count(0)
    expect(goto.get_by_role("status")).to_have_text("None of your groups is called that.")
    assert findings_of_axe(ben.page) == []
    goto.get_by_label("Part of its name").fill("AFT")
    expect(goto.get_by_role("link")).to_have_count(1)
    ben.page.keyboard.press("Enter")
    expect(ben.page.get_by_role("heading", name="After Tuesday", level=1)).to_be_visible()


def test_alt_and_arrows_walk_the_groups(site: Site, visit: Visit) -> None:
    ben = Room.enter(site, visit(), "ben")
    ben.body.focus()
    ben.page.keyboard.press("Alt+ArrowDown")
    ben.opened("After Tuesday").page.keyboard.press("Alt+ArrowUp")
    ben.opened(TUESDAY)


def test_all_is_marked_read_by_keyboard_and_one_message_unread(site: Site, visit: Visit) -> None:
    Room.enter(site, visit(), "cy", "Team room").page.close()
    said_before(site, "dana", "Team room", *(f"By keys {number:02}." for number in range(60)))
    cy = Room.enter(site, visit(), "cy", "Team room")
    divider = cy.page.get_by_role("heading", name=re.compile("new since you were last here"))
    expect(divider).to_have_count(1)
    cy.page.keyboard.press("Shift+Escape")
    expect(divider).to_have_count(0)
    until(lambda: fresh(site, cy) == 0, lambda: f"{fresh(site, cy)} are new still")  # the mark is on its way
    cy.page.reload()
    expect(cy.row("By keys 59.")).to_be_in_viewport()
    expect(divider).to_have_count(0)
    cy.page.locator("[data-log]").focus()
    cy.page.keyboard.press("End")
    cy.page.keyboard.press("Enter")
    cy.page.get_by_role("button", name="Mark as unread from here").focus()
    cy.page.keyboard.press("Enter")
    expect(cy.page.get_by_role("heading", name="1 new since you were last here")).to_have_count(1)


def fresh(site: Site, room: Room) -> int:
    """How many messages of this room its person has not read, as the server knows it."""
    answer = room.page.request.get(f"{site.url}/api/v1/groups/{room.group}")
    assert answer.ok
    seat = answer.json()
    return int(seat["position"]) - int(seat["read"])


def test_up_edits_the_last_message_and_escape_gives_the_draft_back(site: Site, visit: Visit) -> None:
    ana = Room.enter(site, visit(), "ana")
    ana.write("Words to change by key.")
    ana.sent("Words to change by key.")
    ana.body.press("ArrowUp")
    expect(ana.body).to_have_value("Words to change by key.")
    ana.body.press("Escape")
    expect(ana.body).to_have_value("")


@pytest.mark.parametrize(("enter", "sends"), [("send", True), ("newline", False), ("auto", True)])
def test_enter_does_what_the_person_chose(site: Site, visit: Visit, enter: str, *, sends: bool) -> None:
    Hand(site, "ben", "account")("PATCH", "me", enter=enter)
    ben = Room.enter(site, visit(), "ben")
    words = f"Enter as {enter}."
    ben.body.fill(words)
    ben.body.press("Enter")
    expect(ben.body).to_have_value("" if sends else f"{words}\n")
    if not sends:
        ben.body.press("Control+Enter")
    ben.sent(words)
    Hand(site, "ben", "account")("PATCH", "me", enter="auto")


@pytest.mark.parametrize("words", ["Short.", "Long words that fill their line. " * 12, "Tall.\n" * 12])
def test_the_menu_never_covers_the_message_it_is_about(site: Site, visit: Visit, words: str) -> None:
    ana, ben = Room.enter(site, visit(size=DESK), "ana"), Room.enter(site, visit(size=DESK), "ben")
    ana.body.fill(words)
    ana.page.get_by_role("button", name="Send").click()
    first = words.split("\n", maxsplit=1)[0].strip()
    for room in (ana, ben):
        row = room.log.locator("[data-message]:not([data-message=''])", has_text=first).last
        row.hover()
        row.locator("[data-more]").click()
        menu, bubble = box(room.page.locator("[data-menu]")), box(row.locator(".bubble"))
        assert not overlap(menu, bubble), (menu, bubble)
        assert menu["x"] >= 0
        assert menu["y"] >= 0
        assert menu["x"] + menu["width"] <= 1360
        assert menu["y"] + menu["height"] <= 900
        room.page.keyboard.press("Escape")


def box(what: Locator) -> dict[str, float]:
    found = what.bounding_box()
    assert found is not None
    return dict(found)  # type: ignore[arg-type]  # a TypedDict of four numbers


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


def test_addresses_may_be_followed_and_say_nothing_of_where_from(site: Site, visit: Visit) -> None:
    far = "https://example.org/"
    ana, ben = Room.enter(site, visit(elsewhere=[far]), "ana"), Room.enter(site, visit(), "ben")
    ben.write("Read https://example.org/calm?x=1, please.")
    link = ana.sent("please.").get_by_role("link", name="https://example.org/calm?x=1")
    expect(link).to_have_attribute("rel", "noreferrer noopener")
    with ana.page.expect_popup() as opened:
        link.click()
    assert opened.value.url == "https://example.org/calm?x=1"
    drawn = ana.sent("please.").locator("[data-words]").first.inner_html()
    ana.page.reload()
    assert ana.sent("please.").locator("[data-words]").first.inner_html() == drawn


def test_a_draft_is_marked_in_the_rail_and_the_list_and_nowhere_else(site: Site, visit: Visit) -> None:
    ben = Room.enter(site, visit(), "ben", mine=True)
    ben.body.fill("Half a thought.")
    until(lambda: ben.kept("drafts") == 1, lambda: "the draft was not kept")
    ben.page.goto(f"{site.url}/groups/")
    rows = ben.page.get_by_role("main").get_by_role("link")
    expect(rows.filter(has_text=TUESDAY).get_by_text("Draft")).to_be_visible()
    expect(rows.filter(has_text="After Tuesday").get_by_text("Draft")).to_be_hidden()
    rows.filter(has_text="After Tuesday").click()
    rail = ben.page.locator("[data-rail-groups]")
    expect(rail.get_by_role("link", name=TUESDAY).get_by_text("Draft")).to_be_visible()
    rail.get_by_role("link", name=TUESDAY).click()
    expect(ben.body).to_have_value("Half a thought.")
    ben.body.fill("")


def test_who_chose_it_is_shown_around_while_they_are(site: Site, visit: Visit) -> None:
    ana = Room.enter(site, visit(), "ana")
    ben = Hand(site, "ben", "account")
    shown = ana.page.locator("[data-members] [data-member]", has_text="Ben").get_by_text("around now")
    Room.enter(site, visit(), "ben")
    expect(shown).to_be_hidden()
    ben("PATCH", "me", shows_presence=True)
    expect(shown).to_be_visible()
    ana.page.reload()
    expect(shown).to_be_visible()
    ben("PATCH", "me", shows_presence=False)
    expect(shown).to_be_hidden()
    expect(ana.page.locator("[data-around-count]")).to_be_hidden()


def test_a_row_reads_as_one_named_thing(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(), "ben")
    ben.write("Named for the ear.")
    row = ana.sent("Named for the ear.")
    expect(row).to_match_aria_snapshot("- listitem:\n  - 'group /^Ben, co-host, [0-9:]+[ap]m: Named for the ear\\.$/'")
    expect(ana.page.get_by_role("log")).to_have_attribute("aria-live", "off")
    assert "1 new" not in (ana.page.locator("[data-announcer]").text_content() or "")


@pytest.mark.parametrize(("size", "dark"), list(product((PHONE, DESK), (False, True))))
def test_axe_finds_nothing_in_the_dialogs(site: Site, visit: Visit, size: object, dark: bool) -> None:  # noqa: FBT001
    room = Room.enter(site, visit(size=size, dark=dark), "dana")
    room.page.locator("[data-log]").focus()
    for key in ("?", "Control+k"):
        room.page.keyboard.press(key)
        expect(room.page.locator("dialog[open]")).to_be_visible()
        assert findings_of_axe(room.page) == []
        assert fits(room.page)
        room.page.keyboard.press("Escape")


def test_scripts_without_their_comments_are_scripts_still(visit: Visit) -> None:
    """As a live site sends them; what they import is not there, so a right one ends at that."""
    page = visit().page()
    for path in SCRIPTS:
        sent = base64.b64encode(without_comments(path.read_text(encoding="utf-8")).encode()).decode()
        ended = page.evaluate(
            "(script) => import(`data:text/javascript;base64,${script}`).then(() => '', (error) => error.name)", sent
        )
        assert ended != "SyntaxError", path
