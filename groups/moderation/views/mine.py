"""What was decided about oneself, in the words one was told; asking that somebody else looks at it; being suspended."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation.times import clock_time, date_words
from community.foundation.web import Request, done, typed
from community.people.models import Person
from community.safety.rules import card_in
from community.sanctions.rules import is_suspended, stands_longest
from groups.membership import services as membership
from groups.membership.models import Membership
from groups.membership.rules import seat_held
from groups.moderation import services as moderation
from groups.moderation.forms import AppealForm
from groups.moderation.models import Decision
from groups.moderation.plans import Action, Side
from groups.moderation.rules import asked_in, left_to, may_appeal, own_decision, said_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decision(request: Request, decision_id: UUID) -> HttpResponse:
    """One of them."""
    row = own_decision(request.user, decision_id)
    form = AppealForm(typed(request))
    if request.method == "POST" and form.done(
        lambda: moderation.appeal(decision=row, by=request.user, words=form.cleaned_data["words"])
    ):
        kept = own_decision(request.user, row.pk).appeal.words
        sign = card_in(asked_in(row, kept, request.user))
        words = _("Somebody else looks at it, within seven days.")
        return done(request, words, "care", sign.pk) if sign else done(request, words, "decision", row.pk)
    return _drawn(request, row, form)


@require_POST
@login_required
def write_on(request: Request, decision_id: UUID) -> HttpResponse:
    """Say something more about my appeal, until it is decided."""
    row = own_decision(request.user, decision_id)
    form = AppealForm(typed(request))
    said: list[moderation.Said] = []
    if form.done(
        lambda: said.append(moderation.write_on(decision=row, by=request.user, words=form.cleaned_data["words"]))
    ):
        outcome = said[0]
        if outcome.refusal is None:
            words = _("Kept. Whoever looks at it again reads it.")
            to = ("care", outcome.sign.pk) if outcome.sign else ("decision", row.pk)
            return done(request, words, *to)
        if outcome.sign is not None:
            return redirect("care", outcome.sign.pk)
        form.refuse(outcome.refusal)
    return _drawn(request, own_decision(request.user, row.pk), form)


def _drawn(request: Request, row: Decision, form: AppealForm) -> HttpResponse:
    appeal = getattr(row, "appeal", None)
    context = {
        "decision": row,
        "appeal": appeal,
        "said": said_in(appeal) if appeal else [],
        "left": left_to(Side.ASKED, appeal) if appeal else 0,
        "instead": getattr(row, "replaced_by", None),
        "beyond": row.is_beyond_a_room,
        "until": until_words(row, request.user),
        "may_appeal": may_appeal(request.user, row),
        "form": form,
    }
    return render(request, "moderation/decision.html", context, status=form.status)


@require_safe
@login_required
def suspended(request: Request) -> HttpResponse:
    """Why every room is shut to me for now, until when, what stays open, and how to ask that somebody looks again."""
    stands = stands_longest(request.user) if is_suspended(request.user, None) else None
    if stands is None:
        return redirect("today")
    row = Decision.objects.to_show().filter(pk=stands.decision).first()
    context = {
        "decision": row,
        "appeal": getattr(row, "appeal", None),
        "may_appeal": row is not None and may_appeal(request.user, row),
        "until": _moment(stands.until, request.user) if stands.until else "",
        "rooms": Membership.objects.current().of(request.user.pk).own_to_leave(),
    }
    return render(request, "moderation/suspended.html", context)


@require_POST
@login_required
def leave(request: Request, group_id: UUID) -> HttpResponse:
    """Leave a room for good from there, without seeing it."""
    membership.unseat(person=request.user, group=seat_held(request.user, group_id).group, by=request.user)
    return done(request, _("You left that group. Nobody is told why."), "suspended")


def until_words(row: Decision, reader: Person) -> str:
    """Until when it lasts, on the reader's clock; nothing where it has no end."""
    if row.until is None:
        return ""
    if row.action == Action.SUSPEND:
        return _moment(row.until, reader)
    return date_words(row.until.astimezone(ZoneInfo(reader.zone)).date())


def _moment(at: datetime, reader: Person) -> str:
    """ "November 28, 2:10pm", on the clock of who reads."""
    local = at.astimezone(ZoneInfo(reader.zone))
    told = {"day": date_words(local.date()), "time": clock_time(local)}
    return pgettext("a day and a time", "{day}, {time}").format(**told)
