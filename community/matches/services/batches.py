"""A proposal for everybody who waits: asked for, kept once the worker has it, and taken over by staff."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches.desk.again import to_let_go
from community.matches.desk.holding import held_all, move_all, subject
from community.matches.desk.line import with_nobody
from community.matches.desk.many import best_for, by_program, for_others, proposed
from community.matches.desk.outcome import Outcome
from community.matches.desk.pair import unsettled
from community.matches.events import BatchAsked, BatchMade, ManyApproved
from community.matches.models import Batch, Match
from community.matches.plans.codes import BATCH_LASTS, CARD_LASTS, Action, State
from community.mentoring.models import MentorRequest
from community.mentoring.rules import policy_of
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Program
from community.programs.rules import runs_program

BATCH = "match_batch"
KEPT = 5  # a program, the newest


@transaction.atomic
def ask_for_all(*, program: Program, by: Person | None = None) -> Batch:
    """Let the worker find a proposal for everybody who waits in a program; while it does, again is the same one.

    One that was asked for so long ago that its task must be lost is asked for anew. Raises NotAllowed.
    Publishes BatchAsked.
    """
    if by is not None:
        runs_program.require(by, program)
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    there = Batch.objects.of(program.pk).asked().select_for_update(no_key=True).first()
    if there is not None and there.asked > clock.now() - BATCH_LASTS:
        return there
    row = there or Batch(program=program)
    row.asked, row.asked_by = clock.now(), by
    row.save()
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

    Nobody takes over what is about themselves or somebody they have a tie to: that is left for the next one. Raises
    NotAllowed, and Conflict when it is not ready, was taken over, or holds nothing else.
    Publishes ManyProposed.
    """
    runs_program.require(by, batch.program)
    row = Batch.objects.locked_one(batch.pk)
    if not row.may_be_taken:
        raise Conflict(_("This was taken over already, or is not ready yet. Look at the page again."), code="state")
    pairs = _pairs(row.cards)
    if pairs and not for_others(pairs, by):
        raise Conflict(
            _("This has to do with somebody close to you, or with you. Somebody else takes it over."), code="own"
        )
    row.taken, row.taken_by = clock.now(), by
    row.save(update_fields=["taken", "taken_by"])
    audit.record(action="batch.take_over", actor=by.pk, subject=f"batch:{row.pk}")
    return proposed(pairs, by=by)


@transaction.atomic
def give_out(*, program: Program, by: Person) -> list[Match]:
    """Give everybody the cards that wait for a yes, as :func:`approve` does one.

    Left are those that cannot be any more, and those of two with little in common, which staff give one by one. Nobody
    gives out what is about themselves. Raises NotAllowed. Publishes ManyApproved.
    """
    runs_program.require(by, program)
    theirs = Match.objects.of_staff(by.pk, clock.now()).filter(program=program)
    rows = [row for row in held_all(theirs.at(State.PROPOSED)) if row.state == State.PROPOSED]
    gone, floor = to_let_go(rows), policy_of(program).floor
    given = [row for row in rows if row.pk not in gone and row.fit >= floor]
    for row in given:
        row.approved_by = by
    move_all(given, Action.APPROVE, "approved_by", until=clock.now() + CARD_LASTS)
    for program_id, ids in by_program(given).items():
        publish(ManyApproved(match_ids=ids, program_id=program_id))
    audit.record_all(action="match.approve", actor=by.pk, subjects=[subject(row.pk) for row in given])
    return given


@transaction.atomic
def suggest(*, request: MentorRequest, by: Person | None = None) -> list[Match]:
    """Suggest the three who fit best for this request alone, at once.

    Raises NotAllowed, and Conflict while somebody walks with them. Publishes ManyProposed.
    """
    if by is not None:
        runs_program.require(by, request.program)
    unsettled(request)
    return proposed([(request.pk, mentor) for mentor in best_for(request)], by=by)


@transaction.atomic
def suggest_again(*, request_id: UUID) -> list[Match]:
    """Suggest three for somebody who walked with a mentor and looks for somebody else, at once and not with the next

    batch; never one with whom they walked before, which is for staff to suggest. Again is the same, and so is late:
    nothing where they wait no more or are suggested to somebody by now. Publishes ManyProposed.
    """
    waiting = with_nobody(MentorRequest.objects.filter(pk=request_id)).to_show().first()
    if waiting is None:
        return []
    before = Match.objects.accepted().of_mentee(waiting.person_id).values_list("guide", flat=True)
    best = best_for(waiting, besides=set(before))
    return proposed([(waiting.pk, mentor) for mentor in best], by=None)


def _pairs(cards: list[Any]) -> list[tuple[UUID, UUID]]:
    return [(UUID(request), UUID(mentor)) for request, mine in cards for mentor, _fit in mine]
