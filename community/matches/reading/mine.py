"""How it stands with somebody who hopes for a mentor, and with who is one."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import date_words
from community.matches.models import Match
from community.matches.plans.codes import PLACED, Kind, State
from community.matches.reading.reasons import Reasons, reasons_of
from community.matches.reading.status import people_words, status_words, until_words
from community.matches.rules import may_resume
from community.mentoring.models import Closing, MentorRequest
from community.people.models import Person

RECENT = timedelta(days=14)  # for how long is said that somebody who was asked could not


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One of two people, as the other sees them; pebbles are of the match, so that they tell of no other place."""

    match: Match
    reader: Person
    reasons: Reasons = field(default_factory=Reasons)

    @property
    def name(self) -> str:
        return self.match.other(self.reader.pk).alias

    @property
    def hue(self) -> int:
        return self.match.pk.bytes[0] % 12

    @property
    def shape(self) -> int:
        return self.match.pk.bytes[1] % 3

    @property
    def until(self) -> str:
        """When this state has waited long enough, to the hour, on the clock of who reads."""
        return until_words(self.match.until, self.reader)

    @property
    def hoping(self) -> bool:
        """Whether who reads is the one who hoped for a mentor."""
        return self.match.mentee_id == self.reader.pk

    @property
    def stands_in(self) -> bool:
        return self.match.kind == Kind.COVER

    @property
    def status(self) -> str:
        """Where the two stand, in a sentence."""
        return status_words(self.match, self.reader)

    @property
    def hopes(self) -> str:
        """What the mentee hopes for, in their own words: for the mentor they asked, and from then on."""
        return "" if self.hoping else self.match.request.hopes

    @property
    def calls(self) -> bool:
        """Whether who reads would like to call."""
        return self.match.mentee_calls if self.hoping else self.match.guide_calls

    @property
    def other_calls(self) -> bool:
        return self.match.guide_calls if self.hoping else self.match.mentee_calls

    @property
    def other_number(self) -> str:
        """The other's number, only while both would like to call, and walk together."""
        if not (self.match.is_walking and self.calls and self.other_calls):
            return ""
        return self.match.guide_number if self.hoping else self.match.mentee_number

    @property
    def planned_end(self) -> str:
        return date_words(self.match.planned_end) if self.match.planned_end else ""

    @property
    def end_wished(self) -> str:
        return date_words(self.match.end_wished) if self.match.end_wished else ""

    @property
    def wished_by_me(self) -> bool:
        return self.match.end_wished_by_id == self.reader.pk

    @property
    def may_resume(self) -> bool:
        return may_resume(self.reader, self.match)


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
        return [Card(match=one, reader=self.person, reasons=why) for one, why in zip(rows, told, strict=True)]

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
        return [Card(match=one, reader=self.person) for one in self._rows if one.is_walking]

    @cached_property
    def parted(self) -> list[Card]:
        """Who walked with them, the last on top."""
        ended = sorted(self._at(State.ENDED), key=lambda one: one.since, reverse=True)
        return [Card(match=one, reader=self.person) for one in ended]

    @property
    def looks_again(self) -> Card | None:
        """The match after which one press puts them back in line; None while they wait, or have somebody."""
        last = next((one for one in self.parted if not one.stands_in), None)
        settled = self.waiting or any(not one.stands_in for one in self.together)
        return None if last is None or settled or last.match.request.closing != Closing.DONE else last

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
        return _("You are in line") if self.waiting else _("A mentor for you")

    @property
    def lead(self) -> str:
        """How it stands, in plain words; always there."""
        asked = next((one for one in self.asked if not one.stands_in), None)
        if asked:
            return asked.status
        if self.choices:
            return _("Each of them offered their time and has room. Ask one. The others never hear of it.")
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
        return _("You have not asked for a mentor. You can, whenever you like.")

    def _at(self, state: State) -> list[Match]:
        return [one for one in self._rows if one.state == state]
