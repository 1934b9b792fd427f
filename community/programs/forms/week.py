"""The times of a week, as rows that are filled in, emptied and added without a script."""

from collections.abc import Sequence
from datetime import time
from typing import Any, ClassVar, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import RowForm, RowsForm
from community.programs.forms.fields import ClockField
from community.programs.models import Slot, Weekday
from community.programs.plans import DAY_MINUTES, SLOTS_MOST
from community.programs.times import ends_at

NEEDED = {"weekday": _("Choose a day."), "starts": _("Enter a time."), "until": _("Enter a time.")}


class SlotForm(RowForm):
    """One time of the week."""

    telling = tuple(NEEDED)
    otherwise = "until"

    weekday = forms.TypedChoiceField(label=_("Day"), choices=[("", ""), *Weekday.choices], coerce=int, required=False)
    starts = ClockField(label=_("From"), required=False)
    until = ClockField(label=_("Until"), required=False)
    drop = forms.BooleanField(label=_("Take this time away"), required=False)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, words in NEEDED.items():
            if self.counts and name not in self.errors and cleaned.get(name) in {None, ""}:
                self.add_error(name, words)
        if self.counts and not self.errors and cleaned["starts"] >= cleaned["until"] != time.min:
            self.add_error("until", _("This ends before it begins. Let it end on the same day."))
        return cleaned

    @property
    @override
    def plan(self) -> dict[str, Any]:
        """As the service takes it; midnight is the end of the day."""
        starts, until = self.cleaned_data["starts"], self.cleaned_data["until"]
        minutes = (until.hour * 60 + until.minute or DAY_MINUTES) - (starts.hour * 60 + starts.minute)
        return {"weekday": self.cleaned_data["weekday"], "starts": starts.replace(second=0), "minutes": minutes}


class WeekForm(RowsForm[SlotForm]):
    """All times together."""

    row = SlotForm
    prefix: ClassVar[str] = "slot"
    most: ClassVar[int] = SLOTS_MOST

    @classmethod
    def of(cls, slots: Sequence[Slot]) -> "WeekForm":
        """The times there are, and room for more."""
        known = [{"weekday": slot.weekday, "starts": slot.starts, "until": ends_at(slot)} for slot in slots]
        return cls.filled(known)
