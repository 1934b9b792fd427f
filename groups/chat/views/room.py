"""The room: the newest words, where to write, and posting from the page."""

import json
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.foundation import clock
from community.foundation.errors import Invalid, Missing, Suspended
from community.foundation.web import Request, only_mine, with_refusal_headers
from community.safety.models import Sign
from community.safety.rules import own_sign
from groups.chat import services as chat
from groups.chat.desk import CareNudge, Draft, Outcome
from groups.chat.forms import MessageForm
from groups.chat.reading import as_seen, care_of, settled
from groups.chat.rows.phrases import REACTIONS, phrases, say
from groups.chat.rows.reader import Person, Reader, Row
from groups.chat.views.common import back, beside, reader, seats_in, seen, shown
from groups.chat.views.stretch import asked_for
from groups.membership.models import Role
from groups.membership.reading import beside_pair, line_in
from groups.membership.rules import Reach, around_in, reach

AROUND_COUNTED_ABOVE = 3  # below, a number would nearly be a name
DRAWN_MOST = 24  # of those who are here; the others are a page away
STAFF = (Role.FACILITATOR, Role.MODERATOR)
SCRIPTS = [
    "groups/js/conversation.js",
    "groups/js/composer.js",
    "realtime/js/socket.js",
    "realtime/js/outbox.js",
]


@require_safe
@login_required
def room(request: Request, group_id: UUID) -> HttpResponse:
    """The newest words, at least all that is new (up to 200); or those before, after or around a position."""
    return _drawn(request, group_id, MessageForm())


@require_POST
@login_required
def post(request: Request, group_id: UUID) -> HttpResponse:
    """Post from the page. What was wrong is said beside the words, which stay."""
    form = MessageForm(request.POST)
    try:
        reached = _seated(request, group_id)
    except Suspended:
        return _heard(request, group_id, form)
    if not form.is_valid():
        return _drawn(request, group_id, form, status=422)
    try:
        outcome = chat.offer(draft=_draft(request, group_id, form))
    except Invalid as refusal:
        outcome = Outcome(refusal=refusal)
    if outcome.message is not None:
        return back(outcome.message, outcome.sign)
    return _refused(request, reached, form, outcome)


def _draft(request: Request, group_id: UUID, form: MessageForm) -> Draft:
    wanted = {**form.cleaned_data, "content_note": form.cleaned_data["content_note"] or None}
    return chat.draft(author_id=request.user.pk, group_id=group_id, **wanted)


def _heard(request: Request, group_id: UUID, form: MessageForm) -> HttpResponse:
    """Words of who is out of every room stand nowhere, and are read for danger all the same. Raises Suspended."""
    outcome = chat.offer(draft=_draft(request, group_id, form)) if form.is_valid() else Outcome(refusal=Suspended())
    if outcome.sign is None:
        raise Suspended
    return redirect("care", outcome.sign.pk)


def _refused(request: Request, reached: Reach, form: MessageForm, outcome: Outcome) -> HttpResponse:
    """The room again, with what was wrong beside the words. Raises Missing: their seat ended meanwhile."""
    refusal = outcome.refusal
    if refusal is None or isinstance(refusal, Missing):
        raise Missing
    form.add_error(None, ValidationError(str(refusal.detail), code=refusal.code))
    drawn = _drawn(request, reached.group.pk, form, status=refusal.status, sign=outcome.sign)
    return with_refusal_headers(drawn, refusal)


@require_POST
@login_required
def sit(request: Request, group_id: UUID, sign_id: UUID) -> HttpResponse:
    """Ask the room to sit with me; the card stays open."""
    reached, sign = _seated(request, group_id), own_sign(request.user, sign_id)
    return back(chat.ask_to_sit(author=request.user, group=reached.group, sign=sign), sign)


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


def _drawn(
    request: Request, group_id: UUID, form: MessageForm, *, status: int = 200, sign: Sign | None = None
) -> HttpResponse:
    """The room as its reader may see it once the page is whole."""
    found = sign or _asked_card(request)
    return settled(request.user, group_id, lambda reached: _page(request, reached, form, status=status, sign=found))


def _asked_card(request: Request) -> Sign | None:
    """The card the address asks for, if it is the reader's own and still open."""
    try:
        found = own_sign(request.user, UUID(request.GET.get("care", "")))
    except (ValueError, Missing):
        return None
    return None if found.put_away else found


def _page(
    request: Request, reached: Reach, form: MessageForm, *, status: int = 200, sign: Sign | None = None
) -> HttpResponse:
    group, seat = reached.group, reached.seat
    unread = group.position - seat.read if seat else 0
    stretch = asked_for(request, reached, unread=unread)
    messages, whole = stretch.messages, not stretch.newer
    shaped = seen(request, messages, reached)
    answered, pins = beside(messages, reached)
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
        "rows": looks.rows(shaped, quoted=answered, read=seat.read if seat and unread and whole else None),
        "shaped": _as_json(shaped),
        "pins": looks.rows(pins),
        "older": messages[0].position if stretch.older and messages else None,
        "newer": messages[-1].position if stretch.newer and messages else None,
        "at": stretch.at,
        "form": form,
        "care": care_of(sign) if sign else None,
        "nudged": status == CareNudge.status and form.has_error(None, CareNudge.code),
        "reply": _reply(request, reached, looks, form),
        "members": people[:DRAWN_MOST],
        "further": _named(people[DRAWN_MOST:]),
        "many": len(people),
        "more": len(people) - DRAWN_MOST,
        "around": say("around", count=len(around)) if len(around) > AROUND_COUNTED_ABOVE else "",
        "staff": [person for person in people if person.role in STAFF],
        "who": line_in(group, request.user) if seat is not None else None,
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


def _named(people: list[Person]) -> str:
    """How they are called, for the names under reactions and of who is writing; empty: nobody."""
    return _as_json([{"id": one.id, "alias": one.alias, "role": one.role} for one in people]) if people else ""


def _as_json(what: object) -> str:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"))


def _reply(request: Request, reached: Reach, looks: Reader, form: MessageForm) -> Row | None:
    """The message somebody chose to answer, above the place to write."""
    asked = str(form.data.get("reply_to") or request.GET.get("reply", ""))
    try:
        found = list(shown(reached).filter(pk=UUID(asked))) if asked else []
    except ValueError:
        return None
    return looks.rows(as_seen(found, reached))[0] if found else None
