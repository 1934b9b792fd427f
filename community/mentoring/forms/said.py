"""Five short questions, and more for who likes to say more: for who asks for a mentor and for who is one.

All stand on one page, and work without a script.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation.forms import Form
from community.foundation.times import zone_words
from community.matching.facts import WishKind
from community.mentoring.models import (
    GENDER_WORDS,
    LANGUAGE_WORDS,
    PATHWAY_WORDS,
    STYLE_WORDS,
    WISH_WORDS,
    Mentor,
    MentorRequest,
    Said,
)
from community.mentoring.plans.said import DAY, Window
from community.mentoring.reading import window_words
from community.programs.models import Weekday

#: The parts of a day that a page offers, from and until (minutes); the API takes any times.
PARTS = {
    "morning": (pgettext_lazy("part of the day", "Morning"), 8 * 60, 12 * 60),
    "afternoon": (pgettext_lazy("part of the day", "Afternoon"), 12 * 60, 17 * 60),
    "evening": (pgettext_lazy("part of the day", "Evening"), 17 * 60, 21 * 60),
}
SLOTS = [(f"{day.value}-{part}",) * 2 for day in Weekday for part in PARTS]  # the page names them
ONE_A_LINE = {"rows": 3}


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the week: what it is called, and its parts, each a value, a name, and whether it is chosen."""

    label: str
    parts: list[tuple[str, str, bool]]


def _many(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **more
    )


def _one(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False, **more)


def _words(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, strip=False, widget=forms.Textarea(attrs=ONE_A_LINE)
    )


class SaidForm(Form):
    """When, in which languages, and with whom; the rest is a hope.

    ``folded``: what may be said beside the five questions, behind one fold.
    """

    folded: ClassVar[tuple[str, ...]] = ("style", "life_stages", "values", "across")
    hours = _many(_("When could you talk?"), SLOTS)
    languages = _many(_("In which languages?"), list(LANGUAGE_WORDS.items()))
    wish_kind = _one(
        _("Does it matter which gender they are?"), [(kind.value, words) for kind, words in WISH_WORDS.items()]
    )
    wish_of = _many(_("If it does: which?"), list(GENDER_WORDS.items()))
    gender = _one(_("And which gender are you?"), [("", _("I would rather not say")), *GENDER_WORDS.items()])
    pathways = _many(_("What helps you in recovery?"), list(PATHWAY_WORDS.items()))
    style = _one(_("How do you like to talk?"), [("", _("Either way")), *STYLE_WORDS.items()])
    life_stages = _words(
        _("Where are you in life?"), _("In your own words, one on each line: a parent, a student, a night worker.")
    )
    values = _words(_("What matters to you?"), _("In your own words, one on each line. Six at most."))
    across = forms.BooleanField(label=_("Somebody of another program here is fine, too"), required=False)
    others: list[tuple[str, str]]  # times that no part of a day says, each a value and its words
    elsewhere = ""  # on which clock the times are, where it is not that of where they live

    def __init__(
        self, data: Any = None, *, said: Mentor | MentorRequest | None = None, initial: Any = None, **more: Any
    ) -> None:
        """``said``: what was said before, to be changed; a time that was said by script stands there by itself."""
        super().__init__(data, initial={**(self.saying(said) if said else {}), **(initial or {})}, **more)
        windows = said.hours if said else []
        self.others = [(_value(*one), window_words(*one)) for one in windows if not _parts(*one)]
        if said and said.zone != said.person.zone:
            self.elsewhere = zone_words(said.zone)
        hours = self.fields["hours"]
        assert isinstance(hours, forms.MultipleChoiceField)  # noqa: S101 - declared above
        hours.choices = [*SLOTS, *self.others]

    @classmethod
    def saying(cls, row: Said) -> dict[str, Any]:
        """What somebody said, as the form shows it."""
        return {
            "hours": [value for one in row.hours for value in _parts(*one) or [_value(*one)]],
            "languages": row.languages,
            "wish_kind": row.wish_kind,
            "wish_of": row.wish_of,
            "gender": row.gender,
            "pathways": row.pathways,
            "style": row.style,
            "life_stages": "\n".join(row.life_stages),
            "values": "\n".join(row.values),
            "across": row.across,
        }

    @property
    def week(self) -> list[Day]:
        """The week as a table of days and their parts."""
        chosen = {str(one) for one in self["hours"].value() or ()}
        return [
            Day(
                str(day.label),
                [
                    (f"{day.value}-{part}", f"{day.label} {words}", f"{day.value}-{part}" in chosen)
                    for part, (words, *_more) in PARTS.items()
                ],
            )
            for day in Weekday
        ]

    @property
    def other_times(self) -> list[tuple[str, str, bool]]:
        """Times of other lengths, each a value, its words, and whether it is chosen."""
        chosen = {str(one) for one in self["hours"].value() or ()}
        return [(value, words, value in chosen) for value, words in self.others]

    @property
    def folds_gender(self) -> bool:
        return "gender" in self.folded

    @property
    def unfolded(self) -> bool:
        """Whether the fold is open: something in it was said, or is wrong."""
        return any(name in self.errors or self[name].value() for name in self.folded)

    @property
    def parts(self) -> list[Any]:
        return [words for words, *_more in PARTS.values()]

    @property
    def wanted(self) -> dict[str, Any]:
        """As the services take it, once it is valid."""
        said = dict(self.cleaned_data)
        said.pop("agrees", None)
        said["wish_kind"] = said["wish_kind"] or WishKind.ANY.value
        if said["wish_kind"] == WishKind.ANY:
            said["wish_of"] = []  # ticked before, and not meant any more
        said["hours"] = [_said(*one) for one in _without_inner([_window(value) for value in said["hours"]])]
        for name in ("life_stages", "values"):
            said[name] = [line for line in said[name].splitlines() if line.strip()]
        return said


def _parts(day: int, first: int, last: int) -> list[str]:
    """The parts of a day that say just this time, in their order; none where they cannot."""
    within = [(part, begins, ends) for part, (_words, begins, ends) in PARTS.items() if first <= begins < ends <= last]
    whole = sum(ends - begins for _part, begins, ends in within) == last - first
    return [f"{day}-{part}" for part, *_times in within] if whole else []


def _value(day: int, first: int, last: int) -> str:
    return f"{day}-{first}-{last}"


def _window(value: str) -> Window:
    day, _dash, rest = value.partition("-")
    first, last = PARTS[rest][1:] if rest in PARTS else map(int, rest.split("-"))
    return [int(day), first, last]


def _without_inner(windows: list[Window]) -> list[Window]:
    """Those that lie in no other, where a part of a day and a time beside it say the same twice."""

    def lies_in(one: Window, other: Window) -> bool:
        ends, reaches = (last if last > first else last + DAY for _day, first, last in (one, other))
        return one != other and one[0] == other[0] and other[1] <= one[1] and ends <= reaches

    return [one for one in windows if not any(lies_in(one, other) for other in windows)]


def _said(day: int, first: int, last: int) -> dict[str, Any]:
    starts, ends = (f"{minute // 60:02}:{minute % 60:02}" for minute in (first, last))
    return {"weekday": day, "starts": starts, "ends": ends}
