"""What pages show of somebody's time in a cohort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import date_words
from community.people.models import Person
from community.people.rules import look_alike
from community.programs.models import Enrollment, Farewell, PhaseKind


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody's time in a cohort, by the name they chose. Needs ``to_show()``, and ``with_phase()`` for that."""

    enrollment: Enrollment

    @property
    def alias(self) -> str:
        return self.enrollment.person.alias

    @property
    def card_name(self) -> str:
        """What staff called them on their card, where that is another name: for who leads them alone."""
        name = self.enrollment.card_name
        return "" if any(look_alike(name, one) for one in (self.alias, self.enrollment.known_as)) else name

    @property
    def hue(self) -> int:
        """Which of the twelve pebble colors stands for this person among staff."""
        return self.enrollment.person_id.bytes[0] % 12

    @property
    def shape(self) -> int:
        """Which of the three pebble shapes."""
        return self.enrollment.person_id.bytes[1] % 3

    @property
    def phase(self) -> str:
        kind = getattr(self.enrollment, "phase", None)
        return str(PhaseKind(kind).label) if kind else ""

    @property
    def began(self) -> str:
        return date_words(self.enrollment.began)

    @property
    def ended(self) -> str:
        return date_words(self.enrollment.ended) if self.enrollment.ended else ""

    @property
    def away(self) -> str:
        return self._local(self.enrollment.away_since)

    @property
    def asked(self) -> str:
        return self._local(self.enrollment.asked_back)

    @property
    def farewell(self) -> str:
        """What the group is told at the end, as the person chose."""
        if self.enrollment.farewell == Farewell.LINE:
            return _("“%(name)s's time in this group has ended.”") % {"name": self.enrollment.known_as}
        return _("Nothing") if self.enrollment.farewell else _("Nothing, as long as they choose nothing")

    def _local(self, moment: datetime | None) -> str:
        return date_words(moment.astimezone(ZoneInfo(self.enrollment.cohort.zone)).date()) if moment else ""


def card_name_for(viewer: Person, person: Person) -> str:
    """What stood on the card of somebody this viewer leads, or led; empty where nothing did."""
    theirs = Enrollment.objects.of_staff(viewer.pk, clock.now()).of(person.pk).to_show().order_by("-began", "pk")
    return next((name for name in (PersonRow(one).card_name for one in theirs) if name), "")


def step_words(enrollment: Enrollment) -> Sequence[str]:
    """The steps of care of an episode so far, each with its first day."""
    return [
        _("%(phase)s, since %(day)s") % {"phase": PhaseKind(phase.kind).label, "day": date_words(phase.began)}
        for phase in enrollment.phases.all()
    ]
