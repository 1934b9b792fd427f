"""Heeding words that may mean danger, and what their author does with the card. Each is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from community.cases import services as cases
from community.cases.models import line_of
from community.cases.plans import Reach
from community.foundation import clock
from community.people.models import Person
from community.programs.models import Cohort, Enrollment, Program
from community.safety.models import Finding, Sign
from community.safety.plans import LOOKED_AT, REASONS, URGENCY, Deed, Tier, kind_of
from community.safety.rules import Written, own_sign
from community.safety.screening.engine import Screening, screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Somebody's own words, what screening says of them, and where they stand.

    ``key`` tells a repeat from other words; ``about`` is what holds them, as ``kind:id``; ``lines`` are they and what
    stands around them (:class:`community.cases.models.Kept`).
    """

    person: Person
    key: UUID
    about: str
    screening: Screening
    lines: Sequence[dict[str, Any]] = field(repr=False)
    program: Program | None = None
    cohort: Cohort | None = None
    room: UUID | None = None


@transaction.atomic
def heed(*, heard: Heard) -> Sign | None:
    """Open a case for words that may mean danger, or add to the one that is open, and keep the words; None for others.

    The same key is heeded once: a repeat gives what stands, now about where the words stand by then.
    """
    if heard.screening.tier not in Tier.values:
        return None
    known = Sign.objects.of(heard.person.pk).filter(key=heard.key).to_show().first()
    if known is not None:
        return _moved(known, heard.about)
    tier, kind = Tier(heard.screening.tier), kind_of(heard.screening.frames)
    case = cases.open_case(
        told=cases.Telling(
            reason=REASONS[kind],
            subject=heard.person,
            about=heard.about,
            program=heard.program,
            cohort=heard.cohort,
            room=heard.room,
            reach=Reach.STAFF,
            priority=URGENCY[tier],
            quiet=tier != Tier.ALERT,
        )
    )
    sign = Sign(
        person=heard.person,
        key=heard.key,
        case=case,
        kind=kind,
        tier=tier,
        frames=list(heard.screening.frames),
        pack=heard.screening.pack,
        about=heard.about,
        room=heard.room,
        made=clock.now(),
    )
    sign.keep(heard.lines)
    sign.save(force_insert=True)
    return sign


@transaction.atomic
def heed_written(*, written: Written) -> Sign | None:
    """Ask a person to look at words that stand in no room, and only where they tell of danger right now."""
    found = screen(written.words)
    if found.tier != Tier.ALERT:
        return None
    person, program, cohort = written.person, written.program, None
    if program is None:
        latest = Enrollment.objects.of(person.pk).select_related("cohort__program").order_by("ended", "-began").first()
        cohort = latest.cohort if latest else None
        program = cohort.program if cohort else None
    return heed(
        heard=Heard(
            person=person,
            key=written.key,
            about=written.about,
            screening=found,
            lines=[line_of(written.words, alias=person.alias, at=clock.now())],
            program=program,
            cohort=cohort,
        )
    )


def _moved(known: Sign, about: str) -> Sign:
    if known.about != about:
        known.about = about
        known.save(update_fields=["about"])
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """A message that a rule held or covered, and where it stands."""

    person: Person
    key: UUID
    about: str
    deed: Deed
    labels: Sequence[str]
    lines: Sequence[dict[str, Any]] = field(repr=False)
    program: Program | None = None
    cohort: Cohort | None = None
    room: UUID


@transaction.atomic
def look_at(*, handled: Handled) -> Finding | None:
    """Ask a person to look at what a rule held or covered; None where nobody has to. The same key is asked once."""
    reason = next((LOOKED_AT[label] for label in handled.labels if label in LOOKED_AT), None)
    if reason is None:
        return None
    case = cases.open_case(
        told=cases.Telling(
            reason=reason,
            subject=handled.person,
            about=handled.about,
            program=handled.program,
            cohort=handled.cohort,
            room=handled.room,
            quiet=True,
        )
    )
    made = Finding(
        person=handled.person,
        key=handled.key,
        case=case,
        deed=handled.deed,
        labels=sorted(set(handled.labels)),
        room=handled.room,
        made=clock.now(),
    )
    made.keep(handled.lines)
    made.save(force_insert=True)
    return made


@transaction.atomic
def say_safe(*, sign: Sign, by: Person) -> Sign:
    """Its author is safe and meant it in another way: the card goes, and somebody reads it, with less haste if so.

    Again changes nothing. Raises Missing.
    """
    row = (
        Sign.objects.select_for_update(no_key=True, of=("self",))
        .select_related("case")
        .get(pk=own_sign(by, sign.pk).pk)
    )
    if row.meant_otherwise is None:
        row.meant_otherwise = clock.now()
        row.put_away = row.put_away or row.meant_otherwise
        row.save(update_fields=["meant_otherwise", "put_away"])
        others = Sign.objects.of_case(row.case_id).filter(tier=Tier.ALERT, meant_otherwise=None)
        cases.says_safe(case=row.case, all_of_it=not others.exists())
    return row


@transaction.atomic
def put_away(*, sign: Sign, by: Person) -> Sign:
    """Close the card; nothing else follows. Again changes nothing. Raises Missing."""
    row = Sign.objects.select_for_update(no_key=True).get(pk=own_sign(by, sign.pk).pk)
    if row.put_away is None:
        row.put_away = clock.now()
        row.save(update_fields=["put_away"])
    return row
