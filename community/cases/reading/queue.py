"""The queue: what needs a person, the most urgent on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.cases.models import Case
from community.cases.plans import Priority, Reason
from community.cases.rules import cases_of
from community.foundation import clock
from community.foundation.registers import Reminder, places
from community.people.models import Person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DANGER = frozenset({Reason.OVERDOSE, Reason.HARM_TO_OTHERS, Reason.UNPROTECTED, Reason.MINOR_SAFETY})


def reason_words(reason: Reason) -> str:
    """A reason in the words of the desk, where who told us would say it of themselves."""
    return _("Worried about someone") if reason == Reason.WORRIED else str(reason.label)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One of the queue, as ``reader`` sees it."""

    case: Case
    reader: UUID
    place: str

    @property
    def title(self) -> str:
        return reason_words(Reason(self.case.reason))

    @property
    def icon(self) -> str:
        return "hand-heart" if self.case.care else "flag"

    @property
    def tone(self) -> str:
        """Which color its tile has: gold for a worry, clay for harm, sky for the rest."""
        if self.case.care:
            return "gold"
        return "clay" if self.case.priority <= Priority.P1 or self.case.reason in DANGER else "sky"

    @property
    def priority(self) -> str:
        return str(Priority(self.case.priority).label)

    @property
    def waits(self) -> str:
        """How long since we were told."""
        return length_words((self.case.closed or clock.now()) - self.case.told)

    @property
    def late(self) -> bool:
        """Whether nobody answered in time."""
        return self.case.is_open and self.case.answered is None and clock.now() > self.case.answer_due

    @property
    def mine(self) -> bool:
        return self.case.is_with(self.reader, clock.now())

    @property
    def holder(self) -> str:
        """Who has it."""
        if self.mine:
            return _("You")
        return self.case.holder.alias if self.case.holder and self.case.is_held_at(clock.now()) else ""


def rows_of(reader: Person, cases: Sequence[Case]) -> list[CaseRow]:
    """What the queue shows, in the order they come; needs ``to_show()``."""
    rooms = {case.room for case in cases if case.room}
    names = {room: name for register in places for room, name in register(rooms).items()} if rooms else {}
    return [CaseRow(case, reader.pk, _place(case, names)) for case in cases]


def _place(case: Case, names: dict[UUID, str]) -> str:
    if case.room in names:
        return names[case.room]
    return case.cohort.name if case.cohort else (case.program.name if case.program else "")


def length_words(length: timedelta) -> str:
    """ "now", "4 min", "2 h", "3 days"."""
    if length < timedelta(minutes=1):
        return _("now")
    if length < HOUR:
        return _("%(count)d min") % {"count": length // timedelta(minutes=1)}
    if length < 2 * DAY:
        return _("%(count)d h") % {"count": length // HOUR}
    return ngettext("%(count)d day", "%(count)d days", length // DAY) % {"count": length // DAY}


def waiting_at_the_desk(person: Person, now: datetime) -> list[Reminder]:
    """How many things need a person, as one reminder."""
    waiting = cases_of(person).still_open().count()
    if not waiting:
        return []
    says = ngettext("%(count)d thing needs a person.", "%(count)d things need a person.", waiting) % {"count": waiting}
    return [Reminder(icon="shield", title=_("Queue"), says=says, link="desk_queue")]
