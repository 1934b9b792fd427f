"""Search, as a page: a form and what it found, each a link to its place in the room."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.foundation import limits
from community.foundation.errors import Invalid
from community.foundation.web import Request
from groups.chat.finding import QUESTION_MOST, Page, Place, find
from groups.chat.rows.results import Result, result_of

RESULTS = 20


@require_safe
@login_required
def search(request: Request) -> HttpResponse:
    """Look for words in my own rooms. What was wrong is said beside what was asked."""
    asked = request.GET.get("q", "")
    context: dict[str, Any] = {"asked": asked, "most": QUESTION_MOST}
    if not asked.strip():
        return render(request, "chat/search.html", context)
    limits.spend_a(what="search", who=str(request.user.pk))
    try:
        given = {name: request.GET[name] for name in ("before", "after") if name in request.GET}
        places = {name: Place.read(words, at=f"/{name}") for name, words in given.items()}
        page = find(request.user, asked, limit=RESULTS, **places)
    except Invalid as refusal:
        context["error"] = refusal.detail
        return render(request, "chat/search.html", context, status=refusal.status)
    context |= {"page": page, "results": _results(request, page)}
    return render(request, "chat/search.html", context)


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
