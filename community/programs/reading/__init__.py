"""What pages show of cohorts, of the people in them and of who works there, in words and on the clock of the place."""

from community.programs.reading.cohorts import (
    CohortRow,
    advice,
    leads_in,
    next_words,
    slot_words,
    usual_week,
    week_words,
)
from community.programs.reading.mine import MyTime, my_times
from community.programs.reading.people import PersonRow, card_name_for, step_words
from community.programs.reading.staff import StaffRow, may_work_in, roles_in

__all__ = [
    "CohortRow",
    "MyTime",
    "PersonRow",
    "StaffRow",
    "advice",
    "card_name_for",
    "leads_in",
    "may_work_in",
    "my_times",
    "next_words",
    "roles_in",
    "slot_words",
    "step_words",
    "usual_week",
    "week_words",
]
