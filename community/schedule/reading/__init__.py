"""What rooms, the desk and the API show of who is on call."""

from community.schedule.reading.line import Line, beside_two, line_of, of_the_house, on_call_here, says
from community.schedule.reading.roster import ShiftRow, WeekView, mine_of, row_of, rows_of, week_view
from community.schedule.reading.shapes import shape_coverage, shape_line, shape_shift

__all__ = [
    "Line",
    "ShiftRow",
    "WeekView",
    "beside_two",
    "line_of",
    "mine_of",
    "of_the_house",
    "on_call_here",
    "row_of",
    "rows_of",
    "says",
    "shape_coverage",
    "shape_line",
    "shape_shift",
    "week_view",
]
