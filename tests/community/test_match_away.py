"""A mentor who takes a break of their own: who walks with them learns it in kind words, and nobody calls it silence."""

from datetime import timedelta

import pytest

from community.foundation import clock
from community.foundation.errors import Conflict, NotAllowed
from community.matches import services as matches
from community.matches import tasks
from community.matches.models import Match
from community.matches.plans.codes import Need, State
from community.matches.reading.needs import by_match
from community.mentoring import services as mentoring
from community.notices.models import Notice
from groups.demo.services import World
from tests.community.desk import sent
from tests.community.matches import again as row_again
from tests.community.matches import another, later, match_at
from tests.community.test_match_silence import OFFER, here, page, together, told
from tests.doors import Script

AWAY = "Ben takes a break"
LOOKING = "staff look for somebody to stand in"


def rests(row: Match, *, days: float = 0, wishes_cover: bool = False) -> Match:
    """Ben takes a break, so many days from now."""
    later(timedelta(days=days), lambda: mentoring.pause(mentor=row.mentor, wishes_cover=wishes_cover, by=row.guide))
    return row_again(row)


def back(row: Match, *, days: float) -> Match:
    later(timedelta(days=days), lambda: mentoring.resume(mentor=row.mentor, by=row.guide))
    return row_again(row)


def words_left(world: World) -> tuple[int, int]:
    return Notice.objects.of(world.ana.pk).count(), Notice.objects.of(world.ben.pk).count()


def test_a_break_is_no_silence_and_whoever_is_back_has_a_week(world: World) -> None:
    row = rests(together(world))
    assert [told(world.ben, days) for days in (8, 15)] == [0, 0]
    with clock.turned(by=timedelta(days=15)):
        assert not matches.note_silence(match=row)
        assert by_match([row])[row.pk] == [Need.AWAY]
    row = back(row, days=20)
    assert [told(world.ben, days) for days in (26.9, 27.1, 27.2)] == [0, 1, 0]
    with clock.turned(by=timedelta(days=28)):
        assert by_match([row])[row.pk] == [Need.SILENT]


def test_who_walks_with_them_is_told_once_of_the_break_and_once_of_its_end(world: World) -> None:
    row = together(world)
    Notice.objects.all().delete()
    rests(row)
    assert words_left(world) == (1, 0)
    for days in (8, 15):
        assert told(world.ana, days) == 0
    Notice.objects.all().delete()
    back(row, days=16)
    assert words_left(world) == (1, 0)


@pytest.mark.parametrize("state", [State.SHORTLISTED, State.PAUSED, State.ENDED])
def test_who_does_not_walk_with_them_just_now_is_told_nothing_of_it(world: World, state: State) -> None:
    row = match_at(world, state)
    Notice.objects.all().delete()
    rests(row)
    assert words_left(world) == (0, 0)
    assert row.state != State.PAUSED or AWAY not in page(world.ana, row, 0)


def test_the_page_of_two_says_so_to_the_mentee_in_place_of_a_silence(world: World) -> None:
    row = together(world)
    assert AWAY not in page(world.ana, row, 0)
    told(world.ana, 8)
    assert OFFER in page(world.ana, row, 8)
    rests(row, days=9, wishes_cover=True)
    shown = page(world.ana, row, 9)
    assert AWAY in shown
    assert LOOKING in shown
    assert OFFER not in shown
    assert "A word for" not in page(world.ben, row, 9)
    back(row, days=10)
    assert all(one not in page(world.ana, row, 10) for one in (AWAY, OFFER))


def test_where_the_mentor_wishes_no_cover_the_mentee_asks_for_it_and_the_mentor_learns_nothing(world: World) -> None:
    row, rue = together(world), another(world, "Rue")
    row = rests(row)
    before = page(world.ben, row, 0)
    assert "If you like, staff look for somebody" in page(world.ana, row, 0)
    assert by_match([row])[row.pk] == [Need.AWAY]
    with pytest.raises(NotAllowed):
        matches.wish_cover(match=row, by=world.ben)
    for _twice in range(2):
        assert sent(world.ana, f"/mentoring/matches/{row.pk}/stand-in/").status_code == 302
    assert by_match([row])[row.pk] == [Need.COVER_WISHED]
    assert LOOKING in page(world.ana, row, 0)
    assert page(world.ben, row, 0) == before
    cover = matches.propose_cover(match=row, mentor=rue, by=world.dana)
    assert cover.state == State.PROPOSED
    assert by_match([row])[row.pk] == []
    assert AWAY in page(world.ana, row, 0)
    assert LOOKING not in page(world.ana, row, 0)


def test_what_was_wished_for_during_a_break_ends_with_it(world: World) -> None:
    row = rests(together(world))
    matches.wish_cover(match=row, by=world.ana)
    row = back(row, days=3)
    assert by_match([row])[row.pk] == []
    with pytest.raises(Conflict):
        matches.wish_cover(match=row, by=world.ana)
    here(world.ben, 4)
    assert [told(world.ana, days) for days in (10.9, 11.1)] == [0, 1]


def test_a_wish_from_a_silence_stands_through_the_break_that_follows(world: World) -> None:
    row = together(world)
    told(world.ana, 8)
    later(timedelta(days=8), lambda: matches.wish_cover(match=row, by=world.ana))
    row = rests(row, days=9)
    with clock.turned(by=timedelta(days=10)):
        matches.wish_cover(match=row, by=world.ana)
        assert by_match([row])[row.pk] == [Need.COVER_WISHED]
    assert LOOKING in page(world.ana, row, 10)


def test_a_script_reads_what_the_page_says(world: World) -> None:
    row, rue = together(world), another(world, "Rue")
    row = rests(row)

    def quiet(reader: str) -> object:
        return Script(getattr(world, reader)).get(f"mentoring/matches/{row.pk}").json()["quiet"]

    assert quiet("ana") == {"cover": "offered", "away": True}
    assert quiet("ben") is None
    assert Script(world.ana).post(f"mentoring/matches/{row.pk}/ask-cover").json()["quiet"]["cover"] == "asked"
    matches.propose_cover(match=row, mentor=rue, by=world.dana)
    assert quiet("ana") == {"cover": None, "away": True}


def test_nobody_is_found_whom_the_worker_would_only_pass_over(world: World) -> None:
    rests(together(world))
    with clock.turned(by=timedelta(days=30)):
        assert not Match.objects.unheard(clock.now() - timedelta(days=7)).exists()
        assert tasks.silent() == 0
