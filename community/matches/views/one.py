"""One of two people, and every press there is between them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation.errors import Missing
from community.foundation.web import Request, done
from community.matches import services as matches
from community.matches.models import Match
from community.matches.reading.one import card_of
from community.matches.rules import match_of
from community.people.models import Person


@require_safe
@login_required
def one(request: Request, match_id: UUID) -> HttpResponse:
    """How it stands between us two."""
    return render(request, "matches/one.html", {"card": card_of(match_of(request.user, match_id), request.user)})


def _choose(person: Person, match: Match) -> str:
    matches.choose(match=match, by=person)
    return _("Asked. Nobody else hears of it.")


def _not_this_one(person: Person, match: Match) -> str:
    matches.decline(match=match, not_again=True, by=person)
    return _("That is fine, and nobody is told. You keep your place in line.")


def _take_back(person: Person, match: Match) -> str:
    matches.withdraw(match=match, by=person)
    return _("Taken back. You keep your place in line.")


STEPS: dict[str, tuple[Callable[[Person, Match], str], str]] = {
    "ask": (_choose, "matches"),
    "not-this-one": (_not_this_one, "matches"),
    "take-back": (_take_back, "matches"),
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
    return done(request, words, to)
