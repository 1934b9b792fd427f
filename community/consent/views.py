from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.consent import services as consent
from community.consent import texts
from community.consent.models import ConsentRecord
from community.consent.rules import record_of, silencing
from community.consent.wording import named
from community.foundation.web import Request


@require_safe
@login_required
def agreements(request: Request) -> HttpResponse:
    """What I agreed to, in the words I was shown, and what I took back."""
    records = ConsentRecord.objects.of(request.user.pk).order_by("-given", "pk")
    again = set(silencing(request.user.pk).values_list("pk", flat=True))
    rows = [
        {"one": one, "again": one.today(texts.shown_in()).parts if one.record.pk in again else []}
        for one in named(records)
    ]
    return render(request, "consent/agreements.html", {"rows": rows})


@require_POST
@login_required
def agree_again(request: Request, record_id: UUID) -> HttpResponse:
    """Agree to today's words for what I took back."""
    consent.agree_again(person=request.user, record=record_of(request.user, record_id), language=texts.shown_in())
    return redirect("agreements")


@require_POST
@login_required
def take_back(request: Request, record_id: UUID) -> HttpResponse:
    """Take one of my agreements back; what stood on it ends at once."""
    consent.revoke(person=request.user, record=record_of(request.user, record_id))
    return redirect("agreements")
