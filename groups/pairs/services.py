"""What happens to the rooms of two. The program itself does it, in the transaction that brings two people together or

parts them.
"""

from uuid import UUID

from django.db import transaction

from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match
from community.mentoring.rules import policy_of
from groups.chat import lines
from groups.chat.models import Message
from groups.membership import services as membership
from groups.membership.models import Group, Kind
from groups.pairs.models import PairRoom

NAME_MOST = 38  # of each name in the room's
TOGETHER, WITH_A_SPONSOR = "together", "together_sponsor"  # the line that says what the two agreed to


@transaction.atomic
def open_room(*, match_id: UUID) -> PairRoom:
    """Open the room of two people who both said yes: a seat each, and a line that says what they agreed to.

    Publishes Seated and MessagesChanged.
    """
    match = Match.objects.to_show().get(pk=match_id)
    group = membership.open_group(name=_name(match), kind=Kind.PAIR, program=match.program)
    room = PairRoom.objects.create(match=match, group=group, opened=clock.now())
    membership.seat(person=match.mentee, group=group)
    guide = membership.seat(person=match.guide, group=group)
    code = WITH_A_SPONSOR if policy_of(match.program).says_sponsor else TOGETHER
    said = lines.say_system(group=group, code=code, about=guide)
    room.heard = said.position
    room.save(update_fields=["heard"])
    return room


@transaction.atomic
def close_room(*, match_id: UUID) -> bool:
    """Nobody writes there any more, and both keep reading what they wrote; False when it is closed, or never opened.

    Publishes Unseated.
    """
    room = PairRoom.objects.open().filter(match=match_id).first()
    if room is None:
        return False
    listen(room=room)
    room.closed = clock.now()
    room.save(update_fields=["closed"])
    for seat in room.group.memberships.current().order_by("pk"):
        membership.retire(membership=seat, readable=True)
    return True


@transaction.atomic
def listen(*, room: PairRoom) -> int:
    """Note of both when they last wrote, to the hour and nothing else; returns how many signs that were."""
    match = Match.objects.select_for_update(no_key=True).get(pk=room.match_id)
    group = Group.objects.filter(pk=room.group_id).get()
    said = Message.objects.of(group.pk).filter(position__gt=room.heard, position__lte=group.position)
    latest = {message.author_id: message for message in said.exclude(author=None).order_by("position")}
    people = {match.mentee_id: match.mentee, match.guide_id: match.guide}
    signs = 0
    for author_id, message in sorted(latest.items(), key=lambda one: one[1].position):
        if author_id in people:
            signs += matches.note_talk(match=match, by=people[author_id], at=message.created)
    PairRoom.objects.filter(pk=room.pk, heard__lt=group.position).update(heard=group.position)
    return signs


@transaction.atomic
def carry_names(*, person_id: UUID) -> int:
    """Rooms of two are called by the names the two go by now. Publishes SeatsChanged for each that is another."""
    rooms = PairRoom.objects.of(person_id).to_show().order_by("group_id")
    return sum(_renamed(room) for room in rooms)


def _renamed(room: PairRoom) -> bool:
    name = _name(room.match)
    if room.group.name == name:
        return False
    membership.rename_group(group=room.group, name=name)
    return True


def _name(match: Match) -> str:
    return " · ".join(one.alias[:NAME_MOST].strip() for one in (match.mentee, match.guide))
