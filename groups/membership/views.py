from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.foundation import inputs
from community.foundation.errors import Missing
from community.foundation.registers import pinned
from community.foundation.web import Request, page_of
from groups.membership import services as membership
from groups.membership.models import Role
from groups.membership.reading import beside_pair, line_in, meets
from groups.membership.rules import has_a_seat, may_take, member_in, seat_in, taken_for


@require_safe
@login_required
def members(request: Request, group_id: UUID) -> HttpResponse:
    """Who is here, who can read it, when we meet; leaving, and for who keeps the room: holding it, taking a seat."""
    mine = seat_in(request.user, group_id)
    seats = mine.group.memberships.current()
    page = page_of(request, seats.select_related("person").order_by("began", "pk"))
    others = list(seats.not_plain().order_by("began", "pk"))
    if not has_a_seat(request.user, mine.group):  # asked after the list was read: it was theirs to see
        raise Missing
    keepers = [seat for seat in others if seat.keeps]
    rows = [
        {
            "seat": seat,
            "own": seat.pk == mine.pk,
            "takes": may_take(mine, seat),
            "alike": taken_for(seat, keepers) if mine.keeps else "",
        }
        for seat in page
    ]
    context = {
        "group": mine.group,
        "mine": mine,
        "leads": mine.role == Role.FACILITATOR,
        "rows": rows,
        "page": page,
        "keepers": [seat.alias for seat in keepers],
        "here_for_you": keepers,
        "who": line_in(mine.group, request.user),
        "leads_to": beside_pair(request.user, mine.group),
        "pinned": [one for found in pinned for one in found(request.user, group_id)],
        "meets": meets(mine.group, request.user),
        "observers": [seat.alias for seat in others if seat.role == Role.OBSERVER],
    }
    return render(request, "membership/members.html", context)


@require_POST
@login_required
def end_seat(request: Request, group_id: UUID, member_id: UUID) -> HttpResponse:
    """Leave the group, or (who keeps it) take somebody's seat."""
    mine = seat_in(request.user, group_id)
    theirs = member_in(mine, member_id)
    membership.unseat(person=theirs.person, group=mine.group, by=request.user)
    return redirect("groups") if theirs.pk == mine.pk else redirect("room_members", group_id=group_id)


@require_POST
@login_required
def hold(request: Request, group_id: UUID) -> HttpResponse:
    """From now on what members write waits (``held=1``), or stands at once again (``held=0``)."""
    mine = seat_in(request.user, group_id)
    held = inputs.one_of(request.POST.get("held"), frozenset("01"), at="/held") == "1"
    membership.hold_room(group=mine.group, by=request.user, held=held)
    return redirect("room_members", group_id=group_id)


@require_POST
@login_required
def mute(request: Request, group_id: UUID) -> HttpResponse:
    """No updates of this room for me (``muted=1``), or updates again (``muted=0``)."""
    mine = seat_in(request.user, group_id)
    muted = inputs.one_of(request.POST.get("muted"), frozenset("01"), at="/muted") == "1"
    membership.mute(person=request.user, group=mine.group, muted=muted)
    return redirect(f"{reverse('room_members', args=[group_id])}#mute")
