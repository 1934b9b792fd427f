"""Who asks me, and who I walk with, as a mentor."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation.errors import Missing
from community.foundation.web import Request, done, typed
from community.matches import services as matches
from community.matches.forms import DeclineForm
from community.matches.plans.codes import State
from community.matches.reading.guiding import Guiding
from community.matches.reading.one import card_of
from community.matches.rules import is_guide, match_of


@require_safe
@login_required
def people(request: Request) -> HttpResponse:
    """Offers, the people I walk with, and my places."""
    mine = Guiding(request.user)
    offers = [(card, DeclineForm(auto_id=f"{card.match.pk}-%s")) for card in mine.offers]
    return render(request, "matches/people.html", {"mine": mine, "offers": offers})


@require_POST
@login_required
def decline(request: Request, match_id: UUID) -> HttpResponse:
    """Not now, thank you."""
    me, match = request.user, match_of(request.user, match_id)
    if not is_guide(me, match) or match.state != State.OFFERED:
        raise Missing
    form = DeclineForm(typed(request))
    if form.done(lambda: matches.decline(match=match, by=me, **form.said)):
        return done(request, _("That is fine. They are not told why, and keep their place in line."), "match_people")
    return render(request, "matches/one.html", {"card": card_of(match, me), "decline": form}, status=form.status)
