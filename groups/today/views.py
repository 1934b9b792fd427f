from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.checkins import times as waking
from community.checkins.forms import card_of
from community.checkins.reading import Row
from community.checkins.rules import own_check_in, today_of
from community.foundation import inputs
from community.foundation.web import Request
from community.milestones.reading import coming
from groups.celebrations.reading import asked_of, shared_today
from groups.membership.reading import beside, line_in, seats_of
from groups.passages.reading import kept_beside, parted
from groups.today.reading import day_of, rooms_to_say_in, waiting_for


@require_safe
@login_required
def today(request: Request) -> HttpResponse:
    """How I am, when we meet, what is new in my groups and, in the first days, what one needs to know."""
    seats = list(seats_of(request.user.pk))
    day = day_of(request.user)
    lines = [line_in(seat.group, request.user) for seat in seats if seat.group.cohort_id in day.cohorts]
    waiting = waiting_for(request.user)
    context = {
        "day": day,
        "lines": list(dict.fromkeys(line.says for line in lines if line)),
        "seats": seats,
        "frame_groups": beside(seats),
        "check_in": card_of(request.user, tells=waiting.speaks),
        "now_and_then": waiting.again,
        "asked": asked_of(request.user, day.date, day.deciding, speaks=waiting.speaks) if waiting.asked else [],
        "shared": shared_today(request.user, seats, waking.begins(day.date, request.user.zone)),
        "coming": coming(request.user, day.deciding) if waiting.comes else [],
        "parted": parted(request.user, seats=seats),
        "kept": kept_beside(seats, person=request.user, cohorts=day.cohorts),
        "offers": waiting.offers,
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
