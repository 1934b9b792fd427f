"""A quiet evening: while somebody is in a room of the demo, a few of its people write now and then, and then no more.

What they say is written down (``corpus/evening_*.txt``), in order, with how long after the visitor came; who says it is
never one of the five a visitor may be.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from community.foundation import clock
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo import script
from groups.demo.stage import key_of
from groups.membership.models import Group

TOLD_IN = {
    "Tuesday evening group": "evening_tuesday",
    "After Tuesday": "evening_alumni",
    "Harbor mornings": "evening_harbor",
}
HUSH = timedelta(seconds=45)  # after anybody's words, so that a talk is not talked over


@transaction.atomic
def say_next(*, group_id: UUID, company: timedelta) -> Message | None:
    """Say what is written next for this room's evening, if somebody has been here long enough since the last of it.

    ``company`` is how long. None: there is nothing to say, not yet or no more. Raises what :func:`chat.post` refuses
    with.
    """
    group = Group.objects.locked([group_id]).get(group_id)
    told = script.lines(TOLD_IN[group.name]) if group is not None and group.name in TOLD_IN else ()
    if group is None or not told:
        return None
    keys = [key_of(TOLD_IN[group.name], line) for line in told]
    said = set(Message.objects.of(group.pk).filter(key__in=keys).values_list("key", flat=True))
    number = next((number for number, key in enumerate(keys) if key not in said), None)
    if number is None or company < _pause(told, number) or _somebody_just_wrote(group):
        return None
    line = told[number]
    seat = group.memberships.current().select_related("person").filter(alias=line.author).first()
    if seat is None:
        return None
    answered = Message.objects.of(group.pk).filter(seat__alias=line.to).order_by("position").last() if line.to else None
    return chat.post(
        author=seat.person,
        group=group,
        key=keys[number],
        body=line.body,
        content_note=line.note,
        reply_to=answered.pk if answered else None,
    )


def _pause(told: tuple[script.Line, ...], number: int) -> timedelta:
    """How long after the line before it a line is said; the first one, after somebody came."""
    after = [line.moment.after for line in told]
    return after[number] - (after[number - 1] if number else timedelta())


def _somebody_just_wrote(group: Group) -> bool:
    last = Message.objects.of(group.pk).order_by("position").last()
    return last is not None and clock.now() < last.created + HUSH
