"""The doorstep of every page and API call: headers, kind refusals, and what each template is told."""

import ipaddress
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Page, Paginator
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control

from community.foundation.errors import Busy, Malformed, Missing, Refusal, TooLarge

if TYPE_CHECKING:
    from community.people.models import Person

log = logging.getLogger(__name__)
API = "/api/"
PAGE = 50  # rows of a list
LOOKS = ("theme", "contrast", "motion", "enter")
OWN_PAGES = {"malformed": "400.html", "too_large": "413.html"}  # what programs read there says nothing to people
UTF_8 = {"utf-8", "utf8"}
STORE_AWAY = (OperationalError, InterfaceError)
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "usb", "browsing-topics",
    )
)  # fmt: skip


class Request(HttpRequest):
    """A request of somebody who is signed in."""

    user: "Person"


class Doorstep:
    """Headers no answer goes without, and one shape for every refusal that leaves a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        # A form read by another codec could hold what no page can say.
        response = self.get_response(request) if charset.lower() in UTF_8 else refused(request, Malformed())
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        if "Cache-Control" not in response.headers:
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = as_refusal(error)
        return None if refusal is None else refused(request, refusal)


class Language:
    """Pages speak the language their reader chose; who chose none hears what their device asks for.

    Pages of nobody ask for no session: a cookie tells them, which holds a language and nothing else. It is kept while
    somebody is signed in who chose one, until the browser closes, and never on the clinic's tablet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and not getattr(match.func, "of_nobody", False) and not request.path.startswith(API):
            self._keep(request, response)
        return response

    def _keep(self, request: HttpRequest, response: HttpResponse) -> None:
        heard = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if getattr(request.session, "tablet", False):
            if heard:
                speak(response, "")
            return
        user = request.user
        if user.is_authenticated and not user.language_of_device and heard != user.language:
            speak(response, user.language)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_route: object) -> None:
        if getattr(view, "of_nobody", False) or not request.user.is_authenticated:
            return
        if not request.user.language_of_device:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language


def speak(response: HttpResponse, language: str) -> None:
    """Let this device hear ``language`` before sign-in as well, until its browser closes; empty: as it asks for."""
    name, path = settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_COOKIE_PATH
    if not language:
        response.delete_cookie(name, path=path, samesite="Lax")
        return
    response.set_cookie(
        name,
        language,
        path=path,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def of_nobody[View: Callable[..., Any]](view: View) -> View:
    """Mark a view that is the same for everybody: no session is asked for on its way."""
    view.of_nobody = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def address_of(request: HttpRequest) -> str:
    """Where a request came from, trusted proxies not counted; of an IPv6 address the network, which is one customer."""
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.TRUSTED_PROXIES
    found = told[-count] if 0 < count <= len(told) else str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return found[:64]
    return str(address) if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def as_refusal(error: Exception) -> Refusal | None:
    """The refusal an exception means, if it means one: a store that is away is :class:`Busy`."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, Http404):
        return Missing()
    if isinstance(error, STORE_AWAY):
        log.warning("store is away", extra={"error": type(error).__name__})
        return Busy()
    return None


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a problem (API) or a page."""
    problem = refusal.problem()
    response: HttpResponse
    if refusal.told_at and not request.path.startswith(API):
        return redirect(refusal.told_at)
    if request.path.startswith(API):
        response = JsonResponse(problem, status=refusal.status, content_type="application/problem+json")
    else:
        own = OWN_PAGES.get(refusal.code, "foundation/problem.html")
        response = render(request, own, {"problem": problem}, status=refusal.status)
    return with_refusal_headers(response, refusal)


def with_refusal_headers[R: HttpResponse](response: R, refusal: Refusal) -> R:
    if (seconds := refusal.extra.get("retry_after")) is not None:
        response.headers["Retry-After"] = str(seconds)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Every 404, whatever was asked: not there and not for you look the same."""
    return refused(request, Missing())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django itself cannot take: too large, a host that is not ours, a broken upload."""
    return refused(request, TooLarge() if isinstance(exception, RequestDataTooBig) else Malformed())


def broken(request: HttpRequest) -> HttpResponse:
    """Something broke on our side: a page that asks no session and no database, whichever of them it was."""
    return HttpResponse(render_to_string("500.html", frame(request)), status=500)


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every template may show."""
    return {
        "app_name": settings.APP_NAME,
        "leave_to": settings.LEAVE_TO,
        "discreet_title": settings.DISCREET_NAME,
        "demo": getattr(settings, "DEMO", False),
        "tablet": getattr(getattr(request, "session", None), "tablet", False),
        "looks": lambda: looks(request),
        "bound": lambda: _bound(request),
        "staff_quiet": settings.STAFF_IDLE // timedelta(minutes=1),
    }


def _bound(request: HttpRequest) -> Any:
    """The row of a device that ends sooner than others, by who is signed in on it; the clinic's has its own way."""
    row = getattr(getattr(request, "session", None), "row", None)
    return row if row and row.person_id and not row.tablet and (row.staff_since or row.locks) else None


def typed(request: HttpRequest) -> QueryDict | None:
    """What was typed into the page's form, for the form to judge; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, words: str, to: str, *at: object) -> HttpResponse:
    """Say what was done, on the page that shows it."""
    messages.success(request, words)
    return redirect(to, *at)


def page_of[T: Any](request: HttpRequest, rows: "QuerySet[T]", *, at: str = "page") -> Page[T]:
    """The page of a list that ``?page=`` asks for, or ``at`` beside another list; one not there is the nearest."""
    return Paginator(rows, PAGE).get_page(request.GET.get(at))


def only_mine(request: HttpRequest) -> bool:
    """Whether this device keeps what its reader writes: not before they said that nobody else uses it."""
    return getattr(getattr(request.session, "row", None), "only_mine", None) is True


def looks(request: HttpRequest) -> dict[str, str]:
    """What stands on <html> for style sheets and scripts: how its reader likes a page, where that is not the usual.

    A browser that was asked to save data fetches no fonts. Pages of nobody do not ask: it would cost them a session.
    """
    chosen: dict[str, Any] = {}
    if request.user.is_authenticated:
        person = request.user
        chosen = {
            "text": person.text_size if person.text_size != 100 else "",
            "font": person.font if person.font != "figtree" else "",
            **{name: value for name in LOOKS if (value := getattr(person, name)) != "auto"},
            "notes": "open" if person.notes_open else "",
            "celebrations": "quiet" if person.celebrations_quiet else "",
            "phone": "mine" if only_mine(request) else "",
        }
    if request.headers.get("Save-Data") == "on":
        chosen["font"] = "system"
    return {name: str(value) for name, value in chosen.items() if value}
