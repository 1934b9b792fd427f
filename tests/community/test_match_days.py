"""A day shared with who walks with somebody: by a press of its own, one day at a time, and theirs to take back."""

import re
from datetime import timedelta
from typing import Any

import pytest

from community.checkins import services as checkins
from community.checkins.models import CheckIn
from community.checkins.rules import today_of
from community.consent.rules import may
from community.foundation import clock
from community.foundation.errors import Conflict, Missing, NotAllowed
from community.matches import services as matches
from community.matches.models import Match, SharedDay
from community.matches.plans.codes import State
from community.matches.rules import days_shared
from community.people import services as people
from groups.demo.services import World
from groups.pairs.models import PairRoom
from tests.community.desk import sent, words
from tests.community.matches import match_at
from tests.doors import Script, problem

ALL: dict[str, Any] = {"weather": "low", "note": "Slept badly."}


def said(world: World, *, back: int = 0, **answers: Any) -> CheckIn:
    day = today_of(world.ana) - timedelta(days=back)
    return checkins.check_in(person=world.ana, day=day, answers={**ALL, **answers})


def shared(world: World, match: Match) -> CheckIn:
    row = said(world)
    matches.share_day(match=match, check_in=row, by=world.ana)
    return row


def press(match: Match, day: CheckIn) -> str:
    return f"/mentoring/matches/{match.pk}/days/{day.day}/"


def test_the_mentor_reads_one_day_and_nobody_else_any(world: World) -> None:
    match = match_at(world, State.ACTIVE)
    said(world, back=1, note="Of yesterday.")
    row = shared(world, match)
    assert list(days_shared(world.ben, match)) == [row] == list(days_shared(world.ana, match))
    assert may(world.ben, world.ana, "check_ins")
    for other in (world.cy, world.dana, world.eli):
        assert not days_shared(other, match).exists()
        assert not may(other, world.ana, "check_ins")
    matches.take_day_back(match=match, check_in=row, by=world.ana)
    matches.take_day_back(match=match, check_in=row, by=world.ana)
    assert not days_shared(world.ben, match).exists()
    assert not may(world.ben, world.ana, "check_ins")


def test_it_is_told_once_by_a_neutral_word(world: World) -> None:
    match = match_at(world, State.ACTIVE)
    row = shared(world, match)
    matches.share_day(match=match, check_in=row, by=world.ana)
    assert world.ben.notices.filter(kind="match_day_shared").count() == 1
    assert not world.dana.notices.filter(kind="match_day_shared").exists()
    assert "Somebody shared something with you." in words(world.ben, "/notices/")


@pytest.mark.parametrize("state", [State.SHORTLISTED, State.OFFERED, State.ENDED])
def test_it_is_for_two_who_walk_together(world: World, state: State) -> None:
    match, row = match_at(world, state), said(world)
    with pytest.raises(NotAllowed):
        matches.share_day(match=match, check_in=row, by=world.ana)
    assert "Share with Ben" not in words(world.ana, f"/check-ins/{row.day}/")
    assert not SharedDay.objects.exists()


def test_nobody_shares_what_is_not_theirs(world: World) -> None:
    match, row = match_at(world, State.ACTIVE), said(world)
    for other in (world.ben, world.dana):
        with pytest.raises(NotAllowed):
            matches.share_day(match=match, check_in=row, by=other)
        assert sent(other, press(match, row), share="1").status_code == 404
    theirs = checkins.check_in(person=world.ben, day=today_of(world.ben), answers=ALL)
    with pytest.raises(Missing):
        matches.share_day(match=match, check_in=theirs, by=world.ana)
    assert not SharedDay.objects.exists()


def test_other_words_are_private_again_and_what_another_device_wrote_is_not_shared_unseen(world: World) -> None:
    match = match_at(world, State.ACTIVE)
    seen = shared(world, match).seen
    with clock.turned(by=timedelta(minutes=1)):
        fresh = said(world, note="Other words.")
        assert not SharedDay.objects.exists()
        with pytest.raises(Conflict):
            matches.share_day(match=match, check_in=fresh, by=world.ana, seen=seen)
    assert not SharedDay.objects.exists()


