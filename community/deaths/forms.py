"""What staff are asked when somebody has died."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.deaths.plans import SOURCE_MOST
from community.foundation.forms import DayField, Form


class SayForm(Form):
    """From whom one knows it, and which day, as far as one knows."""

    source = forms.CharField(
        label=_("From whom you know it"),
        help_text=_("Who told you, and when: family, a hospital, a clinician. Never how they died."),
        max_length=SOURCE_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    day = DayField(label=_("The day they died, as far as you know"))


class PressForm(Form):
    """A press, and nothing to fill in."""
