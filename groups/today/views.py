from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.checkins.forms import card_of
from community.checkins.reading import Row
from community.checkins.rules import own_check_in, today_of
from community.foundation import clock, inputs
from community.foundation.web import Request
from groups.celebrations.reading import asked_of
from groups.membership.reading import beside, seats_of
from groups.passages.models import AlumniOffer
from groups.passages.reading import kept_beside, parted
from groups.today.reading import day_of, rooms_to_say_in


@require_safe
@login_required
def today(request: Request) -> HttpResponse:
    """How I am, when we meet, what is new in my groups and, in the first days, what one needs to know."""
    seats, day = list(seats_of(request.user.pk)), day_of(request.user)
    context = {
        "day": day,
        "seats": seats,
        "frame_groups": beside(seats),
        "check_in": card_of(request.user),
        "asked": asked_of(request.user),
        "parted": parted(request.user, seats=seats),
        "kept": kept_beside(seats, person=request.user, cohorts=day.cohorts),
        "offers": AlumniOffer.objects.of(request.user.pk).waiting(clock.now()).to_show(),
    }
    return render(request, "today/today.html", context)


@require_safe
@login_required
def say(request: Request, day: str) -> HttpResponse:
    """Say in a group how a day is: the words stand ready to be changed, and go the way of every message."""
    one = own_check_in(request.user, inputs.day(day, at="/day"))
    row = Row(one, today_of(request.user))
    context = {
        "row": row,
        "seats": rooms_to_say_in(request.user),
        "words": _("{day}: {weather}.").format(day=row.title, weather=row.weather),
        "key": uuid4(),
    }
    return render(request, "today/say.html", context)
