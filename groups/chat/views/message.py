"""One message and what may be done with it, for pages without a script and for who keeps the room."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from community.foundation import clock, limits
from community.foundation.errors import Missing, Refusal
from community.foundation.web import Request
from groups.chat import services as chat
from groups.chat.forms import WordsForm
from groups.chat.models import Message, Removed
from groups.chat.reading import settled
from groups.chat.rows.phrases import REACTIONS
from groups.chat.rules import may_edit, may_release, may_remove
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
    if form.is_valid():
        try:
            limits.spend_a(what="change", who=str(request.user.pk))
            return back(chat.edit(author=request.user, message=found, body=form.cleaned_data["body"]))
        except Missing:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal.detail))
            status = refusal.status
    return _drawn(request, group_id, message_id, lambda _found: form, status=status)


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


def _drawn(
    request: Request, group_id: UUID, message_id: UUID, form: Callable[[Message], WordsForm], *, status: int = 200
) -> HttpResponse:
    """The page as its reader may see it once it is whole."""

    def build(reached: Reach) -> HttpResponse:
        found = shown(reached).filter(pk=message_id).first()
        if found is None:
            raise Missing
        return _page(request, reached, found, form(found), status=status)

    return settled(request.user, group_id, build)


def _page(request: Request, reached: Reach, found: Message, form: WordsForm, *, status: int = 200) -> HttpResponse:
    seats = seats_in(request, reached)
    (row,) = reader(request, reached, seats).rows(seen(request, [found], reached), quoted=quoted([found], reached))
    given = {reaction.name for reaction in row.reactions if reaction.mine}
    writes, held = reached.writes_at(clock.now()), found.removed == Removed.HELD
    context = {
        "group": reached.group,
        "row": row,
        "form": form,
        "writes": writes and found.removed is None,
        "edits": writes and may_edit(request.user, found),
        "removes": reached.seat is not None and found.body is not None and may_remove(request.user, found),
        "releases": held and may_release(request.user, found),
        "reactions": [(name, icon, label, name in given) for name, icon, label in REACTIONS],
    }
    return render(request, "chat/message.html", context, status=status)
