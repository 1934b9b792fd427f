"""The room: the newest words, where to write, and posting from the page."""

import json
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.foundation import clock, limits
from community.foundation.errors import Missing, Refusal
from community.foundation.web import Request, only_mine, with_refusal_headers
from groups.chat import services as chat
from groups.chat.forms import MessageForm
from groups.chat.reading import as_seen, settled, stands
from groups.chat.rows.phrases import REACTIONS, phrases, say
from groups.chat.rows.reader import Person, Reader, Row
from groups.chat.views.common import back, quoted, reader, seats_in, seen, shown
from groups.chat.views.stretch import asked_for
from groups.membership.models import Role
from groups.membership.reading import beside_pair
from groups.membership.rules import Reach, around_in, reach

AROUND_COUNTED_ABOVE = 3  # below, a number would nearly be a name
STAFF = (Role.FACILITATOR, Role.MODERATOR)
SCRIPTS = ["groups/js/conversation.js", "groups/js/composer.js", "realtime/js/socket.js", "realtime/js/outbox.js"]


@require_safe
@login_required
def room(request: Request, group_id: UUID) -> HttpResponse:
    """The newest words, at least all that is new (up to 200); or those before, after or around a position."""
    return _drawn(request, group_id, MessageForm())


@require_POST
@login_required
def post(request: Request, group_id: UUID) -> HttpResponse:
    """Post from the page. What was wrong is said beside the words, which stay."""
    reached, form = _seated(request, group_id), MessageForm(request.POST)
    if not form.is_valid():
        return _drawn(request, group_id, form, status=422)
    wanted = {**form.cleaned_data, "content_note": form.cleaned_data["content_note"] or None}
    try:
        if not stands(request.user, group_id, wanted["key"]):
            limits.spend_a(what="post", who=str(request.user.pk))
        return back(chat.post(author=request.user, group=reached.group, **wanted))
    except Missing:
        raise  # their seat ended meanwhile: there is no room to draw again
    except Refusal as refusal:
        form.add_error(None, str(refusal.detail))
        return with_refusal_headers(_drawn(request, group_id, form, status=refusal.status), refusal)


@require_POST
@login_required
def read(request: Request, group_id: UUID) -> HttpResponse:
    """All of it is read; a page without a script cannot see for itself."""
    reached = _seated(request, group_id)
    chat.mark_read(person=request.user, group_id=group_id, position=reached.group.position)
    return HttpResponseRedirect(reverse("room", args=[group_id]))


def _seated(request: Request, group_id: UUID) -> Reach:
    """What the person reaches, if they hold a seat today. Raises Missing."""
    reached = reach(request.user, group_id)
    if reached.seat is None:
        raise Missing
    return reached


def _drawn(request: Request, group_id: UUID, form: MessageForm, *, status: int = 200) -> HttpResponse:
    """The room as its reader may see it once the page is whole."""
    return settled(request.user, group_id, lambda reached: _page(request, reached, form, status=status))


def _page(request: Request, reached: Reach, form: MessageForm, *, status: int = 200) -> HttpResponse:
    group, seat = reached.group, reached.seat
    unread = group.position - seat.read if seat else 0
    stretch = asked_for(request, reached, unread=unread)
    messages, whole = stretch.messages, not stretch.newer
    shaped = seen(request, messages, reached)
    seats = seats_in(request, reached)
    looks = reader(request, reached, seats)
    around = {member for member, here in around_in(seats).items() if here and str(member) not in looks.collapsed}
    people = [Person.of(one, reached.member_id, around=one.member_id in around) for one in seats]
    context = {
        "group": group,
        "seat": seat,
        "me": reached.member_id,
        "version": reached.version,
        "live": seat is not None,
        "writes": reached.writes_at(clock.now()),
        "keeps": seat is not None and seat.keeps,
        "unread": unread if whole else 0,
        "rows": looks.rows(
            shaped, quoted=quoted(messages, reached), read=seat.read if seat and unread and whole else None
        ),
        "shaped": json.dumps(shaped, ensure_ascii=False, separators=(",", ":")),
        "older": messages[0].position if stretch.older and messages else None,
        "newer": messages[-1].position if stretch.newer and messages else None,
        "at": stretch.at,
        "form": form,
        "reply": _reply(request, reached, looks, form),
        "members": people,
        "around": say("around", count=len(around)) if len(around) > AROUND_COUNTED_ABOVE else "",
        "staff": [person for person in people if person.role in STAFF],
        "leads_to": beside_pair(request.user, group),
        "sample": looks.sample(),
        "phrases": phrases(only_mine=only_mine(request)),
        "reactions": REACTIONS,
        "roles": Role.values,
        "edit_seconds": int(settings.EDIT_WINDOW.total_seconds()),
        "most": settings.LIMITS["message_points"],
        "scripts": SCRIPTS,
    }
    return render(request, "chat/room.html", context, status=status)


def _reply(request: Request, reached: Reach, looks: Reader, form: MessageForm) -> Row | None:
    """The message somebody chose to answer, above the place to write."""
    asked = str(form.data.get("reply_to") or request.GET.get("reply", ""))
    try:
        found = list(shown(reached).filter(pk=UUID(asked))) if asked else []
    except ValueError:
        return None
    return looks.rows(as_seen(found, reached))[0] if found else None
