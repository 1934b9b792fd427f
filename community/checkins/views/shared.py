"""Sharing one day with who leads my group, and reading what somebody shared with me."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.checkins import services as checkins
from community.checkins.models import CheckIn
from community.checkins.reading import Row
from community.checkins.rules import led_episode, own_check_in, shared_with, today_of
from community.foundation import inputs
from community.foundation.errors import Conflict, Missing
from community.foundation.web import Request
from community.programs.models import Enrollment
from community.programs.rules import own_episode

PAGE = 28


@require_POST
@login_required
def share(request: Request, day: str, enrollment_id: UUID) -> HttpResponse:
    """Let who leads this group of mine read one day (``share=1``), or no more (``share=0``)."""
    if not inputs.DAY_FORM.fullmatch(day):
        raise Missing
    one = own_check_in(request.user, inputs.day(day, at="/day"))
    episode = own_episode(request.user, enrollment_id)
    if request.POST.get("share") == "1":
        _share(request, one, episode)
    else:
        checkins.take_back(person=request.user, check_in=one, enrollment=episode)
        messages.success(request, _("It is yours alone again."))
    return redirect("check_in", day)


def _share(request: Request, one: CheckIn, episode: Enrollment) -> None:
    try:
        checkins.share(person=request.user, check_in=one, enrollment=episode, seen=request.POST.get("seen"))
    except Conflict:
        messages.warning(request, _("This day was changed on another device, so it was not shared. Look at it first."))
        return
    messages.success(request, _("Shared. You can take it back whenever you like."))


@require_safe
@login_required
def shared(request: Request, enrollment_id: UUID) -> HttpResponse:
    """What somebody in a group I lead chose to share with me; nothing of what they did not."""
    episode = led_episode(request.user, enrollment_id)
    page = Paginator(shared_with(request.user, episode), PAGE).get_page(request.GET.get("page"))
    today = today_of(episode.person)
    context = {"one": episode, "page": page, "rows": [Row(one, today) for one in page]}
    return render(request, "checkins/shared.html", context)
