"""Celebrations in a conversation: a card that says what its owner chose to share, and a line where many share a day.

Who posts what, and when, is decided above (groups/celebrations); here it gets its place in the log.
"""

from collections.abc import Iterable
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.errors import FieldError, Invalid
from community.foundation.events import publish
from community.safety.rules import Weighed, nudge_words, weigh
from groups.chat.desk import covered
from groups.chat.events import MessagesChanged
from groups.chat.models import Kind, Message, Removed, Wording
from groups.chat.search import sought
from groups.membership.models import Group, Membership


class Card(TypedDict):
    """What a celebration is drawn from; ``title`` is the first line of the message's body, too."""

    title: str
    code: str
    label: str
    number: str
    unit: str
    rim: str
    color: str
    drawing: str


def refuse_unfit(words: str, seats: Iterable[Membership]) -> None:
    """Raises Invalid where a rule of one of these rooms would ask about these words, or let them wait: a card is for

    every room it was chosen for, and waits for nobody. Who keeps a room is asked nothing there. Needs
    ``select_related("group__program")``.
    """
    for seat in seats:
        found = _weighed(words, seat, seen=False)
        if found.holds:
            detail = _("This would wait for a facilitator. Send it as a message of its own.")
            raise Invalid(FieldError("/words", "content", detail))
        if found.asks:
            detail = nudge_words({span.label for span in found.asks})
            raise Invalid(FieldError("/words", "content", f"{detail} {_('It can’t stand on a card.')}"))


def words_in(words: str, seat: Membership) -> str:
    """The words as the room of this seat may read them on a card; none where they would wait there by now."""
    found = _weighed(words, seat, seen=True)
    return "" if found.holds else covered(words, found, seat.group)


def _weighed(words: str, seat: Membership, *, seen: bool) -> Weighed:
    return Weighed() if seat.keeps or not words else weigh(words, track=seat.group.track, seen=seen, noted=False)


def words_under(message: Message) -> str:
    """The person's own words on a card."""
    title = message.card["title"] if message.card else ""
    return (message.body or "").removeprefix(title).removeprefix("\n")


@transaction.atomic
def show(*, seat: Membership, key: UUID, card: Card, words: str, tells_days: bool = True) -> Message:
    """Put somebody's celebration into their room; a ``key`` stands there once. Publishes MessagesChanged.

    ``tells_days``: it is not for who is in a program that counts none.
    """
    group = Group.objects.locked_one(seat.group_id)
    group.position += 1
    message = Message(
        group=group,
        author_id=seat.person_id,
        seat=seat,
        position=group.position,
        kind=Kind.CELEBRATION,
        created=clock.now(),
        key=key,
        tells_days=tells_days,
    )
    _say(message, card, words)
    if tells_days:
        _pass_over(group)
    return _write(group, message)


@transaction.atomic
def rename(*, message: Message, title: str) -> None:
    """A card goes by the name its owner goes by now; one that was taken back stays so. Publishes MessagesChanged."""
    group, row = _held(message)
    if row.card is not None and row.card["title"] != title:
        card: Card = row.card
        _say(row, {**card, "title": title}, words_under(row))
        _write(group, row)


@transaction.atomic
def say_line(*, group: Group, key: UUID, body: str, tells_days: bool = True) -> Message:
    """Put one line of nobody in particular into a room, or let the one that stands say more or less.

    What it said before is kept for who may only look back. Publishes MessagesChanged.
    """
    held = Group.objects.locked_one(group.pk)
    message = Message.objects.of(held.pk).filter(kind=Kind.SYSTEM, key=key).first()
    if message is None:
        held.position += 1
        message = Message(
            group=held, position=held.position, kind=Kind.SYSTEM, created=clock.now(), key=key, tells_days=tells_days
        )
        if tells_days:
            _pass_over(held)
    elif message.body == body or message.removed is not None:
        return message
    else:
        _keep(message, until=held.version + 1)
        message.edited = clock.now()
    message.body = body
    return _write(held, message)


@transaction.atomic
def take_back(*, message: Message) -> None:
    """The words of a card go, whether its owner is still in the room or not; again changes nothing.

    A wording is kept for who must look into it. Publishes MessagesChanged.
    """
    group, row = _held(message)
    if row.removed is not None:
        return
    _keep(row, until=group.version + 1)
    row.body, row.sought, row.card, row.reactions, row.removed = None, None, None, {}, Removed.AUTHOR
    _write(group, row)


@transaction.atomic
def erase(*, message: Message) -> None:
    """The words of a card go, as in :func:`take_back`, and no wording of them is kept. Publishes MessagesChanged."""
    take_back(message=message)
    Wording.objects.filter(message=message).delete()


@transaction.atomic
def say_line_alone(*, group: Group, key: UUID, body: str, before: str) -> None:
    """The line of a room says this from now on, and ``before`` is all it ever said. Publishes MessagesChanged."""
    message = say_line(group=group, key=key, body=body)
    Wording.objects.filter(message=message).update(body=before)


def _held(message: Message) -> tuple[Group, Message]:
    group = Group.objects.locked_one(message.group_id)
    return group, Message.objects.of(group.pk).to_show().get(pk=message.pk)


def _keep(message: Message, *, until: int) -> None:
    if message.body is not None:
        Wording.objects.create(message=message, body=message.body, until=until, at=clock.now())


def _pass_over(group: Group) -> None:
    """What a seat does not show is not new to it: whoever had read everything before still has."""
    deaf = group.memberships.current().filter(hears_days=False, read=group.position - 1)
    deaf.update(read=group.position)


def _say(message: Message, card: Card, words: str) -> None:
    message.card, message.body = dict(card), "\n".join(filter(None, (card["title"], words)))
    message.sought = sought(message.body, None)


def _write(group: Group, message: Message) -> Message:
    group.version += 1
    message.version = group.version
    message.save()
    Group.objects.filter(pk=group.pk).update(position=group.position, version=group.version)
    publish(MessagesChanged(group_id=group.pk, version=group.version))
    return message
