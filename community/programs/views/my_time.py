"""What a person is part of, and what they may say about it themselves."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation import inputs
from community.foundation.registers import own_pages
from community.foundation.web import Request, done
from community.programs import services as programs
from community.programs.forms import FarewellForm
from community.programs.reading import my_times
from community.programs.rules import own_episode


@require_safe
@login_required
def my_time(request: Request) -> HttpResponse:
    """My programs and groups, those that go on first."""
    times = [
        {"time": one, "form": FarewellForm(initial={"farewell": one.enrollment.farewell}, auto_id=f"{number}-%s")}
        for number, one in enumerate(my_times(request.user))
    ]
    further = [page for ask in own_pages for page in ask(request.user)]
    return render(request, "programs/my_time.html", {"times": times, "further": further})


@require_POST
@login_required
def away(request: Request, enrollment_id: UUID) -> HttpResponse:
    """I am away for a while (``away=1``), or back (``away=0``)."""
    one = own_episode(request.user, enrollment_id)
    if inputs.one_of(request.POST.get("away"), frozenset("01"), at="/away") == "1":
        programs.away(enrollment=one, by=request.user)
        return done(request, _("You are away for now. Your place is kept, and nobody is told."), "my_time")
    programs.come_back(enrollment=one, by=request.user)
    return done(request, _("Welcome back."), "my_time")


@require_POST
@login_required
def farewell(request: Request, enrollment_id: UUID) -> HttpResponse:
    """What the group sees when my time there ends."""
    one = own_episode(request.user, enrollment_id)
    programs.choose_farewell(enrollment=one, farewell=request.POST.get("farewell", ""), by=request.user)
    return done(request, _("Saved."), "my_time")


@require_POST
@login_required
def ask_back(request: Request, enrollment_id: UUID) -> HttpResponse:
    """I would like to come back."""
    programs.ask_to_come_back(enrollment=own_episode(request.user, enrollment_id), by=request.user)
    return done(request, _("Staff know that you would like to come back. They will talk with you."), "my_time")
