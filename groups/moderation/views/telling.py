"""Telling us of a message or a member, in two presses: what it is, and it is sent; more may be said after that."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.cases.plans import TOLD, Reason
from community.foundation.errors import Invalid
from community.foundation.web import Request, done, typed
from groups.membership.rules import reach
from groups.moderation import services as moderation
from groups.moderation.forms import MoreForm
from groups.moderation.rules import member_shown, message_shown, own_report

WORRY = Reason.WORRIED


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_message(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    """Why I would like somebody to look at this message; each answer is a button that sends it."""
    found = message_shown(reach(request.user, group_id), message_id)
    meant = moderation.Meant(group_id=group_id, message_id=message_id)
    name = found.seat.alias if found.seat else ""
    return _asked(request, meant, name, reverse("message", args=[group_id, message_id]), about_words=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_member(request: Request, group_id: UUID, member_id: UUID) -> HttpResponse:
    """Why I would like somebody to look at how this member is, or behaves."""
    seat = member_shown(reach(request.user, group_id), member_id)
    meant = moderation.Meant(group_id=group_id, member_id=member_id)
    return _asked(request, meant, seat.alias, reverse("room", args=[group_id]), about_words=False)


def _asked(request: Request, meant: moderation.Meant, name: str, back: str, *, about_words: bool) -> HttpResponse:
    wrong, status = "", 200
    if request.method == "POST":
        try:
            made, _new = moderation.report(reporter=request.user, meant=meant, reason=request.POST.get("reason"))
            return redirect("told", made.pk)
        except Invalid as refusal:
            wrong, status = str(refusal.detail), refusal.status
    reasons = [(one.value, one.label) for one in TOLD if one != WORRY]
    context = {
        "name": name,
        "back": back,
        "about_words": about_words,
        "wrong": wrong,
        "worry": (WORRY.value, WORRY.label),
        "reasons": reasons,
    }
    return render(request, "moderation/report.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def told(request: Request, report_id: UUID) -> HttpResponse:
    """Thank you; and what else I would like to say, as long as somebody looks at it."""
    report = own_report(request.user, report_id)
    form = MoreForm(typed(request), initial=_said(report))
    if request.method == "POST" and form.done(
        lambda: moderation.say_more(
            report=report,
            by=request.user,
            note=form.cleaned_data["note"],
            danger=form.cleaned_data["danger"],
            named=form.cleaned_data["named"] == "yes",
        )
    ):
        return done(request, _("Thank you. We have that too."), "told", report.pk)
    context = {
        "report": report,
        "name": report.seat.alias,
        "form": form,
        "worry": report.reason == WORRY,
        "looked_at": report.told_back is not None,
        "open": report.case.is_open,
    }
    return render(request, "moderation/told.html", context, status=form.status)


def _said(report: Any) -> dict[str, str]:
    return {"note": report.note, "danger": report.danger, "named": "yes" if report.named else "no"}
