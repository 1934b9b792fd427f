"""Who I might walk with, or do, as the one who hopes for a mentor."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation.web import Request, done
from community.matches import services as matches
from community.matches.reading.mine import Mine


@require_safe
@login_required
def mine(request: Request) -> HttpResponse:
    """How it stands, and the cards I may choose from."""
    return render(request, "matches/mine.html", {"mine": Mine(request.user)})


@require_POST
@login_required
def none(request: Request) -> HttpResponse:
    """None of these; I stay in line."""
    matches.decline_all(by=request.user)
    return done(request, _("That is fine. You keep your place in line, and staff look again."), "matches")
