"""A shift counts only while somebody took it and answers for it; what a room may say of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from community.notices.models import Notice
from community.programs import services as programs
from community.programs.models import Appointment, StaffRole
from community.schedule import services as schedule
from community.schedule import tasks
from community.schedule.models import Duty, Heard, Shift
from community.schedule.plans import Ending, Hours, Way
from community.schedule.rules import hours_of, readings, who_reads
from groups.demo.services import World
from tests.community.desk import leader_of
from tests.community.roster import HOUR, MINUTE, after, on_call, shift
from tests.groups.reports import worker


def reads(world: World, **more: int) -> str | None:
    """Who reads in the evening program, so much later."""
    found = who_reads(world.evening, clock.now() + timedelta(**more), cohort=world.cohort)
    return found.person.alias if found.person else None


def test_a_shift_in_the_roster_names_nobody(world: World) -> None:
    shift(world.evening, world.dana)
    assert reads(world) is None


def test_a_shift_counts_once_it_is_taken_and_its_test_page_answered(world: World) -> None:
    made = shift(world.evening)
    schedule.take(shift=made, by=world.dana)
    assert reads(world) is None
    schedule.answer(shift=made, by=world.dana)
    found = who_reads(world.evening)
    assert (found.person, found.until, found.back) == (world.dana, made.ends, None)


def test_who_took_it_ahead_is_asked_at_its_start(world: World) -> None:
    made = shift(world.evening, starts=HOUR)
    schedule.take(shift=made, by=world.dana)
    assert tasks.ask() == 0
    with pytest.raises(Conflict) as early:
        schedule.answer(shift=made, by=world.dana)
    assert early.value.code == "not_asked"
    with after(hours=1):
        assert tasks.ask() == 1
        assert tasks.ask() == 0
        assert reads(world) is None
        schedule.answer(shift=made, by=world.dana)
        assert reads(world) == "Dana"


def test_who_has_it_is_asked_again_every_two_hours_and_counts_while_the_answer_is_due(world: World) -> None:
    made = on_call(world.evening, world.dana)
    with after(minutes=119):
        assert tasks.ask() == 0
    with after(minutes=120):
        assert tasks.ask() == 1
        assert (reads(world, minutes=9), reads(world, minutes=10)) == ("Dana", None)
    with after(minutes=129):
        assert tasks.fall_silent() == 0
        schedule.answer(shift=made, by=world.dana)
        assert reads(world, minutes=119) == "Dana"


def test_who_does_not_answer_in_ten_minutes_counts_no_more_and_the_shift_is_open(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    made = on_call(world.evening, world.dana)
    with after(minutes=120):
        tasks.ask()
    with after(minutes=130):
        assert reads(world) is None
        with pytest.raises(Conflict) as late:
            schedule.answer(shift=made, by=world.dana)
        assert late.value.code == "too_late"
        assert tasks.fall_silent() == 1
        assert tasks.fall_silent() == 0
        assert Duty.objects.get().ending == Ending.SILENT
        assert Notice.objects.filter(person=world.dana, kind="shift_is_open", about=made.pk).count() == 1
        schedule.take(shift=made, by=fay)
        schedule.answer(shift=made, by=fay)
        assert reads(world) == "Fay"


def test_somebody_else_takes_what_nobody_answers_for_before_any_worker_saw_it(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    made = shift(world.evening)
    schedule.take(shift=made, by=world.dana)
    with after(minutes=9), pytest.raises(Conflict):
        schedule.take(shift=made, by=fay)
    with after(minutes=10):
        schedule.take(shift=made, by=fay)
    assert list(Duty.objects.order_by("taken").values_list("ending", flat=True)) == [Ending.SILENT, ""]


def test_where_no_worker_asks_any_more_nobody_is_named_after_all(world: World) -> None:
    on_call(world.evening, world.dana)
    assert (reads(world, minutes=129), reads(world, minutes=131)) == ("Dana", None)


def test_nobody_is_named_after_the_end_of_the_shift_and_the_worker_closes_it(world: World) -> None:
    on_call(world.evening, world.dana, lasts=HOUR)
    with after(hours=1):
        assert reads(world) is None
        assert tasks.finish() == 1
        assert Duty.objects.get().ending == Ending.OVER


def test_what_is_handed_back_is_open_and_who_runs_the_program_hears(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    made = on_call(world.evening, fay)
    with pytest.raises(Conflict):
        schedule.hand_back(shift=shift(world.evening), by=fay)
    schedule.hand_back(shift=made, by=fay)
    assert reads(world) is None
    assert Shift.objects.filter(pk=made.pk).get().person is None
    assert set(Notice.objects.filter(kind="shift_is_open").values_list("person", flat=True)) == {world.dana.pk}


def test_a_shift_planned_for_somebody_is_theirs_until_it_begins(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    made = shift(world.evening, world.dana, starts=HOUR)
    with pytest.raises(Conflict) as planned:
        schedule.take(shift=made, by=fay)
    assert planned.value.code == "planned"
    with after(hours=1):
        schedule.take(shift=made, by=fay)
    assert Duty.objects.get().person == fay


def test_volunteers_members_and_strangers_have_no_shift(world: World) -> None:
    made = shift(world.evening)
    for person in (world.cy, world.ben, world.ana, world.eli):
        with pytest.raises(Missing):
            schedule.take(shift=made, by=person)
        with pytest.raises(Invalid):
            shift(world.evening, person)


def test_who_leads_one_group_alone_reads_in_its_room_alone(world: World) -> None:
    on_call(world.evening, leader_of(world.cohort))
    assert reads(world) == "Finn"
    assert who_reads(world.evening, cohort=world.mornings).person is None
    assert who_reads(world.other).person is None


def test_who_works_there_no_more_is_named_no_more_and_what_they_had_is_open(world: World) -> None:
    finn = leader_of(world.cohort)
    on_call(world.evening, finn)
    later = shift(world.evening, finn, starts=HOUR)
    programs.dismiss(appointment=Appointment.objects.of(finn.pk).get())
    assert reads(world) is None
    assert Duty.objects.get().ending == Ending.LEFT
    assert Shift.objects.filter(pk=later.pk).get().person is None


def test_who_works_there_no_more_by_their_own_date_is_named_no_more_before_anybody_noticed(world: World) -> None:
    finn = leader_of(world.cohort)
    on_call(world.evening, finn)
    Appointment.objects.of(finn.pk).update(ends=clock.now() + MINUTE)
    assert (reads(world), reads(world, minutes=1)) == ("Finn", None)


def test_a_room_says_when_somebody_looks_in_again_and_nothing_where_nobody_is_planned(world: World) -> None:
    shift(world.evening, starts=HOUR)
    assert who_reads(world.evening).back is None
    later = shift(world.evening, world.dana, starts=2 * HOUR)
    assert who_reads(world.evening).back == later.begins
    first = shift(world.evening, starts=HOUR)
    schedule.take(shift=first, by=world.dana)
    assert who_reads(world.evening).back == first.begins
    schedule.call_off(shift=first, by=world.dana)
    assert who_reads(world.evening).back == later.begins


def test_all_programs_are_one_question_whoever_is_there(world: World) -> None:
    on_call(world.evening, world.dana)
    shift(world.evening, world.dana, starts=30 * HOUR)
    with CaptureQueriesContext(connection) as asked:
        found = readings([world.evening.pk, world.other.pk], clock.now())
    assert len(asked) == 1
    assert (found[world.evening.pk].person, found[world.evening.pk].back) == (world.dana, None)
    assert (found[world.other.pk].person, found[world.other.pk].back) == (None, None)


def test_who_does_not_run_the_program_plans_their_own_shifts_alone(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    begins = clock.now() + HOUR
    when: dict[str, Any] = {"begins": begins, "ends": begins + HOUR}
    schedule.plan(program=world.evening, person=fay, by=fay, **when)
    for person in (None, world.dana):
        with pytest.raises(NotAllowed):
            schedule.plan(program=world.evening, person=person, by=fay, **when)
    made = schedule.plan(program=world.evening, person=world.dana, by=world.dana, **when)
    with pytest.raises(NotAllowed):
        schedule.plan_for(shift=made, person=fay, by=fay)
    with pytest.raises(NotAllowed):
        schedule.call_off(shift=made, by=fay)
    assert schedule.plan_for(shift=made, person=fay, by=world.dana).person == fay
    schedule.take(shift=made, by=fay)
    with pytest.raises(Conflict):
        schedule.plan_for(shift=made, person=None, by=world.dana)


@pytest.mark.parametrize(
    ("starts", "lasts"),
    [(-6 * HOUR, 5 * HOUR), (HOUR, 29 * MINUTE), (HOUR, 25 * HOUR), (timedelta(days=93), HOUR), (HOUR, -HOUR)],
)
def test_a_shift_that_cannot_be_is_refused(world: World, starts: timedelta, lasts: timedelta) -> None:
    with pytest.raises(Invalid):
        shift(world.evening, starts=starts, lasts=lasts)


def test_round_the_clock_is_refused_with_what_is_missing_and_falls_back_when_a_week_went_by(world: World) -> None:
    def chosen() -> set[str]:
        try:
            schedule.set_coverage(program=world.evening, wanted={"hours": "round"}, by=world.dana)
        except Invalid as refusal:
            return {error["code"] for error in refusal.extra["errors"]}
        return set()

    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    assert chosen() == {"lacks_people", "lacks_update", "lacks_ring"}
    on_call(world.evening, world.dana)
    assert chosen() == {"lacks_people", "lacks_ring"}
    on_call(world.evening, fay)
    assert chosen() == {"lacks_ring"}
    Heard.objects.create(person=fay, way=Way.RING, at=clock.now())
    assert chosen() == set()
    assert hours_of(world.evening, clock.now()) == Hours.ROUND
    with after(days=8):
        assert hours_of(world.evening, clock.now()) == Hours.STAFFED


def test_that_it_rang_counts_only_where_the_paging_service_took_it(world: World) -> None:
    made = shift(world.evening)
    duty = schedule.take(shift=made, by=world.dana)
    schedule.answer(shift=made, by=world.dana, rang=True)
    assert set(Heard.objects.values_list("way", flat=True)) == {Way.UPDATE}
    with after(hours=2):
        tasks.ask()
        schedule.rung(duty_id=duty.pk)
        schedule.answer(shift=made, by=world.dana, rang=True)
    assert set(Heard.objects.values_list("way", flat=True)) == {Way.UPDATE, Way.RING}


def test_the_contact_is_set_by_who_runs_the_program_and_its_address_lies_encrypted(world: World) -> None:
    wanted = {"contact_name": "Night desk", "contact_mail": "Night@clinic.test", "contact_rings": True}
    with pytest.raises(NotAllowed):
        schedule.set_coverage(program=world.evening, wanted=wanted, by=world.cy)
    row = schedule.set_coverage(program=world.evening, wanted=wanted, by=world.dana)
    assert (row.contact_mail, row.has_contact) == ("night@clinic.test", True)
    assert "night" not in row.contact_mail_sealed
