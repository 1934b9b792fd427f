"""What the pages and the API show of cases."""

from community.cases.reading.one import CaseView, SaidLine, moment_words, view_of
from community.cases.reading.queue import CaseRow, rows_of, waiting_at_the_desk
from community.cases.reading.shapes import shape, shape_row

__all__ = [
    "CaseRow",
    "CaseView",
    "SaidLine",
    "moment_words",
    "rows_of",
    "shape",
    "shape_row",
    "view_of",
    "waiting_at_the_desk",
]
