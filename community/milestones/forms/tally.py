from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.milestones.models import NAME_MOST, TALLY_MOST, TallyKind


class TallyForm(Form):
    """What is counted, and what its person calls it."""

    kind = forms.ChoiceField(label=_("What would you like to count?"), choices=TallyKind, widget=forms.RadioSelect)
    name = forms.CharField(label=_("What you call it"), max_length=NAME_MOST, required=False)


class TallyChangeForm(Form):
    """What it is called, and how often it was by now."""

    name = forms.CharField(label=_("What you call it"), max_length=NAME_MOST, required=False)
    count = forms.IntegerField(
        label=_("How often"),
        min_value=0,
        max_value=TALLY_MOST,
        widget=forms.NumberInput(attrs={"min": 0, "max": TALLY_MOST, "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Enter a whole number."),
            "required": _("Enter a number."),
            "min_value": _("Enter a number from 0 to 9,999."),
            "max_value": _("Enter a number from 0 to 9,999."),
        },
    )


class TimesForm(Form):
    """How often by now, as one press says it: pressed twice, it counts once."""

    count = forms.IntegerField(min_value=0, max_value=TALLY_MOST)
