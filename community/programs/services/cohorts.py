"""Programs and cohorts: opened, changed, given their times. ``by=None`` is the program itself (seeding, commands)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.people.models import Person
from community.programs import plans
from community.programs.events import CohortChanged, CohortOpened
from community.programs.models import AgeBand, Cohort, Enrollment, Phase, Program, Slot, Track
from community.programs.plans import SlotPlan
from community.programs.rules import (
    may_change_cohort,
    may_change_program,
    may_open_cohort,
    may_set_slots,
    runs_organization,
)


@transaction.atomic
def open_program(
    *,
    name: str,
    track: str,
    age_band: str = "",
    zone: str = "America/New_York",
    language: str = "en",
    by: Person | None = None,
) -> Program:
    """Open a program of one track; one for teens and young adults says which ages it is for.

    Raises NotAllowed, Invalid, and Conflict when there is a program of this name.
    """
    if by is not None:
        runs_organization.require(by, None)
    words = plans.name(name)
    inputs.one_of(track, frozenset(Track.values), at="/track")
    bands = frozenset(AgeBand.values) if track == Track.TEEN else frozenset({""})
    inputs.one_of(age_band, bands, at="/age_band")
    program = Program(
        name=words,
        track=track,
        age_band=age_band,
        zone=inputs.zone(zone, at="/zone"),
        language=_language(language),
    )
    with _one_of_its_name(program):
        program.save(force_insert=True)
    audit.record(action="program.open", actor=by.pk if by else None, subject=f"program:{program.pk}")
    return program


@transaction.atomic
def change_program(*, program: Program, wanted: Mapping[str, Any], by: Person | None = None) -> Program:
    """Change a program's ``name``, ``zone`` or ``language``; its track and ages stay what people were admitted to.

    Raises NotAllowed, Invalid, and Conflict when there is a program of this name.
    """
    if by is not None:
        may_change_program.require(by, program)
    inputs.known(dict(wanted), frozenset({"name", "zone", "language"}))
    row = Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    if "name" in wanted:
        row.name = plans.name(wanted["name"])
    if "zone" in wanted:
        row.zone = inputs.zone(wanted["zone"], at="/zone")
    if "language" in wanted:
        row.language = _language(wanted["language"])
    with _one_of_its_name(row):
        row.save(update_fields=["name", "zone", "language"])
    audit.record(action="program.change", actor=by.pk if by else None, subject=f"program:{row.pk}")
    return row


def _language(value: Any) -> str:
    return inputs.one_of(value, plans.LANGUAGES, at="/language")


@contextmanager
def _one_of_its_name(program: Program) -> Iterator[None]:
    """Around saving it. Asked before, so that it is told kindly; of two that come at once the database takes one."""
    taken = Conflict(_("There is a program of this name already."), code="taken")
    if Program.objects.filter(name__iexact=program.name).exclude(pk=program.pk).exists():
        raise taken
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise taken from error


@transaction.atomic
def open_cohort(
    *,
    program: Program,
    wanted: Mapping[str, Any],
    slots: Sequence[Mapping[str, Any] | SlotPlan] = (),
    by: Person | None = None,
) -> Cohort:
    """Open a cohort: ``wanted`` has name, admission, starts and capacity, and may have ends, zone, where and language.

    Raises NotAllowed and Invalid. Publishes CohortOpened.
    """
    if by is not None:
        may_open_cohort.require(by, program)
    inputs.known(dict(wanted), plans.COHORT_FIELDS, needed=frozenset({"name", "admission", "starts", "capacity"}))
    judged = {"ends": None, "zone": program.zone, "where": "", "language": "", **plans.cohort(wanted)}
    plans.dates(admission=judged["admission"], starts=judged["starts"], ends=judged["ends"])
    week = plans.slots(slots)
    cohort = Cohort.objects.create(program=program, created=clock.now(), **judged)
    _write_slots(cohort, week)
    publish(CohortOpened(cohort_id=cohort.pk))
    audit.record(action="cohort.open", actor=by.pk if by else None, subject=f"cohort:{cohort.pk}")
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, wanted: Mapping[str, Any], by: Person | None = None) -> Cohort:
    """Change what is given of name, admission, starts, ends, capacity, zone, where and language.

    The first day stays once somebody has begun; who is enrolled ahead begins with the group. Raises NotAllowed,
    Invalid, and Conflict when more people are enrolled than the new capacity holds. Publishes
    CohortChanged.
    """
    if by is not None:
        may_change_cohort.require(by, cohort.program)
    judged = plans.cohort(wanted)
    row = Cohort.objects.locked_one(cohort.pk)
    moves = judged.get("starts", row.starts) != row.starts
    for field, value in judged.items():
        setattr(row, field, value)
    plans.dates(admission=row.admission, starts=row.starts, ends=row.ends)
    if moves:
        _move_people(row)
    if Enrollment.objects.open().filter(cohort=row).count() > row.capacity:
        raise Conflict(_("More people than that are in this group already."), code="too_small")
    row.save(update_fields=sorted(judged))
    publish(CohortChanged(cohort_id=row.pk))
    audit.record(action="cohort.change", actor=by.pk if by else None, subject=f"cohort:{row.pk}")
    return row


def _move_people(cohort: Cohort) -> None:
    """The first day of a cohort is another one; who is enrolled ahead begins with it. Needs the cohort's lock."""
    today = clock.today(cohort.zone)
    people = Enrollment.objects.filter(cohort=cohort)
    if people.begun(today).exists():
        inputs.refuse("/starts", "begun", _("Somebody has begun in this group already, so its first day stays."))
    first = max(cohort.starts, today)
    Phase.objects.filter(enrollment__in=people.open()).update(began=first)
    people.open().update(began=first)


@transaction.atomic
def set_slots(*, cohort: Cohort, slots: Sequence[Mapping[str, Any] | SlotPlan], by: Person | None = None) -> list[Slot]:
    """Give a cohort its times of the week, in place of those it had; how many hours that makes is advice alone.

    Raises NotAllowed, and Invalid for a time that cannot be or that overlaps another. Publishes CohortChanged.
    """
    if by is not None:
        may_set_slots.require(by, cohort)
    week = plans.slots(slots)
    row = Cohort.objects.locked_one(cohort.pk)
    row.slots.all().delete()
    written = _write_slots(row, week)
    publish(CohortChanged(cohort_id=row.pk))
    audit.record(action="cohort.slots", actor=by.pk if by else None, subject=f"cohort:{row.pk}")
    return written


def _write_slots(cohort: Cohort, week: Sequence[SlotPlan]) -> list[Slot]:
    return Slot.objects.bulk_create(
        Slot(cohort=cohort, weekday=plan.weekday, starts=plan.starts, minutes=plan.minutes) for plan in week
    )
