"""What somebody agrees to in a program: that staff look for a mentor, or what mentors agree to. Said in one place."""

from collections.abc import Collection
from uuid import UUID

from community.consent import services as consent
from community.consent import texts
from community.consent.models import Purpose
from community.consent.wording import todays
from community.mentoring.models import MentoringPolicy
from community.mentoring.models.policy import Word
from community.mentoring.rules.standing import PROGRAM, agreement_subject
from community.people.models import Person


def give(*, person: Person, program: UUID, purpose: Purpose, language: str | None, channel: str) -> None:
    """Agree to today's words; again is the same. ``language`` is the one they were shown in."""
    consent.give(person=person, purpose=purpose, subject=agreement_subject(program), language=language, channel=channel)


def words(program: UUID, purpose: Purpose) -> list[tuple[str, str, str]]:
    """What is agreed to in this program today, part by part, in the language of this page."""
    return by_parts(todays(purpose, agreement_subject(program), texts.shown_in()))


def by_parts(shown: texts.Text) -> list[tuple[str, str, str]]:
    """What each line of a text is about, and what it says."""
    return [line.partition(": ") for line in shown.parts]


def wordings(subjects: Collection[str]) -> dict[str, str]:
    """Which of these are of a program that says another word than mentor, and which word."""
    asked = {one for one in subjects if one.startswith(PROGRAM)}
    if not asked:
        return {}
    said = MentoringPolicy.objects.exclude(word=Word.MENTOR).values_list("program", "word")
    return {agreement_subject(program): word for program, word in said if agreement_subject(program) in asked}


def end(*, person: UUID, program: UUID, purpose: Purpose) -> None:
    """It is for nothing any more."""
    consent.end(person_id=person, purpose=purpose, subject=agreement_subject(program))
