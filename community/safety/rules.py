"""Whose card is whose, and what a rule does with words before they go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from community.foundation import crypto
from community.foundation.errors import Missing
from community.people.models import Person
from community.programs.models import Program
from community.safety.models import Sign
from community.safety.plans import SELVES, WAYS, Deed, deed_of
from community.safety.screening.labels import Span, spans


def own_sign(person: Person, sign_id: UUID) -> Sign:
    """One that screening read in this person's own words. Raises Missing: "not there" and "not yours" are one."""
    found = Sign.objects.of(person.pk).to_show().filter(pk=sign_id).first()
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Somebody's own words that stand in no room as they are written: ``about`` is what holds them, as ``kind:id``.

    ``bound_to`` names the column that keeps them. Without a ``program`` they go to that of the person's latest group.
    """

    person: Person
    words: str = field(repr=False)
    about: str
    bound_to: str
    program: Program | None = None

    @property
    def key(self) -> UUID:
        """The same words in the same place are one sign."""
        holder = UUID(self.about.partition(":")[2])
        return uuid5(holder, crypto.digest(self.words, bound_to=self.bound_to))


def card_in(written: Written) -> Sign | None:
    """What screening read in these words, while their author's card is open."""
    return Sign.objects.of(written.person.pk).filter(key=written.key).with_open_card().to_show().first()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the rules make of a message: ``asks`` its author first, ``covers`` words of it, ``holds`` all of it."""

    asks: tuple[Span, ...] = ()
    covers: tuple[Span, ...] = ()
    holds: tuple[Span, ...] = ()

    def covered(self, body: str, cover: str) -> str:
        """The words with each covered stretch replaced."""
        for span in sorted(_apart(self.covers), key=lambda one: -one.start):
            body = body[: span.start] + cover + body[span.end :]
        return body


def weigh(body: str, *, track: str, seen: bool, noted: bool) -> Weighed:
    """What the rules of a program of this track make of a message."""
    found: dict[Deed, list[Span]] = {deed: [] for deed in Deed}
    for span in spans(body, track=track):
        deed = deed_of(span.label, track, seen=seen, noted=noted)
        if deed is not None:
            found[deed].append(span)
    return Weighed(asks=tuple(found[Deed.NUDGE]), covers=tuple(found[Deed.COVER]), holds=tuple(found[Deed.HOLD]))


def _apart(found: Sequence[Span]) -> list[Span]:
    """The same stretches, none over another."""
    apart: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].label, apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart


def nudge_words(labels: set[str]) -> str:
    """What its author is asked, in one sentence or two."""
    if labels & WAYS:
        return _("This looks like a way to reach somebody outside. We agreed to wait with that for 90 days.")
    if labels & SELVES:
        return _("This looks like something that tells who somebody is outside. Others here may remember it.")
    if "numbers_ed" in labels:
        return _("Numbers like these can be hard for others here. Can you say it without them?")
    if "harassment" in labels:
        return _("This may hurt somebody. Would you like to say it in another way?")
    return _("This may be hard to read for somebody. Would you like to add a content note?")
