"""Logs as JSON lines: ids and counts, never words, names or addresses; control characters are escaped by JSON."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import override
from uuid import UUID

from django.http import HttpRequest

KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
LEFT_OUT = {"request", "response", "sock", "status_code", "server_time"}


def asked(request: HttpRequest, status: object) -> dict[str, object]:
    """What was asked, by its route and ids: an address as it came may hold anything somebody typed."""
    found = request.resolver_match
    ids = [str(value) for value in found.kwargs.values() if isinstance(value, UUID)] if found else []
    method = request.method if request.method in METHODS else "another method"
    return {"what": f"{method} answered {status}", "route": found.route if found else "unknown", "ids": " ".join(ids)}


def where(error: BaseException | None) -> list[str]:
    """Each error of a chain by its class and the lines it came through; never its message.

    A database's complaint quotes the row, and the row holds what somebody wrote.
    """
    told: list[str] = []
    while error is not None:
        told.append(type(error).__name__)
        told += [f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return told


class JSONLines(logging.Formatter):
    """One object a line: when, level, logger, what, and the plain values given as ``extra``."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "what": record.getMessage(),
        }
        if isinstance(request := getattr(record, "request", None), HttpRequest):
            line |= asked(request, getattr(record, "status_code", None))
        for name, value in vars(record).items():
            if name not in KNOWN and name not in LEFT_OUT:
                line[name] = value if isinstance(value, str | int | float | bool | None) else str(type(value).__name__)
        if record.exc_info:
            line["trace"] = where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=str)
