"""What follows from a case, for who has it; and appeals, for who looks at them again."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.cases.models import Case
from community.cases.rules import case_of
from community.foundation.errors import Missing
from community.foundation.web import Request, done, page_of, typed
from community.programs.rules import decides_or_reviews, works_here
from community.programs.views.common import insist
from groups.moderation import services as moderation
from groups.moderation.forms import AnswerForm, AskBackForm, DecideForm
from groups.moderation.models import Decision, Report
from groups.moderation.plans import BEYOND_A_ROOM, Action, Side
from groups.moderation.rules import (
    appeal_for,
    appeals_for,
    is_renewed,
    left_to,
    may_decide,
    may_reach_beyond,
    needs_two,
    said_in,
    seconds,
)
from groups.moderation.views.mine import until_words


@require_safe
@login_required
def choose(request: Request, case_id: UUID) -> HttpResponse:
    """What could follow, from the lightest to the heaviest. Nothing for who does not have it, nor where it is care."""
    case = _held(request, case_id)
    words = Report.objects.about(case_id).filter(message__isnull=False).exists()
    beyond = may_reach_beyond(request.user, case) and not works_here(case.subject, None)
    left_out = {*(() if words else (Action.HIDE,)), *(() if beyond else BEYOND_A_ROOM)}
    actions = [(one.value, one.label) for one in Action if one not in left_out]
    return render(request, "moderation/choose.html", {"case": case, "actions": actions})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide(request: Request, case_id: UUID, action: str) -> HttpResponse:
    """The exact words they will read, to change or to send as they are."""
    case = _held(request, case_id)
    if action not in Action.values or (action in BEYOND_A_ROOM and not may_reach_beyond(request.user, case)):
        raise Missing
    chosen, alone = Action(action), action in BEYOND_A_ROOM and not seconds(case) - {request.user.pk}
    form = DecideForm(
        chosen,
        typed(request),
        language=case.subject.language,
        together=not alone,
        initial={"version": case.version},
    )
    said: list[str] = []
    if request.method == "POST" and form.done(lambda: said.append(_follow(request, case, chosen, form))):
        return done(request, said[0], "desk_case", case_id)
    context = {
        "case": case,
        "form": form,
        "action": chosen,
        "version": case.version,
        "beyond": chosen in BEYOND_A_ROOM,
        "for_good": chosen == Action.BAN,
        "alone": alone,
        "renewed": chosen in BEYOND_A_ROOM and is_renewed(case),
    }
    return render(request, "moderation/decide.html", context, status=form.status)


def _follow(request: Request, case: Case, action: Action, form: DecideForm) -> str:
    """Decide it, or propose it where a second person has to say yes; what happened, in words."""
    amount = form.cleaned_data.get("amount")
    wanted = {"version": form.cleaned_data["version"], "action": action, "words": form.cleaned_data["words"]}
    if action in BEYOND_A_ROOM and needs_two(case, action, amount or 0, request.user):
        moderation.propose(case=case, by=request.user, amount=amount, **wanted)
        return _("It waits for a second person, for a day. Nothing happens before they say yes.")
    moderation.decide(case=case, by=request.user, amount=amount, **wanted)
    return _("Done. They read your words, and nothing of who told us.")


def _held(request: Request, case_id: UUID) -> Case:
    """One that I have, and that is not of care. Raises Missing."""
    case = case_of(request.user, case_id)
    insist(may_decide, request, case)
    return case


@require_safe
@login_required
def appeals(request: Request) -> HttpResponse:
    """Decisions of others that somebody asked to be looked at again; what is due first on top."""
    insist(decides_or_reviews, request, None)
    page = page_of(request, appeals_for(request.user))
    return render(request, "moderation/appeals.html", {"page": page, "rows": list(page)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: Request, decision_id: UUID) -> HttpResponse:
    """One of them: what was decided, what they say, and what it comes to."""
    decision = appeal_for(request.user, decision_id)
    form = AnswerForm(Action(decision.action), typed(request))
    if request.method == "POST" and form.done(
        lambda: moderation.decide_appeal(
            decision=decision,
            by=request.user,
            answer=form.cleaned_data["answer"],
            words=form.cleaned_data["words"],
            instead=form.cleaned_data.get("instead"),
            amount=form.cleaned_data.get("amount"),
        )
    ):
        return done(request, _("Answered. They hear of it now."), "desk_appeals")
    return _drawn(request, decision, form, AskBackForm())


@require_POST
@login_required
def ask_back(request: Request, decision_id: UUID) -> HttpResponse:
    """Ask or tell who asked something, before it is decided."""
    decision = appeal_for(request.user, decision_id)
    form = AskBackForm(typed(request))
    if form.done(lambda: moderation.ask_back(decision=decision, by=request.user, words=form.cleaned_data["question"])):
        return done(request, _("Sent. They hear of it now, and read your words."), "desk_appeal", decision_id)
    now = appeal_for(request.user, decision_id)
    return _drawn(request, now, AnswerForm(Action(decision.action)), form)


def _drawn(request: Request, decision: Decision, form: AnswerForm, asks: AskBackForm) -> HttpResponse:
    context = {
        "decision": decision,
        "said": said_in(decision.appeal),
        "left": left_to(Side.LOOKS, decision.appeal),
        "until": until_words(decision, request.user),
        "form": form,
        "asks": asks,
        "looks_into_it": works_here(request.user, None),
    }
    return render(request, "moderation/answer.html", context, status=max(form.status, asks.status))
