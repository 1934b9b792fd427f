"""My seats, in the copy of my own; and until when I had one."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.pieces import in_pages
from community.foundation.registers import Entry
from community.foundation.times import at_words
from community.people.models import Person
from groups.membership.models import Group, Kind, Membership


def room_name(group: Group) -> str:
    """What a room is called in a copy: one of two people is called by both their names, and the other's is not mine."""
    return _("A room of two") if group.kind == Kind.PAIR else group.name


def rooms(person: Person) -> Iterator[Entry]:
    """Where I had a seat, as whom, from when to when; not who ended it."""
    for one in in_pages(Membership.objects.of(person.pk).select_related("group").order_by("began", "pk")):
        name, until = room_name(one.group), one.ended and at_words(one.ended, person.zone)
        yield Entry(
            data={
                "group": str(one.group_id),
                "name": name,
                "kind": one.group.kind,
                "alias": one.alias,
                "role": one.role,
                "began": clock.moment(one.began),
                "ended": clock.moment(one.ended),
                "muted": one.muted,
            },
            title=name,
            lines=(
                _("Name here: %(name)s") % {"name": one.alias},
                str(one.get_role_display()),
                _("From %(when)s") % {"when": at_words(one.began, person.zone)},
                *([_("Until %(when)s") % {"when": until}] if until else []),
                *([_("Muted for you")] if one.muted else []),
            ),
        )


def in_a_room(person: Person, now: datetime) -> datetime | None:
    """Now, while somebody holds a seat, shut or not; else when they last lost one."""
    mine = Membership.objects.of(person.pk)
    return now if mine.current().exists() else mine.order_by("-ended").values_list("ended", flat=True).first()
