"""While somebody may be in danger nothing of theirs is celebrated in front of others; afterwards it may still be."""

from datetime import time
from uuid import uuid4

import pytest

from community.cases.models import Case
from community.cases.plans import Priority, Reason
from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.foundation.times import date_words
from community.people.models import Person
from community.safety import services as safety
from community.safety.models import Sign
from community.safety.reading import evidence_of
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
from groups.celebrations.tasks import look_at_due
from groups.chat import services as chat
from groups.demo.services import World
from groups.membership import services as membership
from groups.moderation import services as moderation
from tests.doors import Script, browser
from tests.groups.days import (  # noqa: F401 - the hour of every test
    DAY,
    _early,
    cards,
    checks_in,
    focus_of,
    it_is,
    says_yes,
)
from tests.groups.reports import closed, told_of

WAITS = "We wait with this until you have put the other card away."
CRY = "I want to kill myself tonight"


def cries(person: Person) -> None:
    """Danger is read in the note of their day, and its card stands open."""
    checkins.check_in(person=person, day=today_of(person), answers={"weather": "struggling", "note": CRY})
    assert Sign.objects.of(person.pk).with_open_card().exists()


def puts_the_card_away(person: Person) -> None:
    safety.put_away(sign=Sign.objects.of(person.pk).get(), by=person)


def always_shares(world: World, *, asks: bool = False) -> None:
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk], asks=asks)


