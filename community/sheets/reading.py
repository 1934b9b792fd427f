"""What pages show of emergency sheets and of their openings."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.cases.models import Case
from community.cases.plans import Reason
from community.cases.reading.queue import reason_words
from community.foundation import clock
from community.foundation.registers import Further, Reminder
from community.foundation.times import at_words, date_words
from community.people.models import Person
from community.sheets.models import EmergencySheet, SheetOpening
from community.sheets.plans import AGAIN, QUESTIONS, look_by
from community.sheets.querysets import EmergencySheetQuerySet
from community.sheets.rules import may_open, openings_of_staff, sheet_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a sheet, in words."""

    reads: str
    said: str


def answers_of(sheet: EmergencySheet) -> list[Answer]:
    """What was answered, in the order in which it is needed."""
    said = sheet.answers
    return [Answer(str(one.reads), said[name]) for name, one in QUESTIONS.items() if said[name]]


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One opening, as its person reads it: who, when, and why, without a word of who told us what."""

    opening: SheetOpening
    zone: str

    @property
    def when(self) -> str:
        return at_words(self.opening.at, self.zone)

    @property
    def why(self) -> str:
        if self.opening.case.care:
            return _("We were worried about you, and wanted to be able to reach you.")
        return _("Somebody could have been in danger.")


@dataclass(frozen=True, slots=True)
class LookRow:
    """One opening, as who runs the program looks at it afterwards."""

    opening: SheetOpening
    zone: str

    @property
    def when(self) -> str:
        return at_words(self.opening.at, self.zone)

    @property
    def reason(self) -> str:
        return reason_words(Reason(self.opening.case.reason))

    @property
    def by_when(self) -> str:
        return date_words(self._due)

    @property
    def late(self) -> bool:
        return self.opening.looked is None and clock.today(self._place) > self._due

    @property
    def _due(self) -> date:
        return look_by(self.opening.at, self._place)

    @property
    def _place(self) -> str:
        program = self.opening.case.program
        return program.zone if program else self.zone


def sheet_for_a_case(person: Person, case: Case) -> list[Further]:
    """One press on the page of a case, for who may open the sheet of whom it is about, where there is one."""
    if not may_open(person, case) or sheet_of(case.subject_id) is None:
        return []
    return [Further(icon="phone", title=_("Emergency sheet"), link="desk_sheet", press=True)]


def not_confirmed(person: UUID, now: datetime) -> EmergencySheetQuerySet:
    """Theirs, if they have not said for thirty days that it is right."""
    return EmergencySheet.objects.of(person).not_confirmed_since(now - AGAIN)


def right_again() -> Further:
    """The gentle line for the page that greets."""
    says = _("Do you still want it, and is it still right?")
    return Further(icon="phone", title=_("Your emergency sheet"), link="emergency_sheet", says=says)


def to_look_at(person: Person, _now: datetime) -> list[Reminder]:
    """How many openings wait for somebody else to look at them."""
    count = openings_of_staff(person).to_look_at().count()
    if not count:
        return []
    says = ngettext("%(count)d was opened. Look at it.", "%(count)d were opened. Look at them.", count)
    return [Reminder(icon="phone", title=_("Emergency sheets"), says=says % {"count": count}, link="desk_sheets")]
