"""What somebody agrees to in a program: that staff look for a mentor, or what mentors agree to. Said in one place."""

from uuid import UUID

from community.consent import services as consent
from community.consent.models import Purpose
from community.mentoring.rules.standing import agreement_subject
from community.people.models import Person


def give(*, person: Person, program: UUID, purpose: Purpose, language: str | None, channel: str) -> None:
    """Agree to today's words; again is the same. ``language`` is the one they were shown in."""
    consent.give(person=person, purpose=purpose, subject=agreement_subject(program), language=language, channel=channel)


def end(*, person: UUID, program: UUID, purpose: Purpose) -> None:
    """It is for nothing any more."""
    consent.end(person_id=person, purpose=purpose, subject=agreement_subject(program))
