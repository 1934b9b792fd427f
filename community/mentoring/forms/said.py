"""Five short questions, the same for who asks for a mentor and who is one, on one page and without a script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation.forms import Form
from community.matching.facts import WishKind
from community.mentoring.models import (
    GENDER_WORDS,
    HOPES_MOST,
    LANGUAGE_WORDS,
    PATHWAY_WORDS,
    STYLE_WORDS,
    WISH_WORDS,
    Said,
)
from community.mentoring.plans.codes import CAPACITY_MOST
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
    """When, in which languages, and with whom; the rest is a hope."""

    hours = _many(_("When could you talk?"), SLOTS)
    languages = _many(_("In which languages?"), list(LANGUAGE_WORDS.items()))
    wish_kind = _one(
        _("Does it matter which gender they are?"), [(kind.value, words) for kind, words in WISH_WORDS.items()]
    )
    wish_of = _many(_("If it does: which?"), list(GENDER_WORDS.items()))
    gender = _one(_("And you?"), [("", _("I would rather not say")), *GENDER_WORDS.items()])
    pathways = _many(_("What helps you in recovery?"), list(PATHWAY_WORDS.items()))
    style = _one(_("How do you like to talk?"), [("", _("Either way")), *STYLE_WORDS.items()])
    life_stages = _words(
        _("Where are you in life?"), _("In your own words, one on each line: a parent, a student, a night worker.")
    )
    values = _words(_("What matters to you?"), _("In your own words, one on each line. Six at most."))
    across = forms.BooleanField(label=_("Somebody of another program here is fine, too"), required=False)

    @classmethod
    def saying(cls, row: Said) -> dict[str, Any]:
        """What somebody said, as the form shows it."""
        return {
            "hours": [value for value, day, first, last in _slots() if _covered(row, day, first, last)],
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
    def parts(self) -> list[Any]:
        return [words for words, *_more in PARTS.values()]

    @property
    def wanted(self) -> dict[str, Any]:
        """As the services take it, once it is valid."""
        said = dict(self.cleaned_data)
        said.pop("agrees", None)
        said["wish_kind"] = said["wish_kind"] or WishKind.ANY.value
        said["hours"] = [_window(value) for value in said["hours"]]
        for name in ("life_stages", "values"):
            said[name] = [line for line in said[name].splitlines() if line.strip()]
        return said


def _slots() -> Iterator[tuple[str, int, int, int]]:
    for day in Weekday:
        for part, (_words, first, last) in PARTS.items():
            yield f"{day.value}-{part}", int(day), first, last


def _covered(row: Said, day: int, first: int, last: int) -> bool:
    return any(
        at == day and begins <= first and last <= (ends if ends > begins else 1440) for at, begins, ends in row.hours
    )


def _window(value: str) -> dict[str, Any]:
    day, _dash, part = value.partition("-")
    _name, first, last = PARTS[part]
    starts, ends = (f"{minute // 60:02}:{minute % 60:02}" for minute in (first, last))
    return {"weekday": int(day), "starts": starts, "ends": ends}


class AskForm(SaidForm):
    """Asking for a mentor."""

    hopes = forms.CharField(
        label=_("What do you hope for?"),
        help_text=_("A mentor who is asked reads this, and the name you use here. 500 characters at most."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": HOPES_MOST}),
    )
    agrees = forms.BooleanField(label=_("I agree that staff look for a mentor for me"), required=False)


class ApplyForm(SaidForm):
    """Offering to be a mentor."""

    agrees = forms.BooleanField(label=_("I agree to this, and would like to be a mentor"), required=False)


class MentorForm(SaidForm):
    """What a mentor changes on their own page."""

    capacity = forms.TypedChoiceField(
        label=_("How many people at once, at most?"),
        choices=[(number, number) for number in range(CAPACITY_MOST + 1)],
        coerce=int,
    )
    not_now = forms.BooleanField(label=_("Not now: nobody new for a while"), required=False)
    stands_in = forms.BooleanField(
        label=_("I can be asked to stand in for another mentor for two weeks"), required=False
    )

    @classmethod
    @override
    def saying(cls, row: Any) -> dict[str, Any]:
        return {
            **super().saying(row),
            "capacity": row.capacity,
            "not_now": row.not_now,
            "stands_in": row.stands_in,
        }
