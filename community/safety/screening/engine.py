"""Reads one message in its context and says how much help to show: alert, concern or none. Never a probability."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from community.safety.screening import context, features
from community.safety.screening.board import Board
from community.safety.screening.clauses import cut
from community.safety.screening.frames import ALERTS, Hit, heard, stood
from community.safety.screening.labels import found, names
from community.safety.screening.model import MODEL, Scores
from community.safety.screening.normalizer import read
from community.safety.screening.packs import version

SHOWN = f"{version()}+{MODEL.version}"  # a case keeps what it was read with

ENOUGH = 14  # different words, for the model to page by itself: of a short message it knows too little


@dataclass(frozen=True, slots=True)
class Screening:
    """What a message asks for; ``frames`` are "category:frame", ``pack`` is kept with the case."""

    tier: str
    frames: tuple[str, ...]
    labels: tuple[str, ...]
    pack: str


def screen(text: str, *, track: str = "addiction", before: Sequence[context.Said] = ()) -> Screening:
    """``before``: up to five messages of the last 15 minutes, oldest first, the author's and others'."""
    reading = read(text)
    board = Board(cut(reading.words))
    alone = Weighed(board)
    tier, hits = alone.tier, alone.hits
    if (answer := context.answer(text, before)) is not None:
        tier, hits = answer, [Hit("answer", "active_ideation", answer)] if answer != "none" else hits
    if tier != "alert" and (said := _in_pieces(text, before)):
        tier, hits = "alert", [*hits, *(hit for hit in said if hit not in hits)]
    frames = tuple(dict.fromkeys(f"{hit.category}:{hit.frame}" for hit in hits if hit.tier != "none"))
    return Screening(tier=tier, frames=frames, labels=names(found(reading, board, track=track)), pack=SHOWN)


class Weighed:
    """What stands in a message, and the tier of it: that of its frames, or a higher one where the model passes a bar.

    A sign the model agrees with has a lower bar.
    """

    def __init__(self, board: Board) -> None:
        self._board, self._found = board, stood(board)
        self._heard = heard(board, self._found)
        self.tier, self.hits = self._weigh()

    @cached_property
    def scores(self) -> Scores:
        return MODEL.scores(self._board, features.of_all(self._board, self._found, self._heard))

    def _weigh(self) -> tuple[str, list[Hit]]:
        if any(hit.pages for hit in self._heard):
            return "alert", self._heard
        agrees = self.scores.page > MODEL.bars["agrees"]
        tier = _highest("concern" if hit.soft and not agrees else hit.tier for hit in self._heard)
        if tier != "alert" and self.scores.page > MODEL.bars["page"] and len(self._board.present) >= ENOUGH:
            return "alert", [*self._heard, Hit("model", "unsaid", "alert")]
        if tier == "none" and self.scores.help > MODEL.bars["help"]:
            return "concern", [*self._heard, Hit("model", "unsaid", "concern")]
        return tier, self._heard


def _in_pieces(text: str, before: Sequence[context.Said]) -> list[Hit]:
    """What this and the author's short messages just before tell of danger together, and none of them alone."""
    pieces = context.pieces(text, before)
    if not pieces:
        return []
    whole = _read(" ".join(pieces))
    if whole.tier != "alert":
        return []
    alone = [_read(one) for one in pieces]
    known = {hit for one in alone for hit in one.hits}
    spans = any(hit.pages and hit.category in ALERTS and hit not in known for hit in whole.hits)
    graver = whole.scores.page > max(one.scores.page for one in alone)
    return [hit for hit in whole.hits if hit.tier == "alert"] if spans or graver else []


def _read(text: str) -> Weighed:
    return Weighed(Board(cut(read(text).words)))


def _highest(tiers: Iterable[str]) -> str:
    seen = set(tiers)
    return "alert" if "alert" in seen else "concern" if "concern" in seen else "none"
