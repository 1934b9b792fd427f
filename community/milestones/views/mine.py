"""What a person may do with a path of their own. Nobody else finds these pages; the path itself stands on the page of

milestones (groups/celebrations), above what others shared.
"""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.foundation import clock
from community.foundation.errors import Missing, Refusal
from community.foundation.registers import companions, shared_counts
from community.foundation.web import Request, typed
from community.milestones import services as milestones
from community.milestones.forms import LEADS, MYSELF, NOBODY, CountForm, FirstDayForm, LooksForm, NewCountForm
from community.milestones.models import Run
from community.milestones.reading import counts, totals
from community.milestones.rules import focus_of
from community.programs.rules import leaders_of
from community.programs.views.talk import says_who_heard

LOOKS = ("name", "hides_count", "says_day", "on_today")
ASKS = require_http_methods(["GET", "HEAD", "POST"])


@ASKS
@login_required
def begin(request: Request) -> HttpResponse:
    """Count from a day."""
    if not counts(request.user):
        raise Missing
    form = CountForm(typed(request))
    if request.method == "POST" and form.done(lambda: milestones.begin(person=request.user, **form.cleaned_data)):
        return _done(request, _("Saved. Only you see this."))
    return render(request, "milestones/begin.html", {"form": form, "today": _today(request)}, status=form.status)


@ASKS
@login_required
def correct(request: Request, focus_id: UUID) -> HttpResponse:
    """The first day was another one: the same count goes on."""
    focus = focus_of(request.user, focus_id)
    form = FirstDayForm(typed(request), initial={"start": Run.objects.open().get(focus=focus).start})
    if request.method == "POST" and form.done(
        lambda: milestones.correct(person=request.user, focus=focus, **form.cleaned_data)
    ):
        return _done(request, _("Saved. Only you see this."))
    return render(request, "milestones/correct.html", {"form": form, "today": _today(request)}, status=form.status)


@ASKS
@login_required
def change(request: Request, focus_id: UUID) -> HttpResponse:
    """What it is called, and whether its number is shown; and forgetting it."""
    focus = focus_of(request.user, focus_id)
    form = LooksForm(typed(request), initial={name: getattr(focus, name) for name in LOOKS})
    if request.method == "POST" and form.done(
        lambda: milestones.change(person=request.user, focus=focus, **form.cleaned_data)
    ):
        return _done(request, _("Saved. Only you see this."))
    return render(request, "milestones/change.html", {"form": form, "focus": focus}, status=form.status)


@ASKS
@login_required
def new_count(request: Request, focus_id: UUID) -> HttpResponse:
    """The one page that speaks of a new count: quiet, and nobody is told unless its person says so."""
    focus = focus_of(request.user, focus_id)
    walking = [one for found in companions for one in found(request.user)]
    form = NewCountForm(typed(request), companions=walking, initial={"start": _today(request), "tell": NOBODY})
    if request.method == "POST" and form.done(
        lambda: milestones.begin_anew(person=request.user, focus=focus, start=form.cleaned_data["start"])
    ):
        messages.success(request, _("Thank you for putting this down. The days you have already lived stay yours."))
        if form.cleaned_data["tell"] == LEADS:
            says_who_heard(request)
        return redirect(form.onward or ("groups" if form.cleaned_data["tell"] == MYSELF else "my_path"))
    shown = {
        "form": form,
        "focus": focus,
        "lived": "" if focus.hides_count else totals(focus),
        "led": bool(leaders_of(request.user)),
        "stands": any(stands(focus.pk) for stands in shared_counts),
        "today": _today(request),
    }
    return render(request, "milestones/new_count.html", shown, status=form.status)


@require_POST
@login_required
def undo(request: Request, focus_id: UUID) -> HttpResponse:
    """It was a mistake."""
    try:
        milestones.undo_new_count(person=request.user, focus=focus_of(request.user, focus_id))
    except Missing:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.detail))
        return redirect("my_path")
    return _done(request, _("It counts as before."))


@require_POST
@login_required
def forget(request: Request, focus_id: UUID) -> HttpResponse:
    """Count this no more."""
    milestones.forget(person=request.user, focus=focus_of(request.user, focus_id))
    return _done(request, _("Forgotten. No date of it is kept."))


def _today(request: Request) -> date:
    return clock.today(request.user.zone)


def _done(request: Request, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("my_path")