def test_it_ends_with_the_match_with_erasing_and_behind_a_block(world: World) -> None:
    match = match_at(world, State.ACTIVE)
    row = shared(world, match)
    checkins.erase(person=world.ana, check_in=row)
    assert not SharedDay.objects.exists()
    shared(world, match)
    people.block(person=world.ana, other=world.ben)
    assert not days_shared(world.ben, match).exists()
    matches.end(match=match, by=world.ana)
    assert not SharedDay.objects.exists()


def test_by_page_it_stands_apart_from_saving_and_the_mentor_finds_it(world: World) -> None:
    match, row = match_at(world, State.ACTIVE), said(world)
    day = f"/check-ins/{row.day}/"
    page = words(world.ana, day)
    assert "Share with Ben" in page
    assert f'action="{press(match, row)}"' in page
    assert sent(world.ana, press(match, row), share="1", seen="2001-01-01T00:00:00.000Z").status_code == 302
    assert not SharedDay.objects.exists()
    assert sent(world.ana, press(match, row), share="1", seen=row.seen).status_code == 302
    page = words(world.ana, f"{day}?saved")
    assert "Ben can read this day" in page
    assert "Only you see it." not in page
    assert "1 day they shared with you" in words(world.ben, f"/mentoring/matches/{match.pk}/")
    assert "Slept badly." in words(world.ben, f"/mentoring/matches/{match.pk}/days/")
    assert sent(world.ana, press(match, row), share="0").status_code == 302
    assert "they shared with you" not in words(world.ben, f"/mentoring/matches/{match.pk}/")
    assert "Nothing is shared with you right now." in words(world.ben, f"/mentoring/matches/{match.pk}/days/")


def test_a_hard_day_leads_to_the_room_of_two(world: World) -> None:
    match = match_at(world, State.ACTIVE)
    room = PairRoom.objects.get(match=match).group_id
    link = re.compile(rf'href="/groups/{room}/"[^>]*>.*?Write to Ben', re.DOTALL)
    hard, fair = said(world), said(world, back=1, weather="okay")
    assert link.search(words(world.ana, f"/check-ins/{hard.day}/"))
    assert "Write to Ben" not in words(world.ana, f"/check-ins/{fair.day}/")
    matches.end(match=match, by=world.ana)
    assert "Write to Ben" not in words(world.ana, f"/check-ins/{hard.day}/")


def test_by_script_both_read_it_and_the_mentee_alone_gives_it(world: World) -> None:
    match, row = match_at(world, State.ACTIVE), said(world)
    ana, ben = Script(world.ana), Script(world.ben)
    days, one = f"mentoring/matches/{match.pk}/days", f"mentoring/matches/{match.pk}/days/{row.day}"
    assert ben.get(days).json()["results"] == []
    problem(ben.put(one), 404, "not_found")
    assert [ana.put(one).status_code for _twice in range(2)] == [204, 204]
    (found,) = ben.get(days).json()["results"]
    assert (found["day"], found["note"]) == (row.day.isoformat(), "Slept badly.")
    assert ana.get(days).json()["results"] == [found]
    for other in (world.dana, world.eli):
        problem(Script(other).get(days), 404, "not_found")
    assert [ana.delete(one).status_code for _twice in range(2)] == [204, 204]
    assert ben.get(days).json()["results"] == []


def test_by_script_a_day_that_was_changed_since_is_not_shared_unseen(world: World) -> None:
    match, row = match_at(world, State.ACTIVE), said(world)
    ana, one = Script(world.ana), f"mentoring/matches/{match.pk}/days/{row.day}"
    looked_at = row.seen
    with clock.turned(by=timedelta(seconds=1)):
        now = said(world, note="Another device wrote this.").seen
    problem(ana.put(one, {"seen": looked_at}), 409, "stale")
    assert ana.put(one, {"sen": now}).status_code == 422
    assert not SharedDay.objects.exists()
    assert [ana.put(one, {"seen": now}).status_code for _twice in range(2)] == [204, 204]
    assert SharedDay.objects.get().check_in == row
