from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.foundation.web import Request
from groups.membership.models import Membership


@require_safe
@login_required
def groups(request: Request) -> HttpResponse:
    """The rooms I have a seat in, with how much is new in each."""
    seats = Membership.objects.current().of(request.user.pk).select_related("group").with_unread()
    return render(request, "membership/groups.html", {"seats": seats.order_by("group__created", "pk")})
