"""What needs two people: one proposes it, another one says yes within a day; or nothing happens."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.cases import services as cases
from community.cases.models import Case
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing, NotAllowed
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from groups.moderation.desk import amount_of, hold, insist_beyond, report_in
from groups.moderation.events import ProposalAnswered, Proposed
from groups.moderation.models import Proposal
from groups.moderation.plans import BEYOND_A_ROOM, PROPOSED_FOR, WORDS_MOST, Action, Verdict
from groups.moderation.posting import follow
from groups.moderation.rules import needs_two, proposals_for, seconds

SECOND = "second_person"  # the word to who may say yes, and of what became of it


@transaction.atomic
@audit.at_the_end()
def propose(*, case: Case, by: Person, version: int, action: object, words: object, amount: object = None) -> Proposal:
    """Propose what needs two: for good, or for up to 720 hours (``amount``), in the words they would read.

    It waits for 24 hours; whoever may say yes hears of it. Raises Missing, Invalid, NotAllowed, and Conflict: as
    :func:`decide`, where one person can decide it alone (``alone``), where nobody else is there who may say yes
    (``nobody``), and where one waits already. Publishes Proposed.
    """
    chosen = Action(inputs.one_of(action, frozenset(BEYOND_A_ROOM), at="/action"))
    said = inputs.text(words, at="/words", most=WORDS_MOST)
    number = amount_of(chosen, amount)
    row = cases.done(case=case, by=by, version=version, what="proposed")
    report = report_in(row, chosen)
    insist_beyond(row, by)
    if not needs_two(row, chosen, number, by):
        raise Conflict(_("You can decide this by yourself."), code="alone")
    others = seconds(row) - {by.pk}
    if not others:
        raise Conflict(_("There is nobody else here who may say yes to it."), code="nobody")
    for stale in Proposal.objects.over(clock.now()).filter(case=row):
        _answer(stale, Verdict.OVER, by=None)
    now = clock.now()
    made = Proposal(
        case=row, report=report, action=chosen, hours=number or None, by=by, at=now, until=now + PROPOSED_FOR
    )
    made.words = said
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("One waits already for a second person."), code="waits") from error
    publish(Proposed(proposal_id=made.pk))
    for person in Person.objects.filter(pk__in=others).order_by("pk"):
        notices.tell(person=person, notice=SECOND, about=made.pk)
    audit.record(action=f"proposal.{chosen}", actor=by.pk, subject=f"proposal:{made.pk}", words=said)
    return made


@transaction.atomic
@audit.at_the_end()
def answer_proposal(*, proposal: Proposal, by: Person, answer: object) -> Proposal:
    """Say yes or no to what another one proposed, or (who proposed it) take it back. With a yes it happens at once.

    Both are in their role, and tied to nobody it has to do with, in this moment. Raises Missing, Invalid, NotAllowed
    and Conflict: it was answered, its time is over, or who proposed it decides here no more. Publishes
    ProposalAnswered and, with a yes, Decided.
    """
    said = Verdict(inputs.one_of(answer, frozenset({Verdict.YES, Verdict.NO, Verdict.BACK}), at="/answer"))
    _insist_seen(proposal, by)  # before and after it stands still: whoever saw it waiting hears that it was answered
    if said == Verdict.YES:
        hold(Action(proposal.action), proposal.case.subject_id, proposal.case.room)
    cases.followed(case_id=proposal.case_id, by=by, what=f"proposal_{said}")
    row = Proposal.objects.to_show().select_for_update(no_key=True, of=("self",)).get(pk=proposal.pk)
    if (row.by_id == by.pk) != (said == Verdict.BACK):
        raise NotAllowed(_("Somebody else says yes or no to what you proposed; you can take it back."))
    if not row.waits_at(clock.now()):
        raise Conflict(_("This was answered already, or its time is over."), code="answered")
    _insist_seen(row, by)
    _answer(row, said, by=by)
    if said == Verdict.YES:
        _happen(row, by)
    return row


def _insist_seen(row: Proposal, by: Person) -> None:
    if row.by_id != by.pk and not proposals_for(by).filter(pk=row.pk).exists():
        raise Missing


def _happen(row: Proposal, by: Person) -> None:
    try:
        insist_beyond(row.case, row.by)
    except NotAllowed as refusal:
        raise Conflict(_("Who proposed it does not decide here any more."), code="proposer") from refusal
    action = Action(row.action)
    follow(about=row.report, action=action, words=row.words, number=row.hours or 0, by=row.by, seconded_by=by)


def _answer(row: Proposal, said: Verdict, *, by: Person | None) -> None:
    row.answer, row.answered, row.answered_by = said, clock.now(), by
    row.save(update_fields=["answer", "answered", "answered_by"])
    publish(ProposalAnswered(proposal_id=row.pk))
    audit.record(action=f"proposal.{said}", actor=by.pk if by else None, subject=f"proposal:{row.pk}")


@transaction.atomic
def expire(*, proposal_id: UUID) -> bool:
    """Let one go that nobody answered in time; False if it is not so. Publishes ProposalAnswered."""
    over = Proposal.objects.over(clock.now())
    row = over.select_for_update(no_key=True, of=("self",), skip_locked=True).filter(pk=proposal_id).first()
    if row is None:
        return False
    _answer(row, Verdict.OVER, by=None)
    return True


@transaction.atomic
def tell_answered(*, proposal_id: UUID) -> None:
    """Tell who proposed it what became of it; not of what they took back themselves."""
    row = Proposal.objects.select_related("by").get(pk=proposal_id)
    if row.answer != Verdict.BACK:
        notices.tell(person=row.by, notice=SECOND, about=row.pk)
