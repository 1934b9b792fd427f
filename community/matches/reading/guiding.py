"""How it stands with a mentor: who asks them, who they walk with, and how many places they have."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from community.foundation import clock
from community.matches.desk import mentors_of
from community.matches.models import Match
from community.matches.plans.codes import FRESH, MANY, State
from community.matches.reading.card import Card
from community.matches.reading.one import cards_of
from community.mentoring.models import Mentor
from community.mentoring.querysets import WAY_IN
from community.people.models import Person


@dataclass(frozen=True)
class Guiding:
    """Everything that is shown to somebody as a mentor. Of who did not choose them there is nothing."""

    person: Person

    @cached_property
    def _cards(self) -> list[Card]:
        shown = Match.objects.shown_to(self.person.pk, clock.now()).of_guide(self.person.pk)
        return cards_of(list(shown.to_show().order_by("until", "pk")), self.person, mentee=False)

    @property
    def offers(self) -> list[Card]:
        """Who asks, the one whose time is over first on top."""
        return [one for one in self._cards if one.match.state == State.OFFERED]

    @property
    def together(self) -> list[Card]:
        return [one for one in self._cards if one.match.is_walking]

    @property
    def parted(self) -> list[Card]:
        """Who they walked with, the last on top."""
        ended = [one for one in self._cards if one.match.state == State.ENDED]
        return sorted(ended, key=lambda one: one.match.since, reverse=True)

    @cached_property
    def places(self) -> str:
        """How many of their places are taken, each once: they are the same in every program they are a mentor in."""
        mentors = list(Mentor.objects.of(self.person.pk).open().exclude(state__in=WAY_IN).to_show())
        if not mentors:
            return _("You walk with nobody just now. The page Mentoring says how that begins.")
        told = {
            "taken": len(self.offers) + len(self.together),
            "places": max(one.places for one in mentors_of(mentors)),
        }
        return _("Places taken: %(taken)d of %(places)d.") % told

    @property
    def much(self) -> bool:
        """Whether it is much already: three people, and one of them is new."""
        fresh = clock.now() - FRESH
        new = any(one.match.accepted is not None and one.match.accepted > fresh for one in self.together)
        return len(self.together) >= MANY and new
