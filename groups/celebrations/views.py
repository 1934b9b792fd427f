"""The page of milestones; choosing who sees one, for a day or for all; and what an administrator finds of the scan."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.checkins import times as waking
from community.checkins.rules import today_of
from community.foundation import clock, limits
from community.foundation.errors import Missing, Refusal
from community.foundation.times import date_words
from community.foundation.web import Request, typed
from community.milestones.dates import Sharing
from community.milestones.models import Run
from community.milestones.reading import own_of
from community.milestones.rules import focus_of
from community.safety.reading import card_of
from groups.celebrations import services as celebrations
from groups.celebrations.forms import AnswerForm, SharingForm
from groups.celebrations.models import Celebration, Pulse, State
from groups.celebrations.reading import (
    WITH_YOU,
    days_to_choose,
    finished_by,
    gone,
    is_late,
    preview,
    shared_in,
    shares_line,
    standing_names,
    still_stands,
    title_of,
    week_of,
    words_in_room,
)
from groups.celebrations.rules import (
    card_it_waits_for,
    celebration_of,
    late_after,
    may_go_on,
    rooms_to_share,
    sharing_of,
    waits_for_a_word,
)
from groups.chat import services as chat
from groups.chat.models import Kind
from groups.chat.reading import to_change
from groups.membership.reading import beside, seats_of

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def milestones(request: Request) -> HttpResponse:
    """What somebody in one's groups shared today, one's own path, and what was shared this week."""
    seats, own = list(seats_of(request.user.pk)), own_of(request.user)
    since = waking.begins(today_of(request.user), request.user.zone)
    context = {
        "frame_groups": beside(seats),
        "week": week_of(request.user, seats, since) if seats else None,
        "own": own,
        "finished": finished_by(request.user, counts=own.counts),
    }
    return render(request, "celebrations/milestones.html", context)


@require_safe
@login_required
def week(request: Request) -> HttpResponse:
    """Where the week had a page of its own: it stands on that of milestones."""
    return HttpResponseRedirect(f"{reverse('my_path')}#week")


@require_POST
@login_required
def with_you(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    """Say "With you" under a celebration, or take that back, as in the room; from Today or from among milestones."""
    found = to_change(request.user, group_id, message_id)
    if found.kind != Kind.CELEBRATION:
        raise Missing
    limits.spend_a(what="change", who=str(request.user.pk))
    give = chat.unreact if "back" in request.POST else chat.react
    give(person=request.user, message=found, name=WITH_YOU)
    page = "today" if "today" in request.POST else "my_path"
    return HttpResponseRedirect(f"{reverse(page)}#on-{found.pk}")


@ASKS
@login_required
def celebration(request: Request, celebration_id: UUID) -> HttpResponse:
    """Choose with whom to mark a day, in what words, and see the card beforehand; or take back what was shared."""
    row = celebration_of(request.user, celebration_id)
    form = _answer_form(request, row)
    made = _made(request, row, form) if request.method == "POST" else celebrations.Answered()
    if form.is_bound and form.is_valid() and "preview" not in request.POST:
        messages.success(request, _("Saved. You can change your mind until it is shared."))
        return redirect("care", made.sign.pk) if made.sign else redirect("celebration", celebration_id=row.pk)
    if form.is_bound:
        row = celebration_of(request.user, celebration_id)
    today = clock.today(request.user.zone)
    chosen, words = form["groups"].value() or (), form["words"].value() or ""
    card, as_read = preview(row, request.user, chosen, words)
    context = {
        "care": card_of(made.sign) if made.sign else None,
        "row": row,
        "form": form,
        "title": title_of(row, today, card["label"]),
        "card": card,
        "words": words,
        "shown_words": as_read if row.waits else words_in_room(row),
        "focus": row.run.focus if row.run else None,
        "said_yes": row.state == State.YES,
        "later": date_words(row.later) if row.later else "",
        "standing": standing_names(row, row.run.standing.to_show()) if row.run else [],
        "card_open": card_it_waits_for(row, request.user),
        "latest": date_words(late_after(row)),
        "waits": waits_for_a_word(row, request.user),
        "said_no": row.state == State.NOT_THIS_TIME,
        "stands": still_stands(row),
        "gone": gone(row),
        "shares_line": shares_line(row),
        "has_come": row.due <= today,
        "places": [place.group.name for place in row.places.all()],
    }
    return render(request, "celebrations/celebration.html", context, status=form.status)


def _made(request: Request, row: Celebration, form: AnswerForm) -> celebrations.Answered:
    """What became of what was sent: kept, tried on, or refused, which the form then says; heeded whatever it is."""
    person = request.user
    if not form.is_valid():
        sign = celebrations.heed(person=person, celebration=row, words=request.POST.get("words"))
        return celebrations.Answered(sign=sign)
    said = form.cleaned_data
    if "preview" in request.POST:
        made = celebrations.try_on(person=person, celebration=row, groups=said["groups"], words=said["words"])
    else:
        made = celebrations.mark(person=person, celebration=row, **said)
    if made.refusal is not None:
        form.refuse(made.refusal)
    return made


def _answer_form(request: Request, row: Celebration) -> AnswerForm:
    """With what was said before; where nothing was, with the groups they always share with."""
    chosen = [str(place.group_id) for place in row.places.all()]
    standing = [str(one) for one in row.run.standing.values_list("group_id", flat=True)] if row.run else []
    return AnswerForm(
        typed(request),
        rooms=rooms_to_share(request.user, tells_days=row.tells_days),
        days=days_to_choose(row, request.user),
        initial={"groups": chosen or standing, "words": row.words, "later": row.later.isoformat() if row.later else ""},
    )


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
    return redirect("my_path_sharing", focus_id=row.run.focus_id) if row.run else redirect("my_path")


@ASKS
@login_required
def sharing(request: Request, focus_id: UUID) -> HttpResponse:
    """Who sees what a count reaches: off, just them, or groups they chose; and what was shared so far."""
    focus = focus_of(request.user, focus_id)
    run = Run.objects.open().select_related("watch").get(focus=focus)
    chosen = sharing_of(run)
    form = SharingForm(
        typed(request),
        rooms=rooms_to_share(request.user),
        initial={
            "sharing": chosen.value,
            "groups": [str(one) for one in run.standing.values_list("group_id", flat=True)],
            "asks": run.watch.asks or chosen is Sharing.OFF,
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
