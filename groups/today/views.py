from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.foundation import clock
from community.foundation.web import Request
from groups.membership.reading import seats_of
from groups.passages.models import AlumniOffer
from groups.passages.reading import parted
from groups.today.reading import day_of


@require_safe
@login_required
def today(request: Request) -> HttpResponse:
    """The day, in words: when we meet, what is new in my groups and, in the first days, what one needs to know."""
    seats = seats_of(request.user.pk)
    context = {
        "day": day_of(request.user),
        "seats": seats,
        "parted": parted(request.user, seated=bool(seats)),
        "offers": AlumniOffer.objects.of(request.user.pk).waiting(clock.now()).to_show(),
    }
    return render(request, "today/today.html", context)
