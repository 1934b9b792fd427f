"""Programs, cohorts and staff: who may open and change them, and what cannot be."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from community.audit.models import AuditEntry
from community.consent.rules import may
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, NotAllowed
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Admission, Appointment, Cohort, Program, Slot, StaffRole, Track
from community.programs.querysets import ProgramQuerySet
from community.programs.rules import leads_cohort, runs_organization, runs_program, works_for_program
from community.programs.tasks import end_due_appointments
from groups.demo.services import World

DAY = timedelta(days=1)


def plan(**more: Any) -> dict[str, Any]:
    """A group like any other, with what is to be different."""
    today = clock.today("America/New_York")
    return {"name": "Wednesday group", "admission": "rolling", "starts": today, "capacity": 12, **more}


@pytest.fixture
def root(world: World) -> Person:
    """An administrator of the organization."""
    person = people.create(alias="Gus")
    programs.appoint(person=person, program=None, role=StaffRole.ADMINISTRATOR)
    return person


def test_a_program_for_teens_says_which_ages_it_is_for(db: None) -> None:
    with pytest.raises(Invalid) as refused:
        programs.open_program(name="After school", track=Track.TEEN)
    assert refused.value.extra["errors"][0]["pointer"] == "/age_band"
    assert programs.open_program(name="After school", track=Track.TEEN, age_band="18-25").profile.walled


def test_no_other_program_has_an_age_band(db: None) -> None:
    with pytest.raises(Invalid):
        programs.open_program(name="Evenings", track=Track.DUAL, age_band="13-17")
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.create(name="Evenings", track=Track.DUAL, age_band="13-17")


@pytest.mark.parametrize(
    ("track", "band", "walled", "before", "usual"),
    [
        ("addiction", "", False, 7, (9, 19)),
        ("eating_disorder", "", False, 7, (9, 19)),
        ("teen", "13-17", True, 0, (6, 19)),
        ("teen", "18-25", True, 0, (9, 19)),
    ],
)
def test_a_track_brings_its_safety_profile(
    db: None, track: str, band: str, *, walled: bool, before: int, usual: tuple[int, int]
) -> None:
    profile = programs.open_program(name="One", track=track, age_band=band).profile
    assert (profile.walled, profile.history_days, profile.weekly_hours) == (walled, before, usual)


@pytest.mark.parametrize("name", ["Evening program", "EVENING program", " Evening  program "])
def test_two_programs_never_have_one_name(world: World, name: str) -> None:
    with pytest.raises(Conflict):
        programs.open_program(name=name, track=Track.DUAL)


def test_two_programs_that_are_named_at_the_same_moment_are_still_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked before no longer counts then: the database itself takes one of them."""
    monkeypatch.setattr(ProgramQuerySet, "exists", lambda _self: False)
    before = list(Program.objects.order_by("pk").values_list())
    with pytest.raises(Conflict):
        programs.open_program(name="EVENING program", track=Track.DUAL)
    with pytest.raises(Conflict):
        programs.change_program(program=world.other, wanted={"name": "evening Program"})
    assert list(Program.objects.order_by("pk").values_list()) == before


