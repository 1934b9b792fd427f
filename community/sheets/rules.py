"""Who may open an emergency sheet, and who looks at it afterwards. Nobody else gets at one by any door."""

from uuid import UUID

from community.cases.models import Case
from community.cases.plans import Priority, Reach
from community.cases.querysets import looking
from community.cases.rules import apart_from
from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.people.models import Person
from community.programs.querysets import held_by
from community.sheets.models import EmergencySheet, SheetOpening
from community.sheets.querysets import SheetOpeningQuerySet


@rule
def cannot_wait(_person: Person, case: Case) -> bool:
    return case.is_open and case.priority == Priority.P0


@rule
def has_it(person: Person, case: Case) -> bool:
    return case.is_with(person.pk, clock.now())


@rule
def is_staff_there(person: Person, case: Case) -> bool:
    """Leads there, or runs the program; who keeps a room as a volunteer does neither."""
    by_reach = looking(case.program_id, case.cohort_id)
    held = held_by(person.pk, clock.now())
    return held.filter(by_reach[Reach.STAFF] | by_reach[Reach.LEAD]).exists()


@rule
def is_not_about_them(person: Person, case: Case) -> bool:
    return case.subject_id != person.pk


may_open = cannot_wait & has_it & is_staff_there & is_not_about_them


def agreement_of(person: Person) -> ConsentRecord:
    """What ``person`` agreed to. Raises Missing where nothing of it stands."""
    found = ConsentRecord.objects.live().of(person.pk).about(Purpose.EMERGENCY_SHEET).first()
    if found is None:
        raise Missing
    return found


def sheet_of(person_id: UUID) -> EmergencySheet | None:
    """Somebody's sheet, while they agree to it."""
    agreed = ConsentRecord.objects.live().of(person_id).about(Purpose.EMERGENCY_SHEET)
    found: EmergencySheet | None = EmergencySheet.objects.of(person_id).filter(person__consents__in=agreed).first()
    return found


def opening_of(person: Person, case: Case) -> SheetOpening:
    """What ``person`` opened for this case, while its hour lasts and they may still open it. Raises Missing."""
    mine = SheetOpening.objects.lasting(clock.now()).by(person.pk).filter(case=case).newest_first().first()
    if mine is None or not may_open(person, case):
        raise Missing
    return mine


def openings_of_staff(person: Person) -> SheetOpeningQuerySet:
    """Those that ``person`` may look at afterwards."""
    return SheetOpening.objects.of_staff(person.pk, clock.now(), apart=apart_from([person.pk]))


def opening_of_staff(person: Person, opening_id: UUID) -> SheetOpening:
    """One of them. Raises Missing."""
    found = openings_of_staff(person).to_show().filter(pk=opening_id).first()
    if found is None:
        raise Missing
    return found
