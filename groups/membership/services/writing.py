"""Whether a seat may write: until when, and while its person stands by what was agreed; and seats that are shut."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from groups.membership.models import Group, Membership
from groups.membership.services.seats import note_change


@transaction.atomic
def close_writing(*, membership: Membership, until: datetime) -> Membership:
    """Let a seat write until a moment and only read from then on; the program itself does. Publishes SeatsChanged.

    A seat that keeps the room, or ended, stays as it is.
    """
    group = Group.objects.locked_one(membership.group_id)
    row = group.memberships.current().filter(pk=membership.pk).first()
    if row is None or row.keeps:
        return membership
    row.writes_until = until
    row.save(update_fields=["writes_until"])
    note_change(group=group)
    audit.record(action="seat.close", actor=None, subject=f"seat:{row.pk}")
    return row


@transaction.atomic
def let_write(*, person_id: UUID, agrees: bool) -> list[Group]:
    """Let all seats of a person write again, or only read: they agree to what everybody does, or took it back.

    The program itself does. Returns the groups of those that changed. Publishes SeatsChanged for each.
    """
    seats = Membership.objects.current().of(person_id).exclude(agrees=agrees)
    groups = Group.objects.locked(seats.values_list("group_id", flat=True))
    for seat in list(seats.filter(group__in=groups).order_by("group_id")):
        seat.agrees = agrees
        seat.save(update_fields=["agrees"])
        note_change(group=groups[seat.group_id])
    return list(groups.values())


@transaction.atomic
def note_doors(*, person_id: UUID) -> None:
    """Somebody is out of every room from now on, or back: let each look anew at who may read there.

    The program itself does. Publishes SeatsChanged for each.
    """
    rooms = Membership.objects.current().of(person_id).values_list("group_id", flat=True)
    for group in Group.objects.locked(rooms).values():
        note_change(group=group)
