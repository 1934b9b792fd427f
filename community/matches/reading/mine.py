"""How it stands with somebody who hopes for a mentor, and with who is one."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import date_words
from community.matches.models import Match
from community.matches.plans.codes import PLACED, Kind, State
from community.matches.reading.card import Card
from community.matches.reading.reasons import Reasons, reasons_of
from community.matches.reading.status import ask_words, people_words
from community.mentoring.models import Closing, MentoringPolicy, MentorRequest
from community.mentoring.rules import mentoring_programs, policies_of, sponsors_in
from community.people.models import Person

RECENT = timedelta(days=14)  # for how long is said that somebody who was asked could not


@dataclass(frozen=True)
class Mine:
    """Everything that is shown to somebody as the one who hopes for a mentor."""

    person: Person

    @cached_property
    def _rows(self) -> list[Match]:
        shown = Match.objects.shown_to(self.person.pk, clock.now()).of_mentee(self.person.pk)
        return list(shown.to_show().best_first())

    @cached_property
    def waiting(self) -> list[MentorRequest]:
        return list(MentorRequest.objects.of(self.person.pk).open().to_show().in_line())

    @cached_property
    def cards(self) -> list[Card]:
        """To choose from, and why; the one who was asked stands first."""
        rows = [*self._at(State.OFFERED), *self._at(State.SHORTLISTED)]
        told = reasons_of(rows, mentee=True)
        return [self._card(one, why) for one, why in zip(rows, told, strict=True)]

    @property
    def asked(self) -> list[Card]:
        return [one for one in self.cards if one.match.state == State.OFFERED]

    @property
    def choices(self) -> list[Card]:
        return [one for one in self.cards if one.match.state == State.SHORTLISTED]

    @property
    def open_choice(self) -> bool:
        """Whether somebody can be asked now: one at a time, and not beside who walks with them already."""
        return not any(one.kind == Kind.PRIMARY and one.state in PLACED for one in self._rows)

    @cached_property
    def together(self) -> list[Card]:
        return [self._card(one) for one in self._rows if one.is_walking]

    @cached_property
    def parted(self) -> list[Card]:
        """Who walked with them, the last on top."""
        ended = sorted(self._at(State.ENDED), key=lambda one: one.since, reverse=True)
        return [self._card(one) for one in ended]

    @property
    def looks_again(self) -> Card | None:
        """The match after which one press puts them back in line; None while they wait there, or have somebody.

        Of each program it is the last one, and of several the one that ended last.
        """
        waiting = {one.program_id for one in self.waiting}
        last = {one.match.program_id: one for one in reversed(self.parted) if not one.stands_in}
        done = [one for one in last.values() if one.match.request.closing == Closing.DONE]
        there = [one for one in done if one.match.program_id not in waiting]
        return max(there, key=lambda one: one.match.since, default=None) if self.open_choice else None

    @cached_property
    def could_not(self) -> bool:
        """Whether somebody they asked lately could not say yes; why is told to nobody, and it is the same for all."""
        since = clock.now() - RECENT
        lately = Match.objects.of_mentee(self.person.pk).primary().came_to_nothing().filter(since__gte=since)
        return bool(self.waiting) and not self.asked and lately.exists()

    @property
    def heading(self) -> str:
        """What the page is called: the one thing that is true now."""
        asked = next((one.name for one in self.asked if not one.stands_in), "")
        if asked:
            return _("You asked %(name)s") % {"name": asked}
        if self.choices:
            return people_words(len(self.choices))
        if self.together:
            return _("You and %(name)s") % {"name": self.together[0].name}
        if self.waiting:
            return _("You are in line")
        return _("A sponsor for you") if self.sponsors else _("A mentor for you")

    @property
    def lead(self) -> str:
        """How it stands, in plain words; always there."""
        asked = next((one for one in self.asked if not one.stands_in), None)
        if asked:
            return asked.status
        if self.choices:
            return ask_words(len(self.choices))
        if self.together:
            return self.together[0].status
        if self.waiting:
            day = date_words(self.waiting[0].asked_at.date())
            return _(
                "You asked on %(day)s, and that is your place in line. Staff look for somebody who fits. There is "
                "nothing you have to do."
            ) % {"day": day}
        if self.parted:
            return self.parted[0].status
        return _("You have not asked for anybody. You can, whenever you like.")

    @cached_property
    def sponsors(self) -> bool:
        """Whether all of their programs say so."""
        return sponsors_in(mentoring_programs(self.person))

    @cached_property
    def _policies(self) -> dict[UUID, MentoringPolicy]:
        return policies_of({one.program for one in self._rows})

    def _card(self, match: Match, reasons: Reasons | None = None) -> Card:
        sponsors = self._policies[match.program_id].says_sponsor
        return Card(match=match, reader=self.person, reasons=reasons or Reasons(), sponsors=sponsors)

    def _at(self, state: State) -> list[Match]:
        return [one for one in self._rows if one.state == state]
