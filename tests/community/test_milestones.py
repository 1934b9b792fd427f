"""Counts of days: theirs alone, mended without a new count, begun anew without a word to anybody, never taken away."""

from datetime import date, timedelta
from typing import Any

import pytest

from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from community.foundation.events import Event
from community.milestones import services as milestones
from community.milestones.dates import START_YEARS
from community.milestones.events import CountForgotten, NewCountStarted, NewCountUndone, RecoveryDateSet
from community.milestones.models import Focus, Run
from community.milestones.rows import explain
from community.milestones.rules import counts_days, focus_of
from community.milestones.services import counts
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import AgeBand, Enrollment, Program, Track
from groups.chat.models import Message
from groups.demo.services import World
from tests.conftest import Told

DAY = timedelta(days=1)


def days_ago(person: Person, days: int) -> date:
    return clock.today(person.zone) - days * DAY


def counting(person: Person, days: int = 29) -> Focus:
    return milestones.begin(person=person, start=days_ago(person, days))


def runs(focus: Focus) -> list[tuple[date, date | None]]:
    return list(focus.runs.order_by("start", "created").values_list("start", "ended"))


# --- beginning -------------------------------------------------------------------------------------------------------


def test_what_a_person_calls_it_is_sealed_and_read_by_them(world: World) -> None:
    focus = milestones.begin(person=world.cy, start=days_ago(world.cy, 3), name="  The evenings ")
    row = Focus.objects.get(pk=focus.pk)
    assert row.name == "The evenings"
    assert "evenings" not in row.name_sealed


@pytest.mark.parametrize("start", ["2026-02-30", "0001-01-01", "", None, 5, "1899-12-31", "17.11.2026"])
def test_a_day_that_cannot_be_is_refused_and_begins_nothing(world: World, start: object) -> None:
    with pytest.raises(Invalid):
        milestones.begin(person=world.cy, start=start)
    assert not world.cy.focuses.exists()


def test_a_day_that_can_be_explained_can_be_counted_from(world: World) -> None:
    first = date(START_YEARS.start, 1, 1)
    row = {"id": 1, "start_date": first.isoformat(), "tz": "UTC", "now": "2026-11-17T12:00:00Z", "scheme": "abstinence"}
    assert explain(row)["started"]
    assert milestones.begin(person=world.cy, start=first).history[-1].start == first


def test_a_day_is_to_come_by_the_clock_of_its_person(world: World) -> None:
    people.change(person=world.cy, wanted={"zone": "Pacific/Kiritimati"})
    people.change(person=world.ben, wanted={"zone": "Pacific/Pago_Pago"})
    tomorrow = clock.today("Pacific/Kiritimati")
    assert milestones.begin(person=world.cy, start=tomorrow).runs.get().start == tomorrow
    with pytest.raises(Invalid):
        milestones.begin(person=world.ben, start=tomorrow)


def test_five_things_are_counted_and_no_sixth(world: World) -> None:
    for number in range(5):
        milestones.begin(person=world.cy, start=days_ago(world.cy, number), name=f"{number}")
    with pytest.raises(Conflict):
        counting(world.cy)
    assert world.cy.focuses.count() == 5


def test_what_is_published_holds_ids_and_no_date(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Event] = []
    monkeypatch.setattr(counts, "publish", heard.append)
    focus = counting(world.cy)
    first = focus.runs.get()
    second = milestones.begin_anew(person=world.cy, focus=focus)
    undone = second.pk
    milestones.undo_new_count(person=world.cy, focus=focus)
    milestones.forget(person=world.cy, focus=focus)
    assert heard == [
        RecoveryDateSet(run_id=first.pk, person_id=world.cy.pk),
        NewCountStarted(run_id=undone, ended_run_id=first.pk, person_id=world.cy.pk),
        NewCountUndone(run_id=first.pk, undone_run_id=undone, person_id=world.cy.pk),
        CountForgotten(focus_id=focus.pk, person_id=world.cy.pk),
    ]


# --- where no days are counted ---------------------------------------------------------------------------------------


