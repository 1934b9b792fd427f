"""What who tells us of something may add."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from community.foundation.forms import Form
from groups.moderation.models import NOTE_MOST, Danger
from groups.moderation.plans import (
    ALONE_MOST,
    APPEAL_MOST,
    HOLD_MOST,
    LESS,
    MUTE_MOST,
    TOGETHER_MOST,
    WORDS,
    WORDS_MOST,
    Action,
    Answer,
    Verdict,
)


class MoreForm(Form):
    """More words, whether there is danger, and who may know; all of it may stay as it is."""

    danger = forms.ChoiceField(
        label=_("Could they be in danger right now?"), choices=Danger.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What you would like us to know"),
        max_length=NOTE_MOST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    named = forms.ChoiceField(
        label=_("May they know that it was you?"),
        choices=[("no", _("Keep me out of it")), ("yes", _("You may say it was me"))],
        required=False,
        widget=forms.RadioSelect,
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class DecideForm(Form):
    """The exact words somebody reads, and how much of it, where it has an amount. ``together``: two may say so."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    amount = forms.IntegerField(min_value=1, required=False)
    words = forms.CharField(label=_("They will read"), max_length=WORDS_MOST, strip=False, widget=_area(6))

    def __init__(self, action: Action, data: Any = None, *, language: str, together: bool = True, **more: Any) -> None:
        super().__init__(data, **more)
        with override(language):  # as they read, whatever the desk speaks
            self.initial.setdefault("words", str(WORDS[action]))
        asks = {
            Action.HOLD: (_("How many messages wait"), HOLD_MOST, 3),
            Action.MUTE: (_("For how many days"), MUTE_MOST, 2),
            Action.SUSPEND: (_("For how many hours"), TOGETHER_MOST if together else ALONE_MOST, 24),
        }.get(action)
        if asks is None:
            del self.fields["amount"]
        else:
            label, most, usual = asks
            self.fields["amount"] = forms.IntegerField(label=label, min_value=1, max_value=most, initial=usual)


class AppealForm(Form):
    words = forms.CharField(
        label=_("What you would like somebody else to know"), max_length=APPEAL_MOST, strip=False, widget=_area(5)
    )


class AskBackForm(Form):
    question = forms.CharField(
        label=_("What you would like to ask or tell them"), max_length=APPEAL_MOST, strip=False, widget=_area(3)
    )


class AnswerForm(Form):
    """What an appeal about ``action`` comes to; where a part of it may stand, which, and how much."""

    answer = forms.ChoiceField(label=_("What it comes to"), choices=Answer.choices, widget=forms.RadioSelect)
    instead = forms.ChoiceField(label=_("If a part of it stands: which"), required=False)
    amount = forms.IntegerField(
        label=_("And how much of it"),
        min_value=1,
        required=False,
        help_text=_("Hours out of every room, days of only reading, or messages that wait."),
    )
    words = forms.CharField(label=_("They will read"), max_length=APPEAL_MOST, strip=False, widget=_area(5))

    def __init__(self, action: Action, data: Any = None) -> None:
        super().__init__(data)
        answer, which = self.fields["answer"], self.fields["instead"]
        assert isinstance(answer, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(which, forms.ChoiceField)  # noqa: S101 - declared above
        if parts := LESS.get(action):
            which.choices = [("", _("Choose…")), *((one.value, one.label) for one in parts)]
            return
        answer.choices = [(one.value, one.label) for one in Answer if one != Answer.PARTLY]
        del self.fields["instead"], self.fields["amount"]


class VerdictForm(Form):
    answer = forms.ChoiceField(
        label=_("What you say"),
        choices=[(one.value, one.label) for one in (Verdict.YES, Verdict.NO)],
        widget=forms.RadioSelect,
    )
