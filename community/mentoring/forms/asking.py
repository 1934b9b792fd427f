"""Asking for a mentor, offering to be one, and what a mentor changes."""

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.mentoring.forms.said import SaidForm
from community.mentoring.models import HOPES_MOST
from community.mentoring.plans.codes import CAPACITY_MOST


class AskForm(SaidForm):
    """Asking for a mentor. What somebody hopes for, in their own words, is one of the five; their own gender is not."""

    folded = ("style", "gender", "life_stages", "values", "across")
    hopes = forms.CharField(
        label=_("What do you hope for?"),
        help_text=_("Whoever is asked reads this, and the name you use here. 500 characters at most."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": HOPES_MOST}),
    )
    agrees = forms.BooleanField(label=_("I agree that staff look for somebody for me"), required=False)

    @classmethod
    @override
    def saying(cls, row: Any) -> dict[str, Any]:
        return {**super().saying(row), "hopes": row.hopes}


class ApplyForm(SaidForm):
    """Offering to be a mentor."""

    agrees = forms.BooleanField(label=_("I agree to this, and would like to be there for somebody"), required=False)


class MentorForm(SaidForm):
    """What a mentor changes on their own page."""

    capacity = forms.TypedChoiceField(
        label=_("How many people at once, at most?"),
        choices=[(number, number) for number in range(CAPACITY_MOST + 1)],
        coerce=int,
    )
    not_now = forms.BooleanField(label=_("Not now: nobody new for a while"), required=False)
    stands_in = forms.BooleanField(
        label=_("I can be asked to stand in for somebody else for two weeks"), required=False
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
