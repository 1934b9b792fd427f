"""What of two people waits for staff: asked of rows that were read already, so that a long board asks no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Max
from django.utils.translation import gettext as _

from community.foundation import clock
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.codes import SILENT_AFTER, SILENT_LONG, Kind, State
from community.mentoring.plans.codes import State as MentorState
from community.people.models import Session


class Need(StrEnum):
    """Why somebody who coordinates should look."""

    WANTS_STAFF = "wants_staff"
    NOT_CONFIRMED = "not_confirmed"
    SILENT_LONG = "silent_long"
    SILENT = "silent"
    BREAK_OVER = "break_over"
    COVER = "cover"


def need_words(need: Need) -> str:
    return {
        Need.WANTS_STAFF: _("One of them would like to talk with staff"),
        Need.NOT_CONFIRMED: _("The first two weeks are over, and not both have said how they go on"),
        Need.SILENT_LONG: _("No sign of the mentor for two weeks: this is for you to decide"),
        Need.SILENT: _("No sign of the mentor for a week: ask how they are"),
        Need.BREAK_OVER: _("Their break is over"),
        Need.COVER: _("The mentor takes a break, and would like somebody to stand in"),
    }[need]


@dataclass(frozen=True, slots=True)
class Signs:
    """What needs are asked of, beside the row itself."""

    asking: frozenset[UUID]  # matches of which somebody wants to talk to staff
    covered: frozenset[UUID]  # matches for which somebody stands in, or is asked to
    answered: dict[UUID, datetime]  # when the mentor of a match last said how it goes
    seen: dict[UUID | None, datetime]  # when somebody last was here


def signs_of(matches: Iterable[Match]) -> Signs:
    """For many, in four questions."""
    rows = list(matches)
    walking = [one for one in rows if one.is_walking]
    ids = [one.pk for one in walking]
    here = Session.objects.filter(person__in={one.guide_id for one in walking}).values("person")
    asked = MatchCheckIn.objects.filter(match__in=ids)
    own = asked.filter(person=F("match__guide"), answered__isnull=False).values("match").annotate(last=Max("answered"))
    return Signs(
        asking=frozenset(MatchCheckIn.objects.for_staff().filter(match__in=rows).values_list("match", flat=True)),
        covered=frozenset(one.covers_id for one in Match.objects.open().filter(covers__in=ids) if one.covers_id),
        answered={row["match"]: row["last"] for row in own},
        seen={row["person"]: row["last"] for row in here.annotate(last=Max("last_seen"))},
    )


def needs_of(match: Match, signs: Signs) -> list[Need]:
    """In the order of their weight. Needs ``to_show()``."""
    found = [Need.WANTS_STAFF] if match.pk in signs.asking else []  # also once they have parted
    if not match.is_walking:
        return found
    now = clock.now()
    over = match.until is not None and match.until <= now
    if match.kind == Kind.PRIMARY and match.state == State.INTRODUCTORY and over:
        found.append(Need.NOT_CONFIRMED)
    if match.state == State.PAUSED and over:
        found.append(Need.BREAK_OVER)
    silence = _silence(match, signs, now)
    if silence >= SILENT_LONG:
        found.append(Need.SILENT_LONG)
    elif silence >= SILENT_AFTER:
        found.append(Need.SILENT)
    away = match.mentor.state == MentorState.PAUSED and match.mentor.wishes_cover
    if away and match.kind == Kind.PRIMARY and match.pk not in signs.covered:
        found.append(Need.COVER)
    return found


def _silence(match: Match, signs: Signs, now: datetime) -> timedelta:
    """How long nothing was heard of the mentor: no message in their room, no answer, no visit; a break is none."""
    if match.state == State.PAUSED:
        return timedelta()
    heard = [match.accepted, match.guide_wrote, signs.seen.get(match.guide_id), signs.answered.get(match.pk)]
    if match.rested:
        heard.append(match.since)
    return now - max(one for one in heard if one is not None)


def by_match(matches: Iterable[Match]) -> dict[UUID, list[Need]]:
    """The needs of many."""
    rows = list(matches)
    signs = signs_of(rows)
    return {one.pk: needs_of(one, signs) for one in rows}
