"""Seats: given, taken, changed. Every change of who may read raises the group's ``seats`` under its lock."""

from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.consent.rules import stands_by
from community.foundation import clock
from community.foundation.errors import FieldError, Invalid, NotAllowed
from community.foundation.events import publish
from community.foundation.registers import marks
from community.milestones.rules import counts_days
from community.people.models import Person
from community.people.rules import clean_alias, passes_for, refuse_legal_name
from community.programs.rules import NeedsAnotherRoom
from groups.membership.desk import count_seats
from groups.membership.events import NamesAlike, Seated, SeatsChanged
from groups.membership.models import FormerName, Group, Kind, Membership, Restriction, Role, hue_of
from groups.membership.querysets import KEEPERS
from groups.membership.rules import facilitates, is_kept_from, may_seat, name_again, name_taken

DRAWS = 24  # twice as many as there are colors


@transaction.atomic
def seat(
    *, person: Person, group: Group, role: Role | None = None, by: Person | None = None, alias: str | None = None
) -> Membership:
    """Give ``person`` a seat, as a member unless told.

    One they hold already stays, with ``role`` if one is asked, and writes again if it was closing.
    ``alias`` is another name for this group alone, which a change of the person's own name does not touch; who had one
    here before is called by it again.
    ``by`` keeps the room and may not hand out a role above their own; None is the program itself. Raises NotAllowed;
    Invalid when somebody there goes by the same name, and NeedsAnotherRoom when they are kept apart from somebody there
    (whoever keeps the room and does not lead it hears NotAllowed). Publishes Seated (SeatsChanged when only the role
    changes).
    """
    held = Group.objects.locked_one(group.pk)
    if by is not None:
        may_seat.require(by, held)
        if role == Role.FACILITATOR and not facilitates(by, held):
            raise NotAllowed
    current = held.memberships.current().of(person.pk).first()
    if current is not None:
        _keep_open(held, current)
        if alias:
            _name_here(held, current, _clean_here(held, person, alias, current.role))
        return current if role in {None, current.role} else _promote(held, current, Role(role), by)
    if is_kept_from(person, held):
        raise NeedsAnotherRoom if by is None or facilitates(by, held) else NotAllowed
    membership = _place(group=held, person=person, role=role or Role.MEMBER, alias=alias)
    audit.record(
        action="seat.give",
        actor=by.pk if by else None,
        subject=f"seat:{membership.pk}",
        reason=str(membership.role),
    )
    return membership


@transaction.atomic
def take_seat(*, person: Person, group: Group, alias: str | None = None) -> Membership:
    """Somebody takes the seat that waits for them, by themselves; as :func:`seat`.

    Who is kept apart from somebody there does not learn it: they read NotAllowed.
    """
    try:
        return seat(person=person, group=group, alias=alias)
    except NeedsAnotherRoom as refusal:
        raise NotAllowed from refusal


def _keep_open(group: Group, membership: Membership) -> None:
    if membership.writes_until is not None:
        membership.writes_until = None
        _save_changed(group, membership, "writes_until")


def _clean_here(group: Group, person: Person, alias: str, role: str) -> str:
    """Another name for one group; nobody there goes by it, and it is not the one on their papers."""
    name = clean_alias(alias)
    refuse_legal_name(person, name)
    _refuse_look_alike(group, person, name, role)
    return name


def _name_here(group: Group, membership: Membership, name: str) -> None:
    if membership.alias == name:
        return
    _keep_name(group, membership)
    membership.alias, membership.named_here = name, name != membership.person.alias
    membership.save(update_fields=["alias", "named_here"])
    publish(SeatsChanged(group_id=group.pk, seats=group.seats))
    _mind_names(group, membership)


def _save_changed(group: Group, membership: Membership, *fields: str) -> None:
    membership.save(update_fields=fields)
    note_change(group=group)


@transaction.atomic
def note_change(*, group: Group) -> Group:
    """Let everybody in a room hear that a name, a role or a setting is another one now; its row is held already.

    Publishes SeatsChanged.
    """
    count_seats(group)
    publish(SeatsChanged(group_id=group.pk, seats=group.seats))
    return group


