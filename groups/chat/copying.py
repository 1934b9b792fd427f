"""My words and my reactions, in the copy of my own: none of what anybody else wrote, not even what I answered to."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.pieces import in_pages
from community.foundation.registers import Entry
from community.foundation.times import at_words
from community.milestones.rules import counts_days
from community.people.models import Person
from groups.chat.models import Kind, Message, ReactionName, Removed
from groups.chat.querysets import MessageQuerySet
from groups.membership.copying import room_name
from groups.membership.models import Membership

OWN = (Kind.TEXT, Kind.CELEBRATION)


def _shown(person: Person) -> MessageQuerySet:
    """All that may be spoken of to somebody: where their program counts no days, nothing that tells of days."""
    rows: MessageQuerySet = Message.objects.to_show().select_related("group")
    return rows if counts_days(person, None) else rows.filter(tells_days=False)


def messages(person: Person) -> Iterator[Entry]:
    """What I wrote, room by room, as it stands today. Of what was removed there is only when and that it was."""
    mine = _shown(person).filter(author=person, kind__in=OWN)
    for one in in_pages(mine.order_by("group__created", "group_id", "position")):
        yield Entry(
            data={
                "id": str(one.pk),
                "group": str(one.group_id),
                "room": room_name(one.group),
                "position": one.position,
                "kind": one.kind,
                "created": clock.moment(one.created),
                "edited": clock.moment(one.edited),
                "removed": one.removed,
                "content_note": one.content_note,
                "body": one.body,
            },
            under=room_name(one.group),
            title=at_words(one.created, person.zone),
            lines=tuple(_lines(one)),
        )


def _lines(message: Message) -> Iterator[str]:
    if message.removed is not None:
        yield str(Removed(message.removed).label)
    if message.content_note:
        yield _("Content note: {note}").format(note=message.content_note)
    if message.body:
        yield message.body


def reactions(person: Person) -> Iterator[Entry]:
    """What I gave to messages that still stand, room by room; nothing of the messages but their place."""
    seats = Membership.objects.of(person.pk).values_list("group_id", "member_id").distinct()
    mine: dict[UUID, UUID] = dict(seats)
    rows = _shown(person).filter(_given(mine), removed=None)
    for one in in_pages(rows.order_by("group__created", "group_id", "position")):
        names = one.reaction_names_of(mine[one.group_id])
        yield Entry(
            data={"group": str(one.group_id), "position": one.position, "names": names},
            under=room_name(one.group),
            title=", ".join(str(ReactionName(name).label) for name in names),
            lines=(_("To message %(number)s") % {"number": one.position},),
        )


def _given(seats: dict[UUID, UUID]) -> Q:
    """Messages of these rooms that carry a reaction of the one who goes by this member id there."""
    found = Q(pk=None)
    for group, member in seats.items():
        given = Q(pk=None)
        for name in ReactionName.values:
            given |= Q(**{f"reactions__{name}__has_key": str(member)})
        found |= Q(group_id=group) & given
    return found
