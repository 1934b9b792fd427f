"""One case, as who looks into it reads it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from community.cases.models import Case, CaseStep, StepKind
from community.cases.plans import DEEDS, Fact, Outcome, Reason
from community.cases.reading.queue import CaseRow, reason_words, rows_of
from community.foundation import clock
from community.foundation.registers import Evidence, Further, Line, about_cases, after_cases
from community.foundation.times import clock_time, date_words
from community.people.models import Person
from community.schedule.rules import on_duty


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that was done, in words."""

    at: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line that was kept, with its time on the reader's clock."""

    line: Line
    at: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a room above shows, for the page."""

    evidence: Evidence
    lines: list[SaidLine]


@dataclass(frozen=True, slots=True)
class CaseView:
    """The whole of one case. ``mine``: the reader has it, and may act; ``follows``: where else that leads them."""

    case: Case
    row: CaseRow
    evidence: list[Evidence]
    follows: list[Further]
    steps: list[StepLine]
    zone: ZoneInfo
    told: str
    due: str
    late: bool
    mine: bool
    held_by: str
    off_hours: bool

    @property
    def shown(self) -> list[Shown]:
        """The evidence, on the reader's clock."""
        return [
            Shown(one, [SaidLine(line, moment_words(line.at, self.zone)) for line in one.lines])
            for one in self.evidence
        ]

    @property
    def outcome(self) -> str:
        return str(Outcome(self.case.outcome).label) if self.case.outcome else ""


def view_of(reader: Person, case: Case) -> CaseView:
    """What the page of one case shows; needs ``to_show()``."""
    (row,) = rows_of(reader, [case])
    zone = ZoneInfo(reader.zone)
    steps = case.steps.select_related("by").order_by("number")
    due = case.answer_due if case.answered is None else case.close_due
    return CaseView(
        case=case,
        row=row,
        evidence=[one for found in about_cases for one in found(reader, case.pk)],
        follows=[one for found in after_cases for one in found(reader, case)],
        steps=[StepLine(moment_words(one.at, zone), _step_words(one, reader), one.note) for one in steps],
        zone=zone,
        told=moment_words(case.told, zone),
        due=_due_words(case, moment_words(due, zone)),
        late=case.is_open and clock.now() > due,
        mine=row.mine,
        held_by="" if row.mine else row.holder,
        off_hours=_off_hours(case, row),
    )


def _off_hours(case: Case, row: CaseRow) -> bool:
    """Whether it waits while nobody is on call; its clock runs all the same."""
    waits = case.is_open and not row.holder and case.program is not None
    return waits and case.program is not None and not on_duty(case.program, clock.now())


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """ "2:04pm", and the day where it is another than today."""
    local = at.astimezone(zone)
    if local.date() == clock.now().astimezone(zone).date():
        return clock_time(local)
    return _("%(day)s, %(time)s") % {"day": date_words(local.date()), "time": clock_time(local)}


def _due_words(case: Case, due: str) -> str:
    if not case.is_open:
        return ""
    if case.answered is not None:
        return _("Please close it by %(time)s.") % {"time": due}
    if case.care:
        return _("Please reach out by %(time)s.") % {"time": due}
    return _("Please answer by %(time)s.") % {"time": due}


def _step_words(one: CaseStep, reader: Person) -> str:
    said = str(StepKind(one.kind).label)
    if one.kind in {StepKind.TOLD, StepKind.TOLD_AGAIN, StepKind.SIGN}:
        said = f"{said}: {reason_words(Reason(one.what))}"
    elif one.kind == StepKind.PRIORITY:
        said = f"{said}: {one.what}"
    elif one.kind == StepKind.RESOLVED:
        said = f"{said}: {Outcome(one.what).label}"
    elif one.kind == StepKind.DONE:
        said = str(DEEDS.get(one.what, said))
    elif one.kind == StepKind.FACT:
        said = str(Fact(one.what).label)
    if one.by is None:
        return said
    return f"{said} ({_('you') if one.by_id == reader.pk else one.by.alias})"
