"""What a celebration says, in the language of the program whose room it is: the same for everybody who reads."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override as speaking

from community.milestones.chips import chip_of
from community.milestones.ladders import Look, Step


def card_of(code: str, name: str, language: str, look: Look | None = None) -> Any:
    """A card of groups/chat/cards.py: the chip's looks and words, as the program wants them, and the line above."""
    with speaking(language):
        chip = asdict(chip_of(Step.of(code), look))
        return {"title": _("%(name)s has %(time)s") % {"name": name, "time": chip["label"]}, **chip}


def line_of(codes: Sequence[tuple[str, str, str]], language: str) -> str:
    """One line for the (name, code, label) of those whose cards would be too many for a day."""
    with speaking(language):
        said = [str(card_of(code, name, language, Look(label))["title"]) for name, code, label in codes]
        return _("Also today: %(all)s.") % {"all": "; ".join(said)} if said else _("A good day in this room.")
