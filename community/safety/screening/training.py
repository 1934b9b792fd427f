"""Learns the model's weights from the training voices of the corpus; plain arithmetic, the same every time."""

import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from community.safety.screening import features
from community.safety.screening.board import Board
from community.safety.screening.clauses import cut
from community.safety.screening.frames import heard, stood
from community.safety.screening.model import BREADTH, FIRM, Model
from community.safety.screening.normalizer import read

VOICES = 2  # a feature counts when so many people used it
KEPT = 14_000  # features that are kept, the heaviest
FOLDS = 5
ROUNDS = 9
RATE = 0.35
RATE_OF_BASE = 0.02
DECAY = 1e-4
STEP = 0.02
PIECE = 0.5  # how much a sentence of a line counts
WORDS_LEAST = 2
SENTENCE = re.compile(r"(?<=[.!?])\s+|,\s+")
BARS = {"page": 0.018, "agrees": 0.07, "help": 0.085}  # of the harmless lines of voices nobody learned from

Row = dict[str, Any]
Bag = dict[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the model sees it; ``voice`` wrote it."""

    bag: Bag
    voice: str
    tier: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Learned:
    weights: dict[str, float]
    base: float


def line(row: Row, *, weight: float = 1.0) -> Line:
    board = Board(cut(read(row["text"]).words))
    found = stood(board)
    whole = features.of_all(board, found, heard(board, found))
    bag: Counter[str] = Counter()
    for at, told in enumerate(features.together(features.meanings(board))):
        word = board.words[at]
        if word and not features.is_echo(board.words, at):
            bag.update((*features.of_word(word), features.beside(board.words, at), *told))
    del bag[""]
    bag.update(dict.fromkeys(whole, FIRM))
    return Line(dict(bag), row["voice"], row["tier"], weight)


def pieces(row: Row) -> list[Row]:
    """Each sentence of a harmless line is harmless too; ordinary short words are few among lines made to be hard."""
    parts = SENTENCE.split(row["text"]) if row["tier"] == "none" else []
    return [{**row, "text": part} for part in parts if len(parts) > 1 and len(part.split()) > WORDS_LEAST]


def learn(lines: Sequence[Line], aim: frozenset[str], known: Iterable[str] | None = None) -> Learned:
    """Logistic regression by AdaGrad (Duchi 2011), one line after the other, in an order that a fixed seed shuffles."""
    names = sorted(known if known is not None else _common(lines))
    number = {name: at for at, name in enumerate(names)}
    rows = [(_scaled(one.bag, number), one.tier in aim, one.weight) for one in lines]
    weights, steps = [0.0] * len(names), [1e-6] * len(names)
    base = 0.0
    order = random.Random(1)  # noqa: S311 - an order, no secret
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for bag, wanted, weight in rows:
            off = weight * (_chance(base + sum([weights[at] * value for at, value in bag])) - wanted)
            base -= RATE_OF_BASE * off
            for at, value in bag:
                slope = off * value + DECAY * weights[at]
                steps[at] += slope * slope
                weights[at] -= RATE * slope / math.sqrt(steps[at])
    return Learned(dict(zip(names, weights, strict=True)), base)


def _common(lines: Sequence[Line]) -> list[str]:
    voices: dict[str, set[str]] = defaultdict(set)
    for one in lines:
        for name in one.bag:
            voices[name].add(one.voice)
    return [name for name, some in voices.items() if len(some) >= VOICES]


def _scaled[Key](bag: Bag, known: Mapping[str, Key]) -> list[tuple[Key, float]]:
    """What is known of it, so that a long line weighs no more than a short one."""
    found = [(name, value) for name, value in bag.items() if name in known]
    count = sum([1 if name[0] in "?@!%" else value for name, value in found])
    scale = 1 / math.sqrt(BREADTH + count)
    return [(known[name], value * scale) for name, value in found]


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


PAGE = frozenset({"alert"})
HELP = frozenset({"alert", "concern"})


def score(one: Line, learned: Learned) -> float:
    return learned.base + sum(weight * value for weight, value in _scaled(one.bag, learned.weights))


def unseen(lines: Sequence[Line], parts: Sequence[Line], aim: frozenset[str]) -> list[float]:
    """The score each line gets from what was learned of other voices only, lines and ``parts``."""
    voices = sorted({one.voice for one in lines})
    random.Random(3).shuffle(voices)  # noqa: S311 - an order, no secret
    fold = {voice: at % FOLDS for at, voice in enumerate(voices)}
    scores = [0.0] * len(lines)
    for left_out in range(FOLDS):
        learned = learn([one for one in (*lines, *parts) if fold[one.voice] != left_out], aim)
        for at, one in enumerate(lines):
            if fold[one.voice] == left_out:
                scores[at] = score(one, learned)
    return scores


def trained(rows: Sequence[Row]) -> tuple[Model, list[str]]:
    """The model, and what it does on voices it has not learned from."""
    lines = [line(row) for row in rows]
    parts = [line(part, weight=PIECE) for row in rows for part in pieces(row)]
    page, help_ = unseen(lines, parts, PAGE), unseen(lines, parts, HELP)
    bars = {
        "page": _bar(lines, page, BARS["page"]),
        "agrees": _bar(lines, page, BARS["agrees"]),
        "help": _bar(lines, help_, BARS["help"]),
    }
    first = [learn([*lines, *parts], aim) for aim in (PAGE, HELP)]
    heavy = sorted(first[0].weights, key=lambda name: (-max(abs(one.weights[name]) for one in first), name))[:KEPT]
    final = [learn([*lines, *parts], aim, heavy) for aim in (PAGE, HELP)]
    steps = {name: tuple(round(one.weights.get(name, 0) / STEP) for one in final) for name in sorted(heavy)}
    weights = {name: (page, help_) for name, (page, help_) in steps.items() if page or help_}
    base = (final[0].base, final[1].base)
    told = list(_told(lines, page, help_, bars))
    return Model(weights, STEP, base, bars, ""), told


def _bar(lines: Sequence[Line], scores: list[float], share: float) -> float:
    """The score that ``share`` of the harmless lines pass."""
    harmless = sorted((value for one, value in zip(lines, scores, strict=True) if one.tier == "none"), reverse=True)
    return round(harmless[int(share * len(harmless))], 3)


def _told(lines: Sequence[Line], page: list[float], help_: list[float], bars: dict[str, float]) -> Iterator[str]:
    for tier in ("alert", "concern", "none"):
        at = [number for number, one in enumerate(lines) if one.tier == tier]
        paged = sum(page[number] > bars["page"] for number in at) / len(at)
        helped = sum(help_[number] > bars["help"] for number in at) / len(at)
        yield f"{tier:8} {len(at):5} lines  the model alone: page {paged:.3f}  help {helped:.3f}"


def write(model: Model, path: Path, *, learned_from: str) -> None:
    """One feature a line, so that a change can be read."""
    head = {
        "version": learned_from,
        "step": model.step,
        "base": [round(base, 4) for base in model.base],
        "bars": model.bars,
    }
    weights = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(list(weight), separators=(',', ':'))}"
        for name, weight in sorted(model.weights.items())
    )
    path.write_text(json.dumps(head)[:-1] + ',\n"weights":{\n' + weights + "\n}}\n", encoding="utf-8")
