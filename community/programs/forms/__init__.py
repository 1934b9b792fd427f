"""What staff and members are asked on the pages of programs."""

from community.programs.forms.cohort import CohortForm
from community.programs.forms.episode import AgainForm, CardNameForm, EndForm, FarewellForm, PhaseForm
from community.programs.forms.fields import StepForm
from community.programs.forms.program import OpenProgramForm, ProgramForm
from community.programs.forms.staff import AppointForm
from community.programs.forms.week import WeekForm

__all__ = [
    "AgainForm",
    "AppointForm",
    "CardNameForm",
    "CohortForm",
    "EndForm",
    "FarewellForm",
    "OpenProgramForm",
    "PhaseForm",
    "ProgramForm",
    "StepForm",
    "WeekForm",
]
