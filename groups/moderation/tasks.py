"""What the worker does about reports, one transaction each."""

from community.foundation import clock
from groups.moderation import services as moderation
from groups.moderation.models import Decision, Proposal, Report

MOST = 200  # at a time, so that other work is done too


def tell_back() -> int:
    """Tell who may hear by now that it was looked at; returns how many."""
    due = Report.objects.to_tell_back(clock.now()).order_by("tell_back", "pk").values_list("pk", flat=True)
    return sum(moderation.tell_back(report_id=key) for key in list(due[:MOST]))


def tell_decided() -> int:
    """Tell people of decisions about them whose moment has come; returns how many."""
    due = Decision.objects.to_tell(clock.now()).order_by("tell_at", "pk").values_list("pk", flat=True)
    return sum(moderation.tell_decided(decision_id=key) for key in list(due[:MOST]))


def let_go() -> int:
    """Let proposals go that nobody answered in time; returns how many."""
    over = Proposal.objects.over(clock.now()).order_by("until", "pk").values_list("pk", flat=True)
    return sum(moderation.expire(proposal_id=key) for key in list(over[:MOST]))
