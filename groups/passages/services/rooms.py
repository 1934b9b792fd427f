"""Rooms of programs and cohorts, and who keeps them. All of it is done by the program itself."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override as speaking

from community.consent.models import ConsentRecord, Purpose
from community.people.models import Person
from community.programs.models import Appointment, Cohort, Enrollment, Program
from community.programs.rules import NeedsAnotherRoom
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Role
from groups.passages.rules import keepers_of, role_by_appointment, rooms_of, subject_of


@transaction.atomic
def open_room(*, cohort_id: UUID) -> Group:
    """Open a cohort's room and seat who is appointed to keep it."""
    cohort = Cohort.objects.select_related("program").get(pk=cohort_id)
    group = membership.open_group(name=cohort.name, kind=Kind.COHORT, program=cohort.program, cohort=cohort)
    _seat_keepers(group)
    return group


@transaction.atomic
def open_alumni_room(*, program: Program, name: str | None = None) -> Group:
    """The program's alumni room, opened now if there is none; ``name`` is for a new one, "After ..." unless told."""
    row = Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    found = Group.objects.filter(program=row, kind=Kind.ALUMNI).first()
    if found is not None:
        return found
    with speaking(row.language):
        words = name or (_("After %(program)s") % {"program": row.name})[:80]
    group = membership.open_group(name=words, kind=Kind.ALUMNI, program=row)
    _seat_keepers(group)
    return group


def _seat_keepers(group: Group) -> None:
    """Who is kept apart from somebody there does not keep it; that stops nothing else."""
    for person, role in keepers_of(group):
        with suppress(NeedsAnotherRoom):
            membership.seat(person=person, group=group, role=role)


@transaction.atomic
def carry_name(*, cohort_id: UUID) -> None:
    """A cohort's room goes by the cohort's name."""
    group = Group.objects.filter(cohort=cohort_id).select_related("cohort").first()
    if group is not None and group.cohort is not None:
        membership.rename_group(group=group, name=group.cohort.name)


@transaction.atomic
def settle_appointment(*, appointment_id: UUID) -> None:
    """Seat somebody in the rooms their appointments keep, and no longer in those they do not keep any more.

    Who was there as a participant or alumnus before stays as that.
    """
    appointment = Appointment.objects.select_related("person").get(pk=appointment_id)
    if appointment.program_id is None:
        return
    held = Group.objects.locked(rooms_of(appointment).values_list("pk", flat=True))
    for group in held.values():
        role = role_by_appointment(appointment.person, group)
        if role is not None:
            membership.seat(person=appointment.person, group=group, role=role)
        elif appointment.closed:
            _give_up(appointment.person, group)
        if group.kind == Kind.ALUMNI and not group.memberships.current().keepers().exists():
            _seat_keepers(group)


def _give_up(person: Person, group: Group) -> None:
    seat = group.memberships.current().of(person.pk).keepers().first()
    if seat is None:
        return
    enrolled = Enrollment.objects.open().of(person.pk).filter(cohort=group.cohort_id).exists()
    agreed = ConsentRecord.objects.live().of(person.pk).about(Purpose.ALUMNI_ROOM, subject_of(group))
    if enrolled or agreed.exists():
        membership.seat(person=person, group=group, role=Role.MEMBER)
    else:
        membership.retire(membership=seat, readable=False)
