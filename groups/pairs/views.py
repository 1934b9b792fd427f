"""A word to say goodbye, before a room of two becomes one to read."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.foundation.errors import Missing
from community.foundation.times import date_words
from community.foundation.web import Request
from groups.chat.forms import MessageForm
from groups.pairs.models import PairRoom


@require_safe
@login_required
def goodbye(request: Request, match_id: UUID) -> HttpResponse:
    """What I write here is a message in our room like any other: it stands there at once, and is kept there."""
    room = PairRoom.objects.parting(request.user.pk).filter(match=match_id).first()
    if room is None or not room.parts_soon:
        raise Missing
    match = room.match
    assert match.planned_end is not None  # noqa: S101 - asked for above
    context = {"match": match, "name": match.other(request.user.pk).alias, "day": date_words(match.planned_end)}
    return render(request, "pairs/goodbye.html", {**context, "group": room.group, "form": MessageForm()})
