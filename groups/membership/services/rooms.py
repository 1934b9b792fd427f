"""Rooms: opened, named, held, and what is asked of one member. Every change raises ``seats`` under the lock."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import NotAllowed
from community.people.models import Person
from community.programs.models import Cohort, Program
from groups.membership.models import Group, Kind, Membership, Restriction, Role
from groups.membership.rules import may_hold_the_room, may_restrict
from groups.membership.services.seats import note_change, seat


@transaction.atomic
def open_group(
    *, name: str, kind: Kind, program: Program | None = None, cohort: Cohort | None = None, by: Person | None = None
) -> Group:
    """Open a group of ``program`` (none: of the whole organization), or a cohort's. ``by`` becomes its facilitator."""
    group = Group.objects.create(
        name=inputs.text(name, at="/name", most=80),
        kind=kind,
        program=program,
        cohort=cohort,
        history_days=program.history_days if program else settings.HISTORY_DAYS,
        created=clock.now(),
    )
    audit.record(action="group.open", actor=by.pk if by else None, subject=f"group:{group.pk}")
    if by is not None:
        seat(person=by, group=group, role=Role.FACILITATOR)
    return group


@transaction.atomic
def rename_group(*, group: Group, name: str) -> Group:
    """Give a group another name; the program itself does. Publishes SeatsChanged when it is another one."""
    words = inputs.text(name, at="/name", most=80)
    row = Group.objects.locked_one(group.pk)
    if row.name != words:
        row.name = words
        row.save(update_fields=["name"])
        note_change(group=row)
    return row


@transaction.atomic
def hold_room(*, group: Group, by: Person, held: bool) -> Group:
    """From now on what members write waits for somebody who keeps the room (or no longer). Publishes SeatsChanged."""
    row = Group.objects.locked_one(group.pk)
    may_hold_the_room.require(by, row)
    if row.held != held:
        row.held = held
        row.save(update_fields=["held"])
        note_change(group=row)
        audit.record(action="group.hold" if held else "group.unhold", actor=by.pk, subject=f"group:{row.pk}")
    return row


@transaction.atomic
def keep_quiet(*, groups: Iterable[UUID], until: datetime | None) -> None:
    """Celebrate no day in these rooms until then; None: from now on again. A later end that was said before stays."""
    for row in Group.objects.locked(groups).values():
        if until is None or row.quiet_until is None or row.quiet_until < until:
            row.quiet_until = until
            row.save(update_fields=["quiet_until"])


@transaction.atomic
def restrict(
    *,
    membership: Membership,
    by: Person,
    muted_until: datetime | None = None,
    hold_next: int = 0,
    slow_seconds: int = 0,
) -> Restriction:
    """Set what a member may write for a while: none until a time, the next N (0 to 50) on hold, one every N seconds.

    The whole restriction is replaced; all at rest lifts it. Raises NotAllowed. Publishes SeatsChanged.
    """
    group = Group.objects.locked_one(membership.group_id)
    may_restrict.require(by, group)
    wanted = {
        "muted_until": muted_until,
        "hold_next": inputs.whole(hold_next, at="/hold_next", most=50),
        "slow_seconds": inputs.whole(slow_seconds, at="/slow_seconds", most=86_400),
    }
    return _restrict(group, membership, wanted, by.pk)


@transaction.atomic
def change_restriction(*, membership: Membership, asked: Mapping[str, Any]) -> Restriction:
    """Change what ``asked`` names (``muted_until``, ``hold_next``) after a decision at the desk, and nothing else.

    The program itself does. Raises NotAllowed for who keeps the room. Publishes SeatsChanged.
    """
    return _restrict(Group.objects.locked_one(membership.group_id), membership, asked, None)


def _restrict(group: Group, membership: Membership, wanted: Mapping[str, Any], by: UUID | None) -> Restriction:
    if membership.keeps:
        raise NotAllowed
    row, _fresh = Restriction.objects.update_or_create(membership=membership, defaults=wanted)
    note_change(group=group)
    audit.record(action="seat.restrict", actor=by, subject=f"seat:{membership.pk}")
    return row
