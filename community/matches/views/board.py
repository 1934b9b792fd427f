"""The coordinator's board, and every press on it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.web import Request, done, page_of, typed
from community.matches import services as matches
from community.matches.forms.board import SuggestForm
from community.matches.models import Match
from community.matches.reading.board import board_of, row_of
from community.matches.reading.said import Said, answers_of, to_talk_with
from community.matches.reading.suggesting import parts_of, suggestions_for
from community.matches.rules import checkin_of_staff, match_of_staff
from community.mentoring.models import MentorRequest
from community.mentoring.reading import said_facts
from community.mentoring.rules import request_of_staff, sponsors_in
from community.people.models import Person
from community.programs.models import Program
from community.programs.querysets import ProgramQuerySet
from community.programs.rules import program_run_by


@require_safe
@login_required
def matching(request: Request) -> HttpResponse:
    """The board of the first program I run; it leads to the others."""
    program = _run_by(request.user).first()
    if program is None:
        raise Missing
    return redirect("desk_board", program.pk)


@require_safe
@login_required
def board(request: Request, program_id: UUID) -> HttpResponse:
    """Who waits, who is asked, who walks together, and what waits for me."""
    program = program_run_by(request.user, program_id)
    others = _run_by(request.user).exclude(pk=program.pk)
    shown = board_of(request.user, program)
    context = {"board": shown, "sponsors": shown.policy.says_sponsor, "program": program, "others": others}
    return render(request, "matches/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def suggest(request: Request, request_id: UUID) -> HttpResponse:
    """Whom to suggest for somebody who waits."""
    hoping = request_of_staff(request.user, request_id)
    if not hoping.is_open:
        raise Missing
    found = suggestions_for(hoping, request.user)
    form = SuggestForm(found, typed(request))
    if request.method == "POST" and form.done(
        lambda: matches.propose(request=hoping, mentor=form.mentor, note=form.cleaned_data["note"], by=request.user)
    ):
        return done(request, _("Suggested. Give them the card when you are sure."), "desk_board", hoping.program_id)
    return _suggesting(request, hoping, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cover(request: Request, match_id: UUID) -> HttpResponse:
    """Whom to suggest to stand in for two weeks."""
    covered = match_of_staff(request.user, match_id)
    if not covered.is_walking:
        raise Missing
    hoping = covered.request
    form = SuggestForm(suggestions_for(hoping, request.user, covers=covered), typed(request))
    if request.method == "POST" and form.done(
        lambda: matches.propose_cover(match=covered, mentor=form.mentor, by=request.user)
    ):
        return done(request, _("Suggested. Give them the card when you are sure."), "desk_match", covered.pk)
    return _suggesting(request, hoping, form, covered)


def _suggesting(request: Request, hoping: MentorRequest, form: SuggestForm, covered: Match | None) -> HttpResponse:
    context = {
        "form": form,
        "hoping": hoping,
        "covered": covered,
        "sponsors": sponsors_in([hoping.program]),
        "said": said_facts(hoping),
        "may": [one for one in form.found if one.allowed],
        "may_not": [one for one in form.found if not one.allowed],
    }
    return render(request, "matches/suggest.html", context, status=form.status)


@require_safe
@login_required
def match(request: Request, match_id: UUID) -> HttpResponse:
    """Two people: where they stand, what speaks for them, and what may be done."""
    shown = match_of_staff(request.user, match_id)
    page = page_of(request, answers_of(shown))
    matches.note_look(match=shown, answers=len(page), by=request.user)
    context = {
        "row": row_of(shown, request.user),
        "match": shown,
        "parts": parts_of(shown),
        "asking": to_talk_with(shown),
        "page": page,
        "answers": [Said(one, shown.program.zone) for one in page],
        "covers": shown.is_walking and shown.covers_id is None,
    }
    return render(request, "matches/desk_match.html", context)


def _approve(person: Person, match: Match) -> str:
    matches.approve(match=match, by=person)
    return _("The card is theirs in ten seconds. Until then you can take it back.")


def _undo(person: Person, match: Match) -> str:
    matches.take_back(match=match, by=person)
    return _("Taken back. Nobody saw it.")


def _reject(person: Person, match: Match) -> str:
    matches.reject(match=match, by=person)
    return _("Not these two. Neither of them learns of it.")


def _pause(person: Person, match: Match) -> str:
    matches.pause(match=match, by=person)
    return _("They take a break. The place is held.")


def _resume(person: Person, match: Match) -> str:
    matches.resume(match=match, by=person)
    return _("They are back.")


def _end(person: Person, match: Match) -> str:
    matches.end(match=match, by=person)
    return _("Ended. Both read that it has ended, and no reason.")


def _lift(person: Person, match: Match) -> str:
    matches.lift(match=match, by=person)
    return _("They may be suggested again. Neither of them is told.")


STEPS: dict[str, Callable[[Person, Match], str]] = {
    "approve": _approve, "undo": _undo, "reject": _reject, "pause": _pause, "resume": _resume, "end": _end,
    "lift": _lift,
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step(request: Request, match_id: UUID, step: str) -> HttpResponse:
    """One press about two people; what both hear of is asked about first."""
    shown = match_of_staff(request.user, match_id)
    if step not in STEPS:
        raise Missing
    if request.method != "POST":
        asked = dict(row_of(shown, request.user).questions)
        if step not in asked:
            raise Missing
        context = {"match": shown, "step": step, "words": asked[step]}
        return render(request, "matches/desk_question.html", context)
    return done(request, STEPS[step](request.user, shown), "desk_board", shown.program_id)


@require_POST
@login_required
def approve_all(request: Request, program_id: UUID) -> HttpResponse:
    """Give everybody the cards that wait for a yes; those that no rule lets pass any more are left."""
    program = program_run_by(request.user, program_id)
    given = len(matches.give_out(program=program, by=request.user))
    words = ngettext("%(count)d card is theirs in ten seconds.", "%(count)d cards are theirs in ten seconds.", given)
    return done(request, words % {"count": given}, "desk_board", program.pk)


@require_POST
@login_required
def seen_to(request: Request, checkin_id: UUID) -> HttpResponse:
    """I talked with somebody who wanted to, or finds it hard."""
    asked = checkin_of_staff(request.user, checkin_id)
    matches.see_to(checkin=asked, by=request.user)
    return done(request, _("Thank you."), "desk_match", asked.match_id)


def _run_by(person: Person) -> ProgramQuerySet:
    return Program.objects.run_by(person.pk, clock.now()).order_by("name", "pk")
