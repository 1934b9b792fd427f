"""Programs, who is in them, when they meet, and who does what for them."""

from community.programs.models.appointment import Appointment, StaffRole
from community.programs.models.cohort import Admission, Cohort, Slot, Weekday
from community.programs.models.enrollment import Enrollment, Farewell, Outcome, Phase, PhaseKind
from community.programs.models.program import AgeBand, Program, Track

__all__ = [
    "Admission",
    "AgeBand",
    "Appointment",
    "Cohort",
    "Enrollment",
    "Farewell",
    "Outcome",
    "Phase",
    "PhaseKind",
    "Program",
    "Slot",
    "StaffRole",
    "Track",
    "Weekday",
]
