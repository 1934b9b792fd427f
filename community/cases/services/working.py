"""What who has a case does about it: talks with the person, notes, waits, weighs it anew."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.cases.desk.holding import in_hand, step, words
from community.cases.models import Case, StepKind
from community.cases.plans import Priority, State
from community.foundation import clock, inputs
from community.foundation.errors import FieldError, Invalid
from community.people.models import Person


@transaction.atomic
def note(*, case: Case, by: Person, version: int, note: object) -> Case:
    """Keep something in mind for whoever looks into it. Raises Missing, Invalid and Conflict. Publishes CaseChanged."""
    row = in_hand(by, case.pk, version)
    said = words(note, blank=False)
    step(row, StepKind.NOTE, by=by, note=said)
    return row


@transaction.atomic
def talked(*, case: Case, by: Person, version: int, reached: bool, note: object = "") -> Case:
    """Write down that the person was reached, or that it was tried; either answers what we were told.

    Raises Missing, Invalid and Conflict. Publishes CaseChanged.
    """
    row = in_hand(by, case.pk, version)
    said = words(note)
    row.answered = row.answered or clock.now()
    step(row, StepKind.REACHED if reached else StepKind.NOT_REACHED, by=by, note=said)
    return row


@transaction.atomic
def done(*, case: Case, by: Person, version: int, what: str) -> Case:
    """Note that something was done about it, as a code (``what``); it answers what we were told.

    Raises Missing and Conflict. Publishes CaseChanged.
    """
    row = in_hand(by, case.pk, version)
    row.answered = row.answered or clock.now()
    step(row, StepKind.DONE, by=by, what=what)
    return row


@transaction.atomic
def opened(*, case: Case, by: Person, what: str) -> Case:
    """Note, as a code (``what``), that who has it opened something that is kept for such a moment; it answers nothing.

    Nobody in a hurry is asked which version they saw. Raises Missing and Conflict. Publishes CaseChanged.
    """
    row = in_hand(by, case.pk, None)
    step(row, StepKind.DONE, by=by, what=what)
    return row


@transaction.atomic
def followed(*, case_id: UUID, by: Person, what: str) -> None:
    """Note what followed from it by the word of a second person, whoever has it by now. Publishes CaseChanged."""
    row = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case_id)
    step(row, StepKind.DONE, by=by, what=what)


@transaction.atomic
def wait(*, case: Case, by: Person, version: int, for_clinician: bool, note: object = "") -> Case:
    """It waits for the person, or for a clinician, and stays with who has it. Raises Missing, Invalid and Conflict.

    Publishes CaseChanged.
    """
    row = in_hand(by, case.pk, version)
    said = words(note)
    row.state = State.WAITING_CLINICAL if for_clinician else State.WAITING_PERSON
    step(row, StepKind.WAITING_CLINICAL if for_clinician else StepKind.WAITING_PERSON, by=by, note=said)
    return row


@transaction.atomic
def set_priority(*, case: Case, by: Person, version: int, priority: object, note: object) -> Case:
    """Weigh it anew, with a line that says why. Its clocks count from when we were told, as before.

    Raises Missing, Invalid and Conflict. Publishes CaseChanged.
    """
    row = in_hand(by, case.pk, version)
    weighed = Priority(inputs.whole(priority, at="/priority", most=max(Priority)))
    said = words(note, blank=False)
    if weighed == row.priority:
        raise Invalid(FieldError("/priority", "same", _("It has this priority already.")))
    row.priority = weighed
    row.set_clocks()
    row.hold(by, clock.now())
    step(row, StepKind.PRIORITY, by=by, what=str(weighed.label), note=said)
    return row
