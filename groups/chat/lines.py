"""Lines nobody in particular said, in the language of the program: the same for everybody who reads."""

from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override as speaking

from community.foundation import clock
from community.foundation.events import publish
from groups.chat.events import MessagesChanged
from groups.chat.models import Kind, Message
from groups.membership.models import Group, Membership

#: What a line says; ``{name}`` is how the seat it is about is called.
LINES = {
    "joined": _("%(name)s joined"),
    "time_ended": _("%(name)s's time in this group has ended"),
    "together": _(
        "You both said yes. %(name)s is the mentor here: somebody who has been there, and no counselor. What you write "
        "stays in this room, and contact stays here for the first 30 days, save calls that both of you choose. Either "
        "of you can end it at any time, without a reason. When it gets too much for one of you, staff are there; in "
        "danger, open Get help now, above."
    ),
    "together_sponsor": _(
        "You both said yes. %(name)s is the sponsor here: somebody who has been there, and no counselor. What you "
        "write stays in this room, and contact stays here for the first 30 days, save calls that both of you "
        "choose. Either of you can end it at any time, without a reason. When it gets too much for one of you, "
        "staff are there; in danger, open Get help now, above."
    ),
}


@transaction.atomic
def say_system(*, group: Group, code: str, about: Membership) -> Message:
    """Put a line about a seat into its room, once. Publishes MessagesChanged."""
    held = Group.objects.locked_one(group.pk)
    said = Message.objects.of(held.pk).filter(kind=Kind.SYSTEM, key=key_of(about.pk, code)).first()
    if said is not None:
        return said
    held.position += 1
    message = Message(
        group=held,
        seat=about,
        position=held.position,
        kind=Kind.SYSTEM,
        body=words_of(held, code, about.alias),
        created=clock.now(),
        key=key_of(about.pk, code),
    )
    _write(held, message)
    heard = Membership.objects.current().filter(pk=about.pk, read=message.position - 1)
    heard.update(read=message.position)  # what a room is told of somebody is nothing new to them
    return message


@transaction.atomic
def carry_name(*, person_id: UUID) -> None:
    """A line about somebody goes by the name they go by now: the old one is printed nowhere again."""
    mine = Message.objects.filter(seat__person=person_id, seat__named_here=False)
    about = mine.filter(kind=Kind.SYSTEM, removed=None).select_related("seat")
    groups = Group.objects.locked(about.values_list("group_id", flat=True))
    for message in about.filter(group__in=groups).order_by("group_id", "position"):
        group, seat = groups[message.group_id], message.seat
        code = next((code for code in LINES if seat and key_of(seat.pk, code) == message.key), None)
        if seat is None or code is None or message.body == words_of(group, code, seat.alias):
            continue
        message.body = words_of(group, code, seat.alias)
        _write(group, message)


def key_of(seat_id: UUID, code: str) -> UUID:
    """The key under which a line about a seat stands."""
    return uuid5(seat_id, code)


def words_of(group: Group, code: str, name: str) -> str:
    with speaking(group.language):
        return str(LINES[code]) % {"name": name}


def _write(group: Group, message: Message) -> None:
    group.version += 1
    message.version = group.version
    message.save()
    Group.objects.filter(pk=group.pk).update(position=group.position, version=group.version)
    publish(MessagesChanged(group_id=group.pk, version=group.version))