def test_a_yes_waits_while_a_card_about_danger_is_open_and_is_kept(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    cries(world.ana)
    for days in (1, 2):
        with it_is(world.ana, days):
            look_at_due()
            assert not cards(world.tuesday)
            assert Celebration.objects.of(world.ana.pk).get().waits
    with it_is(world.ana, 2, time(13)):
        puts_the_card_away(world.ana)
    with it_is(world.ana, 3):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_a_yes_waits_while_somebody_told_us_of_danger_and_staff_have_not_closed_it(world: World) -> None:
    """Its person reads nothing of that."""
    says_yes(world.ana, world.tuesday)
    words = chat.post(author=world.ana, group=world.tuesday, key=uuid4(), body="I will not be there.")
    report = told_of(world.ben, words, Reason.WORRIED)
    moderation.say_more(report=report, by=world.ben, danger="yes")
    case = Case.objects.get(subject=world.ana)
    assert case.priority == Priority.P0
    with it_is(world.ana, 1):
        look_at_due()
        assert not cards(world.tuesday)
        assert WAITS not in browser(world.ana).get("/my-path/").content.decode()
        closed(case, world.dana)
    with it_is(world.ana, 2):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_who_said_that_they_are_safe_is_celebrated_like_anybody(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    cries(world.ana)
    safety.say_safe(sign=Sign.objects.of(world.ana.pk).get(), by=world.ana)
    with it_is(world.ana, 1):
        look_at_due()
    assert cards(world.tuesday)


def test_a_card_left_open_holds_nothing_back_once_staff_have_closed_what_it_told(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    cries(world.ana)
    closed(Sign.objects.of(world.ana.pk).get().case, world.dana)
    with it_is(world.ana, 1):
        look_at_due()
    assert cards(world.tuesday)


def test_a_card_that_stays_open_for_too_long_lets_the_day_pass_quietly(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    cries(world.ana)
    for days in range(1, 6):
        with it_is(world.ana, days):
            look_at_due()
    assert not Celebration.objects.exists()
    puts_the_card_away(world.ana)
    with it_is(world.ana, 6):
        look_at_due()
    assert not cards(world.tuesday)


def test_the_card_of_somebody_else_holds_nothing_back(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    cries(world.ben)
    with it_is(world.ana, 1):
        look_at_due()
    assert cards(world.tuesday)


@pytest.mark.parametrize("asks", [True, False])
def test_a_standing_yes_waits_for_the_card_as_well(world: World, asks: bool) -> None:  # noqa: FBT001 - a table
    always_shares(world, asks=asks)
    cries(world.ana)
    with it_is(world.ana, 1):
        checks_in(world.ana)
        look_at_due()
        assert not cards(world.tuesday)
        puts_the_card_away(world.ana)
    with it_is(world.ana, 2):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_a_check_in_in_whose_note_danger_was_read_is_no_sign_of_life(world: World) -> None:
    always_shares(world)
    with it_is(world.ana, 1):
        cries(world.ana)
        puts_the_card_away(world.ana)
        look_at_due()
        checkins.check_in(person=world.ana, day=today_of(world.ana), answers={"weather": "low", "note": ""})
        look_at_due()
    with it_is(world.ana, 2):
        look_at_due()
    assert not cards(world.tuesday)


def test_a_room_that_was_held_gets_a_standing_yes_the_next_morning(world: World) -> None:
    always_shares(world)
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    with it_is(world.ana, 1):
        checks_in(world.ana)
        look_at_due()
    membership.hold_room(group=world.tuesday, by=world.dana, held=False)
    assert not cards(world.tuesday)
    with it_is(world.ana, 2):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_its_persons_own_page_says_why_a_day_that_has_come_waits_and_leads_to_the_card(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    cries(world.ana)
    sign, client, pages = Sign.objects.of(world.ana.pk).get(), browser(world.ana), own_pages(one)
    for path in pages:
        assert WAITS not in client.get(path).content.decode(), path  # its day is tomorrow
    with it_is(world.ana, 1):
        look_at_due()
        for path in pages:
            assert WAITS in client.get(path).content.decode(), path
        assert f'href="/care/{sign.pk}/"' in client.get(pages[0]).content.decode()
        puts_the_card_away(world.ana)
        for path in pages:
            assert WAITS not in client.get(path).content.decode(), path


def test_nowhere_else_is_it_said_why_it_waits(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    cries(world.ana)
    with it_is(world.ana, 1):
        look_at_due()
        for person in (world.ana, world.ben, world.dana):
            for path in ("/today/", "/updates/", "/my-path/", f"/groups/{world.tuesday.pk}/"):
                assert WAITS not in browser(person).get(path).content.decode(), (person.alias, path)
        for person in (world.ben, world.dana):
            for path in own_pages(one):
                assert browser(person).get(path).status_code == 404, path
        assert "card" not in Script(world.ana).get(f"celebrations/{one.pk}").content.decode()


def own_pages(one: Celebration) -> tuple[str, str]:
    """The page of a day, and that of who sees the count."""
    return f"/celebrations/{one.pk}/", f"/my-path/{focus_of(one.person).pk}/sharing/"


@pytest.mark.parametrize("door", ["page", "rest"])
def test_danger_in_the_words_for_a_day_shows_help_there_and_is_told_before_anybody_reads_them(
    world: World, door: str
) -> None:
    one = says_yes(world.ana, world.tuesday)
    groups = [str(world.tuesday.pk)]
    if door == "page":
        sent = browser(world.ana).post(f"/celebrations/{one.pk}/", {"groups": groups, "words": CRY})
        assert sent.headers["Location"] == f"/care/{Sign.objects.get().pk}/"
    else:
        sent = Script(world.ana, ("care",)).put(
            f"celebrations/{one.pk}/answer", {"answer": "yes", "groups": groups, "words": CRY}
        )
        assert sent.json()["care"]["kind"] == "life"
    sign = Sign.objects.get()
    assert (sign.case.priority, sign.case.program) == (Priority.P0, world.evening)
    assert [line.words for line in sign.shown] == [CRY]
    (shown,) = evidence_of(world.dana, sign.case_id)
    assert shown.where == "Words for a celebration"
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)


def test_ordinary_words_for_a_day_show_no_card(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    answer = {"answer": "yes", "groups": [str(world.tuesday.pk)], "words": "Thank you all."}
    assert "care" not in Script(world.ana, ("care",)).put(f"celebrations/{one.pk}/answer", answer).json()
    assert not Sign.objects.exists()


def test_its_own_page_says_up_to_which_day_it_can_still_be_shared(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    cries(world.ana)
    with it_is(world.ana, 1):
        page = browser(world.ana).get(f"/celebrations/{one.pk}/").content.decode()
    assert f"by the next morning, on {date_words(one.due + 3 * DAY)} at the latest" in page
