"""Which rooms somebody who has died belonged to, and who may write to them."""

from uuid import UUID

from community.deaths.models import Death
from community.foundation import clock
from community.people.models import Person
from groups.membership.models import Group, Kind, Membership


def grieves(group_id: UUID) -> bool:
    """Whether somebody with a seat in this room has died within the last thirty days, as staff know."""
    seats = Membership.objects.current().filter(group=group_id)
    return seats.filter(person__in=Death.objects.recent(clock.now()).values("person")).exists()


def rooms_of_both(by: Person, died: UUID) -> list[Group]:
    """The rooms in which somebody who has died has a seat and ``by`` keeps one; a room of two is none of them."""
    theirs = Membership.objects.current().of(died).values("group")
    mine = Membership.objects.current().of(by.pk).keepers().filter(group__in=theirs).exclude(group__kind=Kind.PAIR)
    return [seat.group for seat in mine.select_related("group").order_by("group__name", "group")]
