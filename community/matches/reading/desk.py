"""What REST shows staff of the board: as the board itself, ids and codes beside the words."""

from collections.abc import Iterable
from typing import Any

from community.foundation import clock
from community.matches.models import MatchCheckIn
from community.matches.reading.batches import Preview
from community.matches.reading.board import Board
from community.matches.reading.outcomes import Outcome
from community.matches.reading.rows import MentorRow, Row, Waiting
from community.matches.reading.suggesting import Suggestion
from community.people.models import Person


def shape_board(board: Board) -> dict[str, Any]:
    """The whole board, column by column."""
    return {
        "program": str(board.program.pk),
        "waiting": [_waiting(one) for one in board.waiting],
        "suggested": [shape_row(one) for one in board.suggested],
        "asked": [shape_row(one) for one in board.asked],
        "together": [shape_row(one) for one in board.together],
        "ending": [shape_row(one) for one in board.ending],
        "parted": [shape_row(one) for one in board.parted],
        "mentors": [_mentor(one) for one in board.mentors],
    }


def shape_row(row: Row) -> dict[str, Any]:
    """Two people, where they stand, and what staff may do; no number of the fit."""
    match = row.match
    return {
        "id": str(match.pk),
        "kind": match.kind,
        "state": match.state,
        "mentee": _who(match.mentee),
        "mentor": _who(match.guide),
        "request": str(match.request_id),
        "since": clock.moment(match.since),
        "until": clock.moment(match.until),
        "planned_end": match.planned_end.isoformat() if match.planned_end else None,
        "needs": [str(one) for one in row.needs],
        "steps": [str(action) for action, _words in (*row.steps, *row.questions)],
        "undoable": row.undoable,
        "note": match.note or None,
        "reason": match.ended_because,
    }


def shape_match(row: Row, answers: Iterable[MatchCheckIn]) -> dict[str, Any]:
    """Two people as on the page of them at the desk: also what each said of how it goes, the newest first."""
    return {**shape_row(row), "answers": [_answer(one) for one in answers]}


def _answer(one: MatchCheckIn) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "person": _who(one.person),
        "step": one.step,
        "number": one.number,
        "answered": clock.moment(one.answered),
        "answer": one.answer,
        "wants_staff": one.wants_staff,
        "seen_to": clock.moment(one.seen_to),
    }


def _who(person: Person) -> dict[str, str]:
    return {"id": str(person.pk), "alias": person.alias}


def _waiting(one: Waiting) -> dict[str, Any]:
    return {
        "request": str(one.request.pk),
        "person": _who(one.request.person),
        "asked": clock.moment(one.request.asked_at),
        "urgent": one.request.urgent,
        "mentor_left": one.again,
        "cards": one.cards,
    }


def _mentor(one: MentorRow) -> dict[str, Any]:
    return {
        "mentor": str(one.mentor.pk),
        "person": _who(one.mentor.person),
        "takes_new": one.takes_new,
        "taken": one.taken,
        "places": one.places,
        "busy": one.busy,
    }


def shape_suggestion(one: Suggestion) -> dict[str, Any]:
    """A mentor, and what speaks for the two or stands against them."""
    return {
        "mentor": str(one.mentor.pk),
        "person": _who(one.mentor.person),
        "elsewhere": one.elsewhere,
        "allowed": one.allowed,
        "fits": one.fits or None,
        "shares": one.shares,
        "against": one.against,
        "lifts": str(one.lifts) if one.lifts else None,
    }


def shape_preview(preview: Preview) -> dict[str, Any]:
    """A proposal for everybody who waits, before it is taken over."""
    return {
        "id": str(preview.batch.pk),
        "state": preview.batch.state,
        "made": clock.moment(preview.batch.made),
        "taken": clock.moment(preview.batch.taken),
        "may_be_taken": preview.takes,
        "sentence": preview.sentence,
        "facts": [{"title": title, "words": words} for title, words in preview.facts],
        "proposed": [{"name": one.name, "mentors": one.mentors, "fits": one.fits} for one in preview.proposed],
        "left": [{"name": one.name, "why": one.why} for one in preview.left],
        "helps": preview.helps,
    }


def shape_outcome(one: Outcome) -> dict[str, Any]:
    return {"question": one.question, "answer": one.answer, "told": one.told}
