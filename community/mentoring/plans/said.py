"""What somebody says of themselves and hopes for."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from community.foundation import inputs
from community.matching.facts import WishKind
from community.mentoring.plans.codes import GENDERS, LANGUAGES, PATHWAYS, STYLES

WORD_MOST = 40
WORDS_MOST = 6
WINDOWS_MOST = 28
DAY = 24 * 60  # minutes
WEEK = 7 * DAY
SAID = frozenset({
    "languages", "gender", "wish_kind", "wish_of", "pathways", "style", "zone", "hours", "across", "life_stages",
    "values",
})  # fmt: skip

type Window = list[int]


def said(wanted: Mapping[str, Any], *, also: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields that are given, as they are kept; those named in ``also`` are for others to judge. Raises Invalid.

    Whether a wish fits together is asked of the whole: :func:`wish`.
    """
    inputs.known(dict(wanted), SAID | also)
    return {name: JUDGES[name](value) for name, value in wanted.items() if name in SAID}


def wish(kind: str, of: Sequence[str]) -> None:
    """Raises Invalid where somebody minds the gender but names none, or names some and does not mind."""
    if kind == WishKind.ANY and of:
        inputs.refuse("/wish_of", "contradiction", _("You said that it does not matter. Then leave these empty."))
    if kind != WishKind.ANY and not of:
        inputs.refuse("/wish_of", "required", _("Say which. Or choose that it does not matter to you."))


def whole(kept: Mapping[str, Any]) -> None:
    """What has to be there before anybody can be found. Raises Invalid."""
    if not kept.get("languages"):
        inputs.refuse("/languages", "required", _("Choose at least one language."))
    if not kept.get("hours"):
        inputs.refuse("/hours", "required", _("Choose at least one time of the week."))
    wish(kept.get("wish_kind", WishKind.ANY), kept.get("wish_of", []))


def _codes(value: Any, known: Sequence[str], *, at: str) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > len(known):
        inputs.refuse(at, "type", _("This must be a short list."))
    chosen = {inputs.one_of(one, frozenset(known), at=f"{at}/{number}") for number, one in enumerate(value)}
    return [one for one in known if one in chosen]


def words(value: Any, *, at: str) -> list[str]:
    """A few own words or short phrases, each once in whatever case it is typed."""
    if not isinstance(value, list | tuple):
        inputs.refuse(at, "type", _("This must be a short list."))
    if len(value) > WORDS_MOST:
        inputs.refuse(at, "too_many", _("Six are enough here."))
    found: dict[str, str] = {}
    for number, one in enumerate(value):
        said_so = inputs.line(one, at=f"{at}/{number}", most=WORD_MOST)
        found.setdefault(said_so.casefold(), said_so)
    return list(found.values())


def hours(value: Any) -> list[Window]:
    """Windows of the week in order. Raises Invalid for one that cannot be, and for two at the same time."""
    if not isinstance(value, list | tuple):
        inputs.refuse("/hours", "type", _("This must be a list of times of the week."))
    if len(value) > WINDOWS_MOST:
        inputs.refuse("/hours", "too_many", _("That is more times than a week can hold."))
    found = sorted(_window(one, at=f"/hours/{number}") for number, one in enumerate(value))
    spans = [(day * DAY + first, day * DAY + (last if last > first else last + DAY)) for day, first, last in found]
    if spans and spans[-1][1] > WEEK:  # Sunday night goes on into Monday
        spans.append((spans[0][0] + WEEK, spans[0][1] + WEEK))
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        inputs.refuse("/hours", "overlap", _("Two of these times overlap."))
    return found


def _window(value: Any, *, at: str) -> Window:
    if not isinstance(value, Mapping):
        inputs.refuse(at, "type", _("A time of the week has a day, a beginning and an end."))
    fields = frozenset({"weekday", "starts", "ends"})
    inputs.known(dict(value), fields, needed=fields, under=at)
    starts, ends = (inputs.clock_time(value[name], at=f"{at}/{name}") for name in ("starts", "ends"))
    if starts == ends:
        inputs.refuse(f"{at}/ends", "empty", _("This ends when it begins."))
    day = inputs.whole(value["weekday"], at=f"{at}/weekday", most=6)
    return [day, starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute]


JUDGES: dict[str, Callable[[Any], Any]] = {
    "languages": lambda value: _codes(value, LANGUAGES, at="/languages"),
    "gender": lambda value: inputs.one_of(value, frozenset({"", *GENDERS}), at="/gender"),
    "wish_kind": lambda value: inputs.one_of(value, frozenset(WishKind), at="/wish_kind"),
    "wish_of": lambda value: _codes(value, GENDERS, at="/wish_of"),
    "pathways": lambda value: _codes(value, PATHWAYS, at="/pathways"),
    "style": lambda value: inputs.one_of(value, frozenset({"", *STYLES}), at="/style"),
    "zone": lambda value: inputs.zone(value, at="/zone"),
    "hours": hours,
    "across": lambda value: inputs.flag(value, at="/across"),
    "life_stages": lambda value: words(value, at="/life_stages"),
    "values": lambda value: words(value, at="/values"),
}
