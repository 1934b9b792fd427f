"""A death, at the desk; every press works without a script."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.deaths import services as deaths
from community.deaths.forms import PressForm, SayForm
from community.deaths.models import Death
from community.deaths.reading import current_of, deaths_of
from community.deaths.rules import may_say, works_here
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.forms import Form
from community.foundation.registers import after_deaths
from community.foundation.web import Request, done, typed
from community.people.models import Person
from community.programs.models import Enrollment
from community.programs.rules import episode_of_staff
from community.programs.rules import works_here as has_work
from community.programs.views.common import insist

type Verb = Callable[[Death, Person], object]
STEPS: dict[str, tuple[Verb, Callable[[], str]]] = {
    "take-back": (lambda row, by: deaths.take_back(death=row, by=by), lambda: _("Taken back. Nothing was changed.")),
    "confirm": (lambda row, by: deaths.confirm(death=row, by=by), lambda: _("Written down. Everything has stopped.")),
    "doubt": (lambda row, by: deaths.doubt(death=row, by=by), lambda: _("A second person has to say so too.")),
    "keep": (lambda row, by: deaths.keep(death=row, by=by), lambda: _("It stays as it was.")),
    "undo": (lambda row, by: deaths.undo(death=row, by=by), lambda: _("Their account is open again.")),
}


@require_safe
@login_required
def listed(request: Request) -> HttpResponse:
    """Those there is something left to do about. Nothing for who works for none."""
    insist(has_work, request, None)
    now = clock.now()
    rows = []
    for death in deaths_of(request.user, now):
        theirs = Enrollment.objects.of_staff(request.user.pk, now).of(death.person_id).order_by("-began", "pk")
        rows.append((death, theirs.values_list("pk", flat=True)[0]))
    return render(request, "deaths/listed.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def death(request: Request, enrollment_id: UUID) -> HttpResponse:
    """Say that somebody has died; or what was done since, and what is left."""
    one = _episode(request, enrollment_id)
    found = current_of(one.person)
    form = SayForm(typed(request) if found is None else None, initial={"day": clock.today(request.user.zone)})
    if (
        request.method == "POST"
        and found is None
        and form.done(lambda: deaths.say(person=one.person, by=request.user, **form.cleaned_data))
    ):
        return done(request, _("Written down. A second person has to confirm it."), "desk_death", one.pk)
    return _page(request, one, found, form)


@require_POST
@login_required
def step(request: Request, enrollment_id: UUID, step: str) -> HttpResponse:
    one = _episode(request, enrollment_id)
    found, press = current_of(one.person), STEPS.get(step)
    if found is None or press is None:
        raise Missing
    verb, says = press
    form = PressForm(request.POST)
    if form.done(lambda: verb(found, request.user)):
        return done(request, says(), "desk_death", one.pk)
    return _page(request, one, current_of(one.person), form)


@require_POST
@login_required
def told(request: Request, enrollment_id: UUID, telling_id: UUID) -> HttpResponse:
    """One of you has told them."""
    one = _episode(request, enrollment_id)
    found = current_of(one.person)
    row = found.tellings.select_related("death", "person").filter(pk=telling_id).first() if found else None
    if row is None:
        raise Missing
    form = PressForm(request.POST)
    if form.done(lambda: deaths.tell(telling=row, by=request.user)):
        return done(request, _("Thank you."), "desk_death", one.pk)
    return _page(request, one, found, form)


def _episode(request: Request, enrollment_id: UUID) -> Enrollment:
    """Raises Missing for who may not say it, and of somebody who works here."""
    one = episode_of_staff(request.user, enrollment_id)
    if not may_say(request.user, one.person) or works_here(one.person):
        raise Missing
    return one


def _page(request: Request, one: Enrollment, found: Death | None, form: Form) -> HttpResponse:
    now, stands = clock.now(), found if found is not None and found.stands else None
    context = {
        "one": one,
        "death": found,
        "form": form,
        "doubted": stands is not None and stands.is_doubted_at(now),
        "tellings": list(stands.tellings.to_show()) if stands else [],
        "more": [page for pages in after_deaths for page in pages(request.user, stands.pk)] if stands else [],
    }
    return render(request, "deaths/death.html", context, status=form.status)
