from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from community.consent import texts
from community.consent.models import Purpose
from community.consent.texts import DEFAULT_LANGUAGE
from community.foundation import inputs
from community.foundation.errors import Invalid
from community.foundation.web import Request
from groups.passages import services as passages
from groups.passages.models import AlumniOffer, Answer
from groups.passages.rules import facts, offer_of


@require_safe
@login_required
def offer(request: Request, offer_id: UUID) -> HttpResponse:
    """What the alumni room is, who is there, what they would see of me; yes or not now."""
    return _drawn(request, offer_of(request.user, offer_id))


@require_POST
@login_required
def answer(request: Request, offer_id: UUID) -> HttpResponse:
    """Yes (the seat opens) or "not now". A name that is taken there is said beside the question."""
    mine = offer_of(request.user, offer_id)
    said = inputs.one_of(request.POST.get("answer"), frozenset(Answer.values), at="/answer")
    if said == Answer.NOT_NOW:
        passages.decline_offer(person=request.user, offer=mine)
        return redirect("today")
    alias = request.POST.get("alias", "").strip()
    another = alias if alias and alias != request.user.alias else None
    try:
        seat = passages.accept_offer(person=request.user, offer=mine, alias=another, language=shown_in())
    except Invalid as refusal:
        return _drawn(request, mine, alias=alias, trouble=str(refusal.detail), status=refusal.status)
    return redirect("room", group_id=seat.group_id)


def shown_in() -> str:
    """The language of this page."""
    return (get_language() or DEFAULT_LANGUAGE)[:2]


def _drawn(
    request: Request, mine: AlumniOffer, *, alias: str | None = None, trouble: str = "", status: int = 200
) -> HttpResponse:
    known = facts(mine)
    context = {
        "offer": mine,
        "facts": known,
        "said_yes": mine.answer == Answer.YES,
        "words": texts.current(Purpose.ALUMNI_ROOM, shown_in()).parts,
        "alias": known.alias if alias is None else alias,
        "trouble": trouble,
    }
    return render(request, "passages/offer.html", context, status=status)
