from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.checkins.forms import card_of
from community.foundation import clock
from community.foundation.web import Request
from groups.membership.reading import beside, seats_of
from groups.passages.models import AlumniOffer
from groups.passages.reading import parted
from groups.today.reading import day_of


@require_safe
@login_required
def today(request: Request) -> HttpResponse:
    """How I am, when we meet, what is new in my groups and, in the first days, what one needs to know."""
    seats = list(seats_of(request.user.pk))
    context = {
        "day": day_of(request.user),
        "seats": seats,
        "frame_groups": beside(seats),
        "check_in": card_of(request.user),
        "parted": parted(request.user, seated=bool(seats)),
        "offers": AlumniOffer.objects.of(request.user.pk).waiting(clock.now()).to_show(),
    }
    return render(request, "today/today.html", context)
