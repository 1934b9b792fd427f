"""What REST shows of two people."""

from typing import Any

from community.foundation import clock
from community.matches.plans.codes import State
from community.matches.reading.card import Card
from community.matches.reading.quiet import Quiet


def shape(card: Card, quiet: Quiet | None) -> dict[str, Any]:
    """One of two people, as the other sees them: no number of the fit, no reason anybody gave, nothing of who was not

    chosen, and nothing the other said when asked alone. ``quiet``: nothing was heard of the mentor for a week, or they
    take a break of their own.
    """
    row = card.match
    wished = {"day": row.end_wished.isoformat(), "mine": card.wished_by_me} if row.end_wished else None
    aims = {"words": row.aims_wished, "mine": card.aims_by_me} if row.aims_wished else None
    return {
        "id": str(row.pk),
        "side": "mentee" if card.hoping else "mentor",
        "kind": row.kind,
        "state": row.state,
        "program": str(row.program_id),
        "other": {"alias": card.name},
        "since": clock.moment(row.since),
        "until": clock.moment(row.until),
        "reasons": [{"code": one.code, "words": one.words} for one in card.reasons.why],
        "worth_knowing": card.reasons.worth_knowing or None,
        "hopes": card.hopes or None,
        "planned_end": row.planned_end.isoformat() if row.planned_end else None,
        "end_wished": wished,
        "aims": row.aims or None,
        "aims_wished": aims,
        "calls": {"mine": card.calls, "other": card.other_calls, "number": card.other_number or None},
        "quiet": None if quiet is None else {"cover": quiet.cover, "away": quiet.away},
        "may_resume": row.state == State.PAUSED and card.may_resume,
    }
