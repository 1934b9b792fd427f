"""Who may change which words."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from community.foundation import clock
from community.foundation.rules import rule
from community.people.models import Person
from groups.chat.models import Kind, Message
from groups.membership.rules import keeps_the_room


@rule
def wrote(person: Person, message: Message) -> bool:
    return message.author_id == person.pk


@rule
def is_fresh(person: Person, message: Message) -> bool:
    return clock.now() <= message.created + settings.EDIT_WINDOW


@rule
def stands(person: Person, message: Message) -> bool:
    return message.removed is None


@rule
def keeps_its_room(person: Person, message: Message) -> bool:
    return keeps_the_room(person, message.group)


@rule
def is_plain(person: Person, message: Message) -> bool:
    """Words and nothing else; what a celebration says is settled beforehand."""
    return message.kind == Kind.TEXT


may_edit = wrote & is_fresh & stands & is_plain
may_remove = wrote | keeps_its_room
may_react = stands
may_release = keeps_its_room
may_pin = keeps_its_room & stands & is_plain
may_unpin = keeps_its_room


def reached_before(group_id: UUID, moment: datetime) -> int:
    """How far a group's conversation had come at ``moment``."""
    return Message.objects.of(group_id).reached_before(moment)
