"""What a celebration says, in the language of the program whose room it is: the same for everybody who reads."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override as speaking

from community.milestones.chips import Chip, chip_of, finished_chip
from community.milestones.ladders import FINISHED, Look, Step


def chip_for(code: str, look: Look | None = None) -> Chip:
    """The chip of a step, or of finishing a program, in the language that is active."""
    return finished_chip(look) if code == FINISHED else chip_of(Step.of(code), look)


def card_of(code: str, name: str, language: str, look: Look | None = None) -> Any:
    """A card of groups/chat/cards.py: the chip's looks and words, as the program wants them, and the line above."""
    with speaking(language):
        chip = asdict(chip_for(code, look))
        return {"title": _title(code, name, chip["label"], look), **chip}


def _title(code: str, name: str, label: str, look: Look | None) -> str:
    if code != FINISHED:
        return _("%(name)s has %(time)s") % {"name": name, "time": label}
    if look is not None and look.label:
        return _("%(name)s: %(label)s") % {"name": name, "label": label}
    return _("%(name)s finished the program") % {"name": name}


def line_of(codes: Sequence[tuple[str, str, str]], language: str) -> str:
    """One line for the (name, code, label) of those whose cards would be too many for a day."""
    with speaking(language):
        said = [str(card_of(code, name, language, Look(label))["title"]) for name, code, label in codes]
        return _("Also today: %(all)s.") % {"all": "; ".join(said)} if said else _("A good day in this room.")
