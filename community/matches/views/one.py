"""One of two people, and every press there is between them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation import registers
from community.foundation.errors import Missing
from community.foundation.web import Request, done
from community.matches import services as matches
from community.matches.forms import AimsForm, CallForm, DeclineForm, PlanForm, QuestionForm
from community.matches.models import Match
from community.matches.reading.one import card_of, walking
from community.matches.reading.questions import Question, question_of
from community.matches.reading.quiet import quiet_between
from community.matches.rules import came_to_nothing_for, match_of
from community.mentoring.rules import policy_of
from community.people.models import Person


@require_safe
@login_required
def one(request: Request, match_id: UUID) -> HttpResponse:
    """How it stands between us two; what came to nothing while it stood open leads to where one may go on."""
    try:
        match = match_of(request.user, match_id)
    except Missing:
        if not came_to_nothing_for(request.user, match_id):
            raise
        return redirect("mentoring")
    return page(request, match)


def page(request: Request, match: Match, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of us two; a form that was refused is shown as it was filled in."""
    me = request.user
    asked = question_of(me, match)
    question = Question(asked, me) if asked else None
    context = {
        "card": card_of(match, me),
        "sponsors": policy_of(match.program).says_sponsor,
        "more": [lead for register in registers.about_matches for lead in register(me, match.pk)],
        "quiet": quiet_between(me, match),
        "question": question,
        "answers": QuestionForm(question) if question else None,
        "decline": DeclineForm(),
        "aims": AimsForm(initial={"words": match.aims_wished or match.aims}),
        "call": CallForm(),
        "plan": PlanForm(),
        **forms,
    }
    return render(request, "matches/one.html", context, status=status)


def _choose(person: Person, match: Match) -> str:
    matches.choose(match=match, by=person)
    return _("Asked. Nobody else hears of it.")


def _not_this_one(person: Person, match: Match) -> str:
    if match.mentee_id != person.pk:  # a mentor says no with a form of their own
        raise Missing
    matches.decline(match=match, not_again=True, by=person)
    return _("That is fine, and nobody is told. They are not suggested to you again, and you keep your place in line.")


def _take_back(person: Person, match: Match) -> str:
    matches.withdraw(match=match, by=person)
    return _("Taken back. You keep your place in line.")


def _accept(person: Person, match: Match) -> str:
    walking(matches.accept(match=match, by=person))
    return _("You two have a room of your own now. Say hello when you like.")


def _pause(person: Person, match: Match) -> str:
    matches.pause(match=match, by=person)
    return _("You two take a break. Come back whenever you like.")


def _resume(person: Person, match: Match) -> str:
    matches.resume(match=match, by=person)
    return _("Welcome back.")


def _no_calls(person: Person, match: Match) -> str:
    matches.call(match=match, wants=False, by=person)
    return _("Your number is gone from here.")


def _look_again(person: Person, match: Match) -> str:
    matches.look_again(match=match, by=person)
    return _("You are in line again, in the place you had.")


def _stand_in(person: Person, match: Match) -> str:
    matches.wish_cover(match=match, by=person)
    return _("Asked. Staff look for somebody, and you choose.")


STEPS: dict[str, tuple[Callable[[Person, Match], str], str]] = {
    "ask": (_choose, "matches"),
    "not-this-one": (_not_this_one, "matches"),
    "take-back": (_take_back, "matches"),
    "accept": (_accept, ""),
    "pause": (_pause, ""),
    "resume": (_resume, ""),
    "no-calls": (_no_calls, ""),
    "look-again": (_look_again, "matches"),
    "stand-in": (_stand_in, ""),
}


@require_POST
@login_required
def step(request: Request, match_id: UUID, step: str) -> HttpResponse:
    """One press."""
    match = match_of(request.user, match_id)
    if step not in STEPS:
        raise Missing
    verb, to = STEPS[step]
    words = verb(request.user, match)
    return done(request, words, to) if to else done(request, words, "match", match.pk)
