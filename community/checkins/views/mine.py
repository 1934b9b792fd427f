"""My own days: saying how one is, looking back, changing and erasing, and asking to be reminded."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.checkins import services as checkins
from community.checkins.forms import EVENING, CheckInForm, ReminderForm
from community.checkins.models import CheckIn, Reminder
from community.checkins.reading import Row, Weeks, day_title, number_to_call, ways_of
from community.checkins.rules import open_day, own_check_in, sign_in, today_of, told_of
from community.checkins.times import open_days
from community.foundation import inputs
from community.foundation.errors import Missing
from community.foundation.registers import about_days, companions, day_readers
from community.foundation.times import clock_time
from community.foundation.web import Request, typed
from community.safety.reading import card_of

FURTHEST = 130  # times four weeks: ten years


@require_safe
@login_required
def check_ins(request: Request) -> HttpResponse:
    """My last four weeks, or the ones before (``?back=1``), as a calm picture and as its table."""
    asked = request.GET.get("back", "")
    back = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 3 else 0
    weeks = Weeks(request.user, min(back, FURTHEST))
    said = {row.check_in.day for row in weeks.rows}
    reminder = Reminder.objects.of(request.user.pk).first()
    context = {
        "weeks": weeks,
        "open_days": [(day, day_title(day, weeks.today)) for day in open_days(weeks.today) if day not in said],
        "reminded": clock_time(reminder.at) if reminder else "",
    }
    return render(request, "checkins/check_ins.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_in(request: Request, day: str) -> HttpResponse:
    """One of my days: what I said, whom I share it with, and the way to change it; or the question itself."""
    when = _day(day)
    if request.method != "POST":
        return _shown(request, CheckInForm(request.user, when, known=_known(request, when)))
    when = _meant(request, when)
    form = CheckInForm(request.user, when, request.POST)
    if form.done(lambda: checkins.check_in(person=request.user, **form.told)):
        return HttpResponseRedirect(f"{reverse('check_in', args=[when.isoformat()])}?saved", status=303)
    form.known = _known(request, when)  # whoever writes again has seen it
    return _shown(request, form)


def _known(request: Request, day: date) -> CheckIn | None:
    """What I said of a day."""
    return CheckIn.objects.of(request.user.pk).on(day).to_show().first()


def _meant(request: Request, day: date) -> date:
    """The day a check-in is for: the one that was asked about, or today, chosen where that was over meanwhile."""
    today = today_of(request.user)
    return today if "now" in request.POST and request.POST.get("which") == today.isoformat() else day


def _day(day: str) -> date:
    """The day an address names. Raises Missing for one that is none."""
    if not inputs.DAY_FORM.fullmatch(day):
        raise Missing
    return inputs.day(day, at="/day")


def _shown(request: Request, form: CheckInForm) -> HttpResponse:
    day, today, known = form.day, form.today, form.known
    changeable = day in open_days(today)
    if known is None and not changeable and not form.is_bound:
        open_day(request.user, day)  # says why there is nothing to fill in
    sign = sign_in(known) if known else None
    context: dict[str, Any] = {
        "title": day_title(day, today),
        "care": card_of(sign) if sign else None,
        "row": Row(known, today) if known else None,
        "ways": ways_of(known) if known else [],
        "readers": [one for found in day_readers for one in found(request.user, day)] if known else [],
        "companions": [one for found in companions for one in found(request.user)] if known and known.is_hard else [],
        "more": [one for found in about_days for one in found(request.user, day)] if known else [],
        "form": form,
        "changeable": changeable,
        "call": number_to_call(),
        "saved": "saved" in request.GET,
    }
    context["shared"] = any(one.shared for one in (*context["ways"], *context["readers"]))
    return render(request, "checkins/check_in.html", context, status=form.status)


@require_POST
@login_required
def erase(request: Request, day: str) -> HttpResponse:
    """Forget what I said of a day."""
    known = own_check_in(request.user, _day(day))
    told = told_of(known)
    checkins.erase(person=request.user, check_in=known)
    messages.success(
        request, _("Erased. What staff were told stays with them.") if told else _("Erased. Nothing of it is kept.")
    )
    return redirect("check_ins")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reminder(request: Request) -> HttpResponse:
    """Whether and when I am reminded; off until I turn it on."""
    known = Reminder.objects.of(request.user.pk).first()
    initial = {"wanted": known is not None, "at": known.at if known else EVENING}
    form = ReminderForm(typed(request), initial=initial)
    if form.is_bound and form.done(lambda: checkins.remind(person=request.user, at=form.chosen)):
        messages.success(request, _("Saved."))
        return redirect("check_ins")
    return render(request, "checkins/reminder.html", {"form": form}, status=form.status)
