"""Rows are held in one order: the mentor's, the request's, the match's. Then it moves, or a Conflict is raised.

With a mentor's row go those of the same person in other programs: their places are one number.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches import events
from community.matches.models import Match
from community.matches.plans import asking
from community.matches.plans.codes import TRIAL_LASTS, Action, Kind, Reason, State, moves
from community.mentoring.models import Mentor, MentorRequest


def held(match: Match, action: Action) -> Match:
    """The row, with its mentor's and its request's, held. Raises Conflict when this does not lead on."""
    row = held_anyway(match)
    if moves(row.state, action) is None:
        raise Conflict(_("This cannot be done here any more. Look at the page again."), code="state")
    return row


def held_anyway(match: Match) -> Match:
    """The same, wherever it stands."""
    mentor = Mentor.objects.locked_whole(match.mentor_id)
    request = MentorRequest.objects.locked_one(match.request_id)
    row = Match.objects.locked_one(match.pk)
    row.mentor, row.request = mentor, request
    return row


def held_all(matches: Iterable[Match]) -> list[Match]:
    """Several at once, wherever they stand: the mentors' rows first, then the requests', then theirs, each by id."""
    asked = list(matches)
    for side, ids in ((Mentor, {one.mentor_id for one in asked}), (MentorRequest, {one.request_id for one in asked})):
        list(side.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    return list(Match.objects.locked([one.pk for one in asked]))


def move(row: Match, action: Action, *also: str, until: datetime | None = None, reason: Reason | None = None) -> Match:
    """Take the step, and save it with the fields named in ``also``."""
    found = moves(row.state, action)
    if found is None:
        raise ValueError(f"{action} leads nowhere from {row.state}")
    return stand(row, found, *also, until=until, reason=reason)


def move_all(rows: Iterable[Match], action: Action, *also: str, until: datetime | None = None) -> None:
    """The same step for many, none of whom walk with anybody, in one question."""
    moved = list(rows)
    for row in moved:
        found = moves(row.state, action)
        if found is None or row.is_walking:
            raise ValueError(f"{action} is no step of many from {row.state}")
        row.state, row.since, row.until, row.reminded, row.reason = found, clock.now(), until, False, ""
    Match.objects.bulk_update(moved, ["state", "since", "until", "reminded", "reason", *also], batch_size=500)


def stand(row: Match, state: str, *also: str, until: datetime | None = None, reason: Reason | None = None) -> Match:
    """Come to a state, and save it with the fields named in ``also``."""
    row.state, row.since, row.until, row.reminded = state, clock.now(), until, False
    row.reason = reason or ""
    row.asks = asks_next(row) if row.is_walking and row.state != State.PAUSED else None
    if not row.is_walking and any(getattr(row, name) for name in BETWEEN_THEM):
        for name in BETWEEN_THEM:
            setattr(row, name, "")
        also = (*also, *BETWEEN_THEM)
    row.save(update_fields=["state", "since", "until", "reminded", "reason", "asks", *also])
    return row


def go_on(row: Match) -> None:
    """Be back after a break, in a row that is held. Publishes MatchResumed."""
    row.rested += clock.now() - row.since
    state, until = State(row.paused_from), None
    if state == State.INTRODUCTORY and row.accepted is not None:
        until = row.accepted + TRIAL_LASTS + row.rested
    row.paused_from, row.paused_by = "", None
    stand(row, state, "paused_from", "paused_by", "rested", until=until)
    publish(happened(events.MatchResumed, row))


def asks_next(row: Match) -> datetime | None:
    """When both are asked next how it goes; nobody asks whether somebody who stands in does it well."""
    if row.accepted is None or row.kind != Kind.PRIMARY:
        return None
    after = asking.following(row.together(clock.now()), deciding=row.deciding)
    return None if after is None else row.accepted + row.rested + after


#: What two people told each other alone, which is gone once they walk together no more.
BETWEEN_THEM = ("mentee_number_sealed", "guide_number_sealed", "aims_sealed", "aims_wished_sealed")

#: How each state comes to nothing, or to its end, when something else makes it impossible.
FALLS = {
    State.PROPOSED: Action.REJECT,
    State.SHORTLISTED: Action.EXPIRE,
    State.OFFERED: Action.WITHDRAW,
    State.INTRODUCTORY: Action.END,
    State.ACTIVE: Action.END,
    State.PAUSED: Action.END,
}


def fall(row: Match, reason: Reason) -> bool:
    """Let an open row, held by its request's, go for ``reason``; True when two people walked together until now."""
    walked = row.is_walking
    move(row, FALLS[State(row.state)], reason=reason)
    publish(happened(events.MatchEnded, row) if walked else happened(events.MatchFellThrough, row))
    return walked


def end_standing_in(row: Match) -> list[Match]:
    """Whoever stood in for this one does so no more; returns those who did. Their request is this one's, and held."""
    rows = [Match.objects.locked_one(one.pk) for one in Match.objects.filter(covers=row).open().order_by("pk")]
    return [one for one in rows if fall(one, Reason.COVER_OVER)]


def happened[E: events.OfMatch](kind: type[E], row: Match) -> E:
    """The fact, about this row."""
    return kind(match_id=row.pk, mentee_id=row.mentee_id, guide_id=row.guide_id, program_id=row.program_id)


def subject(match_id: UUID) -> str:
    """What an audit entry is about."""
    return f"match:{match_id}"


def for_longer(row: Match) -> None:
    """Raises Conflict for who stands in."""
    if row.kind == Kind.COVER:
        raise Conflict(_("Standing in is for two weeks, and ends by itself."), code="stands_in")
