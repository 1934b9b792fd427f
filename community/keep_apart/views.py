"""Keeping two people apart, at the desk; every press works without a script."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation.errors import Missing
from community.foundation.web import Request, done, typed
from community.keep_apart import services
from community.keep_apart.forms import ApartForm
from community.keep_apart.reading import rows_for
from community.keep_apart.rules import kept_by_staff, kept_one, may_decide_about, others_for, staff_for
from community.programs.models import Enrollment
from community.programs.rules import episode_of_staff, works_here
from community.programs.views.common import insist


@require_safe
@login_required
def listed(request: Request) -> HttpResponse:
    """Everybody I may know of; what has to be looked at again soonest on top. Nothing for who works nowhere here."""
    insist(works_here, request, None)
    return render(request, "keep_apart/listed.html", {"rows": rows_for(request.user, kept_by_staff(request.user))})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def of_a_person(request: Request, enrollment_id: UUID) -> HttpResponse:
    """From whom somebody is kept apart; and one more."""
    one, me = _episode(request, enrollment_id), request.user
    form = ApartForm(others_for(me, one.person), staff_for(me, one.person), typed(request))
    if form.is_bound and form.done(lambda: services.keep_apart(one=one.person, by=me, **form.told)):
        return done(request, _("Written down. Neither of them hears of it."), "desk_apart", one.pk)
    rows = rows_for(me, kept_by_staff(me).of(one.person_id))
    context = {"one": one, "form": form, "rows": [(row, row.beside(one.person)) for row in rows]}
    return render(request, "keep_apart/person.html", context, status=form.status)


@require_POST
@login_required
def renew(request: Request, apart_id: UUID) -> HttpResponse:
    """It is still needed."""
    services.renew(row=kept_one(request.user, apart_id), by=request.user)
    return done(request, _("It stands for another year."), "desk_apart_all")


@require_POST
@login_required
def lift(request: Request, apart_id: UUID) -> HttpResponse:
    """It is needed no more."""
    row = services.lift(row=kept_one(request.user, apart_id), by=request.user)
    ended = _("Lifted. They may be matched again.") if row.meets else _("Lifted. They may be in one room again.")
    return done(request, ended, "desk_apart_all")


def _episode(request: Request, enrollment_id: UUID) -> Enrollment:
    """Raises Missing for who may not decide about them."""
    one = episode_of_staff(request.user, enrollment_id)
    if not may_decide_about(request.user, one.person):
        raise Missing
    return one
