"""What somebody may tell us of, and whose reports are whose."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from community.cases.models import Case
from community.cases.plans import Reach
from community.cases.querysets import looking
from community.cases.rules import apart_from, cases_of, reviewers, untied
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.people.models import Person
from community.safety.rules import Written
from groups.chat.models import Message
from groups.membership.models import Membership
from groups.membership.rules import Reach as RoomReach
from groups.moderation.models import Appeal, Decision, Proposal, Report
from groups.moderation.plans import ALONE_MOST, MESSAGES_MOST, RENEWED_WITHIN, Action, Side
from groups.moderation.querysets import DecisionQuerySet, ProposalQuerySet


def message_shown(reached: RoomReach, message_id: UUID) -> Message:
    """A message that somebody reads there, removed or not. Raises Missing; so does a line that nobody wrote."""
    rows = Message.objects.of(reached.group.pk).within(reached.spans).select_related("seat__person")
    found = rows.exclude(seat=None).filter(pk=message_id).first()
    if found is None or (reached.sees_until is not None and (found.released or 0) > reached.sees_until):
        raise Missing
    return found


def member_shown(reached: RoomReach, member_id: UUID) -> Membership:
    """The latest seat of a member somebody shares, or shared, a room with. Raises Missing."""
    theirs = Membership.objects.filter(group=reached.group, member_id=member_id).select_related("person")
    found = theirs.order_by("-began").first()
    if found is None or (reached.seat is None and found.ended is None):
        raise Missing
    return found


def own_report(person: Person, report_id: UUID) -> Report:
    """What one told us oneself. Raises Missing."""
    found = Report.objects.of(person.pk).to_show().filter(pk=report_id).first()
    if found is None:
        raise Missing
    return found


def own_decision(person: Person, decision_id: UUID) -> Decision:
    """A decision about oneself that one is told of by now. Raises Missing."""
    found = Decision.objects.told_to(person.pk, clock.now()).to_show().filter(pk=decision_id).first()
    if found is None:
        raise Missing
    return found


@rule
def may_decide(person: Person, case: Case) -> bool:
    """Something follows for who has the case to say, and from nothing that is about how somebody is."""
    return not case.care and case.is_with(person.pk, clock.now())


def beyond_a_room(case: Case) -> set[UUID]:
    """Who may let something follow that reaches beyond a room: leads or runs there today, and is tied to nobody."""
    by_reach = looking(case.program_id, case.cohort_id)
    theirs = by_reach[Reach.LEAD]
    if case.reach >= Reach.STAFF:
        theirs |= by_reach[Reach.STAFF]
    return set(untied(case).filter(theirs).values_list("person_id", flat=True))


@rule
def may_reach_beyond(person: Person, case: Case) -> bool:
    """Volunteers who keep a room hand on what a room is too small for."""
    return not case.care and person.pk in beyond_a_room(case)


@rule
def may_appeal(person: Person, decision: Decision) -> bool:
    """Their own, once, in time, and nothing that an appeal came to; needs ``to_show()``."""
    if decision.person_id != person.pk or decision.instead_of_id is not None:
        return False
    return not hasattr(decision, "appeal") and clock.now() <= decision.appeal_until


@dataclass(frozen=True, slots=True)
class Turn:
    """One message about an appeal."""

    side: Side
    words: str = field(repr=False)
    at: datetime


def said_in(appeal: Appeal) -> list[Turn]:
    """All that was written about it, in order: what it was asked with on top, and the answer last."""
    said = [Turn(Side.ASKED, appeal.words, appeal.made)]
    between = sorted(appeal.messages.all(), key=lambda one: one.number)
    said += [Turn(Side(one.side), one.words, one.at) for one in between]
    if appeal.decided is not None:
        said.append(Turn(Side.LOOKS, appeal.answer_words, appeal.decided))
    return said


def left_to(side: Side, appeal: Appeal) -> int:
    """How many more messages this side may write: two beside the one it was asked with, or the one that answers it."""
    if appeal.decided is not None:
        return 0
    return MESSAGES_MOST - 1 - sum(one.side == side for one in appeal.messages.all())


@rule
def is_anothers(person: Person, decision: Decision) -> bool:
    """Nobody looks again at what they decided themselves, or said yes to."""
    return person.pk not in {decision.by_id, decision.seconded_by_id}


def appeals_for(person: Person) -> DecisionQuerySet:
    """Every appeal that waits, and that this person may decide."""
    return _appealed_to(person).appealed()


def still_looking(decision: Decision) -> list[Person]:
    """Who wrote to its person while they looked at it again, and may still decide it; by their ids."""
    wrote = Person.objects.filter(
        pk__in=decision.appeal.messages.filter(side=Side.LOOKS).values("by")  # at most two of them
    ).order_by("pk")
    return [one for one in wrote if _appealed_to(one).filter(pk=decision.pk).exists()]


def appeal_for(person: Person, decision_id: UUID) -> Decision:
    """One of them, also once it is decided. Raises Missing."""
    found = _appealed_to(person).filter(pk=decision_id).first()
    if found is None:
        raise Missing
    return found


def _appealed_to(person: Person) -> DecisionQuerySet:
    """Decisions of others, in cases this person may look into or reviews from outside, that somebody asked about."""
    asked = Decision.objects.filter(appeal__isnull=False)
    seen = asked.filter(case__in=cases_of(person).values("pk")).values("pk")
    reviewed = asked.reviewed_by(person.pk, clock.now(), apart=apart_from([person.pk])).values("pk")
    others = asked.exclude(by=person).exclude(seconded_by=person)
    return others.filter(Q(pk__in=seen) | Q(pk__in=reviewed)).to_show()


def seconds(case: Case) -> set[UUID]:
    """Who may say yes to what another one proposes in it: leads, runs or reviews there, and is tied to nobody."""
    return beyond_a_room(case) | reviewers(case)


def is_renewed(case: Case) -> bool:
    """Whether its person was suspended not long ago, or is: then another one is the same, renewed."""
    lately = clock.now() - RENEWED_WITHIN
    return Decision.objects.filter(
        person=case.subject_id, action=Action.SUSPEND, lifted=None, until__gt=lately
    ).exists()


def needs_two(case: Case, action: Action, hours: int, by: Person) -> bool:
    """Whether this waits for a second person: for good, beyond 72 hours, or renewed.

    Where there is nobody else who may say yes, up to 72 hours at a time are renewed by hand, and no more.
    """
    if action == Action.BAN or hours > ALONE_MOST:
        return True
    return is_renewed(case) and bool(seconds(case) - {by.pk})


def asked_in(decision: Decision, words: str, by: Person) -> Written:
    """What somebody wrote when they asked to look at it again, or then, as it is read for danger."""
    program = decision.case.program
    about, bound_to = f"decision:{decision.pk}", "moderation_appeal:words"
    return Written(person=by, words=words, about=about, bound_to=bound_to, program=program)


def proposals_for(person: Person) -> ProposalQuerySet:
    """Those of others that this person may say yes or no to, open and answered."""
    return Proposal.objects.to_second(person.pk, clock.now(), apart=apart_from([person.pk]))


def proposal_for(person: Person, proposal_id: UUID) -> Proposal:
    """One of them, or one's own. Raises Missing."""
    found = proposals_for(person).to_show().filter(pk=proposal_id).first()
    found = found or Proposal.objects.of(person.pk).to_show().filter(pk=proposal_id).first()
    if found is None:
        raise Missing
    return found
