"""What a newcomer is told of the room before they say a word."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.foundation import clock
from community.foundation.errors import Missing
from community.people.models import Person
from groups.membership.models import Role
from groups.outreach.models import FirstDay


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomFacts:
    """How many are in it, who leads it, and when and where they meet next."""

    people: int
    led_by: tuple[str, ...]
    meets: datetime | None
    where: str


def first_day_of(person: Person) -> FirstDay | None:
    """The newest one of ``person`` that waits for an answer."""
    return FirstDay.objects.of(person.pk).unanswered().to_show().first()


def require_first_day(person: Person, first_day_id: UUID) -> FirstDay:
    """One of ``person``'s own, answered or not. Raises Missing."""
    found = FirstDay.objects.of(person.pk).to_show().filter(pk=first_day_id).first()
    if found is None:
        raise Missing
    return found


def facts(day: FirstDay) -> RoomFacts:
    """Needs ``to_show()``. The newcomer is not counted, nor who only observes."""
    seats = day.group.memberships.current().exclude(role=Role.OBSERVER).exclude(person=day.enrollment.person_id)
    found = list(seats.order_by("began", "pk").values_list("alias", "role"))
    cohort = day.enrollment.cohort
    meets = cohort.next_session(clock.now())
    return RoomFacts(
        people=len(found),
        led_by=tuple(alias for alias, role in found if role == Role.FACILITATOR),
        meets=meets.begins if meets else None,
        where=cohort.where,
    )
