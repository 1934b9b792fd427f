"""What became of everything that was said: from what was acknowledged, what is stored and what each view holds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, override

type Message = Mapping[str, Any]
NEVER = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One acknowledged answer to a post. A message sent three times has three; ``at`` is when it was first sent."""

    author: str
    group: str
    key: str
    id: str
    position: int
    at: float


@dataclass(slots=True, kw_only=True)
class Run:
    """Versions of one group in the order one socket brought them, above ``after``.

    ``rewinds``: how often a sync allowed them to go back.
    """

    after: int
    versions: list[int] = field(default_factory=list)
    rewinds: int = 0

    def wrong(self) -> int:
        """How many versions did not come above the one before, beyond what was allowed."""
        before = [self.after, *self.versions]
        return max(
            0, sum(later <= earlier for earlier, later in zip(before, self.versions, strict=False)) - self.rewinds
        )


@dataclass(slots=True, kw_only=True)
class View:
    """One group as one person's client shows it. ``removed``: when the end of their seat was acknowledged.

    ``after_left``: frames of this group that came after ``left``.
    """

    person: str
    group: str
    messages: dict[str, Message] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    removed: float = NEVER
    after_left: int = 0


@dataclass(slots=True, kw_only=True)
class Verdict:
    """The counts that matter, and a few words on the first of each that should be none."""

    acknowledged: int
    stored: int
    missing: list[str]
    doubled: list[str]
    out_of_order: list[str]
    leaked: list[str]

    @property
    def faults(self) -> list[str]:
        return [*self.missing, *self.doubled, *self.out_of_order, *self.leaked]

    @override
    def __str__(self) -> str:
        counts = (len(self.missing), len(self.doubled), len(self.out_of_order), len(self.leaked))
        told = "acknowledged {}, stored {}, missing {}, doubled {}, out of order {}, leaked {}"
        return "\n  ".join([told.format(self.acknowledged, self.stored, *counts), *self.faults[:12]])


def judge(
    said: Sequence[Said], history: Mapping[str, Sequence[Message]], views: Iterable[View], sent: Mapping[str, float]
) -> Verdict:
    """Judge a whole run. ``history`` holds each group's messages as REST lists them; ``sent`` when a key first left."""
    seen = list(views)
    return Verdict(
        acknowledged=len({(one.group, one.key) for one in said}),
        stored=sum(map(len, history.values())),
        missing=[*_never_stored(said, history), *_never_arrived(history, seen)],
        doubled=[*_stored_twice(history), *_answered_twice(said), *_shown_twice(seen)],
        out_of_order=[*_misnumbered(history), *_moved(said, history, seen), *_overtaken(said), *_went_back(seen)],
        leaked=list(_leaked(seen, sent)),
    )


def _never_stored(said: Sequence[Said], history: Mapping[str, Sequence[Message]]) -> Iterator[str]:
    """Acknowledged is committed: the very message that was answered stands in history."""
    kept = {(group, row["id"]) for group, rows in history.items() for row in rows}
    for group, key, found in sorted({(one.group, one.key, one.id) for one in said}):
        if (group, found) not in kept:
            yield f"acknowledged and not stored: {key}"


def _never_arrived(history: Mapping[str, Sequence[Message]], views: Sequence[View]) -> Iterator[str]:
    """Who stayed ends with everything, as it is now, and with nothing else."""
    for view in views:
        if view.removed != NEVER:
            continue
        stored = {row["id"]: row for row in history[view.group]}
        for found in stored.keys() | view.messages.keys():
            if found not in view.messages:
                yield f"{view.person} never saw position {stored[found]['position']}"
            elif found not in stored:
                yield f"{view.person} sees {found}, which is not stored"
            elif view.messages[found] != stored[found]:
                yield f"{view.person} sees an older form of position {stored[found]['position']}"


def _stored_twice(history: Mapping[str, Sequence[Message]]) -> Iterator[str]:
    for rows in history.values():
        for name in ("id", "key"):
            yield from (f"stored {n} times: {name} {value}" for value, n in _repeated(row[name] for row in rows))


def _answered_twice(said: Sequence[Said]) -> Iterator[str]:
    """However often a key is sent, every answer is the same message."""
    pairs = {(one.group, one.key, one.id) for one in said}
    yield from (f"answered with {n} messages: {key}" for (_group, key), n in _repeated((g, k) for g, k, _id in pairs))


def _shown_twice(views: Sequence[View]) -> Iterator[str]:
    for view in views:
        keys = (row["key"] for row in view.messages.values())
        yield from (f"{view.person} sees {key} {n} times" for key, n in _repeated(keys))


def _misnumbered(history: Mapping[str, Sequence[Message]]) -> Iterator[str]:
    """Positions are 1, 2, 3 ... without a gap, in the order REST lists them."""
    for group, rows in history.items():
        for wanted, row in enumerate(rows, start=1):
            if row["position"] != wanted:
                yield f"position {row['position']} of {group} stands at place {wanted}"


def _moved(said: Sequence[Said], history: Mapping[str, Sequence[Message]], views: Sequence[View]) -> Iterator[str]:
    """A message has one place for ever, and the same for all."""
    placed = {row["id"]: row["position"] for rows in history.values() for row in rows}
    for one in said:
        if placed.get(one.id, one.position) != one.position:
            yield f"acknowledged at {one.position}, stored at {placed[one.id]}"
    for view in views:
        for row in view.messages.values():
            if placed.get(row["id"], row["position"]) != row["position"]:
                yield f"{view.person} sees at {row['position']} what is stored at {placed[row['id']]}"


def _overtaken(said: Sequence[Said]) -> Iterator[str]:
    """What one person sent after an answer stands after it. Each waited for an answer before the next message."""
    mine: defaultdict[tuple[str, str], set[tuple[float, int]]] = defaultdict(set)
    for one in said:
        mine[one.author, one.group].add((one.at, one.position))
    for (author, _group), placed in mine.items():
        positions = [position for _at, position in sorted(placed)]
        for earlier, later in pairwise(positions):
            if later < earlier:
                yield f"{author} sent position {later} after {earlier}"


def _went_back(views: Sequence[View]) -> Iterator[str]:
    for view in views:
        for run in view.runs:
            yield from [f"versions went back for {view.person}: {run.after} {run.versions[:40]}"] * run.wrong()


def _leaked(views: Sequence[View], sent: Mapping[str, float]) -> Iterator[str]:
    """Nothing first sent after a removal was acknowledged reaches whom it removed; nothing comes after ``left``."""
    for view in views:
        yield from [f"{view.person} heard something after left"] * view.after_left
        for row in view.messages.values():
            if sent[row["key"]] > view.removed:
                yield f"{view.person} was shown position {row['position']} after the removal"


def _repeated[T](values: Iterable[T]) -> Iterator[tuple[T, int]]:
    return ((value, n) for value, n in Counter(values).items() if n > 1)
