"""Staff's pages: who was invited, a new invitation, and cards to print."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock, crypto, limits
from community.foundation.errors import Invalid, Missing
from community.foundation.inputs import UUID_FORM
from community.foundation.qr import square
from community.foundation.web import Request, typed
from community.joining import services as joining
from community.joining.forms import InviteForm
from community.joining.models import Card, Invitation, as_printed
from community.joining.querysets import InvitationQuerySet
from community.joining.reading import Choice, places_for
from community.joining.rules import invitation_of
from community.programs.models import Cohort

CARDS = "joining_cards"
SHOWN_FOR = timedelta(minutes=30)
LISTED = 50


def _places(request: Request) -> list[Choice]:
    """Where this person may invite to. Whoever may invite nowhere finds nothing here."""
    found = places_for(request.user)
    if not found:
        raise Missing
    return found


@require_safe
@login_required
def invitations(request: Request) -> HttpResponse:
    """The invitations to what I lead or run, the newest first, and what became of them; ``group``: into one alone."""
    _places(request)
    now, cohort = clock.now(), _cohort(request)
    rows = Invitation.objects.of_staff(request.user.pk, now).to_show()
    page = Paginator(rows.into(cohort.pk) if cohort else rows, LISTED).get_page(request.GET.get("page"))
    zone = ZoneInfo(request.user.zone)
    context = {
        "cohort": cohort,
        "page": page,
        "query": f"group={cohort.pk}&" if cohort else "",
        "rows": [{"row": row, "state": _state(row, now), "until": row.expires.astimezone(zone)} for row in page],
        "cards": _to_print(request).count(),
    }
    return render(request, "joining/invitations.html", context)


def _cohort(request: Request) -> Cohort | None:
    """The cohort that ``?group=`` names; None where it names none of mine."""
    asked = request.GET.get("group", "")
    if not UUID_FORM.fullmatch(asked):
        return None
    return Cohort.objects.of_staff(request.user.pk, clock.now()).filter(pk=asked).first()


def _state(row: Invitation, now: datetime) -> str:
    if row.used is not None:
        return "used"
    if row.revoked is not None:
        return "revoked"
    if now >= row.expires:
        return "old"
    return "waiting" if row.waits_for_mail else "open"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invite(request: Request) -> HttpResponse:
    """Four questions; a card comes to the cards to print, a mail leaves within a minute."""
    places = _places(request)
    cohort = _cohort(request)
    first = {"place": f"cohort:{cohort.pk}"} if cohort else {}
    form = InviteForm(places, typed(request), initial=first)
    if request.method == "POST":
        limits.spend_a(what="door_try", who=f"invite:{request.user.pk}")
        if form.is_valid():
            try:
                return _invite(request, form, places)
            except Invalid as refusal:
                form.refuse(refusal)
    return render(request, "joining/invite.html", {"form": form}, status=form.status)


def _invite(request: Request, form: InviteForm, places: list[Choice]) -> HttpResponse:
    asked = dict(form.cleaned_data)
    value = asked.pop("place")
    place = next(one.place for one in places if one.value == value)
    site = f"{request.scheme}://{request.get_host()}"
    _row, card = joining.invite(by=request.user, place=place, site=site, **asked)
    if card is None:
        return redirect("invitations")
    _keep(request, card)
    return redirect("invitation_cards")


@require_safe
@login_required
def cards(request: Request) -> HttpResponse:
    """The cards I made in the last half hour, four a sheet; they can be shown only now."""
    _places(request)
    kept = {card.invitation_id: card for card in _kept(request)}
    shown = [_card(request, row, kept[str(row.pk)]) for row in _to_print(request).to_show()]
    return render(request, "joining/cards.html", {"cards": shown})


def _to_print(request: Request) -> InvitationQuerySet:
    """Those whose cards are still shown, and still open a door."""
    now, kept = clock.now(), [card.invitation_id for card in _kept(request)]
    return Invitation.objects.of_staff(request.user.pk, now).usable(now).filter(pk__in=kept)


def _card(request: Request, row: Invitation, card: Card) -> dict[str, object]:
    return {
        "row": row,
        "code": as_printed(card.code),
        "square": square(request.build_absolute_uri(reverse("join_by_link", kwargs={"token": card.token}))),
        "address": f"{request.get_host()}{reverse('join')}",
        "until": row.expires.astimezone(ZoneInfo(row.zone)),
    }


@require_POST
@login_required
def cards_done(request: Request) -> HttpResponse:
    """They are printed: their codes are not shown again."""
    request.session.pop(CARDS, None)
    return redirect("invitations")


@require_POST
@login_required
def revoke(request: Request, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    joining.revoke(by=request.user, invitation=invitation_of(request.user, invitation_id))
    return redirect("invitations")


def _keep(request: Request, card: Card) -> None:
    """Cards travel to the page that prints them sealed, in the session of who made them."""
    sealed = crypto.seal(json.dumps(asdict(card)), bound_to=_bound(request))
    until = (clock.now() + SHOWN_FOR).isoformat()
    request.session[CARDS] = [*_still_shown(request), {"sealed": sealed, "until": until}]


def _kept(request: Request) -> list[Card]:
    rows = _still_shown(request)
    return [Card(**json.loads(crypto.unseal(one["sealed"], bound_to=_bound(request)))) for one in rows]


def _still_shown(request: Request) -> list[dict[str, str]]:
    now = clock.now()
    return [one for one in request.session.get(CARDS, ()) if now < datetime.fromisoformat(one["until"])]


def _bound(request: Request) -> str:
    return f"joining_cards:{request.user.pk}:card"
