"""The card as a page of its own, and the two presses that close it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation.web import Request
from community.safety import services as safety
from community.safety.reading import card_of
from community.safety.rules import own_sign


@require_safe
@login_required
def care(request: Request, sign_id: UUID) -> HttpResponse:
    """One's own card, put away or not."""
    return render(request, "safety/care.html", {"care": card_of(own_sign(request.user, sign_id))})


@require_POST
@login_required
def safe(request: Request, sign_id: UUID) -> HttpResponse:
    """I'm safe, it was a figure of speech."""
    safety.say_safe(sign=own_sign(request.user, sign_id), by=request.user)
    messages.success(request, _("Good that you said so. Somebody reads it all the same."))
    return redirect("home")


@require_POST
@login_required
def away(request: Request, sign_id: UUID) -> HttpResponse:
    """Put the card away."""
    safety.put_away(sign=own_sign(request.user, sign_id), by=request.user)
    return redirect("home")
