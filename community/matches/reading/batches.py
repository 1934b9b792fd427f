"""A proposal for everybody who waits, as staff look at it before they take it over."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation.times import clock_time, day_words
from community.matches.models import Batch
from community.matches.reading.suggesting import code_words, fit_words
from community.matching.codes import Code
from community.mentoring.models import GENDER_WORDS, LANGUAGE_WORDS, Mentor, MentorRequest
from community.mentoring.querysets import untied
from community.mentoring.reading import days_words
from community.mentoring.rules import policy_of
from community.people.models import Person


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who would get which cards, the proposed mentor first."""

    name: str
    mentors: list[str]
    fits: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who would have nobody, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """One batch in words; what is about the reader, or somebody they have a tie to, is not in it."""

    batch: Batch
    sentence: str
    facts: list[tuple[str, str]]
    proposed: list[Proposed]
    left: list[Left]
    helps: list[str]

    @property
    def takes(self) -> bool:
        return self.batch.may_be_taken and bool(self.proposed)


def preview_of(batch: Batch, reader: Person) -> Preview:
    """In a fixed number of questions."""
    figures = batch.figures
    requests = _requests(batch, reader)
    mentors = _mentors(batch, reader)
    policy = policy_of(batch.program)
    floor = policy.floor
    return Preview(
        batch=batch,
        sentence=_sentence(figures),
        facts=_facts(batch, floor),
        proposed=[
            Proposed(
                name=requests[request],
                mentors=[mentors[mentor] for mentor, _fit in cards if mentor in mentors],
                fits=fit_words(cards[0][1], floor),
            )
            for request, cards in batch.cards
            if request in requests and any(mentor in mentors for mentor, _fit in cards)
        ],
        left=[
            Left(requests[one["request"]], _why(one["why"]))
            for one in figures.get("left", [])
            if one["request"] in requests
        ],
        helps=[*_alone(figures.get("alone", [])), *_kinds(figures.get("kinds", []), sponsors=policy.says_sponsor)],
    )


def _sentence(figures: dict[str, Any]) -> str:
    if "waiting" not in figures:
        return _("There is no proposal yet.")
    matched, waiting = figures["matched"], figures["waiting"]
    words = ngettext(
        "%(matched)d of %(count)d person who waits would have somebody.",
        "%(matched)d of %(count)d people who wait would have somebody.",
        waiting,
    )
    return words % {"matched": matched, "count": waiting}


def _requests(batch: Batch, reader: Person) -> dict[str, str]:
    ids = {request for request, _cards in batch.cards} | {one["request"] for one in batch.figures.get("left", [])}
    rows = untied(MentorRequest.objects.filter(pk__in=[UUID(one) for one in ids]), reader.pk, "person")
    return {str(pk): alias for pk, alias in rows.values_list("pk", "person__alias")}


def _mentors(batch: Batch, reader: Person) -> dict[str, str]:
    ids = {mentor for _request, cards in batch.cards for mentor, _fit in cards}
    rows = untied(Mentor.objects.filter(pk__in=[UUID(one) for one in ids]), reader.pk, "person")
    return {str(pk): alias for pk, alias in rows.values_list("pk", "person__alias")}


def _facts(batch: Batch, floor: int) -> list[tuple[str, str]]:
    figures, worst = batch.figures, batch.figures.get("worst_fit")
    told = (
        (_("Free places"), str(figures.get("places", ""))),
        (_("Longest wait of those left"), days_words(figures["longest_wait_left"]) if figures.get("left") else ""),
        (_("Of those proposed, the two with least in common"), "" if worst is None else fit_words(worst, floor)),
        (_("Worked out"), _when(batch)),
    )
    return [(label, words) for label, words in told if words]


def _when(batch: Batch) -> str:
    """On the clock of the program."""
    if batch.made is None:
        return ""
    at = batch.made.astimezone(ZoneInfo(batch.program.zone))
    return f"{day_words(at)}, {clock_time(at)}"


def _why(code: str) -> str:
    if code == "places_taken":
        return _("They would fit somebody, and no place is free")
    return _("There is nobody yet whom they could meet")


def _alone(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Which single rule keeps how many from somebody."""
    told = []
    for row in rows:
        number, what = len(row["requests"]), code_words(Code(row["code"]))
        if row["about"]:
            what = f"{what} ({', '.join(str(LANGUAGE_WORDS[one]) for one in row['about'])})"
        words = ngettext("%(count)d person: only “%(what)s”", "%(count)d people: only “%(what)s”", number)
        told.append(words % {"count": number, "what": what})
    return told


def _kinds(rows: Iterable[dict[str, Any]], *, sponsors: bool) -> list[str]:
    """Whom to look for."""
    told = []
    for row in rows:
        who = one_more(row["language"], row["gender"], sponsors=sponsors)
        suits = ngettext("would suit %(count)d person", "would suit %(count)d people", row["people"])
        told.append(f"{who} {suits % {'count': row['people']}}")
    return told


def one_more(language: str, gender: str | None, *, sponsors: bool) -> str:
    """Somebody who is not there yet, as one would ask around for them."""
    what = {"language": str(LANGUAGE_WORDS[language]), "gender": str(GENDER_WORDS[gender]) if gender else ""}
    if gender:
        mentor = _("One more mentor who speaks %(language)s (%(gender)s)")
        return (_("One more sponsor who speaks %(language)s (%(gender)s)") if sponsors else mentor) % what
    mentor = _("One more mentor who speaks %(language)s")
    return (_("One more sponsor who speaks %(language)s") if sponsors else mentor) % what
