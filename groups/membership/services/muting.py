"""Quiet from one room, for oneself alone."""

from django.db import transaction

from community.people.models import Person
from groups.membership.models import Group, Membership
from groups.membership.rules import seat_in


@transaction.atomic
def mute(*, person: Person, group: Group, muted: bool) -> Membership:
    """Hear nothing new of a room outside it, or hear it again; again is the same. The room stays as readable as it was.

    It ends with the seat. Words about somebody in danger, about the account and about keeping the room come all the
    same. Nobody else is told, so nothing is published. Raises Missing, and Suspended.
    """
    seat = seat_in(person, group.pk)
    if seat.muted != muted:
        seat.muted = muted
        seat.save(update_fields=["muted"])
    return seat
