"""What a program may ask of its mentors."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from community.foundation import inputs
from community.mentoring.plans.codes import CAPACITY_MOST, MENTOR_TRACKS, OWN_ALONE
from community.programs.profiles import MINORS

FIELDS = frozenset({
    "word", "tenure_days", "mentor_tracks", "minors", "capacity_most", "capacity_usual", "floor", "clearance_days",
    "approval_days",
})  # fmt: skip
WORDS = frozenset({"mentor", "sponsor"})
TENURE_MOST = 3650  # days, of what was said before there were steps
#: Days, and no others: who could move them one by one would see on which a mentor's "yes" turns, and so their date.
TENURE_STEPS = (0, 30, 60, 90, 180, 365, 730, 1095, 1825)
FLOOR_MOST = 1000  # what two people can fit at all
LASTS_LEAST, LASTS_MOST = 30, 1095  # days


def policy(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are given, as they are kept. Raises Invalid; whether they fit is asked of the whole."""
    inputs.known(dict(wanted), FIELDS)
    return {name: JUDGES[name](value) for name, value in wanted.items()}


def steps(after: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Raises Invalid for days that are no step; those that stand already may stay."""
    if after["tenure_days"] not in {*TENURE_STEPS, before["tenure_days"]}:
        told = ", ".join(map(str, TENURE_STEPS))
        inputs.refuse("/tenure_days", "choice", _("Choose one of: %(choices)s.") % {"choices": told})


def fits(kept: Mapping[str, Any], *, track: str, age_band: str) -> None:
    """Raises Invalid for a policy that contradicts itself, or what kind of program it is for."""
    if kept["capacity_usual"] > kept["capacity_most"]:
        inputs.refuse(
            "/capacity_usual", "contradiction", _("To begin with, this can be at most what somebody may have at all.")
        )
    serving = frozenset(kept["mentor_tracks"])
    if not serving:
        inputs.refuse("/mentor_tracks", "required", _("Nobody could walk with people here then. Choose at least one."))
    if track in OWN_ALONE and serving != {track}:
        inputs.refuse(
            "/mentor_tracks",
            "own_alone",
            _("Who walks with people in this kind of program comes from one of the same kind."),
        )
    if track not in OWN_ALONE and serving & OWN_ALONE:
        inputs.refuse(
            "/mentor_tracks",
            "own_alone",
            _("Who comes from a program for teens or eating disorders is for its own people alone."),
        )
    if kept["minors"] and age_band != MINORS:
        inputs.refuse("/minors", "contradiction", _("There are no people under age in this program."))


def _tracks(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > len(MENTOR_TRACKS):
        inputs.refuse("/mentor_tracks", "type", _("This must be a short list."))
    known = frozenset(MENTOR_TRACKS)
    return sorted({inputs.one_of(one, known, at=f"/mentor_tracks/{number}") for number, one in enumerate(value)})


def _days(name: str) -> Callable[[Any], int]:
    return lambda value: inputs.whole(value, at=f"/{name}", least=LASTS_LEAST, most=LASTS_MOST)


JUDGES: dict[str, Callable[[Any], Any]] = {
    "word": lambda value: inputs.one_of(value, WORDS, at="/word"),
    "tenure_days": lambda value: inputs.whole(value, at="/tenure_days", most=TENURE_MOST),
    "mentor_tracks": _tracks,
    "minors": lambda value: inputs.flag(value, at="/minors"),
    "capacity_most": lambda value: inputs.whole(value, at="/capacity_most", least=1, most=CAPACITY_MOST),
    "capacity_usual": lambda value: inputs.whole(value, at="/capacity_usual", most=CAPACITY_MOST),
    "floor": lambda value: inputs.whole(value, at="/floor", most=FLOOR_MOST),
    "clearance_days": _days("clearance_days"),
    "approval_days": _days("approval_days"),
}
