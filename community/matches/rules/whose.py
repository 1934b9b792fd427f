"""Whose match is whose: what is not for somebody is not there."""

from uuid import UUID

from django.db.models import Q

from community.foundation import clock
from community.foundation.errors import Missing
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.asking import HEAVY
from community.people.models import Person


def match_of(person: Person, match_id: UUID) -> Match:
    """One's own, as far as it is shown by now. Raises Missing."""
    return _found(Match.objects.shown_to(person.pk, clock.now()).to_show().filter(pk=match_id).first())


def came_to_nothing_for(person: Person, match_id: UUID) -> bool:
    """Whether it is gone for both, and this person knew of it: they asked, or were asked."""
    return Match.objects.touching(person.pk).filter(pk=match_id, asked__isnull=False, accepted=None).exists()


def match_of_staff(person: Person, match_id: UUID) -> Match:
    """Other people's, in a program this person runs. Raises Missing."""
    return _found(Match.objects.of_staff(person.pk, clock.now()).to_show().filter(pk=match_id).first())


def checkin_of(person: Person, checkin_id: UUID) -> MatchCheckIn:
    """What one was asked oneself. Raises Missing."""
    return _found(MatchCheckIn.objects.of(person.pk).select_related("match").filter(pk=checkin_id).first())


def checkin_of_staff(person: Person, checkin_id: UUID) -> MatchCheckIn:
    """Where somebody wants to talk to staff, or said what is for them to see to, in a program this person runs.

    Raises Missing.
    """
    theirs = Match.objects.of_staff(person.pk, clock.now())
    asked = MatchCheckIn.objects.filter(Q(wants_staff=True) | Q(answer__in=HEAVY), match__in=theirs.values("pk"))
    return _found(asked.select_related("match", "person").filter(pk=checkin_id).first())


def _found[T](row: T | None) -> T:
    if row is None:
        raise Missing
    return row
