"""What ``manage.py milestones --explain`` reads and says, one JSON object a line: any date can be checked by hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from community.foundation import clock, inputs
from community.foundation.errors import FieldError, Invalid, Refusal
from community.milestones import dates
from community.milestones.dates import AUDIENCE, GRACE, START_YEARS, Audience, Sharing
from community.milestones.ladders import BEGINNINGS, FINISHED, NO_DAYS, PRESETS, Ladder, LadderKind, Scheme, Step, Unit

FIELDS = frozenset(
    {"id", "start_date", "tz", "now", "entered_at", "scheme", "grace_days", "sharing", "announced"}
    | {"suppressed_by_member"}
)
NEEDED = frozenset({"id", "start_date", "tz", "now", "scheme"})
GRACE_MOST = 366
CODES_MOST = 400
Ladders = Mapping[Scheme, Ladder]


def by_program(ladder: Callable[[LadderKind], Ladder]) -> Ladders:
    """The ladders of a program for the schemes its people go by; for both schemes of days it has one.

    They are taken as if each step had always stood in them.
    """
    own = {kind: replace(ladder(kind), added={}, yearly_added=None) for kind in BEGINNINGS}
    return {**PRESETS, **{scheme: own[kind] for kind, schemes in BEGINNINGS.items() for scheme in schemes}}


def explain_all(lines: Iterable[bytes], ladders: Ladders = PRESETS) -> Iterator[dict[str, Any]]:
    """A row out for each row in; an empty line is none. A row that cannot be read says why, and the rest goes on."""
    for line in lines:
        if line.strip():
            row: dict[str, Any] = {}
            try:
                row = inputs.decode(line)
                yield explain(row, ladders)
            except Refusal as refused:
                yield {"id": row.get("id"), "error": refused.problem()}


def explain(row: dict[str, Any], ladders: Ladders = PRESETS) -> dict[str, Any]:
    """What the date rules make of one row, by the ladder of its scheme. Raises Invalid, naming the field.

    Without ``entered_at`` the start was entered on its own day; ``grace_days`` is 3 and ``sharing`` private unless
    told. Moments are RFC 3339 with their offset.
    """
    inputs.known(row, FIELDS, needed=NEEDED)
    start = inputs.day(row["start_date"], at="/start_date", years=START_YEARS)
    zone = inputs.zone(row["tz"], at="/tz")
    now = inputs.moment(row["now"], at="/now")
    scheme = Scheme(inputs.one_of(row["scheme"], frozenset(Scheme), at="/scheme"))
    sharing = Sharing(inputs.one_of(row.get("sharing", Sharing.PRIVATE), frozenset(Sharing), at="/sharing"))
    entered = start
    if row.get("entered_at") is not None:
        entered = dates.local_day(inputs.moment(row["entered_at"], at="/entered_at"), zone)
    announced = _steps(row.get("announced", []), at="/announced")
    suppressed = _steps(row.get("suppressed_by_member", []), at="/suppressed_by_member")
    grace = inputs.whole(row.get("grace_days", GRACE), at="/grace_days", most=GRACE_MOST)

    today = dates.local_day(now, zone)
    way = dates.path(start, ladders[scheme], today)
    found = dates.to_celebrate(way, entered=entered, announced=announced, suppressed=suppressed, grace=grace)
    celebrate = None if sharing == Sharing.OFF else found
    counts = way.started and NO_DAYS not in (ladders[scheme], ladders[Scheme.ABSTINENCE])  # nor beside weeks
    return {
        "id": row["id"],
        "local_date": today.isoformat(),
        "day_count": way.count if counts else None,
        "started": way.started,
        "latest_reached": way.reached[-1].code if way.reached else None,
        "celebrate": celebrate.code if celebrate else None,
        "audience": AUDIENCE[sharing] if celebrate else Audience.NONE,
        "due_date": dates.due_on(start, celebrate).isoformat() if celebrate else None,
        "post_not_before": clock.moment(dates.post_not_before(now, zone)) if celebrate else None,
        "shown_quietly": [step.code for step in way.reached if step != celebrate],
        "next": {"code": way.next.code, "due": dates.due_on(start, way.next).isoformat()} if way.next else None,
    }


def _steps(codes: Any, *, at: str) -> frozenset[Step]:
    if not isinstance(codes, list) or len(codes) > CODES_MOST:
        inputs.refuse(at, "type", _("This must be a list of codes."))
    wrong = [number for number, code in enumerate(codes) if not _is_code(code)]
    if wrong:
        words = _("There is no such code. Codes are like d30, w4, m6 and y1.")
        raise Invalid(*(FieldError(f"{at}/{number}", "choice", words) for number in wrong))
    return frozenset(Step.of(code) for code in codes if code != FINISHED)


def _is_code(code: Any) -> bool:
    try:
        return isinstance(code, str) and (code == FINISHED or Step.of(code).unit is not Unit.TIMES)
    except ValueError:
        return False
