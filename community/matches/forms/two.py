"""Saying no, ending, a planned end, calls, and how it goes; each without a script."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation.forms import DayField, Form
from community.matches.models import AIMS_MOST
from community.matches.plans.codes import Reason
from community.matches.reading.questions import Question

#: As either of the two would say it themselves; nobody has to.
OWN_REASONS = [
    (Reason.NOT_SAID.value, _("I would rather not say")),
    (Reason.NO_TIME.value, _("I have no time for it now")),
    (Reason.NOT_A_FIT.value, _("It is not the right fit")),
    (Reason.KNOWN.value, _("We know each other from elsewhere")),
    (Reason.SOMEBODY_ELSE.value, _("I would like somebody else")),
]


class DeclineForm(Form):
    """Not now, thank you."""

    reason = forms.ChoiceField(label=_("Why, for staff alone, if you like"), choices=OWN_REASONS, required=False)
    not_again = forms.BooleanField(label=_("Please don’t suggest us to each other again"), required=False)

    @property
    def said(self) -> dict[str, Any]:
        """As the service takes it, once it is valid."""
        said = self.cleaned_data
        return {**said, "reason": said["reason"] or Reason.NOT_SAID.value}


class EndForm(DeclineForm):
    """Ending it, without a reason."""

    ask_again = forms.BooleanField(label=_("Look for somebody else, in my place in line"), required=False)

    def __init__(self, data: Any = None, *, hoping: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if not hoping:
            del self.fields["ask_again"]


class PlanForm(Form):
    """A day on which it comes to its end."""

    day = DayField(label=_("The last day"))


class AimsForm(Form):
    """What the two want from this."""

    words = forms.CharField(
        label=_("What you two want from this"),
        help_text=_(
            "In a few words, 300 characters at most. You two alone read it, unless it says that somebody is in danger."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": AIMS_MOST}),
    )


class CallForm(Form):
    """A number for this match alone."""

    number = forms.CharField(
        label=_("Your number"),
        help_text=_("With its area code. It is kept for this match alone."),
        max_length=30,
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class QuestionForm(Form):
    """How it goes, for oneself."""

    answer = forms.ChoiceField(widget=forms.RadioSelect)
    wants_staff = forms.BooleanField(label=pgettext_lazy("how it goes", "I want to talk to staff"), required=False)

    def __init__(self, question: Question, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["answer"] = forms.ChoiceField(
            label=question.words, choices=question.choices, widget=forms.RadioSelect
        )
