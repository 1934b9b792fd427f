"""Forms of our own pages: what a service refuses stands beside the question it is about."""

from collections.abc import Callable
from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation import inputs
from community.foundation.errors import Missing, NotAllowed, Refusal


class Form(forms.Form):
    """A form whose service may say no. The page that shows it again answers 422, and keeps what was typed."""

    def done(self, verb: Callable[[], object]) -> bool:
        """Whether the answers are whole and the service took them. Raises Missing and NotAllowed."""
        if not self.is_valid():
            return False
        try:
            verb()
        except (Missing, NotAllowed):
            raise
        except Refusal as refusal:
            self.refuse(refusal)
        return not self.errors

    def refuse(self, refusal: Refusal) -> None:
        """Put each of the refusal's words beside its field, or above the form."""
        errors = refusal.extra.get("errors") or [{"pointer": "", "detail": str(refusal.detail)}]
        for error in errors:
            name = str(error["pointer"]).removeprefix("/")
            self.add_error(name if name in self.fields else None, str(error["detail"]))

    @property
    def status(self) -> int:
        """What the page that shows this form answers."""
        return 422 if self.is_bound and self.errors else 200


class DayField(forms.DateField):
    """A calendar day of ``years``, whatever language the page speaks."""

    def __init__(self, *, years: range = inputs.YEARS, **more: Any) -> None:
        self.years = years
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            error_messages={
                "invalid": _("Enter the day as year, month, day."),
                "required": _("Choose a day."),
            },
            **more,
        )

    @override
    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        if found is not None and found.year not in self.years:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found
