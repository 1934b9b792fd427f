from typing import Any

from django import forms

from community.foundation.forms import Form
from community.safetyplan.plans import WORDS_MOST
from community.safetyplan.reading import Step
from community.safetyplan.rules import SEEN_MOST


class StepForm(Form):
    """One part of a plan."""

    words = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": WORDS_MOST, "dir": "auto"}),
    )
    seen = forms.CharField(required=False, max_length=SEEN_MOST, widget=forms.HiddenInput)

    def __init__(self, step: Step, sent: Any = None, *, words: str | None = None) -> None:
        initial = {"words": step.words if words is None else words, "seen": step.row.seen if step.row else ""}
        super().__init__(sent, initial=initial)
        self.fields["words"].label = step.title
        self.fields["words"].help_text = step.hint

    @property
    def told(self) -> dict[str, Any]:
        """What was written, and what stood there as it was; a form without a word of that says none."""
        return {"words": self.cleaned_data["words"], "seen": self.cleaned_data["seen"] if "seen" in self.data else None}
