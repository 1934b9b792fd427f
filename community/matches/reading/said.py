"""What each of two people answered, asked alone how it goes, as who coordinates reads it; the other never does."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from community.foundation.times import date_words
from community.matches.models import Match, MatchCheckIn
from community.matches.querysets import MatchCheckInQuerySet
from community.matches.reading.questions import answer_words, asked_words


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words; its day is on the clock of the program."""

    checkin: MatchCheckIn
    zone: str

    @property
    def name(self) -> str:
        return self.checkin.person.alias

    @property
    def question(self) -> str:
        return asked_words(self.checkin)

    @property
    def answer(self) -> str:
        return answer_words(self.checkin)

    @property
    def day(self) -> str:
        at = self.checkin.answered
        return date_words(at.astimezone(ZoneInfo(self.zone)).date()) if at is not None else ""


def answers_of(match: Match) -> MatchCheckInQuerySet:
    """What both said, the newest first. For who may coordinate this match, and nobody else."""
    rows: MatchCheckInQuerySet = MatchCheckIn.objects.filter(match=match).answered()
    return rows.select_related("person").last_said_first()


def to_talk_with(match: Match) -> list[MatchCheckIn]:
    """Who of the two would like to talk with staff, or said last what is for staff to see to."""
    rows = MatchCheckIn.objects.filter(match=match).select_related("person")
    wants = list(rows.for_staff().newest_first())
    return [*wants, *(one for one in rows.heavy().newest_first() if one not in wants)]
