"""A small linear model for words that are no frame: how much a message is like those that ask for help.

Its weights are data, learned from the training voices of the corpus alone (``manage.py screen --train``). A process
without them does not start: a detector that silently finds less is worse than none.
"""

import json
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from community.safety.screening import features
from community.safety.screening.board import Board

WEIGHTS = Path(__file__).with_name("weights.json")
WINDOW = 60  # words that are weighed together; a longer message is weighed part by part, and its highest part counts
STEP = 30
BREADTH = 10  # features that a short message is weighed as if it had besides, and that say nothing
FIRM = 3  # how much more what is said of the whole message weighs than one word


@dataclass(frozen=True, slots=True)
class Scores:
    page: float
    help: float


@dataclass(frozen=True, eq=False)
class Model:
    """``weights`` are steps of ``step`` for the page and for the help; ``bars`` are the scores that count."""

    weights: dict[str, tuple[int, int]]
    step: float
    base: tuple[float, float]
    bars: dict[str, float]
    version: str

    def scores(self, board: Board, whole: list[str]) -> Scores:
        """The highest of the message's windows."""
        firm = [self.weights[name] for name in whole if name in self.weights]
        page = sum(weight for weight, _ in firm) * FIRM
        help_ = sum(weight for _, weight in firm) * FIRM
        sums = self._sums(board)
        found = []
        for start in range(0, max(1, len(board.words) - WINDOW + STEP), STEP):
            first, last = sums[start], sums[min(start + WINDOW, len(board.words))]
            scale = self.step / math.sqrt(BREADTH + last[2] - first[2] + len(firm))
            found.append(((last[0] - first[0] + page) * scale, (last[1] - first[1] + help_) * scale))
        return Scores(
            page=self.base[0] + max(page for page, _ in found), help=self.base[1] + max(help_ for _, help_ in found)
        )

    def _sums(self, board: Board) -> list[tuple[int, int, int]]:
        """What the words before each place weigh together, and how many features they are."""
        page = help_ = count = 0
        sums = [(0, 0, 0)]
        words, known, alone = board.words, self.weights.get, self.alone.get
        earlier = before = ""  # the two words before
        for at, (senses, near) in enumerate(features.company(features.meanings(board))):
            word = words[at]
            if word and word not in (before, earlier):  # an echo
                page_, help__, count_ = _of_word(self, word)
                page, help_, count = page + page_, help_ + help__, count + count_
                if weight := known(features.beside(words, at)):
                    page, help_, count = page + weight[0], help_ + weight[1], count + 1
                for sense in senses:
                    for weight in filter(None, (alone(sense), *map(self.pairs[sense].get, near))):
                        page, help_, count = page + weight[0], help_ + weight[1], count + 1
            sums.append((page, help_, count))
            earlier, before = before, word
        return sums

    @cached_property
    def alone(self) -> dict[str, tuple[int, int]]:
        return {name[1:]: weight for name, weight in self.weights.items() if name[0] == "=" and "+" not in name}

    @cached_property
    def pairs(self) -> dict[str, dict[str, tuple[int, int]]]:
        """What two senses near each other weigh, by the one and the other."""
        found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for name, weight in self.weights.items():
            if name[0] == "=" and "+" in name:
                one, other = name[1:].split("+")
                found[one][other] = found[other][one] = weight
        return found


@lru_cache(maxsize=8192)
def _of_word(model: Model, word: str) -> tuple[int, int, int]:
    """What a word weighs by itself, with its pieces."""
    found = [model.weights[name] for name in features.of_word(word) if name in model.weights]
    return sum(weight for weight, _ in found), sum(weight for _, weight in found), len(found)


def load(path: Path = WEIGHTS) -> Model:
    """Raises OSError or ValueError where the weights are missing or broken."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    weights = {name: (page, help_) for name, (page, help_) in kept["weights"].items()}
    if not weights:
        raise ValueError(f"{path} holds no weights.")
    page, help_ = kept["base"]
    return Model(weights, kept["step"], (page, help_), kept["bars"], kept["version"])


MODEL = load()
