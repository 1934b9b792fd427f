from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_POST, require_safe

from community.foundation.inputs import INT_DIGITS
from community.foundation.times import clock_time, day_words
from community.foundation.web import Request
from community.notices import services as notices
from community.notices.models import Inbox, Notice
from community.notices.rules import notice_of
from community.notices.serializers import link_of, text_of

PAGE = 30


@require_safe
@login_required
def updates(request: Request) -> HttpResponse:
    """The words left for me, the newest first."""
    number = _whole(request.GET.get("before", ""))
    found = list(Notice.objects.of(request.user.pk).older_than(number).newest_first()[: PAGE + 1])
    context = {
        "rows": [_row(one, ZoneInfo(request.user.zone)) for one in found[:PAGE]],
        "older": found[PAGE - 1].number if len(found) > PAGE else None,
        "up_to": found[0].number if found else 0,
        "any_new": any(one.seen is None for one in found),
        "earlier": number is not None,
    }
    return render(request, "notices/updates.html", context)


def _row(notice: Notice, zone: ZoneInfo) -> dict[str, Any]:
    at = notice.created.astimezone(zone)
    return {
        "notice": notice,
        "text": text_of(notice),
        "link": link_of(notice),
        "when": f"{day_words(at)}, {clock_time(at)}",
    }


@require_POST
@login_required
def open_one(request: Request, notice_id: UUID) -> HttpResponse:
    """Go where the rest is told; the word counts as seen from now on."""
    notice = notice_of(request.user, notice_id)
    notices.see(person=request.user, notice=notice)
    return HttpResponseRedirect(link_of(notice) or reverse("updates"), status=303)


@require_POST
@login_required
def see_all(request: Request) -> HttpResponse:
    """All that stood on the page were seen; what came meanwhile is still new."""
    notices.see_all(person=request.user, number=_whole(request.POST.get("number", "")))
    return redirect("updates")


def _whole(typed: str) -> int | None:
    """The number that stands there, if one does; Python itself reads none that is thousands of digits long."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= INT_DIGITS else None


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page may show of the inbox; asked only by pages that do."""
    return {"inbox": SimpleLazyObject(lambda: _inbox(request))}


def _inbox(request: HttpRequest) -> dict[str, int]:
    """How many words wait for who looks, and how far their inbox was when the page was made."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"version": 0, "unseen": 0}
    return Inbox.objects.counted(person.pk)
