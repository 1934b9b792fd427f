"""One click to be any of the five people of the demo. These addresses exist under the demo settings only."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.people.models import Person
from groups.demo.services import PASSWORD, PERSONAS


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    shown = [
        {"key": one.key, "alias": one.alias, "about": one.about, "initial": one.alias[0], "hue": n * 2, "shape": n % 3}
        for n, one in enumerate(PERSONAS)
    ]
    return render(request, "demo/people.html", {"people": shown, "password": PASSWORD})


@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Be this person on this device."""
    person = Person.objects.at(f"{key}@porchlight.test").first()
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("today")
