"""One message and what may be done with it, for pages without a script and for who keeps the room."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from community.foundation import clock, limits
from community.foundation.errors import Invalid, Missing
from community.foundation.times import clock_time
from community.foundation.web import Request
from community.safety.models import Sign
from groups.chat import pins
from groups.chat import services as chat
from groups.chat.desk import Outcome
from groups.chat.forms import WordsForm
from groups.chat.models import Message, Pin, Removed
from groups.chat.reading import care_of, earlier, settled
from groups.chat.rows.phrases import REACTIONS
from groups.chat.rules import may_edit, may_pin, may_release, may_remove
from groups.chat.views.common import back, message_at, quoted, reader, seats_in, seen, shown
from groups.membership.rules import Reach


@require_safe
@login_required
def message(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    """One message and what I may do with it."""
    return _drawn(request, group_id, message_id, lambda found: WordsForm(initial={"body": found.body}))


@require_POST
@login_required
def edit(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    """Change my words. What was wrong is said beside them."""
    _reached, found = message_at(request, group_id, message_id)
    form = WordsForm(request.POST)
    status = 422
    sign = None
    if form.is_valid():
        try:
            outcome = chat.change(author=request.user, message=found, body=form.cleaned_data["body"])
        except Invalid as refusal:
            outcome = Outcome(refusal=refusal)
        if outcome.message is not None:
            return back(outcome.message, outcome.sign)
        if outcome.refusal is not None:
            form.add_error(None, str(outcome.refusal.detail))
            status, sign = outcome.refusal.status, outcome.sign
    return _drawn(request, group_id, message_id, lambda _found: form, status=status, sign=sign)


@require_POST
@login_required
def react(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
    """Give one of the six (``react``) or take it back (``unreact``)."""
    _reached, found = message_at(request, group_id, message_id)
    limits.spend_a(what="change", who=str(request.user.pk))
    given, taken = request.POST.get("react", ""), request.POST.get("unreact")
    if taken is None:
        return back(chat.react(person=request.user, message=found, name=given))
    return back(chat.unreact(person=request.user, message=found, name=taken))


def _doing(verb: Callable[..., Message]) -> Callable[..., HttpResponse]:
    """A button of the message page that needs no words."""

    @require_POST
    @login_required
    def view(request: Request, group_id: UUID, message_id: UUID) -> HttpResponse:
        _reached, found = message_at(request, group_id, message_id)
        return back(verb(person=request.user, message=found))

    return view


remove = _doing(chat.remove)
release = _doing(chat.release)
pin = _doing(pins.pin)
unpin = _doing(pins.unpin)


def _drawn(
    request: Request,
    group_id: UUID,
    message_id: UUID,
    form: Callable[[Message], WordsForm],
    *,
    status: int = 200,
    sign: Sign | None = None,
) -> HttpResponse:
    """The page as its reader may see it once it is whole."""

    def build(reached: Reach) -> HttpResponse:
        found = shown(reached).filter(pk=message_id).first()
        if found is None:
            raise Missing
        return render(
            request, "chat/message.html", _page(request, reached, found, form(found)) | _care(sign), status=status
        )

    return settled(request.user, group_id, build)


def _care(sign: Sign | None) -> dict[str, Any]:
    """Help for who wrote such words, beside why they may not stand."""
    return {"care": care_of(sign)} if sign else {}


def _page(request: Request, reached: Reach, found: Message, form: WordsForm) -> dict[str, Any]:
    seats = seats_in(request, reached)
    (row,) = reader(request, reached, seats).rows(seen(request, [found], reached), quoted=quoted([found], reached))
    zone = ZoneInfo(request.user.zone)
    given = {reaction.name for reaction in row.reactions if reaction.mine}
    writes, held = reached.writes_at(clock.now()), found.removed == Removed.HELD
    return {
        "group": reached.group,
        "row": row,
        "form": form,
        "writes": writes and found.removed is None,
        "edits": writes and may_edit(request.user, found),
        "removes": reached.seat is not None and found.body is not None and may_remove(request.user, found),
        "reports": found.seat_id is not None and found.author_id != request.user.pk,
        "releases": held and may_release(request.user, found),
        "pins": reached.seat is not None and may_pin(request.user, found),
        "pinned": Pin.objects.on(found.pk).exists(),
        "before": [(one.body, clock_time(one.at.astimezone(zone))) for one in earlier(reached, found)],
        "reactions": [(name, icon, label, name in given) for name, icon, label in REACTIONS],
    }
