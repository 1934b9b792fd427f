"""Who is in the room tonight, and the first word, or none."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation.errors import Invalid
from community.foundation.times import clock_time
from community.foundation.web import Request
from groups.outreach import services as outreach
from groups.outreach.forms import HelloForm
from groups.outreach.models import FirstDay
from groups.outreach.rules import facts, first_day_of, require_first_day


def starters(alias: str) -> list[str]:
    """First words to begin with, in the reader's language."""
    return [
        _("Hi, I'm %(name)s. This is my first day here.") % {"name": alias},
        _("Hello, everybody. I'm a bit nervous, so I'll mostly read for now."),
        _("Hi. I'm glad this room is here."),
    ]


@require_safe
@login_required
def first_day(request: Request) -> HttpResponse:
    """This is who is in the room, before anybody there knows of me; home, when I have said that I am here."""
    day = first_day_of(request.user)
    return redirect("home") if day is None else _shown(request, day, HelloForm(), chosen=None)


def _shown(request: Request, day: FirstDay, form: HelloForm, *, chosen: int | None) -> HttpResponse:
    room = facts(day)
    meets = room.meets.astimezone(ZoneInfo(request.user.zone)) if room.meets else None
    context: dict[str, Any] = {
        "day": day,
        "room": room,
        "meets": meets,
        "hour": clock_time(meets) if meets else "",
        "starters": starters(request.user.alias),
        "chosen": chosen,
        "form": form,
    }
    return render(request, "outreach/first_day.html", context, status=form.status)


@require_POST
@login_required
def hello(request: Request, first_day_id: UUID) -> HttpResponse:
    """Say hello, in one's own words or with a starter."""
    day = require_first_day(request.user, first_day_id)
    form = HelloForm(request.POST)
    if form.is_valid():
        own, chosen = form.cleaned_data["body"], form.cleaned_data["starter"]
        offered = dict(enumerate(starters(request.user.alias)))
        try:
            outreach.say_hello(person=request.user, first_day=day, body=own if own.strip() else offered.get(chosen, ""))
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("room", group_id=day.group_id)
    return _shown(request, day, form, chosen=form.cleaned_data.get("starter"))


@require_POST
@login_required
def look_around(request: Request, first_day_id: UUID) -> HttpResponse:
    """Come in without a word."""
    day = require_first_day(request.user, first_day_id)
    outreach.look_around(person=request.user, first_day=day)
    return redirect("room", group_id=day.group_id)
