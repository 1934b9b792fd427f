"""Whose celebrations are whose, and in which rooms one may be shared."""

from uuid import UUID

from community.checkins.models import CheckIn
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.milestones.rules import counts_days
from community.people.models import Person
from community.programs.models import Appointment, StaffRole
from groups.celebrations.models import Celebration
from groups.chat.desk import restriction_on, words_wait
from groups.membership.models import Group, Kind, Membership


def celebration_of(person: Person, celebration_id: UUID) -> Celebration:
    """One's own, where days are counted. Raises Missing."""
    found = Celebration.objects.of(person.pk).to_show().filter(pk=celebration_id).first()
    if found is None or not counts_days(person, None):
        raise Missing
    return found


def rooms_to_share(person: Person) -> list[Group]:
    """The groups of today in which this person may share a milestone: where they write, the team's room left out."""
    now = clock.now()
    seats = Membership.objects.current().of(person.pk).exclude(group__kind=Kind.STAFF).select_related("group__program")
    return [seat.group for seat in seats.order_by("began", "pk") if seat.writes_at(now)]


def takes_a_card(group: Group, seat: Membership) -> bool:
    """Whether a card of this seat may stand in its room right now: as its words would, held back by nobody.

    Needs ``select_related("restriction")``.
    """
    now, asked = clock.now(), restriction_on(seat)
    muted = asked is not None and asked.muted_until is not None and now < asked.muted_until
    return group.kind != Kind.STAFF and seat.writes_at(now) and not muted and not words_wait(group, seat)


def shows_life(celebration: Celebration, person: Person) -> bool:
    """Whether somebody who gave a standing yes was here since the day came: silence is private."""
    return CheckIn.objects.of(person.pk).between(celebration.due, clock.today(person.zone)).exists()


@rule
def runs_the_organization(person: Person, _everything: None) -> bool:
    held = Appointment.objects.live(clock.now()).filter(person=person, program=None)
    return held.filter(role=StaffRole.ADMINISTRATOR).exists()


may_go_on = runs_the_organization
