"""Pages that belong to no room: help, and whether this process is well."""

import logging

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from community.foundation import drain
from community.foundation.crisis import emergency_line, help_lines
from community.foundation.errors import Missing
from community.foundation.metrics import CONTENT_TYPE, figures_text, may_read_figures
from community.foundation.registers import Leading, reads_now
from community.foundation.web import of_nobody, speak

log = logging.getLogger(__name__)


@of_nobody
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Get help now: no script, and nothing on its way that could refuse it. It says who reads now.

    ``?kept`` is the copy a browser keeps for when there is no network: the same for everybody, without a session, and
    it says that it cannot know.
    """
    kept = "kept" in request.GET
    shown = {"lines": help_lines(), "emergency": emergency_line(), "kept": kept}
    if kept:
        return _kept(render(request, "foundation/help.html", shown))
    return render(request, "foundation/help.html", {**shown, "readers": _readers(request)})


def _readers(request: HttpRequest) -> list[Leading]:
    """Who reads now, in the rooms of who is signed in or in the house; nothing where that cannot be known.

    That somebody opened this page is written nowhere, not even as a sign of life of their device.
    """
    try:
        request.session.unseen = True  # type: ignore[attr-defined]  # our own engine's
        person = request.user if request.user.is_authenticated else None
        return [line for register in reads_now for line in register(person)]
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the numbers to call are shown
        log.warning("help opened without who reads now", extra={"error": type(error).__name__})
        return []


def _kept(response: HttpResponse) -> HttpResponse:
    """The same for everybody who hears one language: the device's, or the one its cookie names."""
    patch_cache_control(response, public=True, max_age=300)
    patch_vary_headers(response, ("Cookie",))
    return response


@of_nobody
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The shell the service worker shows without a network; holds nothing of anybody."""
    return _kept(render(request, "foundation/offline.html"))


@of_nobody
@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Another language before sign-in, then back to ``next``. A link, so that it needs neither script nor form token:

    the worst a foreign page can do with it is to have ours speak Spanish. The clinic's tablet keeps nothing.
    """
    if code not in dict(settings.LANGUAGES):
        raise Missing
    back = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, request.get_host(), require_https=request.is_secure())
    response = redirect(back if ours else "home")
    if not getattr(request.session, "tablet", False):
        speak(response, code)
    return response


@of_nobody
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How this place looks on a home screen: a neutral name and mark, the same for everybody."""
    icons = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
    icons.append(("icon-maskable-512.png", "512x512", "maskable"))
    shown = {
        "id": "/",
        "name": settings.DISCREET_NAME,
        "short_name": settings.DISCREET_NAME,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f1",
        "theme_color": "#faf7f1",
        "icons": [
            {"src": static(f"community/img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in icons
        ],
    }
    response = JsonResponse(shown, content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=300)
    return response


@of_nobody
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process is up."""
    return JsonResponse({"ok": True})


@of_nobody
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database is usable and the process is not leaving; else 503 and what is wrong.

    Redis is not asked: without it words are still saved, and found by the sweep. It is no reason to send people away.
    """
    wrong = [name for name, check in (("leaving", drain.staying), ("database", _database)) if not check()]
    return JsonResponse({"ok": not wrong, "wrong": wrong}, status=503 if wrong else 200)


@of_nobody
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """How this process and the house stand, for monitoring: from this machine or with its token; else there is none."""
    if not may_read_figures(request):
        raise Missing
    return HttpResponse(figures_text(), content_type=CONTENT_TYPE)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return True
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not ready
        return False
