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
    """The groups of today in which this person may share a milestone: where they write, and days may be spoken of."""
    now = clock.now()
    seats = Membership.objects.current().of(person.pk).select_related("group__program").order_by("began", "pk")
    return [seat.group for seat in seats if hears_of_days(seat.group) and seat.writes_at(now)]


def hears_of_days(group: Group) -> bool:
    """Not the team's room, and none of a program that counts no days, whoever comes to it from another one."""
    return group.kind != Kind.STAFF and (group.program is None or group.program.profile.counts_days)


def takes_a_card(group: Group, seat: Membership) -> bool:
    """Whether a card of this seat may stand in its room right now: as its words would, held back by nobody.

    Needs ``select_related("restriction", "group__program")``.
    """
    now, asked = clock.now(), restriction_on(seat)
    muted = asked is not None and asked.muted_until is not None and now < asked.muted_until
    return hears_of_days(seat.group) and seat.writes_at(now) and not muted and not words_wait(group, seat)


def shows_life(celebration: Celebration, person: Person) -> bool:
    """Whether somebody who gave a standing yes was here since the day came: silence is private."""
    return CheckIn.objects.of(person.pk).between(celebration.due, clock.today(person.zone)).exists()


@rule
def runs_the_organization(person: Person, _everything: None) -> bool:
    held = Appointment.objects.live(clock.now()).filter(person=person, program=None)
    return held.filter(role=StaffRole.ADMINISTRATOR).exists()


may_go_on = runs_the_organization
