"""The lines the screening learns from and is judged by; README.md beside them is their data card."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LINES = Path(__file__).resolve().parents[1] / "corpus"
PARTS = ("train", "test")

type Row = dict[str, Any]


def part(name: str) -> list[Row]:
    """Every line of a part, in the order of its files."""
    return [row for path in sorted((LINES / name).glob("*.jsonl")) for row in rows(path)]


def rows(path: Path) -> list[Any]:
    """Raises OSError or ValueError where it cannot be read."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def digest(some: Iterable[Row]) -> str:
    """Names the lines something was learned from."""
    told = "\n".join(json.dumps(row, sort_keys=True) for row in some)
    return hashlib.sha256(told.encode()).hexdigest()[:10]
