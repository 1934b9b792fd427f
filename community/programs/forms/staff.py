from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, override
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import DayField, Form
from community.programs.forms.fields import CohortField
from community.programs.models import StaffRole
from community.programs.querysets import CohortQuerySet

WHAT = {
    StaffRole.FACILITATOR: _("Facilitator: leads groups, and cares for the people in them"),
    StaffRole.MODERATOR: _("Moderator: keeps rooms safe, and sees no more of people than the room shows"),
    StaffRole.COORDINATOR: _("Coordinator: runs the program, its groups and its staff"),
    StaffRole.REVIEWER: _("Outside reviewer: looks at what others decided about somebody, and sees nothing else"),
}


class AppointForm(Form):
    """What somebody does for a program, and until when."""

    ends = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty if you don't know yet."))

    def __init__(self, roles: Sequence[StaffRole], cohorts: CohortQuerySet, zone: str, data: Any = None) -> None:
        super().__init__(data)
        self.zone = ZoneInfo(zone)
        self.fields["role"] = forms.ChoiceField(
            label=_("What do they do?"), choices=[(role.value, WHAT[role]) for role in roles], widget=forms.RadioSelect
        )
        self.fields["cohort"] = CohortField(
            label=_("For which group?"),
            queryset=cohorts,
            required=False,
            empty_label=_("All groups of the program"),
            help_text=_("A coordinator or reviewer is always for all of them."),
        )

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if day := cleaned.get("ends"):  # the last day is whole
            cleaned["ends"] = datetime.combine(day + timedelta(days=1), time(), self.zone)
        return cleaned
