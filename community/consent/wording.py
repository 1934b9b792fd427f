"""In which word people read of an agreement: a program may say sponsor, and then that is asked and that is its name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from community.consent import texts
from community.consent.models import ConsentRecord, Purpose
from community.foundation.registers import wordings

SPONSOR = "sponsor"


def wording_of(subject: str) -> str:
    """How one thing is spoken of; empty where it has no word of its own."""
    return wordings_of([subject]).get(subject, "")


def wordings_of(subjects: Iterable[str]) -> dict[str, str]:
    """The same for many, in as many questions as for one."""
    asked = {one for one in subjects if one}
    found: dict[str, str] = {}
    for among in wordings:
        found |= among(asked)
    return found


def todays(purpose: str, subject: str, language: str) -> texts.Text:
    """What is asked today for a purpose of this thing."""
    return texts.current(purpose, language, wording_of(subject))


@dataclass(frozen=True, slots=True)
class Named:
    """An agreement, and the word that its program says today; what was shown then stays as it was."""

    record: ConsentRecord
    wording: str

    @property
    def name(self) -> str:
        """What it is called on a page."""
        if self.wording == SPONSOR and self.record.purpose == Purpose.MENTORING:
            return _("Being a sponsor")
        if self.wording == SPONSOR and self.record.purpose == Purpose.MATCHED:
            return _("Looking for a sponsor for you")
        return str(Purpose(self.record.purpose).label)

    @property
    def sponsors(self) -> bool:
        return self.wording == SPONSOR

    def today(self, language: str) -> texts.Text:
        return texts.current(self.record.purpose, language, self.wording)


def named(records: Iterable[ConsentRecord]) -> Iterator[Named]:
    """Each with its word, in the order they come; one question about all their words."""
    rows = list(records)
    known = wordings_of(one.subject for one in rows)
    return (Named(one, known.get(one.subject, "")) for one in rows)


def named_one(record: ConsentRecord) -> Named:
    return next(named([record]))
