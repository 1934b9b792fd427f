"""What needs two people, for the second one, and for who proposed it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock
from community.foundation.web import Request, done, page_of, typed
from community.programs.rules import decides_or_reviews
from community.programs.views.common import insist
from groups.moderation import services as moderation
from groups.moderation.forms import VerdictForm
from groups.moderation.models import Proposal
from groups.moderation.plans import Verdict
from groups.moderation.reading import evidence_for
from groups.moderation.rules import proposal_for, proposals_for


@require_safe
@login_required
def proposals(request: Request) -> HttpResponse:
    """What waits for my yes or no, and what I proposed that waits; what is over first on top."""
    insist(decides_or_reviews, request, None)
    now = clock.now()
    page = page_of(request, proposals_for(request.user).waiting().filter(until__gt=now).oldest_first().to_show())
    mine = Proposal.objects.of(request.user.pk).waiting().filter(until__gt=now).oldest_first().to_show()
    return render(request, "moderation/proposals.html", {"page": page, "rows": list(page), "mine": mine})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """One of them: the words it is about, what the person would read, and yes or no."""
    shown = proposal_for(request.user, proposal_id)
    form = VerdictForm(typed(request))
    if request.method == "POST" and form.done(
        lambda: moderation.answer_proposal(proposal=shown, by=request.user, answer=form.cleaned_data["answer"])
    ):
        yes = form.cleaned_data["answer"] == Verdict.YES
        said = _("Done. They read those words now.") if yes else _("Nothing happens. Who proposed it hears so.")
        return done(request, said, "desk_proposal", proposal_id)
    context = {
        "proposal": shown,
        "lines": evidence_for(shown, request.user),
        "mine": shown.by_id == request.user.pk,
        "waits": shown.waits_at(clock.now()),
        "form": form,
    }
    return render(request, "moderation/proposal.html", context, status=form.status)


@require_POST
@login_required
def take_back(request: Request, proposal_id: UUID) -> HttpResponse:
    """My own, while nobody said yes or no."""
    shown = proposal_for(request.user, proposal_id)
    moderation.answer_proposal(proposal=shown, by=request.user, answer=Verdict.BACK)
    return done(request, _("Taken back. Nothing happens."), "desk_proposals")