def moved_to(person: Person, track: Track) -> None:
    """Their only episode that goes on is in a program of this track."""
    for one in Enrollment.objects.open().of(person.pk):
        programs.withdraw(enrollment=one)
    comes_to(person, track)


def comes_to(person: Person, track: Track) -> None:
    band = AgeBand.YOUNG_ADULTS.value if track == Track.TEEN else ""
    program = programs.open_program(name=f"Room {track}", track=track, age_band=band)
    wanted = {"name": "Here", "admission": "rolling", "starts": clock.today(program.zone), "capacity": 5, "where": ""}
    programs.enroll(person=person, cohort=programs.open_cohort(program=program, wanted=wanted, slots=()))


@pytest.mark.parametrize("track", Track)
def test_the_track_says_whether_days_are_counted(world: World, track: Track) -> None:
    moved_to(world.cy, track)
    assert counts_days(world.cy, None) == (track not in {Track.MENTAL_HEALTH, Track.EATING_DISORDER})


def test_where_none_are_counted_every_verb_refuses_and_what_was_stays_unseen(world: World) -> None:
    focus = counting(world.cy)
    moved_to(world.cy, Track.MENTAL_HEALTH)
    day = days_ago(world.cy, 1)
    verbs: tuple[Any, ...] = (
        lambda: milestones.begin(person=world.cy, start=day),
        lambda: milestones.correct(person=world.cy, focus=focus, start=day),
        lambda: milestones.begin_anew(person=world.cy, focus=focus),
        lambda: milestones.undo_new_count(person=world.cy, focus=focus),
        lambda: milestones.change(person=world.cy, focus=focus, name="", hides_count=True),
        lambda: milestones.forget(person=world.cy, focus=focus),
    )
    for verb in verbs:
        with pytest.raises(NotAllowed):
            verb()
    with pytest.raises(Missing):
        focus_of(world.cy, focus.pk)
    assert runs(focus) == [(days_ago(world.cy, 29), None)]


def test_who_is_in_no_program_any_more_counts_as_the_last_one_did(world: World) -> None:
    moved_to(world.cy, Track.EATING_DISORDER)
    with clock.turned(DAY):
        programs.graduate(enrollment=Enrollment.objects.open().of(world.cy.pk).get())
        assert not counts_days(world.cy, None)
    assert counts_days(world.ben, None)
    assert counts_days(world.dana, None)


@pytest.mark.parametrize("tracks", [(Track.ADDICTION, Track.MENTAL_HEALTH), (Track.MENTAL_HEALTH, Track.ADDICTION)])
def test_of_programs_that_ended_on_one_day_one_that_counts_no_days_decides(
    world: World, tracks: tuple[Track, ...]
) -> None:
    for number, track in enumerate(tracks):
        with clock.turned(number * DAY):
            comes_to(world.cy, track)
    with clock.turned(2 * DAY):
        for episode in Enrollment.objects.open().of(world.cy.pk):
            programs.graduate(enrollment=episode)
        assert not counts_days(world.cy, None)


def test_no_program_of_an_existing_track_is_forgotten_by_the_profile() -> None:
    assert {track for track in Track if not Program(track=track).profile.counts_days} == {
        Track.MENTAL_HEALTH,
        Track.EATING_DISORDER,
    }


# --- mending ---------------------------------------------------------------------------------------------------------


def test_a_correction_is_the_same_count(world: World) -> None:
    focus = counting(world.cy)
    before = focus.runs.get()
    assert milestones.correct(person=world.cy, focus=focus, start=days_ago(world.cy, 31)) == before
    assert runs(focus) == [(days_ago(world.cy, 31), None)]
    assert focus.runs.get().entered == before.entered


def test_a_corrected_new_count_ends_the_old_one_where_it_begins(world: World) -> None:
    focus = counting(world.cy, 100)
    milestones.begin_anew(person=world.cy, focus=focus)
    milestones.correct(person=world.cy, focus=focus, start=days_ago(world.cy, 2))
    assert runs(focus) == [(days_ago(world.cy, 100), days_ago(world.cy, 2)), (days_ago(world.cy, 2), None)]
    with pytest.raises(Invalid):
        milestones.correct(person=world.cy, focus=focus, start=days_ago(world.cy, 101))


