"""What somebody is asked, alone, about how it goes between two."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from community.matches.models import FACES, KEEP_WORDS, TALKED_WORDS, Match, MatchCheckIn, Step
from community.matches.plans.codes import State
from community.mentoring.plans.codes import State as MentorState
from community.people.models import Person

ANSWERS = {Step.DAY_3: TALKED_WORDS, Step.DAY_12: KEEP_WORDS}


def waiting_of(person: Person) -> list[MatchCheckIn]:
    """The one question of each match that waits for somebody: the newest, while the two walk together.

    None of a mentor who takes a break of their own: it waits until they are back.
    """
    asked = MatchCheckIn.objects.of(person.pk).asked_last().unanswered()
    rows = asked.filter(match__state__in=(State.INTRODUCTORY, State.ACTIVE))
    rows = rows.exclude(match__guide=person, match__mentor__state=MentorState.PAUSED)
    return list(rows.select_related("match__mentee", "match__guide", "match__mentor").newest_first())


def question_of(person: Person, match: Match) -> MatchCheckIn | None:
    """The one that waits between these two."""
    return next((one for one in waiting_of(person) if one.match_id == match.pk), None)


@dataclass(frozen=True, slots=True)
class Question:
    """One question in words, for the one who is asked."""

    checkin: MatchCheckIn
    reader: Person

    @property
    def name(self) -> str:
        return self.checkin.match.other(self.reader.pk).alias

    @property
    def words(self) -> str:
        return asked_words(self.checkin)

    @property
    def more(self) -> str:
        """What each answer leads to, where it leads to something."""
        if self.checkin.step != Step.DAY_12:
            return ""
        words = _("It goes on when both of you say yes. After “Talk first” staff talk with you.")
        other = _("“Try someone else” ends it, and %(name)s is told only that it has ended.") % {"name": self.name}
        if self.checkin.match.mentee_id != self.reader.pk:
            return f"{words} {other}"
        return f"{words} {other} {_('You wait again in the place you had.')}"

    @property
    def aims(self) -> str:
        """What the two want from this, to be looked at again once they have walked for a while."""
        return "" if self.checkin.step == Step.DAY_3 else self.checkin.match.aims

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(code, str(words)) for code, words in _answers(self.checkin).items()]


def asked_words(checkin: MatchCheckIn) -> str:
    """The question."""
    if checkin.step == Step.DAY_3:
        return _("Have you two talked?")
    if checkin.step == Step.DAY_12:
        return _("Keep going?")
    return _("How is it going between the two of you?")


def answer_words(checkin: MatchCheckIn) -> str:
    """What was said to it; empty where nothing was."""
    return str(_answers(checkin).get(checkin.answer, ""))


def _answers(checkin: MatchCheckIn) -> dict[str, Any]:
    return ANSWERS.get(Step(checkin.step), FACES)
