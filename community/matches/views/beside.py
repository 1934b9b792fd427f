"""While we walk together: calls, the end we plan, the end, and how I say it goes."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.foundation.errors import Missing
from community.foundation.web import Request, done, typed
from community.matches import services as matches
from community.matches.desk.heeding import sign_in
from community.matches.forms import AimsForm, CallForm, EndForm, PlanForm, QuestionForm
from community.matches.models import Match
from community.matches.reading.one import card_of
from community.matches.reading.questions import Question, question_of
from community.matches.rules import checkin_of, match_of
from community.matches.views.one import page


@require_POST
@login_required
def call(request: Request, match_id: UUID) -> HttpResponse:
    """I would like to call."""
    match, form = _walked(request, match_id), CallForm(typed(request))
    if form.done(lambda: matches.call(match=match, wants=True, number=form.cleaned_data["number"], by=request.user)):
        return done(request, _("Saved. Numbers show only while both of you would like to call."), "match", match.pk)
    return page(request, match, status=form.status, call=form)


@require_POST
@login_required
def aim(request: Request, match_id: UUID) -> HttpResponse:
    """Say what we two want from this, or agree to what the other said."""
    match, form = _walked(request, match_id), AimsForm(typed(request))
    if form.done(lambda: matches.aim(match=match, words=form.cleaned_data["words"], by=request.user)):
        sign = sign_in(_walked(request, match_id), request.user)  # in the words as they are kept, and not as they came
        if sign is not None:
            return redirect("care", sign.pk)
        return done(request, _("Saved. It stands once both of you have said so."), "match", match.pk)
    return page(request, match, status=form.status, aims=form)


@require_POST
@login_required
def plan(request: Request, match_id: UUID) -> HttpResponse:
    """Wish for a day on which it comes to its end, or agree to the other's."""
    match, form = _walked(request, match_id), PlanForm(typed(request))
    if form.done(lambda: matches.plan_end(match=match, day=form.cleaned_data["day"], by=request.user)):
        return done(request, _("Saved. It stands once both of you chose the same day."), "match", match.pk)
    return page(request, match, status=form.status, plan=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: Request, match_id: UUID) -> HttpResponse:
    """End it. Nobody has to say why."""
    match = _walked(request, match_id)
    hoping = match.mentee_id == request.user.pk
    form = EndForm(typed(request), hoping=hoping, initial={"ask_again": hoping})
    if request.method == "POST" and form.done(lambda: matches.end(match=match, by=request.user, **form.said)):
        return done(request, _("It has ended. Your room stays for both of you to read."), _list(match, request))
    return render(request, "matches/end.html", {"card": card_of(match, request.user), "form": form}, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def question(request: Request, checkin_id: UUID) -> HttpResponse:
    """How it goes, for me alone."""
    checkin = checkin_of(request.user, checkin_id)
    match = match_of(request.user, checkin.match_id)
    if question_of(request.user, match) != checkin:
        return redirect("match", match.pk)
    asked = Question(checkin, request.user)
    form = QuestionForm(asked, typed(request))
    if request.method == "POST" and form.done(
        lambda: matches.answer(checkin=checkin, by=request.user, **form.cleaned_data)
    ):
        match.refresh_from_db()
        words = _("Thank you. Only staff read what you said.")
        return (
            done(request, words, "match", match.pk) if match.is_walking else done(request, words, _list(match, request))
        )
    context = {"card": card_of(match, request.user), "question": asked, "answers": form}
    return render(request, "matches/question.html", context, status=form.status)


def _walked(request: Request, match_id: UUID) -> Match:
    """One of mine in which both said yes. Raises Missing."""
    match = match_of(request.user, match_id)
    if not match.is_walking:
        raise Missing
    return match


def _list(match: Match, request: Request) -> str:
    return "matches" if match.mentee_id == request.user.pk else "match_people"
