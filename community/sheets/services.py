"""Leaving an emergency sheet, opening one, telling its person, and looking at it afterwards."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.cases import services as cases
from community.cases.models import Case
from community.cases.rules import untied
from community.consent import services as consent
from community.consent.models import Purpose
from community.foundation import clock, inputs
from community.foundation.errors import FieldError, Invalid, Missing
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import StaffRole
from community.sheets.events import EmergencySheetOpened
from community.sheets.models import EmergencySheet, SheetOpening
from community.sheets.plans import KIND, LASTS, LINE_MOST, QUESTIONS, WHY_MOST
from community.sheets.rules import agreement_of, may_open, opening_of_staff, openings_of_staff, sheet_of

log = logging.getLogger(__name__)
OPENED, TELLS = "sheet_to_look_at", "sheet_opened"


@transaction.atomic
def write_down(
    *, person: Person, answers: Mapping[str, Any], agrees: bool, language: str | None = None
) -> EmergencySheet:
    """Keep what ``person`` wants to be known in an emergency: any of QUESTIONS, at most 300 characters each.

    The first time takes their agreement (``agrees``), in the ``language`` it was shown; what is left out is empty.
    Raises Invalid, also where nothing is answered.
    """
    inputs.known(dict(answers), frozenset(QUESTIONS))
    said = {name: inputs.text(answers.get(name, ""), at=f"/{name}", most=LINE_MOST, blank=True) for name in QUESTIONS}
    said = {name: words if inputs.visible(words) else "" for name, words in said.items()}
    if not any(said.values()):
        raise Invalid(FieldError("/name", "blank", _("Write at least one thing that would help.")))
    row = sheet_of(person.pk)
    if row is None:
        if not agrees:
            raise Invalid(FieldError("/agrees", "required", _("Tick this if you agree. Without it, nothing is kept.")))
        consent.give(person=person, purpose=Purpose.EMERGENCY_SHEET, language=language)
        row = EmergencySheet(person=person)
    for name, words in said.items():
        setattr(row, name, words)
    row.confirmed = clock.now()
    row.save()
    return row


@transaction.atomic
def confirm(*, person: Person) -> EmergencySheet:
    """``person`` still wants it, and it is right as it is. Raises Missing where there is none."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    row = sheet_of(person.pk)
    if row is None:
        raise Missing
    row.confirmed = clock.now()
    row.save(update_fields=["confirmed"])
    return row


@transaction.atomic
def take_back(*, person: Person) -> None:
    """``person`` wants no sheet any more: the agreement ends, and every answer is erased. Raises Missing.

    Publishes ConsentRevoked.
    """
    consent.revoke(person=person, record=agreement_of(person))


@transaction.atomic
def erase(*, person_id: UUID) -> int:
    """Nobody agrees to it any more: every answer is gone. That it was opened before stays. Returns how many sheets."""
    return EmergencySheet.objects.of(person_id).delete()[0]


@transaction.atomic
@audit.at_the_end()
def open_sheet(*, case: Case, by: Person) -> SheetOpening:
    """Let ``by``, who has this case, read the sheet of whom it is about for sixty minutes; again meanwhile is the same.

    Who runs the program is told, the case has one more step, and its person hears of it afterwards. Raises Missing
    where none was left, NotAllowed unless :data:`may_open`, and Conflict. Publishes EmergencySheetOpened, CaseChanged.
    """
    may_open.require(by, case)
    if sheet_of(case.subject_id) is None:
        raise Missing
    row, now = cases.stay(case=case, by=by), clock.now()  # from here on nobody else changes it
    may_open.require(by, row)
    known = SheetOpening.objects.lasting(now).by(by.pk).filter(case=row).first()
    if known is not None:
        return known
    made = SheetOpening.objects.create(person=row.subject, case=row, by=by, at=now, until=now + LASTS)
    cases.opened(case=row, by=by, what=KIND)
    _tell_who_runs(row, by)
    publish(EmergencySheetOpened(opening_id=made.pk, case_id=row.pk))
    audit.record(action="sheet.open", actor=by.pk, subject=f"person:{row.subject_id}", reason=f"case:{row.pk}")
    return made


def _tell_who_runs(case: Case, by: Person) -> None:
    """An administrator where there is one, else whoever runs the program; never who opened it themselves."""
    held = untied(case).running().exclude(person=by).select_related("person")
    first = [one for one in held if one.role == StaffRole.ADMINISTRATOR] or list(held)
    people = {one.person_id: one.person for one in first}
    for key in sorted(people):
        notices.tell(person=people[key], notice=OPENED)
    if not people:
        log.error("nobody else looks at an opened sheet", extra={"case": str(case.pk)})


@transaction.atomic
def hold_back(*, opening: SheetOpening, by: Person, why: Any) -> SheetOpening:
    """Its person is not told yet, because that could put somebody in danger: a line says why.

    Whoever opened it says so, or who looks at it. Raises Invalid, and Missing, also once they were told.
    """
    row = _held(opening, by)
    said = inputs.text(why, at="/why", most=WHY_MOST)
    if row.told is not None:
        raise Missing
    row.held, row.held_by, row.why = clock.now(), by, said
    row.save(update_fields=["held", "held_by", "why_sealed"])
    audit.record(action="sheet.hold", actor=by.pk, subject=f"person:{row.person_id}", reason=f"case:{row.case_id}")
    return row


@transaction.atomic
def let_tell(*, opening: SheetOpening, by: Person) -> SheetOpening:
    """Its person may be told now. Only who looks at it says so. Raises Missing."""
    row = _held(opening_of_staff(by, opening.pk), by)
    row.held, row.held_by = None, None
    row.save(update_fields=["held", "held_by"])
    audit.record(action="sheet.let_tell", actor=by.pk, subject=f"person:{row.person_id}", reason=f"case:{row.case_id}")
    return row


@transaction.atomic
def look_at(*, opening: SheetOpening, by: Person, found: Any = "") -> SheetOpening:
    """Somebody else looked at it, and wrote a line if they liked. Raises Missing and Invalid."""
    row = _held(opening_of_staff(by, opening.pk), by)
    row.found = inputs.text(found, at="/found", most=WHY_MOST, blank=True)
    row.looked, row.looked_by = clock.now(), by
    row.save(update_fields=["found_sealed", "looked", "looked_by"])
    audit.record(action="sheet.look_at", actor=by.pk, subject=f"person:{row.person_id}", reason=f"case:{row.case_id}")
    return row


def _held(opening: SheetOpening, by: Person) -> SheetOpening:
    """Its row, held against every other change, for who opened it or looks at it. Raises Missing."""
    row = SheetOpening.objects.select_for_update(no_key=True, of=("self",)).filter(pk=opening.pk).first()
    if row is None or (row.by_id != by.pk and not openings_of_staff(by).filter(pk=row.pk).exists()):
        raise Missing
    return row


@transaction.atomic
def tell_next() -> bool:
    """Tell the person of the opening that has been over longest; False where nobody waits to be told.

    May run in several processes at once.
    """
    now = clock.now()
    waiting = SheetOpening.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).to_tell(now)
    row = waiting.select_related("person").order_by("until", "pk").first()
    if row is None:
        return False
    row.told = now
    row.save(update_fields=["told"])
    notices.tell(person=row.person, notice=TELLS)
    return True
