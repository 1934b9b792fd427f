"""My hope for a mentor, and offering to be one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.consent import texts
from community.consent.models import Purpose
from community.foundation import clock, registers
from community.foundation.errors import Missing
from community.foundation.times import date_words
from community.foundation.web import Request, done, typed
from community.mentoring import services as mentoring
from community.mentoring.desk.agreements import words
from community.mentoring.forms import ApplyForm, AskForm
from community.mentoring.models import STATES, Mentor, MentorRequest
from community.mentoring.plans.codes import State
from community.mentoring.reading import what_next
from community.mentoring.rules import may_apply, may_ask, mentoring_programs, policies_of, policy_of, request_of
from community.people.models import Person
from community.programs.models import Program


@require_safe
@login_required
def overview(request: Request) -> HttpResponse:
    """How it stands with me in each of my programs: what I hope for, and what I offer."""
    me = request.user
    waiting = {one.program_id: one for one in MentorRequest.objects.of(me.pk).open()}
    offered = {one.program_id: one for one in Mentor.objects.of(me.pk).open().to_show()}
    beside = [one for walks in registers.walks for one in walks(me, clock.now())]
    programs = mentoring_programs(me)
    policies = policies_of(programs)
    places = [
        {
            "program": program,
            "sponsors": policies[program.pk].says_sponsor,
            "request": waiting.get(program.pk),
            "asked": date_words(waiting[program.pk].asked_at.date()) if program.pk in waiting else "",
            "may_ask": may_ask(me, program),
            "mentor": offered.get(program.pk),
            "state": STATES[State(offered[program.pk].state)] if program.pk in offered else "",
            "next": what_next(offered[program.pk]) if program.pk in offered else "",
            "may_apply": may_apply(me, program),
            "hopes": [one.page for one in beside if one.hopes and one.program_id == program.pk],
            "guides": [one.page for one in beside if not one.hopes and one.program_id == program.pk],
            "together": any(one.together and one.hopes for one in beside if one.program_id == program.pk),
        }
        for program in programs
    ]
    sponsors = bool(places) and all(place["sponsors"] for place in places)
    return render(request, "mentoring/overview.html", {"places": places, "sponsors": sponsors})


def _program(person: Person, program_id: UUID) -> Program:
    """One that this person is in or finished. Raises Missing."""
    found = next((one for one in mentoring_programs(person) if one.pk == program_id), None)
    if found is None:
        raise Missing
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: Request, program_id: UUID) -> HttpResponse:
    """Hope for a mentor, on one page; while that waits, the same page changes it."""
    me, program = request.user, _program(request.user, program_id)
    if not may_ask(me, program):
        raise Missing
    known = MentorRequest.objects.of(me.pk).open().to_show().filter(program=program).first()
    if known is None and MentorRequest.objects.settled(program).of(me.pk).exists():
        return redirect("mentoring")  # they have a mentor there
    initial = {} if known else {"languages": [me.language], "style": "", "wish_kind": "any", "gender": ""}
    form = AskForm(typed(request), said=known, initial=initial)
    if request.method == "POST" and form.done(lambda: _hope(me, program, known, form)):
        return done(request, _("Saved. Staff look for somebody who fits."), "mentoring")
    context = {"form": form, "program": program, "known": known, "words": words(program.pk, Purpose.MATCHED)}
    context["sponsors"] = policy_of(program).says_sponsor
    return render(request, "mentoring/ask.html", context, status=form.status)


def _hope(person: Person, program: Program, known: MentorRequest | None, form: AskForm) -> MentorRequest:
    """Ask, or change what waits."""
    if known is not None:
        return mentoring.change_request(person=person, request=known, wanted=form.wanted)
    agrees = form.cleaned_data["agrees"]
    return mentoring.ask(person=person, program=program, wanted=form.wanted, agrees=agrees, language=texts.shown_in())


@require_POST
@login_required
def withdraw(request: Request, request_id: UUID) -> HttpResponse:
    """Take my request back."""
    mentoring.withdraw(person=request.user, request=request_of(request.user, request_id))
    return done(request, _("Taken back. You can ask again at any time."), "mentoring")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def apply(request: Request, program_id: UUID) -> HttpResponse:
    """Offer to be a mentor, and read what that means first."""
    me, program = request.user, _program(request.user, program_id)
    if not may_apply(me, program):
        raise Missing
    there = Mentor.objects.of(me.pk).open().filter(program=program).first()
    if there is not None:
        return redirect("mentor_mine", there.pk)
    initial = {"languages": [me.language], "wish_kind": "any", "gender": "", "style": ""}
    form = ApplyForm(typed(request), initial=initial)
    if request.method == "POST" and form.done(
        lambda: mentoring.apply(
            person=me,
            program=program,
            wanted=form.wanted,
            agrees=form.cleaned_data["agrees"],
            language=texts.shown_in(),
        )
    ):
        return done(request, _("Thank you. Staff will talk with you."), "mentoring")
    context = {"form": form, "program": program, "words": words(program.pk, Purpose.MENTORING)}
    context["sponsors"] = policy_of(program).says_sponsor
    return render(request, "mentoring/apply.html", context, status=form.status)
