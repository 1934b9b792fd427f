"""The room as a page: read, write, answer, edit, take back; everything the socket does, by links and forms."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.foundation import clock, limits
from community.foundation.errors import Missing, Refusal
from community.foundation.web import Request, with_refusal_headers
from groups.chat import services as chat
from groups.chat.forms import MessageForm, WordsForm
from groups.chat.models import Message
from groups.chat.querysets import MessageQuerySet
from groups.chat.reading import as_seen
from groups.chat.rows import PHRASES, REACTIONS, Person, Reader, Row
from groups.chat.rules import may_edit, may_release, may_remove
from groups.membership.models import Membership, Role
from groups.membership.rules import Reach, reach

PAGE, PAGE_MOST = 50, 200
READ_ABOVE_UNREAD = 2
STAFF = (Role.FACILITATOR, Role.MODERATOR)
SCRIPTS = ["groups/js/conversation.js", "groups/js/composer.js", "realtime/js/socket.js", "realtime/js/outbox.js"]


@require_safe
@login_required
def room(request: Request, group_id: UUID) -> HttpResponse:
    """The newest words (or those before a position), and where to write."""
    return _room(request, reach(request.user, group_id), MessageForm())


@require_POST
@login_required
def post(request: Request, group_id: UUID) -> HttpResponse:
    """Post from the page. What was wrong is said beside the words, which stay."""
    reached, form = _seated(request, group_id), MessageForm(request.POST)
    if not form.is_valid():
        return _room(request, reached, form, status=422)
    wanted = {**form.cleaned_data, "content_note": form.cleaned_data["content_note"] or None}
    try:
        limits.spend(
            what="post",
            who=str(request.user.pk),
            most=settings.LIMITS["posts"],
            seconds=settings.LIMITS["post_seconds"],
        )
        message = chat.post(author=request.user, group=reached.group, **wanted)
    except Refusal as refusal:
        form.add_error(None, str(refusal.detail))
        return with_refusal_headers(_room(request, reached, form, status=refusal.status), refusal)
    return _back(message)


@require_safe
@login_required
def message(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    """One message and what I may do with it."""
    reached, found = _message(request, group_id, message_id)
    return _message_page(request, reached, found, WordsForm(initial={"body": found.body}))


@require_POST
@login_required
def edit(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    reached, found = _message(request, group_id, message_id)
    form = WordsForm(request.POST)
    try:
        if form.is_valid():
            return _back(chat.edit(author=request.user, message=found, body=form.cleaned_data["body"]))
    except Refusal as refusal:
        form.add_error(None, str(refusal.detail))
        return _message_page(request, reached, found, form, status=refusal.status)
    return _message_page(request, reached, found, form, status=422)


def _doing(verb: Callable[..., Message]) -> Callable[[Request, UUID, UUID], HttpResponse]:
    """A button of the message page that needs no words."""

    @require_POST
    @login_required
    def view(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
        _reached, found = _message(request, group_id, message_id)
        return _back(verb(person=request.user, message=found))

    return view


remove = _doing(chat.remove)
release = _doing(chat.release)


@require_POST
@login_required
def react(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    """Give one of the six (``react``) or take it back (``unreact``)."""
    _reached, found = _message(request, group_id, message_id)
    if "unreact" in request.POST:
        return _back(chat.unreact(person=request.user, message=found, name=request.POST["unreact"]))
    return _back(chat.react(person=request.user, message=found, name=request.POST.get("react", "")))


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


def _message(request: Request, group_id: UUID, message_id: UUID) -> tuple[Reach, Message]:
    """A message that the person's seats show. Raises Missing."""
    reached = reach(request.user, group_id)
    found = _shown(reached).filter(pk=message_id).first()
    if found is None:
        raise Missing
    return reached, found


def _shown(reached: Reach) -> MessageQuerySet:
    return Message.objects.of(reached.group.pk).within(reached.spans).to_show()


def _back(message: Message) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('room', args=[message.group_id])}#m-{message.pk}")


