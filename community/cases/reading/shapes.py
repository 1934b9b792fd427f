"""Cases as the API says them."""

from typing import Any

from community.cases.reading.one import CaseView
from community.cases.reading.queue import CaseRow
from community.foundation import clock


def shape_row(row: CaseRow) -> dict[str, Any]:
    """One of the queue: no word anybody wrote, and nobody who told us."""
    case = row.case
    held = case.is_held_at(clock.now())
    return {
        "id": str(case.pk),
        "version": case.version,
        "program": str(case.program_id) if case.program_id else None,
        "group": str(case.room) if case.room else None,
        "place": row.place,
        "subject": {"id": str(case.subject_id), "alias": case.subject.alias},
        "reason": case.reason,
        "priority": case.priority,
        "care": case.care,
        "state": case.state,
        "outcome": case.outcome or None,
        "told": clock.moment(case.told),
        "answer_due": clock.moment(case.answer_due),
        "close_due": clock.moment(case.close_due),
        "answered": clock.moment(case.answered),
        "closed": clock.moment(case.closed),
        "holder": case.holder.alias if held and case.holder else None,
        "mine": row.mine,
        "held_until": clock.moment(case.held_until) if held else None,
    }


def shape(view: CaseView) -> dict[str, Any]:
    """The whole of one, with what was said and what was done."""
    return {
        **shape_row(view.row),
        "evidence": [
            {
                "where": one.where,
                "told": one.told,
                "lines": [
                    {
                        "alias": line.alias,
                        "at": clock.moment(line.at),
                        "words": line.words,
                        "content_note": line.note or None,
                        "meant": line.meant,
                        "removed": line.gone or None,
                    }
                    for line in one.lines
                ],
            }
            for one in view.evidence
        ],
        "steps": [
            {
                "number": one.number,
                "kind": one.kind,
                "what": one.what or None,
                "by": one.by.alias if one.by else None,
                "at": clock.moment(one.at),
                "note": one.note or None,
            }
            for one in view.case.steps.select_related("by").order_by("number")
        ],
    }
