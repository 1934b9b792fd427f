"""One's own times in programs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import date_words
from community.people.models import Person
from community.programs.models import Enrollment, Outcome
from community.programs.reading.cohorts import leads_in, next_words, slot_words
from community.programs.reading.people import PersonRow


@dataclass(frozen=True, slots=True)
class MyTime:
    """One's own time in a program: where, when and with whom. Made by :func:`my_times`."""

    row: PersonRow
    next: str
    leads: tuple[str, ...]
    back: bool  # in this program again, or still

    @property
    def asks(self) -> bool:
        """Whether they can ask to come back here."""
        return not self.back and self.enrollment.may_ask_back(clock.today(self.enrollment.cohort.zone))

    @property
    def calls(self) -> bool:
        """Whether that was too long ago, and coming back begins with a call."""
        return not (self.back or self.asks)

    @property
    def enrollment(self) -> Enrollment:
        return self.row.enrollment

    @property
    def is_over(self) -> bool:
        """Whether the group's own last day has passed; somebody's time in it may not have been ended yet."""
        cohort = self.enrollment.cohort
        return cohort.ends is not None and cohort.ends < clock.today(cohort.zone)

    @property
    def goodbye(self) -> str:
        """A word once it is over, for who is not back in the program."""
        if self.enrollment.is_open:
            day = date_words(self.enrollment.cohort.ends) if self.is_over and self.enrollment.cohort.ends else ""
            return (
                _("The last day of this group was %(day)s. Thank you for being part of it.") % {"day": day}
                if day
                else ""
            )
        if self.back:
            return ""
        if self.enrollment.outcome == Outcome.GRADUATED:
            return _("You finished this program. What you did here stays yours.")
        return _("Your time in this group has ended. Thank you for being part of it. Get help now stays open to you.")

    @property
    def says_goodbye(self) -> bool:
        """Whether what the group sees at the end is still to come."""
        return self.enrollment.is_open or self.asks

    @property
    def week(self) -> list[str]:
        return [slot_words(slot) for slot in self.enrollment.cohort.slots.all()]


def my_times(person: Person) -> list[MyTime]:
    """All of somebody's times in programs, the latest first."""
    mine = list(Enrollment.objects.of(person.pk).with_phase().with_week().to_show().order_by("-began", "pk"))
    leads = leads_in([one.cohort for one in mine if one.is_open])
    back = {one.program_id for one in mine if one.is_open}
    return [
        MyTime(
            row=PersonRow(one),
            next=next_words(one.cohort, clock.now()) if one.is_open else "",
            leads=leads.get(one.cohort_id, ()),
            back=one.program_id in back,
        )
        for one in mine
    ]
