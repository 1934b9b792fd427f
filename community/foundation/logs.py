"""Logs as JSON lines: ids and counts, never words, names or addresses; control characters are escaped by JSON."""

import json
import logging
from datetime import UTC, datetime
from typing import override

KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
LEFT_OUT = {"request", "response", "sock", "status_code", "server_time"}


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
        for name, value in vars(record).items():
            if name not in KNOWN and name not in LEFT_OUT:
                line[name] = value if isinstance(value, str | int | float | bool | None) else str(type(value).__name__)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)
