"""What of two people waits for staff: asked of rows that were read already, so that a long board asks no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from community.foundation import clock
from community.matches.desk.again import apart_among
from community.matches.desk.silence import Heard, heard_of, is_away, stand_in_is_away
from community.matches.models import Match, MatchCheckIn, Silence
from community.matches.plans import asking
from community.matches.plans.codes import SILENT_AFTER, SILENT_LONG, Kind, Need, State
from community.mentoring.plans.codes import State as MentorState
from community.mentoring.rules import policies_of
from community.mentoring.rules.ages import birth_dates, minors


def need_words(need: Need, *, sponsors: bool = False) -> str:
    """For staff; ``sponsors``: as a program says it that calls a mentor so."""
    return (sponsors and _of_sponsors(need)) or {
        Need.UNDER_AGE: _("By what is on record one of them is under age: please end this"),
        Need.KEPT_APART: _(
            "One of them would rather not meet the other, or there is a conflict of interest: talk with each alone"
        ),
        Need.WANTS_STAFF: _("One of them would like to talk with staff"),
        Need.HARD: _("One of them says that it is hard: ask them alone how they are"),
        Need.NOT_TALKED: _("One of them says that the two have not talked yet: ask them alone what would help"),
        Need.NOT_CONFIRMED: _("The first two weeks are over, and not both have said how they go on"),
        Need.SILENT_LONG: _("No sign of the mentor for two weeks: this is for you to decide"),
        Need.SILENT: _("No sign of the mentor for a week: ask how they are"),
        Need.BREAK_OVER: _("Their break is over"),
        Need.RENEWAL: _("The mentor is to be approved again: do that, or suggest somebody to stand in"),
        Need.COVER: _("The mentor takes a break, and would like somebody to stand in"),
        Need.LITTLE_IN_COMMON: _("They have little in common: this card goes out only if you give it by itself"),
        Need.AWAY: _("The mentor takes a break: ask the mentee whether somebody should stand in"),
        Need.STAND_IN_AWAY: _("Who stands in takes a break: end this one, and suggest somebody else to stand in"),
        Need.COVER_WISHED: _("The mentee would like somebody to stand in"),
    }[need]


def _of_sponsors(need: Need) -> str:
    """Where the word stands in it; empty where it does not."""
    return {
        Need.SILENT_LONG: _("No sign of the sponsor for two weeks: this is for you to decide"),
        Need.SILENT: _("No sign of the sponsor for a week: ask how they are"),
        Need.RENEWAL: _("The sponsor is to be approved again: do that, or suggest somebody to stand in"),
        Need.COVER: _("The sponsor takes a break, and would like somebody to stand in"),
        Need.AWAY: _("The sponsor takes a break: ask the mentee whether somebody should stand in"),
    }.get(need, "")


@dataclass(frozen=True, slots=True)
class Signs:
    """What needs are asked of, beside the row itself."""

    floors: dict[UUID, int]  # the least fit, of 1,000, of a program's cards
    young: set[UUID]  # people under age
    apart: frozenset[frozenset[UUID]]  # two who are kept apart by now
    asking: frozenset[UUID]  # matches of which somebody wants to talk to staff
    heavy: frozenset[tuple[UUID, str]]  # matches, and what one of the two said last, if it is for staff to see to
    covered: frozenset[UUID]  # matches for which somebody stands in, or is asked to
    wished: frozenset[UUID]  # matches in which the mentee asked for somebody to stand in
    heard: Heard


def signs_of(matches: Iterable[Match]) -> Signs:
    """For many, in as many questions as for one."""
    rows = list(matches)
    walking = [one for one in rows if one.is_walking]
    ids = [one.pk for one in walking]
    people = {person for one in walking for person in (one.mentee, one.guide)}
    return Signs(
        floors={program: one.floor for program, one in policies_of({one.program for one in rows}).items()},
        young=minors(people, birth_dates(one.pk for one in people)),
        apart=apart_among({one.pk for one in people}),
        asking=frozenset(MatchCheckIn.objects.for_staff().filter(match__in=rows).values_list("match", flat=True)),
        heavy=frozenset(MatchCheckIn.objects.heavy().filter(match__in=ids).values_list("match", "answer")),
        covered=frozenset(one.covers_id for one in Match.objects.open().filter(covers__in=ids) if one.covers_id),
        wished=frozenset(Silence.objects.cover_wished().filter(match__in=ids).values_list("match", flat=True)),
        heard=heard_of(walking),
    )


def needs_of(match: Match, signs: Signs) -> list[Need]:
    """In the order of their weight. Needs ``to_show()``."""
    found = [Need.WANTS_STAFF] if match.pk in signs.asking else []  # also once they have parted
    if match.state == State.PROPOSED and match.fit < signs.floors[match.program_id]:
        found.append(Need.LITTLE_IN_COMMON)
    if not match.is_walking:
        return found
    return [*_between(match, signs), *found, *_said(match, signs), *_going(match, signs)]


def _between(match: Match, signs: Signs) -> list[Need]:
    """Rules that were broken after both said yes. Nobody is parted by a program: who coordinates decides."""
    two = frozenset({match.mentee_id, match.guide_id})
    told = ((Need.UNDER_AGE, bool(two & signs.young)), (Need.KEPT_APART, two in signs.apart))
    return [need for need, so in told if so]


def _said(match: Match, signs: Signs) -> list[Need]:
    """What one of the two answered last, which the other never reads."""
    told = ((Need.HARD, asking.HARD), (Need.NOT_TALKED, asking.NOT_YET))
    return [need for need, answer in told if (match.pk, answer) in signs.heavy]


def _going(match: Match, signs: Signs) -> list[Need]:
    """How it goes between two who walk together."""
    found, now = list[Need](), clock.now()
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
    due = match.mentor.state == MentorState.RENEWAL_DUE
    away = match.mentor.state == MentorState.PAUSED
    if stand_in_is_away(match):
        found.append(Need.STAND_IN_AWAY)
    if match.kind == Kind.PRIMARY and match.pk not in signs.covered:
        wished = match.pk in signs.wished
        found += [Need.RENEWAL] if due else []
        found += [Need.COVER] if away and match.mentor.wishes_cover else []
        found += [Need.AWAY] if is_away(match) and not match.mentor.wishes_cover and not wished else []
        found += [Need.COVER_WISHED] if wished else []
    return found


def _silence(match: Match, signs: Signs, now: datetime) -> timedelta:
    """How long nothing was heard of the mentor: no message in their room, no answer, no visit; a break is none."""
    if match.state == State.PAUSED or match.mentor.state == MentorState.PAUSED:
        return timedelta()
    return now - signs.heard.last(match)


def by_match(matches: Iterable[Match]) -> dict[UUID, list[Need]]:
    """The needs of many."""
    rows = list(matches)
    signs = signs_of(rows)
    return {one.pk: needs_of(one, signs) for one in rows}