def _room(request: Request, reached: Reach, form: MessageForm, *, status: int = 200) -> HttpResponse:
    seat, group = reached.seat, reached.group
    before = _whole(request.GET.get("before", ""))
    unread = group.position - seat.read if seat and before is None else 0
    size = min(PAGE_MOST, max(PAGE, unread + READ_ABOVE_UNREAD))
    shown = _shown(reached) if before is None else _shown(reached).filter(position__lt=before)
    found = list(shown.order_by("-position")[: size + 1])
    messages = found[:size][::-1]
    people = (
        [Person.of(member, reached.member_id) for member in group.memberships.current().order_by("began", "pk")]
        if seat
        else []
    )
    reader = _reader(request, reached, people)
    shaped = _seen(request, messages, reached)
    rows = reader.rows(shaped, quoted=_quoted(messages, reached), read=seat.read if seat and unread else None)
    context = {
        "group": group,
        "seat": seat,
        "me": reached.member_id,
        "version": reached.version,
        "live": seat is not None and before is None,
        "writes": reached.writes_at(clock.now()),
        "keeps": seat is not None and seat.keeps,
        "unread": unread,
        "rows": rows,
        "shaped": json.dumps(shaped, ensure_ascii=False, separators=(",", ":")),
        "older": messages[0].position if len(found) > size else None,
        "form": form,
        "reply": _reply(request, reached, reader, form),
        "members": people,
        "staff": [person for person in people if person.role in STAFF],
        "sample": reader.sample(),
        "phrases": PHRASES,
        "reactions": REACTIONS,
        "roles": Role.values,
        "edit_seconds": int(settings.EDIT_WINDOW.total_seconds()),
        "most": settings.LIMITS["message_points"],
        "scripts": SCRIPTS,
        "frame_groups": _rail(request, group.pk),
    }
    return render(request, "chat/room.html", context, status=status)


def _message_page(
    request: Request, reached: Reach, found: Message, form: WordsForm, *, status: int = 200
) -> HttpResponse:
    (row,) = _reader(request, reached, []).rows(_seen(request, [found], reached), quoted=_quoted([found], reached))
    given = {reaction.name for reaction in row.reactions if reaction.mine}
    writes = reached.writes_at(clock.now())
    context = {
        "group": reached.group,
        "row": row,
        "form": form,
        "writes": writes and found.removed is None,
        "edits": writes and may_edit(request.user, found),
        "removes": reached.seat is not None and found.body is not None and may_remove(request.user, found),
        "releases": found.removed == "held" and may_release(request.user, found),
        "reactions": [(name, icon, label, name in given) for name, icon, label in REACTIONS],
        "frame_groups": _rail(request, reached.group.pk),
    }
    return render(request, "chat/message.html", context, status=status)


def _reader(request: Request, reached: Reach, people: list[Person]) -> Reader:
    names = {person.id: person.alias for person in people}
    return Reader(me=str(reached.member_id), zone=ZoneInfo(request.user.zone), names=names)


def _seen(request: Request, messages: list[Message], reached: Reach) -> list[dict[str, Any]]:
    """As this reader sees them; one's own held words, and for who keeps the room everybody's, stand there to be read."""
    keeps = reached.seat is not None and reached.seat.keeps
    shaped = as_seen(messages, reached)
    for message, shape in zip(messages, shaped, strict=True):
        if message.removed == "held" and message.seat and (keeps or message.author_id == request.user.pk):
            seat = message.seat
            shape["author"] = {"id": str(seat.member_id), "alias": seat.alias, "role": seat.role}
            shape["body"], shape["content_note"] = message.body, message.content_note
    return shaped


def _quoted(messages: list[Message], reached: Reach) -> list[dict[str, Any]]:
    """What is answered here but stands further back."""
    near = {message.pk for message in messages}
    far = {message.reply_to_id for message in messages if message.reply_to_id} - near
    return as_seen(list(_shown(reached).filter(pk__in=far)), reached) if far else []


def _reply(request: Request, reached: Reach, reader: Reader, form: MessageForm) -> Row | None:
    """The message somebody chose to answer, above the place to write."""
    asked = str(form.data.get("reply_to") or request.GET.get("reply", ""))
    try:
        found = list(_shown(reached).filter(pk=UUID(asked))) if asked else []
    except ValueError:
        return None
    return reader.rows(as_seen(found, reached))[0] if found else None


def _rail(request: Request, current: UUID) -> list[dict[str, Any]]:
    seats = Membership.objects.current().of(request.user.pk).select_related("group").with_unread()
    return [
        {
            "id": seat.group.pk,
            "name": seat.group.name,
            "unread": 0 if seat.group.pk == current else seat.unread,
            "current": seat.group.pk == current,
            "hue": seat.group.pk.bytes[0] % 12,
            "shape": seat.group.pk.bytes[1] % 3,
        }
        for seat in seats.order_by("group__created", "pk")
    ]


def _whole(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 18 else None
