from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import DayField, Form
from community.programs.forms.fields import CohortField
from community.programs.models import Farewell, Outcome, PhaseKind
from community.programs.querysets import CohortQuerySet

STEPS = [(kind.value, kind.label) for kind in PhaseKind if kind != PhaseKind.ALUMNI]
ENDS = [(outcome.value, outcome.label) for outcome in Outcome if outcome != Outcome.GRADUATED]


class PhaseForm(Form):
    """Another step of care, since a day."""

    phase = forms.ChoiceField(label=_("Step of care"), choices=STEPS, widget=forms.RadioSelect)
    since = DayField(label=_("Since"))


class CardNameForm(Form):
    """What staff call somebody whose card said nothing, or said it wrong."""

    name = forms.CharField(
        label=_("Name on their card"),
        required=False,
        strip=False,
        help_text=_("Up to 40 characters. Leave it empty to show none."),
    )


class EndForm(Form):
    """Why an episode ends, for staff alone."""

    outcome = forms.ChoiceField(label=_("Why? Only staff can see this."), choices=ENDS, widget=forms.RadioSelect)
    at_once = forms.BooleanField(label=_("Close the room to them now"), required=False)


class AgainForm(Form):
    """Where somebody begins again."""

    phase = forms.ChoiceField(label=_("Step of care"), choices=STEPS, initial=PhaseKind.IOP, widget=forms.RadioSelect)

    def __init__(self, cohorts: CohortQuerySet, data: Any = None) -> None:
        super().__init__(data)
        self.fields["cohort"] = CohortField(
            label=_("Group"),
            queryset=cohorts,
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose a group."), "invalid_choice": _("Choose a group.")},
        )


class FarewellForm(Form):
    """What the room is told when one's time there ends."""

    farewell = forms.ChoiceField(
        label=_("When your time in this group ends, the group sees"), choices=Farewell, widget=forms.RadioSelect
    )
