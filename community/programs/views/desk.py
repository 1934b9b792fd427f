"""The desk's first page: what I work for, and who needs somebody."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from community.foundation import clock, ties
from community.foundation.errors import Missing
from community.foundation.registers import on_call, reminders
from community.foundation.web import Request, page_of
from community.programs.models import Appointment, Cohort, Enrollment, Program, StaffRole
from community.programs.reading import CohortRow, PersonRow, roles_in
from community.programs.rules import runs_organization

ENDING_SOON = timedelta(days=14)
NAMED = 5  # of each kind; the rest is a link away


@require_safe
@login_required
def desk(request: Request) -> HttpResponse:
    """Programs and cohorts I work for, and what waits there. Nothing for who works for none."""
    me, now, today = request.user, clock.now(), clock.today(request.user.zone)
    held = list(Appointment.objects.of(me.pk).live(now).to_show())
    if not held:
        raise Missing
    cohorts = Cohort.objects.of_staff(me.pk, now).not_over(today).with_people().to_show().order_by("starts", "pk")
    rows = [CohortRow(cohort, now) for cohort in cohorts]
    episodes = Enrollment.objects.of_staff(me.pk, now).to_show()
    asking = [PersonRow(one) for one in episodes.asking_back()[: NAMED + 1]]
    away = [PersonRow(one) for one in episodes.away().order_by("away_since", "pk")[: NAMED + 1]]
    leads = any(one.role != StaffRole.MODERATOR for one in held)
    context = {
        "sentence": sentence(rows, leads=leads),
        "leads": leads and bool(rows),
        "programs": [
            {
                "program": program,
                "roles": roles_in(program, held),
                "rows": [row for row in rows if row.cohort.program_id == program.pk],
            }
            for program in Program.objects.of_staff(me.pk, now).order_by("name")
        ],
        "asking": asking[:NAMED],
        "more_asking": len(asking) > NAMED,
        "away": away[:NAMED],
        "more_away": len(away) > NAMED,
        "ending": [row for row in rows if _ends_soon(row.cohort, today)],
        "on_call": [one for found in on_call for one in found(me, now)],
        "runs_organization": runs_organization(me, None),
    }
    with ties.asked_once():
        context["reminders"] = [one for found in reminders for one in found(me, now)]
    return render(request, "programs/desk.html", context)


def _ends_soon(cohort: Cohort, today: date) -> bool:
    return cohort.ends is not None and cohort.ends - today <= ENDING_SOON


def sentence(rows: list[CohortRow], *, leads: bool) -> str:
    """One thing that is true."""
    if not leads:
        return _("What needs you stands in your groups.")
    people = sum(row.people for row in rows)
    if not people:
        return _("Nobody is enrolled in your groups today.")
    return ngettext("You look after %(count)d person today.", "You look after %(count)d people today.", people) % {
        "count": people
    }


@require_safe
@login_required
def asking(request: Request) -> HttpResponse:
    """Everybody who asks to come back to a cohort of mine, who waits longest first."""
    return _listed(request, "asking")


@require_safe
@login_required
def away(request: Request) -> HttpResponse:
    """Everybody in my cohorts who is away, who is away longest first."""
    return _listed(request, "away")


def _listed(request: Request, what: str) -> HttpResponse:
    now = clock.now()
    if not Cohort.objects.of_staff(request.user.pk, now).exists():
        raise Missing
    episodes = Enrollment.objects.of_staff(request.user.pk, now).to_show()
    page = page_of(
        request, episodes.asking_back() if what == "asking" else episodes.away().order_by("away_since", "pk")
    )
    people = [PersonRow(one) for one in page]
    return render(request, "programs/desk_people.html", {"what": what, "page": page, "people": people})