def _place(*, group: Group, person: Person, role: Role, alias: str | None = None) -> Membership:
    former = group.memberships.latest_of(person.pk)
    if alias:
        name = _clean_here(group, person, alias, role)
    else:
        name = name_again(person, former)
        _refuse_look_alike(group, person, name, role)
    membership = Membership.objects.create(
        group=group,
        person=person,
        role=role,
        alias=name,
        named_here=name != person.alias,
        member_id=former.member_id if former else _apart_in_color(group),
        began=clock.now(),
        reads_from=_shown_from(group),
        agrees=stands_by(person.pk),
        hears_days=counts_days(person, None),
        read=group.position,
    )
    if former is not None:
        _carry_restriction(former, membership)
    count_seats(group)
    publish(Seated(group_id=group.pk, person_id=person.pk, seats=group.seats))
    _mind_names(group, membership)
    return membership


def _apart_in_color(group: Group) -> UUID:
    """A member id whose color is as rare as can be among those who are here: many names begin with one letter."""
    worn = Counter(hue_of(one) for one in group.memberships.current().values_list("member_id", flat=True))
    return min((uuid4() for _draw in range(DRAWS)), key=lambda drawn: worn[hue_of(drawn)])


def _carry_restriction(former: Membership, seat: Membership) -> None:
    """What was asked of the seat before is asked of this one: leaving and coming back lifts nothing."""
    asked = Restriction.objects.filter(membership=former).first()
    if asked is not None:
        Restriction.objects.create(
            membership=seat,
            muted_until=asked.muted_until,
            hold_next=asked.hold_next,
            slow_seconds=asked.slow_seconds,
            last_post=asked.last_post,
        )


def _refuse_look_alike(group: Group, person: Person, alias: str, role: str) -> None:
    """Two people of one room never go by names that read the same, and nobody by one that could be a keeper's.

    Save where two people chose each other: nobody there can be taken for a third.
    """
    if group.kind == Kind.PAIR:
        return
    others = group.memberships.current().exclude(person=person)
    if name_taken(alias, others, keeps=role in KEEPERS):
        raise Invalid(
            FieldError(
                "/alias",
                "taken",
                _("Somebody in this group already goes by this name, or one like it. Please choose another."),
            )
        )


def _mind_names(group: Group, keeper: Membership) -> None:
    """Who was there before somebody came to keep the room keeps their name; whoever keeps it hears that it could be

    taken for that one's. Publishes NamesAlike.
    """
    if not keeper.keeps or group.kind == Kind.PAIR:
        return
    others = group.memberships.current().exclude(role__in=KEEPERS)
    if any(passes_for(name, keeper.alias) for name in others.values_list("alias", flat=True)):
        publish(NamesAlike(group_id=group.pk))


def _shown_from(group: Group) -> int:
    """The position after which a seat that begins now reads: its own time and ``history_days`` before."""
    if group.history_days == 0:
        return group.position
    since = clock.now() - timedelta(days=group.history_days)
    return max((mark(group.pk, since) for mark in marks), default=0)


def _keep_name(group: Group, membership: Membership) -> None:
    """Count a change of how a seat is called, and keep what was true before for who may only look back."""
    count_seats(group)
    FormerName.objects.create(membership=membership, alias=membership.alias, role=membership.role, until=group.seats)


def _promote(group: Group, membership: Membership, role: Role, by: Person | None) -> Membership:
    if by is not None and membership.role == Role.FACILITATOR and not facilitates(by, group):
        raise NotAllowed
    _keep_name(group, membership)
    membership.role = role
    membership.save(update_fields=["role"])
    publish(SeatsChanged(group_id=group.pk, seats=group.seats))
    _mind_names(group, membership)
    audit.record(action="seat.role", actor=by.pk if by else None, subject=f"seat:{membership.pk}", reason=str(role))
    return membership


@transaction.atomic
def rename(*, person_id: UUID) -> None:
    """Carry a person's new name into all their seats, save where they go by another name on purpose.

    Seats that ended are among them: the old name is printed in no room again. Publishes SeatsChanged for each. Raises
    Invalid when somebody who shares a room with them today goes by it already.
    """
    seats = Membership.objects.of(person_id).filter(named_here=False).select_related("person")
    groups = Group.objects.locked(seats.values_list("group_id", flat=True))
    for seat in seats.filter(group__in=groups).order_by("group_id"):
        group, name = groups[seat.group_id], seat.person.alias
        if seat.alias == name:
            continue
        if seat.ended is None:
            _refuse_look_alike(group, seat.person, name, seat.role)
        _keep_name(group, seat)
        seat.alias = name
        seat.save(update_fields=["alias"])
        publish(SeatsChanged(group_id=group.pk, seats=group.seats))
        if seat.ended is None:
            _mind_names(group, seat)
