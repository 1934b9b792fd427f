"""Whether a seat shows what tells of days: not while its person's program counts none (docs/adr/0012)."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from community.milestones.rules import counts_days
from community.people.models import Person
from groups.membership.models import Group, Kind, Membership
from groups.membership.services.seats import note_change


@transaction.atomic
def settle_days(*, person_id: UUID, cohort_id: UUID | None = None) -> None:
    """Let all seats of a person, held and left, show what tells of days, or not: as their programs count them.

    The program itself does; again changes nothing. ``cohort_id``: what comes next in this transaction needs its rooms,
    so they are held here with the others, in their order. Publishes SeatsChanged for each room.
    """
    hears = counts_days(Person.objects.filter(pk=person_id).get(), None)
    seats = Membership.objects.of(person_id).exclude(hears_days=hears)
    if not seats.exists():
        return
    rooms = Q(pk__in=seats.values("group")) | Q(cohort=cohort_id, cohort__isnull=False)
    alumni = Q(kind=Kind.ALUMNI, program__cohorts=cohort_id) if cohort_id else Q()
    groups = Group.objects.locked(Group.objects.filter(rooms | alumni).values_list("pk", flat=True))
    for seat in list(seats.filter(group__in=groups).order_by("group_id", "pk")):
        seat.hears_days = hears
        seat.save(update_fields=["hears_days"])
        note_change(group=groups[seat.group_id])
