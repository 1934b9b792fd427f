"""What who looks into a case writes down; each without a script. Every form says which version its page showed."""

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.cases.models import NOTE_MOST, Case
from community.cases.plans import Fact, Outcome, Priority
from community.foundation.errors import Refusal
from community.foundation.forms import Form


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class StepForm(Form):
    """A step on a case, with a line for whoever looks into it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    note = forms.CharField(
        label=_("A line for whoever looks into it"),
        max_length=NOTE_MOST,
        required=False,
        strip=False,
        widget=_area(),
    )


class TalkedForm(StepForm):
    reached = forms.ChoiceField(
        label=_("How it went"),
        choices=[("yes", _("We talked")), ("no", _("I tried, and could not reach them"))],
        widget=forms.RadioSelect,
    )


class WaitForm(StepForm):
    waits_for = forms.ChoiceField(
        label=_("What it waits for"),
        choices=[("person", _("The person")), ("clinician", _("A clinician"))],
        widget=forms.RadioSelect,
    )


class PriorityForm(StepForm):
    priority = forms.TypedChoiceField(label=_("How urgent it is"), coerce=int)

    def __init__(self, data: Any = None, *, case: Case, **more: Any) -> None:
        super().__init__(data, **more)
        others = [(int(one), one.label) for one in Priority if one != case.priority]
        self.fields["priority"] = forms.TypedChoiceField(label=_("How urgent it is"), coerce=int, choices=others)


class ResolveForm(StepForm):
    """How it ended, and what the law asks to be written down for some ends."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=[("", _("Choose…")), *Outcome.choices])

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        for fact in Fact:
            self.fields[f"fact_{fact}"] = forms.CharField(
                label=fact.label, max_length=NOTE_MOST, required=False, strip=False, widget=_area(2)
            )

    @property
    def facts(self) -> dict[str, Any]:
        """As the service takes them, once it is valid."""
        return {str(fact): self.cleaned_data[f"fact_{fact}"] for fact in Fact}

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        return [self[f"fact_{fact}"] for fact in Fact]

    @override
    def refuse(self, refusal: Refusal) -> None:
        """What is missing stands beside its own question."""
        for error in refusal.extra.get("errors", []):
            error["pointer"] = str(error["pointer"]).replace("/facts/", "/fact_")
        super().refuse(refusal)
