"""Choosing who sees a milestone: for one day, or once and for all; and what an administrator finds of the scan."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock, limits
from community.foundation.errors import Missing, Refusal
from community.foundation.web import Request, typed
from community.milestones.models import Run
from community.milestones.rules import focus_of
from groups.celebrations import services as celebrations
from groups.celebrations.forms import AnswerForm, SharingForm
from groups.celebrations.models import Pulse, State
from groups.celebrations.reading import (
    WITH_YOU,
    is_late,
    preview,
    shared_in,
    still_stands,
    week_of,
    when,
    words_in_room,
)
from groups.celebrations.rules import celebration_of, may_go_on, rooms_to_share
from groups.chat import services as chat
from groups.chat.models import Kind
from groups.chat.reading import to_change

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def week(request: Request) -> HttpResponse:
    """What others marked this week in one's groups, and "With you"."""
    return render(request, "celebrations/week.html", {"wall": week_of(request.user)})


@require_POST
@login_required
def with_you(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    """Say "With you" under a celebration, or take that back, as in the room."""
    found = to_change(request.user, group_id, message_id)
    if found.kind != Kind.CELEBRATION:
        raise Missing
    limits.spend_a(what="change", who=str(request.user.pk))
    give = chat.unreact if "back" in request.POST else chat.react
    give(person=request.user, message=found, name=WITH_YOU)
    return HttpResponseRedirect(f"{reverse('celebrations')}#on-{found.pk}")


@ASKS
@login_required
def celebration(request: Request, celebration_id: UUID) -> HttpResponse:
    """Choose with whom to mark a day, in what words, and see the card beforehand; or take back what was shared."""
    row = celebration_of(request.user, celebration_id)
    chosen = [str(place.group_id) for place in row.places.all()]
    standing = [str(one) for one in row.run.standing.values_list("group_id", flat=True)]
    form = AnswerForm(
        typed(request),
        rooms=rooms_to_share(request.user),
        initial={"groups": chosen or standing, "words": row.words},
    )
    answers = request.method == "POST" and "preview" not in request.POST
    if answers and form.done(lambda: celebrations.answer(person=request.user, celebration=row, **form.cleaned_data)):
        messages.success(request, _("Saved. You can change your mind until it is shared."))
        return redirect("celebration", celebration_id=row.pk)
    today = clock.today(request.user.zone)
    card = preview(row, request.user)
    words = form["words"].value() or ""
    context = {
        "row": row,
        "form": form,
        "title": when(row.due, today, card["label"]),
        "card": card,
        "words": words,
        "shown_words": words if row.waits else words_in_room(row),
        "focus": row.run.focus,
        "said_yes": row.state == State.YES,
        "waits": row.waits or row.state == State.NOT_THIS_TIME,
        "stands": still_stands(row),
        "places": [place.group for place in row.places.all()],
    }
    return render(request, "celebrations/celebration.html", context, status=form.status)


@require_POST
@login_required
def not_this_time(request: Request, celebration_id: UUID) -> HttpResponse:
    """Nothing is shared, and nobody hears of it."""
    row = celebration_of(request.user, celebration_id)
    try:
        celebrations.decline(person=request.user, celebration=row)
    except Missing:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.detail))
        return redirect("celebration", celebration_id=row.pk)
    messages.success(request, _("Not this time. Only you see it, on your own path."))
    return redirect("today")


@require_POST
@login_required
def take_back(request: Request, celebration_id: UUID) -> HttpResponse:
    """Its words leave every room."""
    row = celebration_of(request.user, celebration_id)
    celebrations.withdraw(person=request.user, celebration=row)
    messages.success(request, _("Taken back. Nobody is told."))
    return redirect("my_path_sharing", focus_id=row.run.focus_id)


@ASKS
@login_required
def sharing(request: Request, focus_id: UUID) -> HttpResponse:
    """Who sees what a count reaches: nobody, unless its person says so; and what was shared so far."""
    focus = focus_of(request.user, focus_id)
    run = Run.objects.open().select_related("watch").get(focus=focus)
    form = SharingForm(
        typed(request),
        rooms=rooms_to_share(request.user),
        initial={
            "groups": [str(one) for one in run.standing.values_list("group_id", flat=True)],
            "asks": run.watch.asks,
        },
    )
    if request.method == "POST" and form.done(
        lambda: celebrations.share(person=request.user, focus=focus, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("my_path_sharing", focus_id=focus.pk)
    context = {"form": form, "focus": focus, "shared": shared_in(focus)}
    return render(request, "celebrations/sharing.html", context, status=form.status)


@ASKS
@login_required
def scan(request: Request) -> HttpResponse:
    """For administrators: when the scan last ran, whether it is late or stands still and why, and "go on"."""
    if not may_go_on(request.user, None):
        raise Missing
    if request.method == "POST":
        celebrations.go_on(by=request.user)
        messages.success(request, _("Celebrations go on."))
        return redirect("desk_celebrations")
    pulse = Pulse.objects.first()
    return render(request, "celebrations/scan.html", {"pulse": pulse, "late": is_late(pulse, clock.now())})
