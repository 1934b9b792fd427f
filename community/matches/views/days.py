"""Sharing one of my days with my mentor, and reading what my mentee shared with me."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.checkins.models import CheckIn
from community.checkins.reading import Row
from community.checkins.rules import own_check_in, today_of
from community.foundation import inputs
from community.foundation.errors import Conflict, Missing
from community.foundation.web import Request, page_of
from community.matches import services as matches
from community.matches.models import Match
from community.matches.rules import days_shared, match_of


@require_safe
@login_required
def days(request: Request, match_id: UUID) -> HttpResponse:
    """What the one I walk with as their mentor shared with me; nothing of what they did not."""
    match = match_of(request.user, match_id)
    if match.guide_id != request.user.pk:
        raise Missing
    page, today = page_of(request, days_shared(request.user, match)), today_of(match.mentee)
    context = {"match": match, "name": match.mentee.alias, "page": page, "rows": [Row(one, today) for one in page]}
    return render(request, "matches/days.html", context)


@require_POST
@login_required
def share(request: Request, match_id: UUID, day: str) -> HttpResponse:
    """Let my mentor read one day (``share=1``), or no more (``share=0``)."""
    match = match_of(request.user, match_id)
    if match.mentee_id != request.user.pk or not inputs.DAY_FORM.fullmatch(day):
        raise Missing
    one = own_check_in(request.user, inputs.day(day, at="/day"))
    if request.POST.get("share") == "1":
        _share(request, match, one)
    else:
        matches.take_day_back(match=match, check_in=one, by=request.user)
        messages.success(request, _("It is yours alone again."))
    return redirect("check_in", day)


def _share(request: Request, match: Match, one: CheckIn) -> None:
    try:
        matches.share_day(match=match, check_in=one, by=request.user, seen=request.POST.get("seen"))
    except Conflict:
        messages.warning(request, _("This day was changed on another device, so it was not shared. Look at it first."))
        return
    messages.success(request, _("Shared. You can take it back whenever you like."))
