from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.consent import services as consent
from community.consent.models import ConsentRecord
from community.consent.rules import record_of
from community.foundation.web import Request


@require_safe
@login_required
def agreements(request: Request) -> HttpResponse:
    """What I agreed to, in the words I was shown, and what I took back."""
    records = ConsentRecord.objects.of(request.user.pk).order_by("-given", "pk")
    return render(request, "consent/agreements.html", {"records": records})


@require_POST
@login_required
def take_back(request: Request, record_id: UUID) -> HttpResponse:
    """Take one of my agreements back; what stood on it ends at once."""
    consent.revoke(person=request.user, record=record_of(request.user, record_id))
    return redirect("agreements")