# --- beginning anew --------------------------------------------------------------------------------------------------


def test_a_new_count_keeps_what_was_lived(world: World) -> None:
    focus = counting(world.cy, 29)
    milestones.begin_anew(person=world.cy, focus=focus)
    today = clock.today(world.cy.zone)
    assert runs(focus) == [(today - 29 * DAY, today), (today, None)]
    with clock.turned(3 * DAY):
        lived = [run.days(clock.today(world.cy.zone)) for run in focus.runs.order_by("start")]
    assert lived == [29, 3]


def test_nobody_is_told_of_a_new_count(world: World, told: Told) -> None:
    focus = counting(world.cy)
    before = (Notice.objects.count(), Message.objects.count())
    with told():
        milestones.begin_anew(person=world.cy, focus=focus)
    assert (Notice.objects.count(), Message.objects.count()) == before


def test_a_new_count_from_before_the_old_one_began_is_refused(world: World) -> None:
    focus = counting(world.cy, 5)
    with pytest.raises(Invalid):
        milestones.begin_anew(person=world.cy, focus=focus, start=days_ago(world.cy, 6))
    assert len(runs(focus)) == 1


def test_pressing_twice_begins_one_count(world: World) -> None:
    focus = counting(world.cy, 5)
    assert counting(world.cy, 5) == focus
    first = milestones.begin_anew(person=world.cy, focus=focus)
    assert milestones.begin_anew(person=world.cy, focus=focus) == first
    assert [run.days(clock.today(world.cy.zone)) for run in focus.runs.order_by("start", "created")] == [5, 0]
    milestones.undo_new_count(person=world.cy, focus=focus)
    assert len(runs(focus)) == 1


def test_a_new_count_is_undone_for_a_day_and_leaves_no_trace(world: World) -> None:
    focus = counting(world.cy)
    before = list(Run.objects.filter(focus=focus).values())
    milestones.begin_anew(person=world.cy, focus=focus)
    with clock.turned(timedelta(hours=23, minutes=59)):
        milestones.undo_new_count(person=world.cy, focus=focus)
    assert list(Run.objects.filter(focus=focus).values()) == before
    with pytest.raises(Conflict):
        milestones.undo_new_count(person=world.cy, focus=focus)


def test_after_a_day_it_stands(world: World) -> None:
    focus = counting(world.cy)
    milestones.begin_anew(person=world.cy, focus=focus)
    with clock.turned(timedelta(hours=24, minutes=1)), pytest.raises(Conflict):
        milestones.undo_new_count(person=world.cy, focus=focus)
    assert len(runs(focus)) == 2


# --- one's own -------------------------------------------------------------------------------------------------------


def test_a_count_is_its_persons_alone(world: World) -> None:
    focus = counting(world.cy)
    for other in (world.ben, world.dana, world.ana):
        with pytest.raises(Missing):
            focus_of(other, focus.pk)
        with pytest.raises(Missing):
            milestones.forget(person=other, focus=focus)
        with pytest.raises(Missing):
            milestones.begin_anew(person=other, focus=focus)
    assert focus_of(world.cy, focus.pk) == focus


def test_what_is_forgotten_is_gone(world: World) -> None:
    focus = counting(world.cy)
    milestones.begin_anew(person=world.cy, focus=focus)
    milestones.forget(person=world.cy, focus=focus)
    assert not Run.objects.filter(focus=focus.pk).exists()
    assert not Focus.objects.of(world.cy.pk).exists()


def test_the_number_is_hidden_and_the_name_changed_by_their_person(world: World) -> None:
    focus = counting(world.cy)
    row = milestones.change(person=world.cy, focus=focus, name="Mornings", hides_count=True, says_day=True)
    assert (row.name, row.hides_count, row.says_day) == ("Mornings", True, True)
    with pytest.raises(Invalid):
        milestones.change(person=world.cy, focus=focus, name="x" * 41, hides_count=True)
    with pytest.raises(Invalid):
        milestones.change(person=world.cy, focus=focus, name="", hides_count="yes")
    with pytest.raises(Invalid):
        milestones.change(person=world.cy, focus=focus, name="", hides_count=True, says_day=1)
