"""One of two people, as the other sees them."""

from dataclasses import dataclass, field

from community.foundation.times import date_words
from community.matches.models import Match
from community.matches.plans.codes import Kind
from community.matches.reading.reasons import Reasons
from community.matches.reading.status import status_words, until_words
from community.matches.rules import may_resume
from community.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One of two people, as the other sees them; pebbles are of the match, so that they tell of no other place."""

    match: Match
    reader: Person
    reasons: Reasons = field(default_factory=Reasons)
    sponsors: bool = False  # whether the program says so

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
        """What the mentee hopes for, in their own words: for the mentor they asked, until it has ended."""
        return "" if self.hoping or not self.match.is_open else self.match.request.hopes

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
    def aims_by_me(self) -> bool:
        return self.match.aims_wished_by_id == self.reader.pk

    @property
    def may_resume(self) -> bool:
        return may_resume(self.reader, self.match)
