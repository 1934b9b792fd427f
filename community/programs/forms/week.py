"""The times of a week, as rows that are filled in, emptied and added without a script."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from typing import Any, override

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.foundation.errors import Refusal
from community.foundation.forms import Form
from community.programs.forms.fields import ClockField
from community.programs.models import Slot, Weekday
from community.programs.plans import DAY_MINUTES, SLOTS_MOST
from community.programs.times import ends_at

AT_FIRST, MORE = 3, 2  # empty rows
NEEDED = {"weekday": _("Choose a day."), "starts": _("Enter a time."), "until": _("Enter a time.")}
Row = dict[str, Any]


class SlotForm(Form):
    """One time of the week. A row that is empty, or marked to go, counts for nothing."""

    weekday = forms.TypedChoiceField(label=_("Day"), choices=[("", ""), *Weekday.choices], coerce=int, required=False)
    starts = ClockField(label=_("From"), required=False)
    until = ClockField(label=_("Until"), required=False)
    drop = forms.BooleanField(label=_("Take this time away"), required=False)

    @property
    def counts(self) -> bool:
        return not self["drop"].value() and any(self[name].value() not in {None, ""} for name in NEEDED)

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
    def plan(self) -> dict[str, Any]:
        """As the service takes it; midnight is the end of the day."""
        starts, until = self.cleaned_data["starts"], self.cleaned_data["until"]
        minutes = (until.hour * 60 + until.minute or DAY_MINUTES) - (starts.hour * 60 + starts.minute)
        return {"weekday": self.cleaned_data["weekday"], "starts": starts.replace(second=0), "minutes": minutes}


class WeekForm:
    """All rows together. As :class:`Form` it answers :attr:`status` and puts a refusal beside the row it is about."""

    def __init__(self, rows: Sequence[Row], *, answered: bool) -> None:
        self.errors: list[str] = []
        self.rows = [
            SlotForm(
                {f"slot-{at}-{name}": value for name, value in row.items()} if answered else None,
                prefix=f"slot-{at}",
                initial=row,
            )
            for at, row in enumerate(rows)
        ]

    @classmethod
    def of(cls, slots: Sequence[Slot]) -> "WeekForm":
        """The times there are, and room for more."""
        known = [_as_row(slot) for slot in slots]
        return cls([*known, *[{}] * (1 if known else AT_FIRST)], answered=False)

    @classmethod
    def typed(cls, data: Mapping[str, Any]) -> "WeekForm":
        """What was typed; a form that came in pieces is not taken for an empty week."""
        form = cls(list(_typed(data)), answered=True)
        if _count(data) is None:
            form.errors.append(gettext("This did not arrive whole. Please try again."))
        return form

    @classmethod
    def longer(cls, data: Mapping[str, Any]) -> "WeekForm":
        """What was typed, with more empty rows; nothing is judged yet."""
        return cls([*_typed(data), *[{}] * MORE][: SLOTS_MOST + 1], answered=False)

    def done(self, verb: Any) -> bool:
        """Whether all rows are whole and the service, called with their plans, took them."""
        counted = [row for row in self.rows if row.counts]
        if (
            not self.errors and sum(not row.is_valid() for row in counted) == 0
        ):  # all are asked, so that each says what is wrong
            try:
                verb([row.plan for row in counted])
            except Refusal as refusal:
                self._refuse(refusal, counted)
        return self.status == 200

    def _refuse(self, refusal: Refusal, counted: Sequence[SlotForm]) -> None:
        for error in refusal.extra.get("errors") or [{"pointer": "", "detail": str(refusal.detail)}]:
            parts = str(error["pointer"]).split("/")[2:]
            if parts and parts[0].isdigit() and int(parts[0]) < len(counted):
                counted[int(parts[0])].add_error("until", str(error["detail"]))
            else:
                self.errors.append(str(error["detail"]))

    @property
    def status(self) -> int:
        wrong = self.errors or any(row.is_bound and row.counts and row.errors for row in self.rows)
        return 422 if wrong else 200


def _as_row(slot: Slot) -> Row:
    return {"weekday": slot.weekday, "starts": slot.starts, "until": ends_at(slot)}


def _typed(data: Mapping[str, Any]) -> Iterator[Row]:
    """The rows that were sent; one more than a week can hold is enough to refuse them."""
    for at in range(min(_count(data) or 0, SLOTS_MOST + 1)):
        yield {name: data.get(f"slot-{at}-{name}", "") for name in SlotForm.base_fields}


def _count(data: Mapping[str, Any]) -> int | None:
    """How many rows the form says it has; None if that cannot be."""
    said = str(data.get("rows", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 3 else None
