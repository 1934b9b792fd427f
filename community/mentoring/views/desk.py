"""Mentors at the desk: who is where, what comes next, and who waits."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.web import Request, done, page_of, typed
from community.mentoring import services as mentoring
from community.mentoring.forms import ClearForm, NoteForm, SupervisorForm
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.plans.codes import Action
from community.mentoring.reading import mentor_rows, said_facts, steps_for, supervisors_for, waiting_words
from community.mentoring.rules import may_lead, mentor_of_staff, request_of_staff, sponsors_in
from community.programs.models import Appointment


@require_safe
@login_required
def mentors(request: Request) -> HttpResponse:
    """Mentors I lead or supervise, who waits for a step longest on top, and people who wait for one."""
    me, now = request.user, clock.now()
    if not Appointment.objects.of(me.pk).live(now).exists():
        raise Missing
    theirs = Mentor.objects.of_staff(me.pk, now).open().to_show()
    page = page_of(request, theirs.longest_first())
    line = page_of(request, MentorRequest.objects.of_staff(me.pk, now).open().to_show().in_line(), at="waiting")
    context = {
        "page": page,
        "rows": mentor_rows(page),
        "sponsors": sponsors_in({one.program for one in page} | {one.program for one in line}),
        "line": line,
        "waiting": [{"request": one, "waits": waiting_words(one), "said": said_facts(one)} for one in line],
        "kept": {"mentors": f"page={page.number}&", "waiting": f"waiting={line.number}&"},
    }
    return render(request, "mentoring/desk.html", context)


@require_safe
@login_required
def mentor(request: Request, mentor_id: UUID) -> HttpResponse:
    """One of them, and what may be done."""
    shown = mentor_of_staff(request.user, mentor_id)
    (row,) = mentor_rows([shown])
    leads = may_lead(request.user, shown)
    context = {
        "row": row,
        "mentor": shown,
        "leads": leads,
        "steps": steps_for(shown) if leads else [],
        "said": said_facts(shown) if leads else [],
    }
    return render(request, "mentoring/desk_mentor.html", context)


@require_POST
@login_required
def step(request: Request, mentor_id: UUID, step: str) -> HttpResponse:
    """One step of theirs."""
    shown = mentor_of_staff(request.user, mentor_id)
    if step not in mentoring.BY_STAFF:
        raise Missing
    mentoring.BY_STAFF[step](mentor=shown, by=request.user)
    if step == Action.RETIRE:
        return done(request, _("Saved."), "desk_mentoring")
    return done(request, _("Saved."), "desk_mentor", shown.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def clearance(request: Request, mentor_id: UUID) -> HttpResponse:
    """Write down until when what I looked at is good."""
    shown = _led(request, mentor_id)
    form = ClearForm(typed(request))
    if request.method == "POST" and form.done(
        lambda: mentoring.clear(mentor=shown, until=form.cleaned_data["until"], by=request.user)
    ):
        return done(request, _("Saved."), "desk_mentor", shown.pk)
    return render(request, "mentoring/desk_clearance.html", {"form": form, "mentor": shown}, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def supervisor(request: Request, mentor_id: UUID) -> HttpResponse:
    """Say whom they turn to."""
    shown = _led(request, mentor_id)
    form = SupervisorForm(
        supervisors_for(shown), typed(request), initial={"supervisor": str(shown.supervisor_id or "")}
    )
    if request.method == "POST" and form.done(
        lambda: mentoring.name_supervisor(
            mentor=shown, supervisor=form.people[form.cleaned_data["supervisor"]], by=request.user
        )
    ):
        return done(request, _("Saved."), "desk_mentor", shown.pk)
    return render(request, "mentoring/desk_supervisor.html", {"form": form, "mentor": shown}, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def notes(request: Request, mentor_id: UUID) -> HttpResponse:
    """What supervisors keep in mind; who is not theirs leaves an entry that they looked."""
    shown = mentor_of_staff(request.user, mentor_id)
    form = NoteForm(typed(request))
    if request.method == "POST" and form.done(
        lambda: mentoring.write_note(mentor=shown, body=form.cleaned_data["body"], by=request.user)
    ):
        return done(request, _("Saved."), "desk_mentor_notes", shown.pk)
    context = {"form": form, "mentor": shown, "notes": mentoring.read_notes(mentor=shown, by=request.user)}
    return render(request, "mentoring/desk_notes.html", context, status=form.status)


@require_POST
@login_required
def mark(request: Request, request_id: UUID) -> HttpResponse:
    """Let somebody go first, or no more."""
    shown = request_of_staff(request.user, request_id)
    mentoring.mark(request=shown, urgent="first" in request.POST, by=request.user)
    return done(request, _("Saved."), "desk_mentoring")


def _led(request: Request, mentor_id: UUID) -> Mentor:
    """One I may lead on. Raises Missing."""
    shown = mentor_of_staff(request.user, mentor_id)
    if not may_lead(request.user, shown):
        raise Missing
    return shown
