"""A mentor of whom nothing is heard: a kind word to them, an offer to the mentee, each once a silence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.foundation.errors import Conflict, NotAllowed
from community.matches import services as matches
from community.matches import tasks
from community.matches.models import Match, MatchCheckIn, Silence
from community.matches.plans.codes import Need, State
from community.matches.reading.needs import by_match
from community.notices.models import Notice
from community.people.models import Person, Session
from groups.demo.services import World
from tests.community.desk import sent, words
from tests.community.matches import again, another, match_at
from tests.community.test_match_pages import text
from tests.doors import Script

OFFER = "Would you like somebody to stand in?"


def together(world: World) -> Match:
    """Ana and Ben, as if they had gone on together from the first day."""
    row = match_at(world, State.ACTIVE)
    Match.objects.filter(pk=row.pk).update(since=F("accepted"))
    return again(row)


def told(person: Person, days: float) -> int:
    """How many words of it the worker leaves for somebody that day."""
    Notice.objects.all().delete()
    with clock.turned(by=timedelta(days=days)):
        tasks.silent()
        return Notice.objects.of(person.pk).count()


def here(person: Person, days: float) -> None:
    at = clock.now() + timedelta(days=days)
    Session.objects.create(person=person, digest=f"{days}", created=at, last_seen=at, expires=at + timedelta(days=90))


def page(person: Person, row: Match, days: float) -> str:
    with clock.turned(by=timedelta(days=days)):
        return text(words(person, f"/mentoring/matches/{row.pk}/"))


def test_a_script_reads_of_cover_what_the_page_says_and_the_mentor_nothing_of_it(world: World) -> None:
    row = together(world)

    def quiet(person: Person) -> object:
        return Script(person).get("mentoring/matches").json()["results"][0]["quiet"]

    def telling(cover: str | None) -> object:
        return {"cover": cover, "away": False}

    assert quiet(world.ana) is None
    told(world.ana, 7.1)
    assert (quiet(world.ana), quiet(world.ben)) == (telling("offered"), telling(None))
    assert Script(world.ana).post(f"mentoring/matches/{row.pk}/ask-cover").json()["quiet"] == telling("asked")
    assert quiet(world.ben) == telling(None)
    matches.propose_cover(match=row, mentor=another(world, "Rue"), by=world.dana)
    assert (quiet(world.ana), quiet(world.ben)) == (None, telling(None))


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_after_a_week_each_is_told_once_and_again_only_of_another_silence(world: World, who: str) -> None:
    together(world)
    person = getattr(world, who)
    assert [told(person, days) for days in (6.9, 7.1, 7.2, 14.1)] == [0, 1, 0, 0]
    here(world.ben, 15)
    assert [told(person, days) for days in (21.9, 22.1, 22.2)] == [0, 1, 0]


@pytest.mark.parametrize("state", [State.OFFERED, State.PAUSED, State.ENDED])
def test_nobody_is_silent_who_was_only_asked_takes_a_break_or_has_parted(world: World, state: State) -> None:
    row = match_at(world, state)
    assert told(world.ben, 8) == 0
    with clock.turned(by=timedelta(days=8)):
        assert not matches.note_silence(match=row)


@pytest.mark.parametrize("sign", ["wrote", "answered"])
def test_a_message_or_an_answer_of_the_mentor_ends_it(world: World, sign: str) -> None:
    row = match_at(world, State.INTRODUCTORY)
    assert told(world.ana, 8) == 1
    assert OFFER in page(world.ana, row, 8)
    with clock.turned(by=timedelta(days=9)):
        if sign == "wrote":
            matches.note_talk(match=row, by=world.ben, at=clock.now())
        else:
            tasks.to_ask()
            matches.answer(checkin=MatchCheckIn.objects.of(world.ben.pk).get(), answer="yes", by=world.ben)
    assert OFFER not in page(world.ana, row, 9)
    with clock.turned(by=timedelta(days=9)), pytest.raises(Conflict):
        matches.wish_cover(match=row, by=world.ana)
    assert [told(world.ana, days) for days in (15.9, 16.1)] == [0, 1]


def test_what_the_mentee_writes_is_no_sign_of_the_mentor(world: World) -> None:
    row = together(world)
    told(world.ana, 8)
    with clock.turned(by=timedelta(days=9)):
        matches.note_talk(match=row, by=world.ana, at=clock.now())
    assert OFFER in page(world.ana, row, 9)


def test_each_reads_their_own_part_and_the_mentor_never_that_cover_was_asked_for(world: World) -> None:
    row = together(world)
    for person in (world.ana, world.ben):
        assert "a while" not in page(person, row, 0)
    told(world.ana, 8)
    before = page(world.ben, row, 8)
    assert "A word for Ana" in before
    assert OFFER not in before
    assert "A word for" not in page(world.ana, row, 8)
    with clock.turned(by=timedelta(days=8)):
        assert sent(world.ben, f"/mentoring/matches/{row.pk}/stand-in/").status_code == 403
        assert sent(world.ana, f"/mentoring/matches/{row.pk}/stand-in/").status_code == 302
    assert "Staff look for one" in page(world.ana, row, 8)
    assert page(world.ben, row, 8) == before


def test_who_asks_for_cover_is_an_item_until_somebody_is_suggested(world: World) -> None:
    row = together(world)
    told(world.ana, 8)
    with clock.turned(by=timedelta(days=8)):
        assert by_match([row])[row.pk] == [Need.SILENT]
        for _twice in range(2):
            matches.wish_cover(match=row, by=world.ana)
        assert by_match([row])[row.pk] == [Need.SILENT, Need.COVER_WISHED]
        with pytest.raises(NotAllowed):
            matches.wish_cover(match=row, by=world.dana)
        cover = matches.propose_cover(match=row, mentor=another(world, "Rue"), by=world.dana)
        assert by_match([row])[row.pk] == [Need.SILENT]
        assert OFFER not in page(world.ana, row, 0)
        matches.reject(match=cover, by=world.dana)
        assert Need.COVER_WISHED in by_match([row])[row.pk]
    with clock.turned(by=timedelta(days=14.1)):
        assert by_match([again(row)])[row.pk] == [Need.SILENT_LONG, Need.COVER_WISHED]
    here(world.ben, 15)
    assert told(world.ana, 23) == 0  # they asked already


def test_nobody_is_found_whom_the_worker_would_only_pass_over(world: World) -> None:
    together(world)
    told(world.ana, 8)
    with clock.turned(by=timedelta(days=30)), CaptureQueriesContext(connection) as seen:
        assert tasks.silent() == 0
    assert len(seen) == 1
    assert Silence.objects.count() == 1
