"""The sheet as its person fills it in, and what staff write down about an opening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.consent import texts
from community.consent.models import Purpose
from community.foundation.forms import Form
from community.sheets.models import EmergencySheet
from community.sheets.plans import LINE_MOST, QUESTIONS, WHY_MOST


class SheetForm(Form):
    """All questions, none of which must be answered; and, as long as there is none, the agreement."""

    def __init__(self, sheet: EmergencySheet | None, sent: Any = None) -> None:
        super().__init__(sent, initial=sheet.answers if sheet else None)
        for name, one in QUESTIONS.items():
            widget = forms.TextInput(attrs={"dir": "auto", "maxlength": LINE_MOST, "autocomplete": "off"})
            self.fields[name] = forms.CharField(
                label=str(one.asks),
                help_text=str(one.hint),
                required=False,
                strip=False,
                max_length=LINE_MOST,
                widget=widget,
            )
        if sheet is None:
            self.fields["agrees"] = forms.BooleanField(required=False, label=_("An emergency sheet"))

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in QUESTIONS]

    def agreement(self, language: str) -> list[dict[str, Any]]:
        """What is asked the first time: what, who, how long, how to change your mind."""
        if "agrees" not in self.fields:
            return []
        lines = texts.current(Purpose.EMERGENCY_SHEET, language).parts
        return [{"field": self["agrees"], "lines": [line.partition(": ") for line in lines]}]

    @property
    def told(self) -> dict[str, Any]:
        """As the service takes it, once it is valid."""
        answers = {name: self.cleaned_data[name] for name in QUESTIONS}
        return {"answers": answers, "agrees": bool(self.cleaned_data.get("agrees"))}


class WhyForm(Form):
    why = forms.CharField(
        label=_("Why telling them now could put somebody in danger"),
        max_length=WHY_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class LookForm(Form):
    found = forms.CharField(
        label=_("A line about it"),
        max_length=WHY_MOST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
