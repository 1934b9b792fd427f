from uuid import UUID

from allauth.account import views as account
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from community.foundation import clock, limits, registers, words
from community.foundation.errors import Missing, Refusal
from community.foundation.web import Request, done, speak, typed
from community.people import services as people
from community.people.forms import LanguageForm, LooksForm, NameForm, PasswordForm, RoomsForm, SettingsForm
from community.people.models import Session
from community.people.serializers import shape_device
from community.people.sessions import go_on, this_session


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door knows only two ways: in, or to sign in."""
    return redirect("today" if request.user.is_authenticated else "account_login")


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out on this device; nothing stays on it that anybody wrote. With ``?unsent`` a script says what waits."""
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        empty(request, response)
        speak(response, "")
    return response


def empty(request: HttpRequest, response: HttpResponse, *more: str) -> None:
    """Tell the browser to drop what it keeps of us. Where a script has done so, Get help now stays (leave.js)."""
    what = [*more] if "erased" in request.POST else [*more, "storage"]
    if what:
        response.headers["Clear-Site-Data"] = ", ".join(f'"{one}"' for one in what)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly: ends this device's session and goes to a neutral page, with or without a script."""
    if request.method != "POST":
        return render(request, "people/leave.html")
    logout(request)
    response = HttpResponseRedirect(settings.LEAVE_TO, status=303)
    empty(request, response, "cache")
    speak(response, "")
    return response


@require_safe
@login_required
def settings_page(request: Request) -> HttpResponse:
    """All there is to choose."""
    speaks = "" if request.user.language_of_device else dict(settings.LANGUAGES)[request.user.language]
    further = [page for ask in registers.own_pages for page in ask(request.user)]
    return render(request, "people/settings.html", {"speaks": speaks, "further": further})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name(request: Request) -> HttpResponse:
    return _part(request, NameForm, "people/settings_name.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def language(request: Request) -> HttpResponse:
    """Whoever follows the device again is heard so at once on the device they say it on."""
    response = _part(request, LanguageForm, "people/settings_language.html")
    if response.status_code == 302 and request.user.language_of_device:
        speak(response, "")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def looks(request: Request) -> HttpResponse:
    return _part(request, LooksForm, "people/settings_looks.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rooms(request: Request) -> HttpResponse:
    return _part(request, RoomsForm, "people/settings_rooms.html")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def password(request: Request) -> HttpResponse:
    """Another password. This device goes on, all others are signed out."""
    form = PasswordForm(typed(request))
    if request.method == "POST":
        limits.spend_a(what="try", who=f"password:{request.user.pk}")
        if form.done(
            lambda: people.change_password(person=request.user, here=this_session(request), **form.cleaned_data)
        ):
            go_on(request, request.user)
            messages.success(request, _("Saved. All your other devices are signed out."))
            return redirect(request.path)
    example = words.some(4, request.LANGUAGE_CODE)
    return render(request, "people/settings_password.html", {"form": form, "example": example}, status=form.status)


def _part(request: Request, kind: type[SettingsForm], template: str) -> HttpResponse:
    """One part of the settings. What was wrong is said beside the question; what is saved is seen on the same page."""
    form = kind(request.user, typed(request))
    if form.is_valid():
        try:
            people.change(person=request.user, wanted=form.wanted)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(request.path)
    return render(request, template, {"form": form}, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def devices(request: Request) -> HttpResponse:
    """Where I am signed in; ``end`` names one to sign out, or "others"; ``locks``: ask for my password again."""
    here = this_session(request)
    if request.method == "POST" and "locks" in request.POST:
        people.change(person=request.user, wanted={"locks": request.POST["locks"] == "1"})
        return done(request, _("Saved."), "settings_devices")
    if request.method == "POST":
        asked = request.POST.get("end", "")
        which = {"but": here} if asked == "others" else {"only": _id(asked)}
        if not people.end_sessions(person=request.user, **which) and asked != "others":
            raise Missing
        messages.success(request, _("Signed out there."))
        return redirect(request.path)
    rows = Session.objects.devices_of(request.user.pk, clock.now())
    shown = [shape_device(row, request.user, current=row.pk == here) for row in rows]
    return render(request, "people/settings_devices.html", {"devices": shown, "today": clock.today(request.user.zone)})


def _id(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        raise Missing from None
