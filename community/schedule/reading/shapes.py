"""Shifts and coverage as the API says them."""

from typing import Any

from community.foundation import clock
from community.schedule.models import Coverage
from community.schedule.reading.line import Line
from community.schedule.reading.roster import ShiftRow
from community.schedule.rules import hours_of


def shape_line(line: Line) -> dict[str, Any]:
    """What a room says of who reads."""
    return {"reads": line.reads, "says": line.says, "turns": clock.moment(line.turns)}


def shape_shift(row: ShiftRow) -> dict[str, Any]:
    """One of a roster."""
    shift, duty = row.shift, row.duty
    person = duty.person if duty else shift.person
    return {
        "id": str(shift.pk),
        "program": str(shift.program_id),
        "begins": clock.moment(shift.begins),
        "ends": clock.moment(shift.ends),
        "person": {"id": str(person.pk), "alias": person.alias} if person else None,
        "taken": clock.moment(duty.taken) if duty else None,
        "answer_by": clock.moment(duty.answer_by) if duty else None,
        "answered": clock.moment(duty.answered) if duty else None,
        "on_call": row.counts,
        "warnings": list(row.warnings),
    }


def shape_coverage(coverage: Coverage) -> dict[str, Any]:
    """What a program says of its hours; the contact's address for who runs it alone."""
    return {
        "hours": coverage.hours,
        "stands": hours_of(coverage.program, clock.now()),
        "contact_name": coverage.contact_name,
        "contact_mail": coverage.contact_mail,
        "contact_rings": coverage.contact_rings,
    }
