"""Measures the screening against labeled lines: shares of pages, of any help and of labels, with their intervals."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from community.safety.screening.engine import Screening
from community.safety.screening.lines import read

type Row = dict[str, Any]
type Read = tuple[Row, Screening]


def evaluated(rows: Iterable[Row], *, track: str = "addiction") -> Iterator[str]:
    """Of lines with a tier by category, then by language and form; of lines with labels by label."""
    told = [(row, read(row, track=row.get("track", track))) for row in rows]
    if tiers := [(row, said) for row, said in told if "tier" in row]:
        yield f"{'expected':9} {'of':25} {'lines':>5}  {'page':21}  {'any help':21}"
        yield from _shares(tiers, lambda row: row.get("category", "-"))
        yield from _shares(tiers, lambda row: f"{row.get('lang', '-')} {row.get('form', 'explicit')}")
        yield from _shares(tiers, lambda row: f"all {row.get('form', 'explicit')}")
        yield from _shares(tiers, lambda row: "all")
    if labeled := [(row, said) for row, said in told if "labels" in row]:
        yield f"{'label':16} {'recall':27}  {'precision':27}"
        yield from _labels(labeled)


def _shares(told: list[Read], by: Any) -> Iterator[str]:
    lines: Counter[tuple[str, str]] = Counter()
    pages: Counter[tuple[str, str]] = Counter()
    helped: Counter[tuple[str, str]] = Counter()
    for row, said in told:
        key = (row["tier"], by(row))
        lines[key] += 1
        pages[key] += said.tier == "alert"
        helped[key] += said.tier != "none"
    for key in sorted(lines):
        page, help_ = (interval(found[key], lines[key]) for found in (pages, helped))
        yield f"{key[0]:9} {key[1]:25} {lines[key]:5}  {page:21}  {help_:21}"
    yield ""


def _labels(told: list[Read]) -> Iterator[str]:
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for row, said in told:
        for name in ("all", *row["labels"]):
            wanted[name] += len(row["labels"]) if name == "all" else 1
        for name in ("all", *said.labels):
            given[name] += len(said.labels) if name == "all" else 1
        both = set(row["labels"]) & set(said.labels)
        right.update(both)
        right["all"] += len(both)
    for name in sorted(wanted | given):
        recall, precision = (interval(right[name], of[name]) if of[name] else "-" for of in (wanted, given))
        counts = f"{right[name]}/{wanted[name]}", f"{right[name]}/{given[name]}"
        yield f"{name:16} {recall} {counts[0]:>7}  {precision} {counts[1]:>7}"


def interval(hits: int, lines: int) -> str:
    """Share with its 95 % Wilson interval (Wilson 1927)."""
    z, share = 1.96, hits / lines
    middle = (share + z * z / (2 * lines)) / (1 + z * z / lines)
    reach = z * math.sqrt(share * (1 - share) / lines + z * z / (4 * lines * lines)) / (1 + z * z / lines)
    return f"{share:.3f} ({max(0, middle - reach):.3f}-{min(1, middle + reach):.3f})"
