"""Episodes: enrolled, moved on, away, back, finished, ended; whoever asks, and however often at once."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st

from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, NotAllowed, Refusal
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment, Outcome, Phase, PhaseKind, StaffRole, Track
from groups.demo.services import World
from tests import quick

DAY = timedelta(days=1)
story = settings(
    max_examples=25, phases=[Stage.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def newcomer(alias: str = "Fay") -> Person:
    return people.create(alias=alias)


def cohort(world: World, **more: Any) -> Cohort:
    """Another one of the evening program; closed if it has an end."""
    today = clock.today(world.evening.zone)
    wanted = {"name": "Wednesday group", "admission": "closed", "starts": today, "ends": today + 60 * DAY}
    return programs.open_cohort(program=world.evening, wanted={**wanted, "capacity": 12, **more})


def the_open(person: Person) -> Enrollment:
    return Enrollment.objects.open().of(person.pk).get()


def test_an_episode_begins_today_in_the_phase_that_is_told(world: World) -> None:
    enrollment = programs.enroll(person=newcomer(), cohort=world.cohort, phase=PhaseKind.PHP, by=world.dana)
    assert enrollment.began == clock.today(world.cohort.zone)
    assert [(phase.kind, phase.began) for phase in enrollment.phases.all()] == [("php", enrollment.began)]


def test_somebody_is_enrolled_once_at_a_time(world: World) -> None:
    for room in (world.cohort, cohort(world)):
        with pytest.raises(Conflict) as refused:
            programs.enroll(person=world.ana, cohort=room, by=world.dana)
        assert refused.value.code == "enrolled"
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrollment.objects.create(person=world.ana, program=world.evening, cohort=world.cohort, began=date(2026, 1, 1))


def test_somebody_may_be_in_two_programs(world: World) -> None:
    programs.enroll(person=world.ana, cohort=world.mornings)
    assert Enrollment.objects.open().of(world.ana.pk).count() == 2


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_who_does_not_lead_the_group_enrolls_nobody(world: World, who: str) -> None:
    fay = newcomer()
    with pytest.raises(NotAllowed):
        programs.enroll(person=fay, cohort=world.cohort, by=getattr(world, who))
    assert not fay.enrollments.exists()


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_who_does_not_lead_the_group_ends_and_moves_nobody(world: World, who: str) -> None:
    enrollment, by = the_open(world.ana), getattr(world, who)
    acts: list[Callable[[], object]] = [
        lambda: programs.graduate(enrollment=enrollment, by=by),
        lambda: programs.withdraw(enrollment=enrollment, by=by),
        lambda: programs.move_phase(enrollment=enrollment, phase="taper", by=by),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert the_open(world.ana) == enrollment
    assert enrollment.phases.count() == 1


def test_a_group_that_is_full_takes_nobody(world: World) -> None:
    small = cohort(world, capacity=1)
    programs.enroll(person=newcomer(), cohort=small)
    with pytest.raises(Conflict) as refused:
        programs.enroll(person=newcomer("Gil"), cohort=small)
    assert refused.value.code == "full"


def test_a_place_is_free_again_when_an_episode_ended(world: World) -> None:
    small = cohort(world, capacity=1)
    programs.withdraw(enrollment=programs.enroll(person=newcomer(), cohort=small))
    assert programs.enroll(person=newcomer("Gil"), cohort=small).is_open


def test_who_starts_together_may_come_a_week_late(world: World) -> None:
    room = cohort(world)
    with clock.turned(7 * DAY):
        assert programs.enroll(person=newcomer(), cohort=room).is_open
    with clock.turned(8 * DAY), pytest.raises(Conflict) as refused:
        programs.enroll(person=newcomer("Gil"), cohort=room)
    assert refused.value.code == "started"


def test_a_group_that_is_over_takes_nobody(world: World) -> None:
    room = cohort(world, admission="rolling")
    with clock.turned(61 * DAY), pytest.raises(Conflict) as refused:
        programs.enroll(person=newcomer(), cohort=room)
    assert refused.value.code == "over"


def test_a_group_that_starts_in_spring_enrolls_for_its_first_day(world: World) -> None:
    today = clock.today(world.evening.zone)
    room = cohort(world, starts=today + 20 * DAY)
    enrollment = programs.enroll(person=newcomer(), cohort=room)
    assert enrollment.began == today + 20 * DAY
    assert programs.withdraw(enrollment=enrollment).ended == enrollment.began


@pytest.mark.parametrize("days", [-300, 1])
def test_nobody_begins_before_the_group_or_in_the_future(world: World, days: int) -> None:
    with pytest.raises(Invalid):
        programs.enroll(
            person=newcomer(), cohort=world.cohort, began=clock.today(world.cohort.zone) + timedelta(days=days)
        )


@pytest.mark.parametrize(
    ("first", "second"), [("evening", "teens"), ("teens", "evening"), ("teens", "young"), ("young", "teens")]
)
def test_nobody_is_on_both_sides_of_a_wall(world: World, first: str, second: str) -> None:
    wanted = {"name": "After school", "admission": "rolling", "starts": clock.today("UTC") - DAY, "capacity": 8}
    rooms = {"evening": world.cohort}
    for name, band in (("teens", "13-17"), ("young", "18-25")):
        program = programs.open_program(name=name, track=Track.TEEN, age_band=band)
        rooms[name] = programs.open_cohort(program=program, wanted=wanted)
    fay = newcomer()
    programs.enroll(person=fay, cohort=rooms[first])
    with pytest.raises(Invalid) as refused:
        programs.enroll(person=fay, cohort=rooms[second])
    assert refused.value.code == "walled"
    assert fay.enrollments.count() == 1


def test_phases_follow_each_other_with_their_days(world: World) -> None:
    enrollment = the_open(world.ana)
    programs.move_phase(enrollment=enrollment, phase=PhaseKind.TAPER, since=clock.today("UTC") - 3 * DAY, by=world.dana)
    programs.move_phase(enrollment=enrollment, phase=PhaseKind.OUTPATIENT)
    assert [phase.kind for phase in enrollment.phases.all()] == ["iop", "taper", "outpatient"]
    (row,) = Enrollment.objects.open().of(world.ana.pk).with_phase()
    assert row.phase == "outpatient"  # type: ignore[attr-defined]  # with_phase() says so


def test_a_second_move_on_one_day_mends_the_first(world: World) -> None:
    enrollment = the_open(world.ana)
    programs.move_phase(enrollment=enrollment, phase=PhaseKind.TAPER)
    programs.move_phase(enrollment=enrollment, phase=PhaseKind.PHP)
    assert [phase.kind for phase in enrollment.phases.all()] == ["iop", "php"]


@pytest.mark.parametrize("days", [-14, 1])  # she began last week
def test_no_phase_begins_before_the_last_one_or_in_the_future(world: World, days: int) -> None:
    with pytest.raises(Invalid):
        programs.move_phase(
            enrollment=the_open(world.ana), phase="taper", since=clock.today(world.cohort.zone) + timedelta(days=days)
        )


@pytest.mark.parametrize("phase", ["alumni", "IOP", "", "rest", None, 3])
def test_nobody_is_moved_to_what_is_no_step_of_care(world: World, phase: Any) -> None:
    with pytest.raises(Invalid):
        programs.move_phase(enrollment=the_open(world.ana), phase=phase)


def test_who_finishes_is_an_alumnus(world: World) -> None:
    done = programs.graduate(enrollment=the_open(world.ana), by=world.dana)
    assert (done.outcome, done.ended) == (Outcome.GRADUATED, clock.today(world.cohort.zone))
    assert Phase.objects.filter(enrollment=done).last().kind == "alumni"  # type: ignore[union-attr]  # there is one


@pytest.mark.parametrize("act", ["graduate", "withdraw", "away", "come_back"])
def test_nothing_is_done_to_an_episode_that_is_over(world: World, act: str) -> None:
    enrollment = programs.graduate(enrollment=the_open(world.ana))
    with pytest.raises(Conflict) as refused:
        getattr(programs, act)(enrollment=enrollment, by=world.dana)
    assert refused.value.code == "ended"
    with pytest.raises(Conflict):
        programs.move_phase(enrollment=enrollment, phase="taper")


def test_nobody_withdraws_as_finished(world: World) -> None:
    with pytest.raises(Invalid):
        programs.withdraw(enrollment=the_open(world.ana), outcome="graduated")


def test_away_is_said_by_staff_or_by_the_person(world: World) -> None:
    enrollment = the_open(world.ana)
    assert programs.away(enrollment=enrollment, by=world.dana).is_away
    assert list(Enrollment.objects.away()) == [enrollment]
    assert not programs.come_back(enrollment=enrollment, by=world.ana).is_away
    with pytest.raises(NotAllowed):
        programs.away(enrollment=enrollment, by=world.ben)


def test_away_again_keeps_since_when(world: World) -> None:
    enrollment = the_open(world.ana)
    since = programs.away(enrollment=enrollment).away_since
    with clock.turned(DAY):
        assert programs.away(enrollment=enrollment).away_since == since


def test_a_farewell_is_the_persons_own_to_choose(world: World) -> None:
    enrollment = the_open(world.ana)
    assert programs.choose_farewell(enrollment=enrollment, farewell="line", by=world.ana).farewell == "line"
    for by in (world.dana, world.ben):
        with pytest.raises(NotAllowed):
            programs.choose_farewell(enrollment=enrollment, farewell="nothing", by=by)
    with pytest.raises(Invalid):
        programs.choose_farewell(enrollment=enrollment, farewell="a speech", by=world.ana)


def test_who_left_may_ask_to_come_back_for_ninety_days(world: World) -> None:
    enrollment = programs.withdraw(enrollment=the_open(world.ana))
    with clock.turned(90 * DAY):
        programs.ask_to_come_back(enrollment=enrollment, by=world.ana)
        assert list(Enrollment.objects.of_staff(world.dana.pk, clock.now()).asking_back()) == [enrollment]
    with clock.turned(91 * DAY), pytest.raises(Conflict):
        programs.ask_to_come_back(enrollment=enrollment, by=world.ana)


def test_nobody_asks_for_another(world: World) -> None:
    enrollment = programs.withdraw(enrollment=the_open(world.ana))
    for by in (world.ben, world.dana):
        with pytest.raises(NotAllowed):
            programs.ask_to_come_back(enrollment=enrollment, by=by)


def test_who_is_back_asks_no_more_and_keeps_both_episodes(world: World) -> None:
    first = programs.withdraw(enrollment=the_open(world.ana))
    programs.ask_to_come_back(enrollment=first, by=world.ana)
    second = programs.readmit(person=world.ana, cohort=world.cohort, by=world.dana)
    assert not Enrollment.objects.asking_back().exists()
    assert list(Enrollment.objects.of(world.ana.pk).order_by("began")) == [first, second]
    with pytest.raises(Conflict):
        programs.ask_to_come_back(enrollment=first, by=world.ana)


def test_staff_see_the_episodes_of_their_own_cohorts(world: World) -> None:
    now = clock.now()
    assert {row.person for row in Enrollment.objects.of_staff(world.dana.pk, now)} == {world.ana, world.ben}
    for person in (world.ana, world.cy, world.eli):
        assert not Enrollment.objects.of_staff(person.pk, now).exists()


ACTS = ("enroll", "graduate", "withdraw", "away", "back", "taper", "php")
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 20), st.integers(0, 5)), max_size=12)


@story
@given(steps)
def test_whatever_staff_do_in_whatever_order_the_days_make_sense(db: None, told: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        world = quick.world()
        passed = timedelta()
        for act, later, back in told:
            passed += later * DAY
            with clock.turned(passed), suppress(Refusal):
                _act(world, act, back)
            with clock.turned(passed):
                _makes_sense(world.ana, clock.today(world.cohort.zone))
        transaction.set_rollback(True)


def _act(world: World, act: str, back: int) -> None:
    last = Enrollment.objects.of(world.ana.pk).order_by("began", "pk").last()
    assert last is not None
    day = clock.today(world.cohort.zone) - back * DAY
    with transaction.atomic():
        match act:
            case "enroll":
                programs.enroll(person=world.ana, cohort=world.cohort, began=day, by=world.dana)
            case "graduate":
                programs.graduate(enrollment=last, by=world.dana)
            case "withdraw":
                programs.withdraw(enrollment=last, by=world.dana)
            case "away":
                programs.away(enrollment=last, by=world.dana)
            case "back":
                programs.come_back(enrollment=last, by=world.dana)
            case _:
                programs.move_phase(enrollment=last, phase=act, since=day, by=world.dana)


def _makes_sense(person: Person, today: date) -> None:
    rows = list(Enrollment.objects.of(person.pk))
    assert len([row for row in rows if row.is_open]) <= 1
    for row in rows:
        phases = [(phase.began, phase.kind) for phase in row.phases.all()]
        assert phases[0][0] == row.began
        assert phases == sorted(phases, key=lambda pair: pair[0])
        assert row.began <= (row.ended or today) <= today
        assert all(began <= today for began, _kind in phases)
        assert (phases[-1][1] == "alumni") == (row.outcome == Outcome.GRADUATED)
        assert not (row.is_away and not row.is_open)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once_however_many_ask_at_once(world: World) -> None:
    room = cohort(world, capacity=3)
    fresh = [newcomer(f"Guest {letter}") for letter in "ABCDEFGH"]
    answers = at_once([partial(programs.enroll, person=one, cohort=room, by=world.dana) for one in fresh])
    assert answers.count("ok") == 3
    assert answers.count("full") == 5
    assert Enrollment.objects.open().filter(cohort=room).count() == 3


@pytest.mark.django_db(transaction=True)
def test_one_person_asked_for_twice_at_once_begins_once(world: World) -> None:
    rooms, fay = [cohort(world, name=f"Group {number}") for number in range(4)], newcomer()
    answers = at_once([partial(programs.enroll, person=fay, cohort=room) for room in rooms])
    assert sorted(answers) == ["enrolled", "enrolled", "enrolled", "ok"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_never_dismiss_each_other_at_once(world: World) -> None:
    pair = [newcomer(alias) for alias in ("Gus", "Hal")]
    held = [programs.appoint(person=one, program=None, role=StaffRole.ADMINISTRATOR) for one in pair]
    answers = at_once([partial(programs.dismiss, appointment=one) for one in held])
    assert sorted(answers) == ["last", "ok"]


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """What each was answered: "ok", or the code of its refusal."""
    answers, gate = ["" for _act in acts], threading.Barrier(len(acts))

    def ask(number: int) -> None:
        try:
            gate.wait(10)
            acts[number]()
            answers[number] = "ok"
        except Refusal as refusal:
            answers[number] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers
