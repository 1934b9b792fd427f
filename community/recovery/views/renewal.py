"""A way back in, face to face: staff open it, the person types its code on their own device."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from community.foundation import clock, codes, crypto, limits, words
from community.foundation.errors import Invalid
from community.foundation.web import Request, address_of, typed
from community.people.models import Person
from community.phones.views import ask_first
from community.programs.reading import card_name_for
from community.recovery import services as recovery
from community.recovery.forms import RenewForm, SheetForm
from community.recovery.models import RENEWAL_SYMBOLS, renewal_as_printed
from community.recovery.querysets import RENEWAL_LASTS
from community.recovery.rules import renewable
from community.recovery.views.sheet import show

OPENED = "recovery_renewal"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_renewal(request: Request, person_id: UUID) -> HttpResponse:
    """Staff's half: my own password once more, and a code for who sits in front of me."""
    person = renewable(request.user, person_id)
    form = SheetForm(typed(request))
    if request.method == "POST":
        limits.spend_a(what="try", who=f"renewal:{request.user.pk}")
        if form.is_valid():
            try:
                code = recovery.open_renewal(person=person, by=request.user, **form.cleaned_data)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                _keep(request, person, code)
                return redirect("renewal_open", person_id=person.pk)
    shown = {
        "form": form,
        "person": person,
        "card_name": card_name_for(request.user, person),
        "code": _kept(request, person),
    }
    return render(request, "recovery/renewal_open.html", shown, status=form.status)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    """The person's half: the code and a new password. Then they are in, with a fresh recovery sheet."""
    form = RenewForm(typed(request))
    if request.method == "POST":
        limits.spend_a(what="door_try", who=f"renew:{address_of(request)}")
        if (code := codes.read(request.POST.get("code", ""), RENEWAL_SYMBOLS)) is not None:
            limits.spend_a(what="try", who=f"renew:{code[:2]}")
        if form.is_valid():
            try:
                person, sheet = recovery.renew(**form.cleaned_data)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
                show(request, person, sheet)
                return ask_first(request, reverse("recovery_sheet"))
    shown = {"form": form, "example": words.some(4, request.LANGUAGE_CODE)}
    return render(request, "recovery/renew_with_code.html", shown, status=form.status)


def _keep(request: Request, person: Person, code: str) -> None:
    """For the page that shows it, sealed, until it is too old to be used."""
    sealed = crypto.seal(code, bound_to=_bound(request, person))
    request.session[OPENED] = {"sealed": sealed, "for": str(person.pk), "until": _until()}


def _kept(request: Request, person: Person) -> str:
    kept = request.session.get(OPENED)
    if not kept or kept["for"] != str(person.pk) or clock.now() >= datetime.fromisoformat(kept["until"]):
        return ""
    return renewal_as_printed(crypto.unseal(kept["sealed"], bound_to=_bound(request, person)))


def _until() -> str:
    return (clock.now() + RENEWAL_LASTS).isoformat()


def _bound(request: Request, person: Person) -> str:
    return f"recovery_renewal:{request.user.pk}:{person.pk}"
