"""How a step looks on its chip, and what it is called: number and word, a color by its token, a drawing that grows.

Color and drawing are never the only sign: the words stand beside the chip wherever it is shown.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.milestones.ladders import FINISHED, Look, Step, Unit

DAYS_IN = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30, Unit.YEARS: 365, Unit.TIMES: 1}  # of times, how many
#: From this many days on, more or less.
DRAWINGS = ((0, "seed"), (14, "sprout"), (60, "leaf"), (90, "flower"), (270, "tree"))
COLORS = (
    (0, "copper"), (14, "fern"), (31, "sky"), (61, "iris"), (100, "rose"), (200, "teal"), (330, "gold"),
    (400, "slate"), (700, "gold"),
)  # fmt: skip

#: From this many times on.
TIMES_DRAWINGS = ((0, "seed"), (5, "sprout"), (10, "leaf"), (25, "flower"), (50, "tree"))
TIMES_COLORS = ((0, "copper"), (5, "fern"), (10, "sky"), (25, "iris"), (50, "teal"), (100, "gold"))
#: What a program may choose from.
COLOR_NAMES = tuple(dict.fromkeys(name for _least, name in COLORS))
DRAWING_NAMES = tuple(name for _least, name in DRAWINGS)


@dataclass(frozen=True, slots=True)
class Chip:
    """``label`` is what is read: "30 days". ``number`` and ``unit`` stand on the chip, ``rim`` around it.

    Without a number the drawing takes its place.
    """

    code: str
    label: str
    number: str
    unit: str
    rim: str
    color: str
    drawing: str


def chip_of(step: Step, look: Look | None = None) -> Chip:
    """The chip of a step, in the language that is active; ``look`` is how its program wants it called and drawn."""
    asked, times = look or Look(), step.unit is Unit.TIMES
    size = step.number * DAYS_IN[step.unit]
    number, label, unit = _words(step)
    rim = _("KEEP SHOWING UP") if times or step.unit is Unit.WEEKS else _("ONE DAY AT A TIME")
    return Chip(
        code=step.code,
        label=asked.label or label,
        number=number,
        unit=unit.upper(),
        rim=f"{rim} · {rim} · ",
        color=asked.color or _fitting(TIMES_COLORS if times else COLORS, size),
        drawing=asked.drawing or _fitting(TIMES_DRAWINGS if times else DRAWINGS, size),
    )


def finished_chip(look: Look | None = None) -> Chip:
    """The chip of who finished a program: a tree, unless it wants another drawing, and no number."""
    asked = look or Look()
    rim, word = _("YOU DID THIS"), _("finished")
    return Chip(
        code=FINISHED,
        label=asked.label or _("Finished the program"),
        number="",
        unit=word.upper(),
        rim=f"{rim} · {rim} · ",
        color=asked.color or "gold",
        drawing=asked.drawing or "tree",
    )


def times_words(times: int) -> str:
    """ "5 times"."""
    return ngettext("%(count)s time", "%(count)s times", times) % {"count": times}


def _fitting(kinds: tuple[tuple[int, str], ...], size: int) -> str:
    return [name for least, name in kinds if size >= least][-1]


def _words(step: Step) -> tuple[str, str, str]:
    """Number, label and unit. The first day is told in hours, as chips have it."""
    many = step.number
    match step.unit:
        case Unit.DAYS if many == 1:
            return "24", _("24 hours"), _("hours")
        case Unit.DAYS:
            return str(many), ngettext("%(count)s day", "%(count)s days", many) % {"count": many}, _("days")
        case Unit.WEEKS:
            words = ngettext("%(count)s week", "%(count)s weeks", many)
            return str(many), words % {"count": many}, ngettext("week", "weeks", many)
        case Unit.MONTHS:
            words = ngettext("%(count)s month", "%(count)s months", many)
            return str(many), words % {"count": many}, ngettext("month", "months", many)
        case Unit.YEARS:
            words = ngettext("%(count)s year", "%(count)s years", many)
            return str(many), words % {"count": many}, ngettext("year", "years", many)
        case Unit.TIMES:
            return str(many), times_words(many), ngettext("time", "times", many)
