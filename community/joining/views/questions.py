"""The first day, one question a page: the name, the agreement, how to sign in, and the sheet to keep."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from community.consent.forms import AgreementForm
from community.consent.texts import shown_in
from community.foundation import words
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Refusal
from community.foundation.web import Request, typed
from community.joining import services as joining
from community.joining.forms import NameForm, SignInForm
from community.joining.rules import clean_name, parts_of
from community.joining.views.visit import Visit, question
from community.people.models import Person
from community.phones.views import ask_first
from community.programs.rules import GroupFull, NeedsAnotherRoom
from community.recovery.views import sheet as recovery

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@ASKED
@question
def name(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose the name your group will see; who is here already may take the one they have."""
    if not visit.asks_name:
        return redirect("join_agreement")
    alias = visit.alias or (visit.person.alias if visit.person else "")
    form = NameForm(typed(request), initial={"alias": alias})
    if request.method == "POST":
        try:
            visit.keep(alias=clean_name(visit.invitation, request.POST.get("alias", ""), visit.person))
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("join_agreement")
    return render(request, "joining/name.html", {"form": form, **visit.step(2)}, status=form.status)


@ASKED
@question
def agreement(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What one agrees to, part by part; whoever is here already comes in with it."""
    if not visit.alias and visit.asks_name:
        return redirect("join_name")
    parts = parts_of(visit.invitation)
    form = AgreementForm(parts, typed(request), ticked=visit.agreed)
    if request.method == "POST" and form.is_valid():
        visit.keep(agreed=[part.value for part in parts])
        return redirect("join_sign_in") if visit.person is None else _again(request, visit, visit.person)
    language = shown_in()
    context = {"form": form, "parts": form.shown(language), **visit.step(3 if visit.asks_name else 2)}
    return render(request, "joining/agreement.html", context, status=form.status)


@ASKED
@question
def sign_in(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A password, and with it everything that was answered comes true at once."""
    if visit.again or set(visit.agreed) != {part.value for part in parts_of(visit.invitation)}:
        return redirect("join_agreement")
    by_mail = visit.invitation.by_mail
    form = SignInForm(typed(request), by_mail=by_mail)
    if request.method == "POST" and form.is_valid():
        try:
            return _come_in(request, visit, form)
        except Invalid as refusal:
            if (back := _asked_again(visit, refusal)) is not None:
                return back
            form.refuse(refusal)
        except (Conflict, Missing, NotAllowed) as refusal:
            return _closed(request, visit, refusal)
    context = {"form": form, "example": words.some(4, visit.invitation.language), **visit.step(4)}
    return render(request, "joining/sign_in.html", context, status=form.status)


def _asked_again(visit: Visit, refusal: Refusal) -> HttpResponse | None:
    """To the question of the name, where somebody took it meanwhile."""
    if not visit.asks_name or all(error["pointer"] != "/alias" for error in refusal.extra.get("errors", ())):
        return None
    visit.keep(alias="")
    return redirect("join_name")


def _come_in(request: HttpRequest, visit: Visit, form: SignInForm) -> HttpResponse:
    person, sheet = joining.join(
        invitation=visit.invitation,
        alias=visit.alias,
        agreed=visit.agreed,
        language=shown_in(),
        **form.cleaned_data,
    )
    visit.end()
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    recovery.show(request, person, sheet)
    return redirect("join_sheet")


def _again(request: HttpRequest, visit: Visit, person: Person) -> HttpResponse:
    language = shown_in()
    try:
        joining.join_again(
            invitation=visit.invitation, person=person, agreed=visit.agreed, language=language, alias=visit.alias
        )
    except NeedsAnotherRoom:  # who is kept apart from somebody there reads what a full group says
        joining.tell_who_invited(invitation=visit.invitation)
        return _closed(request, visit, GroupFull())
    except (Conflict, Invalid, Missing, NotAllowed) as refusal:
        return _asked_again(visit, refusal) or _closed(request, visit, refusal)
    visit.end()
    return redirect("first_day")


def _closed(request: HttpRequest, visit: Visit, refusal: Refusal) -> HttpResponse:
    """It could not be: the place is full or over, who wrote the invitation may not invite any more, or somebody there

    goes by the name of who is here already.
    """
    why = refusal.detail if isinstance(refusal, Conflict | Invalid) else ""
    name_taken = any(error["pointer"] == "/alias" for error in refusal.extra.get("errors", ()))
    context = {"why": why, "name_taken": name_taken, "invitation": visit.invitation}
    return render(request, "joining/closed.html", context, status=refusal.status)


@ASKED
@login_required
def sheet(request: Request) -> HttpResponse:
    """The recovery sheet of who just came in; reloading shows it again, until they have it."""
    shown = recovery.being_shown(request)
    if request.method == "POST" or shown is None:
        recovery.put_away(request)
        return ask_first(request, reverse("first_day"))
    return render(request, "joining/sheet.html", {"sheet": shown, "step": 5, "steps": 5})
