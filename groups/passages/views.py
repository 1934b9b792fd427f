from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.consent import texts
from community.consent.models import Purpose
from community.consent.texts import shown_in
from community.foundation import inputs
from community.foundation.errors import Invalid
from community.foundation.web import Request, typed
from groups.membership.reading import seats_of
from groups.membership.rules import has_a_seat, reaches
from groups.passages import services as passages
from groups.passages.forms import ComeBackForm
from groups.passages.models import AlumniOffer, Answer
from groups.passages.rules import facts, kept_for, kept_seat, offer_of


@require_safe
@login_required
def groups(request: Request) -> HttpResponse:
    """The rooms I have a seat in, with how much is new in each, where one waits for me, and what I may read back."""
    me = request.user
    past = [one.group for one in reaches(me) if one.seat is None]
    context = {"seats": seats_of(me.pk), "kept": kept_for(me.pk), "past": past}
    return render(request, "passages/groups.html", context)


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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def come_back(request: Request, group_id: UUID) -> HttpResponse:
    """My seat in a room I left waits: what I see again, my name there, and what I agree to anew."""
    if has_a_seat(request.user, group_id):
        return redirect("room", group_id=group_id)
    kept = kept_seat(request.user, group_id)
    form = ComeBackForm(kept.asks, typed(request), alias=kept.alias)
    if form.done(
        lambda: passages.come_back_in(
            person=request.user,
            group=kept.group,
            agreed=kept.asks,
            alias=form.cleaned_data["alias"].strip() or None,
            language=shown_in(),
        )
    ):
        return redirect("room", group_id=group_id)
    context = {"kept": kept, "form": form, "parts": form.shown(shown_in())}
    return render(request, "passages/come_back.html", context, status=form.status)


def _drawn(
    request: Request, mine: AlumniOffer, *, alias: str | None = None, trouble: str = "", status: int = 200
) -> HttpResponse:
    known = facts(mine)
    context = {
        "offer": mine,
        "facts": known,
        "said_yes": mine.answer == Answer.YES,
        "seated": has_a_seat(request.user, mine.group_id),
        "words": texts.current(Purpose.ALUMNI_ROOM, shown_in()).parts,
        "alias": known.alias if alias is None else alias,
        "trouble": trouble,
    }
    return render(request, "passages/offer.html", context, status=status)
