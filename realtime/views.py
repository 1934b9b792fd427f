"""The service worker, served from the root so that it may answer for every page."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from community.foundation.web import of_nobody

WORKER = Path(__file__).parent / "static" / "realtime" / "js" / "worker.js"


@of_nobody
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """No session, always asked for anew: an old worker must not outlive a deploy."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _worker() -> str:
    return WORKER.read_text(encoding="utf-8")