def test_only_who_runs_the_organization_opens_a_program(world: World, root: Person) -> None:
    assert programs.open_program(name="Mornings", track=Track.DUAL, by=root).name == "Mornings"
    for person in (world.dana, world.cy, world.ana):
        with pytest.raises(NotAllowed):
            programs.open_program(name="Nights", track=Track.DUAL, by=person)


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_who_does_not_run_a_program_changes_nothing_of_it(world: World, who: str) -> None:
    person = getattr(world, who)
    acts: list[Callable[[], object]] = [
        lambda: programs.open_cohort(program=world.evening, wanted=plan(), by=person),
        lambda: programs.change_cohort(cohort=world.cohort, wanted={"capacity": 20}, by=person),
        lambda: programs.set_slots(cohort=world.cohort, slots=[], by=person),
        lambda: programs.change_program(program=world.evening, wanted={"name": "Nights"}, by=person),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert Cohort.objects.count() == 2
    assert world.cohort.slots.count() == 3


def test_a_coordinator_opens_a_cohort_of_their_own_program_alone(world: World) -> None:
    assert programs.open_cohort(program=world.evening, wanted=plan(), by=world.dana).zone == world.evening.zone
    with pytest.raises(NotAllowed):
        programs.open_cohort(program=world.other, wanted=plan(), by=world.dana)


def test_an_administrator_of_the_organization_runs_every_program(world: World, root: Person) -> None:
    for program in (world.evening, world.other):
        assert runs_program(root, program)
        assert programs.open_cohort(program=program, wanted=plan(), by=root).program == program


TODAY = date(2026, 11, 24)
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({"name": "  "}, "/name"),
    "a name too long": ({"name": "x" * 81}, "/name"),
    "an unknown admission": ({"admission": "open"}, "/admission"),
    "nobody at all": ({"capacity": 0}, "/capacity"),
    "everybody": ({"capacity": 61}, "/capacity"),
    "half a person": ({"capacity": 2.5}, "/capacity"),
    "no day": ({"starts": "soon"}, "/starts"),
    "the thirtieth of February": ({"starts": "2026-02-30"}, "/starts"),
    "a century ago": ({"starts": "1926-11-24"}, "/starts"),
    "the end before the start": ({"starts": "2026-11-24", "ends": "2026-11-23"}, "/ends"),
    "a closed one without an end": ({"admission": "closed"}, "/ends"),
    "a zone that is none": ({"zone": "Mars/Olympus"}, "/zone"),
    "a place too long": ({"where": "x" * 201}, "/where"),
    "a field nobody asked for": ({"leader": "Dana"}, "/leader"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_cohort_that_cannot_be_is_refused_by_name(world: World, what: str) -> None:
    wrong, pointer = WRONG[what]
    acts: list[Callable[[], object]] = [
        lambda: programs.open_cohort(program=world.evening, wanted=plan(**wrong)),
        lambda: programs.change_cohort(cohort=world.cohort, wanted=wrong),
    ]
    for act in acts:
        with pytest.raises(Invalid) as refused:
            act()
        assert pointer in {error["pointer"] for error in refused.value.extra["errors"]}
    assert Cohort.objects.count() == 2
    world.cohort.refresh_from_db()
    assert world.cohort.capacity == 12


def test_a_cohort_refused_for_its_times_is_not_there(world: World) -> None:
    twice = [{"weekday": 1, "starts": "18:00", "minutes": 180}, {"weekday": 1, "starts": "20:59", "minutes": 30}]
    with pytest.raises(Invalid) as refused:
        programs.open_cohort(program=world.evening, wanted=plan(), slots=twice)
    assert refused.value.code == "overlap"
    assert Cohort.objects.count() == 2


def test_new_times_replace_the_old_ones(world: World) -> None:
    programs.set_slots(cohort=world.cohort, slots=[{"weekday": 4, "starts": "17:30", "minutes": 90}], by=world.dana)
    (slot,) = Slot.objects.filter(cohort=world.cohort)
    assert (slot.weekday, slot.starts.hour, slot.minutes) == (4, 17, 90)
    assert world.cohort.hours_advice == "few"


def test_nine_hours_a_week_need_no_advice(world: World) -> None:
    assert world.cohort.weekly_minutes == 9 * 60
    assert world.cohort.hours_advice is None


def test_a_group_is_never_made_smaller_than_it_is(world: World) -> None:
    programs.enroll(person=people.create(alias="Fay"), cohort=world.cohort)
    with pytest.raises(Conflict) as refused:
        programs.change_cohort(cohort=world.cohort, wanted={"capacity": 1}, by=world.dana)
    assert refused.value.code == "too_small"


def test_a_first_day_stays_once_somebody_has_begun(world: World) -> None:
    first, audited = world.cohort.starts, AuditEntry.objects.count()
    for days in (-1, 1):
        moved = {"starts": world.cohort.starts + timedelta(days=days)}
        with pytest.raises(Invalid) as refused:
            programs.change_cohort(cohort=world.cohort, wanted=moved, by=world.dana)
        assert refused.value.extra["errors"][0]["pointer"] == "/starts"
    world.cohort.refresh_from_db()
    assert (world.cohort.starts, AuditEntry.objects.count()) == (first, audited)
    same = programs.change_cohort(cohort=world.cohort, wanted={"starts": first, "capacity": 20}, by=world.dana)
    assert (same.starts, same.capacity) == (first, 20)


@pytest.mark.parametrize("days", [-30, -3, 0, 5])
def test_who_is_enrolled_ahead_begins_with_the_group_when_that_moves(world: World, days: int) -> None:
    today = clock.today(world.evening.zone)
    planned = today + timedelta(days=10)
    cohort = programs.open_cohort(program=world.evening, wanted={**plan(), "starts": planned}, by=world.dana)
    ahead = programs.enroll(person=people.create(alias="Fay"), cohort=cohort, by=world.dana)
    assert ahead.began == planned
    programs.change_cohort(cohort=cohort, wanted={"starts": today + timedelta(days=days)}, by=world.dana)
    ahead.refresh_from_db()
    begins = today + timedelta(days=max(days, 0))
    assert (ahead.began, [phase.began for phase in ahead.phases.all()]) == (begins, [begins])


def test_a_facilitator_leads_and_a_moderator_does_not(world: World) -> None:
    assert leads_cohort(world.dana, world.cohort)
    assert not leads_cohort(world.cy, world.cohort)
    assert not leads_cohort(world.dana, world.mornings)
    assert works_for_program(world.cy, world.evening)
    assert not works_for_program(world.cy, world.other)
    assert not runs_organization(world.dana, None)


def test_a_facilitator_of_one_cohort_leads_no_other(world: World) -> None:
    fay = people.create(alias="Fay")
    second = programs.open_cohort(program=world.evening, wanted=plan())
    programs.appoint(person=fay, program=world.evening, cohort=second, role=StaffRole.FACILITATOR)
    assert leads_cohort(fay, second)
    assert not leads_cohort(fay, world.cohort)
    assert list(Cohort.objects.of_staff(fay.pk, clock.now())) == [second]
    assert not runs_program(fay, world.evening)


RANKS = [
    ("coordinator", "facilitator", True),
    ("coordinator", "moderator", True),
    ("coordinator", "coordinator", True),
    ("coordinator", "administrator", False),
    ("administrator", "administrator", True),
    ("facilitator", "moderator", False),
    ("moderator", "moderator", False),
]


@pytest.mark.parametrize(("held", "wanted", "allowed"), RANKS)
def test_nobody_hands_out_or_takes_more_than_they_hold(world: World, held: str, wanted: str, *, allowed: bool) -> None:
    lead, fay, gil = (people.create(alias=alias) for alias in ("Lee", "Fay", "Gil"))
    programs.appoint(person=lead, program=world.other, role=held)
    theirs = programs.appoint(person=gil, program=world.other, role=wanted)
    if allowed:
        assert programs.appoint(person=fay, program=world.other, role=wanted, by=lead).role == wanted
        assert programs.dismiss(appointment=theirs, by=lead).closed
        return
    with pytest.raises(NotAllowed):
        programs.appoint(person=fay, program=world.other, role=wanted, by=lead)
    with pytest.raises(NotAllowed):
        programs.dismiss(appointment=theirs, by=lead)
    assert not fay.appointments.exists()


def test_nobody_appoints_in_another_program(world: World) -> None:
    with pytest.raises(NotAllowed):
        programs.appoint(person=world.cy, program=world.other, role=StaffRole.MODERATOR, by=world.dana)
    with pytest.raises(NotAllowed):
        programs.appoint(person=world.cy, program=None, role=StaffRole.ADMINISTRATOR, by=world.dana)


MISPLACED: dict[str, Callable[[World], dict[str, Any]]] = {
    "a facilitator of everything": lambda w: {"program": None, "role": "facilitator"},
    "a cohort of another program": lambda w: {"program": w.evening, "cohort": w.mornings, "role": "facilitator"},
    "a coordinator of one cohort": lambda w: {"program": w.evening, "cohort": w.cohort, "role": "coordinator"},
    "an end in the past": lambda w: {"program": w.evening, "role": "moderator", "ends": clock.now() - DAY},
    "an unknown role": lambda w: {"program": w.evening, "role": "owner"},
}


@pytest.mark.parametrize("what", MISPLACED)
def test_an_appointment_that_cannot_be_is_refused(world: World, what: str) -> None:
    with pytest.raises(Invalid):
        programs.appoint(person=world.ben, **MISPLACED[what](world))
    assert not world.ben.appointments.exists()


def test_the_same_appointment_again_is_the_one_there_is(world: World) -> None:
    before = Appointment.objects.count()
    again = programs.appoint(
        person=world.cy, program=world.evening, role=StaffRole.MODERATOR, ends=clock.now() + DAY, by=world.dana
    )
    assert Appointment.objects.count() == before
    assert again.ends is not None
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.subject, entry.actor) == ("staff.prolong", f"appointment:{again.pk}", world.dana.pk)


def test_an_appointment_ends_by_its_own_date(world: World) -> None:
    fay = people.create(alias="Fay")
    programs.appoint(person=fay, program=world.evening, role=StaffRole.FACILITATOR, ends=clock.now() + DAY)
    assert leads_cohort(fay, world.cohort)
    with clock.turned(DAY + timedelta(minutes=1)):
        assert not leads_cohort(fay, world.cohort)
        assert end_due_appointments() == 1
        assert end_due_appointments() == 0


def test_somebody_always_runs_the_organization(world: World, root: Person) -> None:
    with pytest.raises(Conflict) as refused:
        programs.dismiss(appointment=root.appointments.get(), by=root)
    assert refused.value.code == "last"
    other = people.create(alias="Hal")
    programs.appoint(person=other, program=None, role=StaffRole.ADMINISTRATOR, by=root)
    assert programs.dismiss(appointment=root.appointments.get(), by=other).closed
    assert not runs_organization(root, None)


def test_an_appointment_ends_once(world: World) -> None:
    appointment = world.cy.appointments.get()
    programs.dismiss(appointment=appointment, by=world.dana)
    with pytest.raises(Conflict):
        programs.dismiss(appointment=appointment, by=world.dana)


@pytest.mark.parametrize("purpose", ["roster", "message", "safety"])
def test_who_cares_for_somebody_may_reach_them(world: World, purpose: str) -> None:
    assert may(world.dana, world.ana, purpose)


@pytest.mark.parametrize("purpose", ["words", "match"])
def test_caring_for_somebody_opens_nothing_they_are_asked_about(world: World, purpose: str) -> None:
    assert not may(world.dana, world.ana, purpose)


def test_care_ends_with_the_episode_and_with_the_appointment(world: World) -> None:
    fay = people.create(alias="Fay")
    programs.appoint(person=fay, program=world.evening, role=StaffRole.COORDINATOR)
    assert may(fay, world.ana, "safety")
    assert not may(fay, world.eli, "safety")
    assert not may(world.cy, world.ana, "safety")
    enrollment = world.ana.enrollments.get()
    programs.withdraw(enrollment=enrollment)
    assert not may(fay, world.ana, "safety")
    programs.readmit(person=world.ana, cohort=world.cohort)
    assert may(fay, world.ana, "safety")
    programs.dismiss(appointment=fay.appointments.get())
    assert not may(fay, world.ana, "safety")


def test_a_list_of_cohorts_is_two_queries_however_many_there_are(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(5):
        programs.open_cohort(program=world.evening, wanted=plan(name=f"Group {number}", admission=Admission.ROLLING))
    with django_assert_num_queries(2):
        found = list(Cohort.objects.of_staff(world.dana.pk, clock.now()).to_show().with_people())
        assert {cohort.people for cohort in found if cohort != world.cohort} == {0}  # type: ignore[attr-defined]  # with_people
        assert [cohort.next_session(clock.now()) for cohort in found].count(None) == 5
        assert {cohort.hours_advice for cohort in found} == {None}
