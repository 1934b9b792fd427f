"""Questions that several forms ask, each in the browser's own way of answering it."""

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.foundation.telling import ORDINARY, telling_words
from community.programs.models import Cohort


class StepForm(Form):
    """A page that only asks to go on: there is nothing to fill in."""


class ClockField(forms.TimeField):
    """A time of day on the clock of the place, to the minute."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            input_formats=["%H:%M", "%H:%M:%S"],
            error_messages={
                "invalid": _("Enter the time as hours and minutes."),
                "required": _("Enter a time."),
            },
            **more,
        )


class CohortField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """One of some cohorts, by its name."""

    @override
    def label_from_instance(self, obj: Cohort) -> str:
        return obj.name


class NamedForm(Form):
    """Asks for a name that others will read. One that says too much is asked about once, and may be kept."""

    name = forms.CharField(
        label=_("Name"),
        strip=False,
        required=False,  # the service says what is missing, in its words
        help_text=_(
            "People read it on screens and on paper. Choose a name that says nothing about health, such as “Evening "
            "program” or “Tuesday evening group”."
        ),
    )
    keep_name = forms.BooleanField(required=False)

    @property
    def tells(self) -> str:
        """The words of the name that say too much, for people; none: nothing to ask about."""
        return ", ".join(sorted(telling_words(str(self["name"].value() or "")) - ORDINARY)) if self.is_bound else ""

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        keeps, known = cleaned.pop("keep_name", False), str(self.initial.get("name", ""))
        if self.tells and not keeps and cleaned.get("name") != known:
            self.add_error(
                "name",
                _("“%(words)s” may tell others what this is about. Choose another name, or save again to keep it.")
                % {"words": self.tells},
            )
        return cleaned
