from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import DayField
from community.people.forms import zones
from community.programs.forms.fields import NamedForm
from community.programs.models import Admission, Cohort
from community.programs.plans import CAPACITY_MOST, COHORT_FIELDS


class CohortForm(NamedForm):
    """A group of people who go through a program together."""

    admission = forms.ChoiceField(label=_("When do people join?"), choices=Admission, widget=forms.RadioSelect)
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"), required=False, help_text=_("A group that people join at any time may go on."))
    capacity = forms.IntegerField(
        label=_("Most people at once"),
        widget=forms.NumberInput(attrs={"min": 1, "max": CAPACITY_MOST, "inputmode": "numeric"}),
        help_text=_("Small groups talk more easily: 8 to 12 is usual."),
        error_messages={"invalid": _("Enter a whole number."), "required": _("Enter a number.")},
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, help_text=_("All its days and times are on this clock.")
    )
    language = forms.ChoiceField(
        label=_("Language of its room"),
        choices=[("", _("As the program")), *settings.LANGUAGES],
        required=False,
        help_text=_(
            "What the room is told in, such as who joined. Each person reads these pages in their own language."
        ),
    )
    where = forms.CharField(
        label=_("Where you meet"), strip=False, required=False, help_text=_("A room or an address, as people read it.")
    )

    @classmethod
    def of(cls, cohort: Cohort, data: Any = None) -> "CohortForm":
        return cls(data, initial={name: getattr(cohort, name) for name in COHORT_FIELDS})
