"""What staff planned for a ladder, judged before anything is written. Pure: the same for page, API and command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from community.foundation import inputs
from community.milestones.chips import COLOR_NAMES, DAYS_IN, DRAWING_NAMES
from community.milestones.ladders import BY_TIMES, UNITS, LadderKind, Look, Step, Unit

LABEL_MOST = 40
RUNGS_MOST = 40
LOOKS = frozenset({"label", "color", "drawing"})
FIELDS = LOOKS | {"code"}
#: Steps of these always come on one day, from whatever start: seven days and a week, twelve months and a year.
SAME_DAY = {
    Unit.DAYS: ("d", 1),
    Unit.WEEKS: ("d", 7),
    Unit.MONTHS: ("m", 1),
    Unit.YEARS: ("m", 12),
    Unit.TIMES: ("n", 1),
}


@dataclass(frozen=True, slots=True)
class RungPlan:
    """One step as somebody wants it called and drawn."""

    step: Step
    look: Look


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole ladder as somebody wants it."""

    rungs: tuple[RungPlan, ...]
    yearly: bool
    finish: Look


def rungs(wanted: Sequence[Any], *, kind: LadderKind) -> tuple[RungPlan, ...]:
    """The steps of a ladder (1 to 40), in the order they come. Raises Invalid, naming the step by its place."""
    if not wanted:
        inputs.refuse("/steps", "required", _("A ladder needs at least one step."))
    if len(wanted) > RUNGS_MOST:
        inputs.refuse("/steps", "too_many", _("A ladder can have %(most)s steps at most.") % {"most": RUNGS_MOST})
    found = tuple(_rung(one, kind, at=f"/steps/{number}") for number, one in enumerate(wanted))
    days: set[tuple[str, int]] = set()
    for number, rung in enumerate(found):
        if (day := _day(rung.step)) in days:
            same = _("Another step is the same.") if kind in BY_TIMES else _("Another step comes on the same day.")
            inputs.refuse(f"/steps/{number}/code", "repeated", same)
        days.add(day)
    return tuple(sorted(found, key=lambda rung: rung.step.number * DAYS_IN[rung.step.unit]))


def yearly(value: Any, *, kind: LadderKind) -> bool:
    """Whether a ladder goes on with each year. Raises Invalid where it counts none."""
    wanted = inputs.flag(value, at="/yearly")
    if wanted and Unit.YEARS not in UNITS[kind]:
        inputs.refuse("/yearly", "choice", _("This ladder counts no years."))
    return wanted


def _rung(wanted: Any, kind: LadderKind, *, at: str) -> RungPlan:
    if not isinstance(wanted, Mapping):
        inputs.refuse(at, "type", _("This must be a step: its code, and how it looks."))
    given = dict(wanted)
    inputs.known(given, FIELDS, needed=frozenset({"code"}), under=at)
    step = _step(given["code"], at=f"{at}/code")
    if step.unit not in UNITS[kind]:
        inputs.refuse(f"{at}/code", "choice", _("A step of this ladder can't count that."))
    return RungPlan(step, _look(given, at=at))


def finish(wanted: Any, *, kind: LadderKind) -> Look:
    """How the chip of finishing a program looks; None is as it comes. Raises Invalid for a ladder of anything else."""
    if wanted is None:
        return Look()
    if kind is not LadderKind.WEEKS:
        inputs.refuse("/finish", "choice", _("Only weeks end with finishing the program."))
    if not isinstance(wanted, Mapping):
        inputs.refuse("/finish", "type", _("This must say how the chip looks."))
    given = dict(wanted)
    inputs.known(given, LOOKS, under="/finish")
    return _look(given, at="/finish")


def _look(given: Mapping[str, Any], *, at: str) -> Look:
    return Look(
        label=inputs.line(given.get("label", ""), at=f"{at}/label", most=LABEL_MOST, blank=True),
        color=_name(given.get("color", ""), COLOR_NAMES, at=f"{at}/color"),
        drawing=_name(given.get("drawing", ""), DRAWING_NAMES, at=f"{at}/drawing"),
    )


def _step(code: Any, *, at: str) -> Step:
    try:
        return Step.of(code if isinstance(code, str) else "")
    except ValueError:
        inputs.refuse(at, "choice", _("There is no such code. Codes are like d30, w4, m6, y1 and n5."))


def _name(value: Any, names: tuple[str, ...], *, at: str) -> str:
    return "" if value == "" else inputs.one_of(value, frozenset(names), at=at)


def _day(step: Step) -> tuple[str, int]:
    unit, times = SAME_DAY[step.unit]
    return unit, step.number * times
