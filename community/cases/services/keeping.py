"""Whose a case is: taken by one, kept with a sign of life, handed on with a line, closed, opened again."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.cases.desk.holding import at_hand, in_hand, keep, step, words, write
from community.cases.desk.telling import tell_first
from community.cases.events import CaseResolved
from community.cases.models import OF_PAGES, Case, StepKind
from community.cases.plans import Fact, Outcome, Reason, State, facts_for
from community.cases.rules import case_of
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid
from community.foundation.events import publish
from community.people.models import Person


@transaction.atomic
def take(*, case: Case, by: Person, version: int) -> Case:
    """Have it from now on: one of all who press at once. Raises Missing and Conflict (``stale``, ``held``, ``closed``).

    Publishes CaseChanged.
    """
    row, now = at_hand(by, case.pk, version), clock.now()
    _insist_open(row)
    if row.is_held_at(now):
        raise Conflict(_("Somebody else has this one."), code="held")
    row.hold(by, now)
    row.state = State.CLAIMED
    row.taken = row.taken or now
    step(row, StepKind.TAKEN, by=by)
    return row


@transaction.atomic
def stay(*, case: Case, by: Person) -> Case:
    """A sign of life of who has it; no step, and no new version. Raises Missing, and Conflict (``not_yours``)."""
    case_of(by, case.pk)
    row = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    keep(by, row)
    row.save(update_fields=["holder", "held_until"])
    return row


@transaction.atomic
@audit.at_the_end()
def hand_on(*, case: Case, by: Person, version: int, note: object = "") -> Case:
    """Let somebody else have it. Who did something there leaves a line for them; who only looked owes nobody a reason.

    Raises Missing, Invalid and Conflict. Publishes CaseChanged.
    """
    row = in_hand(by, case.pk, version)
    last = row.steps.exclude(kind__in=OF_PAGES).order_by("-number").first()
    untouched = last is not None and last.kind == StepKind.TAKEN and last.by_id == by.pk
    said = words(note, blank=untouched)
    row.let_go(State.TRIAGED)
    step(row, StepKind.PASSED if untouched and not said else StepKind.HANDED_OVER, by=by, note=said)
    tell_first(row)
    return row


@transaction.atomic
@audit.at_the_end()
def resolve(
    *, case: Case, by: Person, version: int, outcome: object, note: object = "", facts: Mapping[str, Any] | None = None
) -> Case:
    """Close it. Some ends cannot stand before what the law asks for is written down (plans.facts_for).

    Raises Missing, Invalid and Conflict. Publishes CaseChanged and CaseResolved.
    """
    row = in_hand(by, case.pk, version)
    ended = Outcome(inputs.one_of(outcome, frozenset(Outcome.values), at="/outcome"))
    said, written = words(note), _facts(row, ended, facts or {})
    row.let_go(State.RESOLVED)
    row.outcome, row.closed = ended, clock.now()
    row.answered = row.answered or row.closed
    for fact, what in written.items():
        write(row, StepKind.FACT, by=by, what=fact, note=what)
    step(row, StepKind.RESOLVED, by=by, what=ended, note=said)
    publish(CaseResolved(case_id=row.pk))
    return row


def _facts(row: Case, ended: Outcome, given: Mapping[str, Any]) -> dict[Fact, str]:
    """What must be written down before it can end so. Raises Invalid, naming each that is missing."""
    asked = facts_for(Reason(row.reason), ended)
    written = {fact: words(given.get(fact, ""), at=f"/facts/{fact}").strip() for fact in asked}
    if missing := [fact for fact, what in written.items() if not what]:
        why = _("This has to be written down before it can be closed.")
        raise Invalid(*(FieldError(f"/facts/{fact}", "required", why) for fact in missing))
    return written


@transaction.atomic
@audit.at_the_end()
def reopen(*, case: Case, by: Person, version: int, note: object) -> Case:
    """It is not over. Raises Missing, Invalid (a line says why) and Conflict. Publishes CaseChanged."""
    row = at_hand(by, case.pk, version)
    if row.is_open:
        raise Conflict(_("This one is open already."), code="open")
    said = words(note, blank=False)
    row.state, row.outcome, row.closed = State.REOPENED, "", None
    row.second_told = None  # its clocks go on from when we were told first, so the others hear of it at once
    try:
        with transaction.atomic():
            step(row, StepKind.REOPENED, by=by, note=said)
    except IntegrityError as error:
        raise Conflict(_("There is an open one about the same already."), code="open") from error
    tell_first(row)
    return row


def _insist_open(row: Case) -> None:
    if not row.is_open:
        raise Conflict(_("This one is closed. Open it again first."), code="closed")
