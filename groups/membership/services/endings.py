"""Seats that end: left, taken, or over. From the commit on nothing created later reaches whoever held one."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock
from community.foundation.errors import Conflict, Missing, NotAllowed
from community.foundation.events import publish
from community.people.models import Person
from groups.membership.desk import count_seats
from groups.membership.events import Unseated
from groups.membership.models import Group, Kind, Membership, Role
from groups.membership.rules import facilitates, keeps_the_room


@transaction.atomic
def unseat(*, person: Person, group: Group, by: Person) -> Membership:
    """End ``person``'s seat: their own, or taken by somebody who keeps the room. Raises NotAllowed, Missing,
    and Conflict in a room of two, which is left by ending the match.

    From the commit on nothing created later reaches them by any door. Publishes Unseated.
    """
    taken = by.pk != person.pk
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # before any room: an agreement may end with it
    held = Group.objects.locked_one(group.pk)
    if taken:
        keeps_the_room.require(by, held)
    membership = held.memberships.current().of(person.pk).first()
    if membership is None:
        raise Missing
    if taken and membership.role == Role.FACILITATOR and not facilitates(by, held):
        raise NotAllowed
    if held.kind == Kind.PAIR:
        raise Conflict(_("This room belongs to your match. To leave it, end the match on your page Mentoring."))
    membership.taken = taken
    _end(held, membership)
    audit.record(action="seat.take" if taken else "seat.leave", actor=by.pk, subject=f"seat:{membership.pk}")
    return membership


def _end(group: Group, membership: Membership) -> None:
    membership.ended = clock.now()
    membership.reads_until = group.position
    membership.sees_until = group.version
    count_seats(group)
    membership.seats_until = group.seats
    membership.save(update_fields=["ended", "taken", "closed", "reads_until", "sees_until", "seats_until"])
    publish(Unseated(group_id=group.pk, person_id=membership.person_id, seats=group.seats))


@transaction.atomic
def retire(*, membership: Membership, readable: bool) -> bool:
    """End a seat whose time is over; the program itself does. False when there is nothing to do. Publishes Unseated.

    ``readable``: they keep their own span where the group's kind says so; else what the seat showed is closed to them,
    whoever ended it before.
    """
    group = Group.objects.locked_one(membership.group_id)
    row = group.memberships.filter(pk=membership.pk).first()
    if row is None or (row.ended is not None and (readable or row.closed)):
        return False
    row.closed = not readable
    if row.ended is None:
        _end(group, row)
    else:
        row.save(update_fields=["closed"])
    audit.record(action="seat.over", actor=None, subject=f"seat:{row.pk}")
    return True


@transaction.atomic
def take(*, membership: Membership) -> bool:
    """End a seat after a decision at the desk; nothing of the room is shown from then on. False if it had ended.

    The program itself does. Publishes Unseated.
    """
    Person.objects.select_for_update(no_key=True).get(pk=membership.person_id)  # before any room, as unseat does
    group = Group.objects.locked_one(membership.group_id)
    row = group.memberships.current().filter(pk=membership.pk).first()
    if row is None:
        return False
    row.taken = True
    _end(group, row)
    audit.record(action="seat.take", actor=None, subject=f"seat:{row.pk}")
    return True
