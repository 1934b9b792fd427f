"""A case while somebody acts on it: held, as they saw it, and with one more step behind it."""

from uuid import UUID

from django.utils.translation import gettext as _

from community.audit import services as audit
from community.cases.events import CaseChanged
from community.cases.models import NOTE_MOST, Case, CaseStep, StepKind
from community.cases.rules import case_of
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid
from community.foundation.events import publish
from community.people.models import Person


def at_hand(person: Person, case_id: UUID, version: int | None) -> Case:
    """The case, held against every other change, as ``person`` saw it; None: whatever they saw.

    Raises Missing, and Conflict (``stale``).
    """
    case_of(person, case_id)
    row = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("holder").get(pk=case_id)
    case_of(person, case_id)  # who may look into it is asked once more, now that it stands still
    if version not in {None, row.version}:
        raise Conflict(_("Somebody did something here meanwhile. Nothing was saved."), code="stale")
    return row


def in_hand(person: Person, case_id: UUID, version: int | None) -> Case:
    """As :func:`at_hand`, one that ``person`` has. Raises Conflict (``not_yours``) as well."""
    row = at_hand(person, case_id, version)
    keep(person, row)
    return row


def keep(person: Person, row: Case) -> None:
    """Let who has it have it longer; the row is not saved here. Raises Conflict (``not_yours``)."""
    if not row.is_with(person.pk, clock.now()):
        raise Conflict(_("You don’t have this one any more. Take it first."), code="not_yours")
    row.hold(person, clock.now())


def words(value: object, *, at: str = "/note", blank: bool = True) -> str:
    """A note for who looks into it: up to 2,000 characters. Raises Invalid."""
    if not blank and (value is None or value == ""):
        raise Invalid(FieldError(at, "required", _("Write a line for whoever has it next.")))
    return inputs.text(value or "", at=at, most=NOTE_MOST, blank=blank)


def step(row: Case, kind: StepKind, *, by: Person | None, what: str = "", note: str = "") -> CaseStep:
    """Save the row with one more step behind it, and say so. Publishes CaseChanged."""
    row.version += 1
    row.save()
    made = write(row, kind, by=by, what=what, note=note)
    publish(CaseChanged(case_id=row.pk, version=row.version))
    if by is not None:
        audit.record(action=f"case.{kind}", actor=by.pk, subject=f"case:{row.pk}", reason=what)
    return made


def write(row: Case, kind: StepKind, *, by: Person | None, what: str = "", note: str = "") -> CaseStep:
    """One more line of what was done; steps are numbered under the case's lock."""
    made = CaseStep(case=row, number=row.steps.count() + 1, kind=kind, what=what, by=by, at=clock.now())
    made.note = note
    made.save(force_insert=True)
    return made
