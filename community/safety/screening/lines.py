"""Screens lines of JSON, one answer a line."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from community.safety.screening.context import Said
from community.safety.screening.engine import Screening, screen


def screened(lines: Iterable[str], *, track: str = "addiction") -> Iterator[dict[str, Any]]:
    """One answer a line, in order; a bad line is answered with its number and what is wrong with it."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _row(line)
        except ValueError as wrong:
            yield {"error": str(wrong), "line": number}
            continue
        result = read(row, track=track)
        yield {
            "id": row.get("id"),
            "tier": result.tier,
            "labels": list(result.labels),
            "frames": list(result.frames),
        }


def read(row: dict[str, Any], *, track: str = "addiction") -> Screening:
    before = [
        Said(said, by_author=True) if isinstance(said, str) else Said(said["text"], said.get("author") == "self")
        for said in row.get("context") or []
    ]
    return screen(row["text"], track=track, before=before)


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("This line is not JSON.") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('A line needs an object with "text", a string.')  # noqa: TRY004
    context = row.get("context") or []
    if not isinstance(context, list) or not all(map(_is_said, context)):
        raise ValueError('"context" is a list of strings or of {"text", "author"}.')
    return row


def _is_said(said: object) -> bool:
    return isinstance(said, str) or (isinstance(said, dict) and isinstance(said.get("text"), str))
