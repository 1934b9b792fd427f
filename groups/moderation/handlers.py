"""What is heard here of cases."""

from community.cases.events import CaseResolved
from groups.moderation import services as moderation
from groups.moderation.events import ProposalAnswered


def on_resolved(event: CaseResolved) -> None:
    moderation.set_telling_back(case_id=event.case_id)


def on_answered(event: ProposalAnswered) -> None:
    moderation.tell_answered(proposal_id=event.proposal_id)
