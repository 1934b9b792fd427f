"""Search, as a page: a form and what it found, each a link to its place in the room."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from community.foundation import inputs, limits, looked_for
from community.foundation.errors import Invalid
from community.foundation.web import Request
from groups.chat.finding import QUESTION_MOST, Page, Place, find
from groups.chat.rows.results import Result, result_of

RESULTS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def search(request: Request) -> HttpResponse:
    """Look for words in my own rooms; no address holds them. What was wrong is said beside what was asked."""
    if request.method == "POST":
        return _asked(request, request.POST.get("q", ""))
    asked = looked_for.kept(request)
    if not asked:
        return _shown(request, "")
    limits.spend_a(what="search", who=str(request.user.pk))
    try:
        given = {name: request.GET[name] for name in ("before", "after") if name in request.GET}
        places = {name: Place.read(words, at=f"/{name}") for name, words in given.items()}
        page = find(request.user, asked, limit=RESULTS, **places)
    except Invalid as refusal:
        return _shown(request, asked, status=refusal.status, error=refusal.detail)
    return _shown(request, asked, page=page, results=_results(request, page), found=request.GET["found"])


def _asked(request: Request, words: str) -> HttpResponse:
    if not words.strip():
        return redirect("search")
    try:
        inputs.text(words, at="/q", most=QUESTION_MOST)
    except Invalid as refusal:
        return _shown(request, words, status=refusal.status, error=refusal.detail)
    return redirect(reverse("search", query={"found": looked_for.keep(request, words)}))


def _shown(request: Request, asked: str, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "chat/search.html", {"asked": asked, **more}, status=status)


def _results(request: Request, page: Page) -> list[Result]:
    blocked = set(request.user.blocks.values_list("blocked", flat=True)) if page.found else set()
    return [
        result_of(
            one.shaped,
            page.words,
            room=one.reached.group.name,
            zone=request.user.zone,
            own=one.message.author_id == request.user.pk,
            blocked=one.message.author_id in blocked,
        )
        for one in page.found
    ]
