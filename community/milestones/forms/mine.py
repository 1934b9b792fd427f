from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import DayField, Form
from community.foundation.registers import Leading
from community.milestones.dates import START_YEARS
from community.milestones.models import NAME_MOST

NOBODY, LEADS, MYSELF = "nobody", "leads", "myself"
TELL = (
    (NOBODY, _("Nobody for now")),
    (LEADS, _("Who leads my group: they hear that I would like to talk, not why")),
    (MYSELF, _("I tell somebody myself")),
)


class CountForm(Form):
    """From when, and what its person calls it, if anything."""

    start = DayField(years=START_YEARS, label=_("First day"))
    name = forms.CharField(label=_("What you call it"), max_length=NAME_MOST, required=False)


class FirstDayForm(Form):
    """The day was another one."""

    start = DayField(years=START_YEARS, label=_("First day"))


class LooksForm(Form):
    """What it is called, and whether and how its number is shown."""

    name = forms.CharField(label=_("What you call it"), max_length=NAME_MOST, required=False)
    hides_count = forms.BooleanField(label=_("Don't show me the number of days"), required=False)
    says_day = forms.BooleanField(label=_("Call the first day Day 1"), required=False)
    on_today = forms.BooleanField(label=_("Show me on Today what comes next"), required=False)


class NewCountForm(Form):
    """From when, and whom to tell. Nobody is what stands there; whoever walks with them is there to be written to."""

    start = DayField(years=START_YEARS, label=_("From this day"))
    tell = forms.ChoiceField(
        label=_("Would you like somebody to know?"),
        choices=(),
        widget=forms.RadioSelect,
    )

    def __init__(self, sent: Any = None, *, companions: Sequence[Leading] = (), **more: Any) -> None:
        super().__init__(sent, **more)
        self.pages = {f"write-{number}": one.href for number, one in enumerate(companions)}
        further = [(value, one.title) for value, one in zip(self.pages, companions, strict=True)]
        tell = self.fields["tell"]
        assert isinstance(tell, forms.ChoiceField)  # noqa: S101 - as it stands above
        tell.choices = [*TELL[:2], *further, *TELL[2:]]

    @property
    def onward(self) -> str:
        """The page of whom they chose to write to; nothing is written for them."""
        return self.pages.get(self.cleaned_data["tell"], "")
