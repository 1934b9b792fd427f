"""The one question behind every other: may this person see that of another, for this purpose?"""

from uuid import UUID

from community.consent.models import ConsentRecord, Purpose
from community.consent.querysets import ConsentQuerySet
from community.foundation.errors import Missing
from community.foundation.registers import Answer, grounds
from community.people.models import Person

#: What everybody agrees to before they write here; who takes it back reads on, and writes again once they agree.
BEFORE_WRITING = (Purpose.AGREEMENT, Purpose.DUTY)
PURPOSES = frozenset({"roster", "words", "presence", "match", "message", "safety", "check_ins", "safety_plan"})


def may(viewer: Person, subject: Person, purpose: str) -> bool:
    """Fold the registered grounds: one that shuts wins, one that opens is needed, none is no.

    Everybody may see their own. Raises ValueError for a purpose that is not in PURPOSES.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"unknown purpose {purpose}")
    if viewer.pk == subject.pk:
        return True
    answers = [ground(viewer, subject, purpose) for ground in grounds]
    return Answer.OPEN in answers and Answer.SHUT not in answers


def silencing(person: UUID) -> ConsentQuerySet:
    """What this person took back of what everybody agrees to before they write; they may agree to it again."""
    return ConsentRecord.objects.of(person).taken_back().filter(purpose__in=BEFORE_WRITING)


def stands_by(person: UUID) -> bool:
    """Whether this person has taken back nothing of what everybody agrees to before they write."""
    return not silencing(person).exists()


def record_of(person: Person, record_id: UUID) -> ConsentRecord:
    """One's own agreement. Raises Missing."""
    found = ConsentRecord.objects.of(person.pk).filter(pk=record_id).first()
    if found is None:
        raise Missing
    return found
