"""What people are asked about their path, and staff about a program's ladders."""

from community.milestones.forms.ladder import BeginningForm, LadderForm
from community.milestones.forms.mine import (
    LEADS,
    MYSELF,
    NOBODY,
    CountForm,
    FirstDayForm,
    LooksForm,
    NewCountForm,
)
from community.milestones.forms.tally import TallyChangeForm, TallyForm, TimesForm

__all__ = [
    "LEADS",
    "MYSELF",
    "NOBODY",
    "BeginningForm",
    "CountForm",
    "FirstDayForm",
    "LadderForm",
    "LooksForm",
    "NewCountForm",
    "TallyChangeForm",
    "TallyForm",
    "TimesForm",
]
