"""Why two people might walk well together, in sentences for the one who reads them.

Only what both said is told, in the reader's own spelling; and never a number of the fit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from community.matches.desk import coming_week, mentees_of, mentors_of
from community.matches.models import Match
from community.matching import fit as fitting
from community.matching import windows
from community.matching.facts import Side
from community.mentoring.models import LANGUAGE_WORDS, PATHWAY_WORDS, STYLE_WORDS, Mentor, MentorRequest, Said
from community.programs.models import Weekday

MORNING, NOON, EVENING = time(5), time(12), time(17)
ICONS = {
    "hours": "clock",
    "pathway": "sprout",
    "life_stage": "users",
    "values": "heart",
    "language": "languages",
    "gender": "user",
    "style": "message-square",
    "program": "book-open",
}


@dataclass(frozen=True, slots=True)
class Why:
    """One thing that is true of both."""

    code: str
    words: str

    @property
    def icon(self) -> str:
        return ICONS[self.code]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Up to three reasons, the weightiest first, and one honest thing to know beforehand, where there is one."""

    why: tuple[Why, ...] = ()
    worth_knowing: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, from the side of the one who reads: what they said themselves, and what is told of both."""

    said: Said
    own: Side
    other: Side
    week_of: datetime

    def reasons(self) -> Reasons:
        found = fitting.reasons(self.own, self.other, self.week_of)
        worth = fitting.worth_knowing(self.own, self.other, self.week_of)
        why = tuple(Why(one.code, self._words(one)) for one in found)
        return Reasons(why, _worth(worth) if worth else "")

    def _words(self, reason: fitting.Reason) -> str:
        about = reason.about
        if reason.code == "hours":
            return self._hours([str(Weekday(int(day)).label) for day in about])
        if reason.code == "gender":
            return _("The gender you hoped for")
        if reason.code == "program":
            hopes = isinstance(self.said, MentorRequest)
            return _("Finished the same program") if hopes else _("Of the program you finished")
        return {
            "pathway": _("What helps both of you: %(what)s"),
            "life_stage": _("You both say of your lives: %(what)s"),
            "values": _("You both named %(what)s"),
            "language": _("%(what)s: both of you speak it"),
            "style": _("How both of you like to talk: %(what)s"),
        }[reason.code] % {"what": _listed(self._named(reason.code, one) for one in about)}

    def _named(self, code: str, one: str) -> str:
        """One thing in words: our own, or theirs as the reader spelled it."""
        if code == "pathway":
            return _way(one)
        if code == "language":
            return str(LANGUAGE_WORDS[one])
        if code == "style":
            return _inside(str(STYLE_WORDS[one]))
        own = self.said.values if code == "values" else self.said.life_stages
        return _("“%(words)s”") % {"words": next((words for words in own if words.casefold() == one), one)}

    def _hours(self, days: list[str]) -> str:
        told = {"days": _listed(days)}
        part = self._part_of_day()
        if len(days) == len(Weekday):
            return _("You both have time on every day of the week")
        if part == MORNING:
            return _("You are both free on %(days)s mornings") % told
        if part == NOON:
            return _("You are both free on %(days)s afternoons") % told
        if part == EVENING:
            return _("You are both free on %(days)s evenings") % told
        return _("You both have time on %(days)s") % told

    def _part_of_day(self) -> time | None:
        """The one part of the day all of it lies in, on the clock of who reads; None for several, or the night."""
        place = ZoneInfo(self.own.windows[0].zone)
        both = windows.together(self.own.windows, self.other.windows, self.week_of)
        last = timedelta(minutes=1)
        parts = {_part(at.astimezone(place).time()) for span in both for at in (span[0], span[1] - last)}
        return parts.pop() if len(parts) == 1 else None


def reasons_of(matches: Iterable[Match], *, mentee: bool) -> list[Reasons]:
    """Of these matches, in the order they come, as their mentees read them, or their mentors.

    However many they are, the questions stay as many.
    """
    rows = list(matches)
    if not rows:
        return []
    requests = _by_id(MentorRequest.objects.filter(pk__in={one.request_id for one in rows}).to_show())
    mentors = _by_id(Mentor.objects.filter(pk__in={one.mentor_id for one in rows}).to_show())
    hoping = dict(zip(requests, mentees_of(requests.values()), strict=True))
    guiding = dict(zip(mentors, mentors_of(mentors.values()), strict=True))
    week, pairs = coming_week(), []
    for one in rows:
        hopes, guides = hoping[one.request_id], guiding[one.mentor_id]
        if mentee:
            pairs.append(Pair(requests[one.request_id], hopes, guides, week))
        else:
            pairs.append(Pair(mentors[one.mentor_id], guides, hopes, week))
    return [pair.reasons() for pair in pairs]


def _by_id[Row: (Mentor, MentorRequest)](rows: Iterable[Row]) -> dict[object, Row]:
    return {one.pk: one for one in rows}


def _worth(reason: fitting.Reason) -> str:
    if reason.code == "time_difference":
        minutes = int(reason.about[0])
        told = {"hours": f"{abs(minutes) / 60:g}"}
        if minutes > 0:
            return _("Their clock is ahead of yours by %(hours)s h.") % told
        return _("Their clock is behind yours by %(hours)s h.") % told
    if reason.code == "few_hours":
        return _("You have less than two hours a week in common.")
    return _("They go another way: %(ways)s.") % {"ways": _listed(map(_way, reason.about))}


def _part(at: time) -> time | None:
    if at < MORNING:
        return None
    return max(part for part in (MORNING, NOON, EVENING) if part <= at)


def _way(code: str) -> str:
    return _inside(str(PATHWAY_WORDS[code]))


def _inside(words: str) -> str:
    """Words that stand alone elsewhere, inside a sentence: "Twelve steps" begins small, "SMART tools" does not."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _listed(words: Iterable[str]) -> str:
    """ "Tuesday", "Tuesday and Thursday", "Monday, Tuesday and Thursday"."""
    *first, last = words
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
