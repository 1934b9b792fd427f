"""My page as a mentor: what I said, "not now", a break, the end, and what is not mine to carry."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.consent import texts
from community.consent.models import Purpose
from community.foundation.errors import Missing
from community.foundation.web import Request, done, typed
from community.mentoring import services as mentoring
from community.mentoring.desk.agreements import by_parts, words
from community.mentoring.forms import MentorForm
from community.mentoring.models import STATES, Mentor
from community.mentoring.plans.codes import Action, State, moves
from community.mentoring.reading import what_next
from community.mentoring.rules import mentor_of, policy_of, standing_of
from community.mentoring.rules.standing import agreement_of, is_todays
from community.mentoring.rules.support import turned_to


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: Request, mentor_id: UUID) -> HttpResponse:
    """How it stands with me as a mentor, and what I said, to be changed."""
    mentor = mentor_of(request.user, mentor_id)
    if not mentor.is_open:
        raise Missing
    form = MentorForm(typed(request), said=mentor)
    if request.method == "POST" and form.done(
        lambda: mentoring.change(person=request.user, mentor=mentor, wanted=form.wanted)
    ):
        return done(request, _("Saved."), "mentor_mine", mentor.pk)
    told, given = turned_to(mentor), agreement_of(mentor)
    context = {
        "form": form,
        "mentor": mentor,
        "sponsors": policy_of(mentor.program).says_sponsor,
        "state": STATES[State(mentor.state)],
        "next": what_next(mentor),
        "standing": standing_of(mentor),
        "agreed": is_todays(given),
        "given": given,
        "shown_then": by_parts(given.text) if given else [],
        "turned_to": told,
        "names": ", ".join(one.alias for one in told),
        "pauses": moves(mentor.state, Action.PAUSE) is not None,
        "resumes": moves(mentor.state, Action.RESUME) is not None,
        "words": words(mentor.program_id, Purpose.MENTORING),
    }
    return render(request, "mentoring/mine.html", context, status=form.status)


def _pause(request: Request, mentor: Mentor) -> str:
    mentoring.pause(mentor=mentor, wishes_cover="cover" in request.POST, by=request.user)
    return _("You take a break. Nobody new is asked to you.")


def _resume(request: Request, mentor: Mentor) -> str:
    mentoring.resume(mentor=mentor, by=request.user)
    return _("Welcome back.")


def _retire(request: Request, mentor: Mentor) -> str:
    mentoring.retire(mentor=mentor, by=request.user)
    return _("Thank you for having been there for others.")


def _agree(request: Request, mentor: Mentor) -> str:
    mentoring.agree(person=request.user, mentor=mentor, language=texts.shown_in())
    return _("Saved.")


def _not_mine(request: Request, mentor: Mentor) -> str:
    told = mentoring.not_mine(mentor=mentor, by=request.user)
    names = ", ".join(one.alias for one in told)
    return _(
        "We left a word with %(names)s. This is not an emergency service: in danger, open Get help now, above."
    ) % {"names": names}


STEPS: dict[str, Callable[[Request, Mentor], str]] = {
    "pause": _pause,
    "resume": _resume,
    "finish": _retire,
    "agree": _agree,
    "not-mine": _not_mine,
}


@require_POST
@login_required
def step(request: Request, mentor_id: UUID, step: str) -> HttpResponse:
    """One press on my own page."""
    mentor = mentor_of(request.user, mentor_id)
    if step not in STEPS:
        raise Missing
    said = STEPS[step](request, mentor)
    return done(request, said, "mentoring") if step == "finish" else done(request, said, "mentor_mine", mentor.pk)
