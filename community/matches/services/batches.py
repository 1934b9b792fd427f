"""A proposal for everybody who waits: asked for, kept once the worker has it, and taken over by staff."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches.desk.many import best_for, proposed
from community.matches.desk.outcome import Outcome
from community.matches.events import BatchAsked, BatchMade
from community.matches.models import Batch, Match
from community.mentoring.models import MentorRequest
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Program
from community.programs.rules import runs_program

BATCH = "match_batch"
KEPT = 5  # a program, the newest


@transaction.atomic
def ask_for_all(*, program: Program, by: Person | None = None) -> Batch:
    """Let the worker find a proposal for everybody who waits in a program; while it does, again is the same one.

    Raises NotAllowed. Publishes BatchAsked.
    """
    if by is not None:
        runs_program.require(by, program)
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    there = Batch.objects.of(program.pk).asked().first()
    if there is not None:
        return there
    row = Batch(program=program, asked=clock.now(), asked_by=by)
    row.save(force_insert=True)
    publish(BatchAsked(batch_id=row.pk, program_id=program.pk))
    audit.record(action="batch.ask", actor=by.pk if by else None, subject=f"batch:{row.pk}")
    return row


@transaction.atomic
def keep_all(*, batch: Batch, found: Outcome) -> bool:
    """Keep what was worked out, and tell who asked for it; False when another worker already did.

    The oldest ones of the program are dropped. Publishes BatchMade.
    """
    row = Batch.objects.locked_one(batch.pk)
    if row.state != Batch.State.ASKED:
        return False
    row.state, row.made = Batch.State.STANDS if found.stands else Batch.State.READY, clock.now()
    row.cards, row.figures = found.cards, found.figures
    row.save(update_fields=["state", "made", "cards", "figures"])
    older = Batch.objects.of(row.program_id).made_first().values_list("pk", flat=True)[KEPT:]
    Batch.objects.filter(pk__in=list(older)).delete()
    if row.asked_by is not None:
        notices.tell(person=row.asked_by, notice=BATCH, about=row.pk)
    publish(BatchMade(batch_id=row.pk, program_id=row.program_id))
    return True


@transaction.atomic
def take_over(*, batch: Batch, by: Person) -> list[Match]:
    """Suggest what a batch proposes, each pair looked at again; what does not hold any more is passed over.

    Nobody takes over what is about themselves. Raises NotAllowed, and Conflict when it is not ready or was taken over.
    Publishes MatchProposed for each.
    """
    runs_program.require(by, batch.program)
    row = Batch.objects.locked_one(batch.pk)
    if not row.may_be_taken:
        raise Conflict(_("This was taken over already, or is not ready yet. Look at the page again."), code="state")
    row.taken, row.taken_by = clock.now(), by
    row.save(update_fields=["taken", "taken_by"])
    audit.record(action="batch.take_over", actor=by.pk, subject=f"batch:{row.pk}")
    return proposed(_pairs(row.cards), by=by)


@transaction.atomic
def suggest(*, request: MentorRequest, by: Person | None = None) -> list[Match]:
    """Suggest the three who fit best for this request alone, at once. Raises NotAllowed. Publishes MatchProposed."""
    if by is not None:
        runs_program.require(by, request.program)
    return proposed([(request.pk, mentor) for mentor in best_for(request)], by=by)


def _pairs(cards: list[Any]) -> list[tuple[UUID, UUID]]:
    return [(UUID(request), UUID(mentor)) for request, mine in cards for mentor, _fit in mine]
