"""Whose check-ins are whose, who else may read one, and which days may still be filled in."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from community.checkins.models import CheckIn, Share
from community.checkins.querysets import CheckInQuerySet
from community.checkins.times import BACK, day_of, open_days
from community.consent.rules import may
from community.foundation import clock, inputs
from community.foundation.errors import Missing
from community.foundation.registers import Answer, cravings
from community.foundation.rules import rule
from community.letters.rules import QUIET_FROM, QUIET_UNTIL
from community.people.models import Person
from community.programs.models import Appointment, Enrollment
from community.programs.rules import is_their_own

PURPOSE = "check_ins"


def today_of(person: Person) -> date:
    """The day it is for ``person``: until three in the morning, the one before."""
    return day_of(clock.now(), person.zone)


def asks_craving(person: Person) -> bool:
    """Whether a plan of ``person``'s own asks how strong a craving is. Nobody else is asked."""
    return any(asks(person.pk) for asks in cravings)


def open_day(person: Person, day: Any) -> date:
    """``day``, if ``person`` may still say how it was: today, or one of the seven days before. Raises Invalid."""
    found, today = inputs.day(day, at="/day"), today_of(person)
    if found > today:
        inputs.refuse("/day", "future", _("This day is still to come."))
    if found not in open_days(today):
        inputs.refuse(
            "/day", "past", _("You can add the last %(count)s days. Older ones stay as they are.") % {"count": BACK}
        )
    return found


def waking_hour(at: Any) -> time:
    """A time of day at which somebody may be reminded: no quiet hour. Raises Invalid."""
    found = inputs.clock_time(at, at="/at")
    if not QUIET_UNTIL <= found < QUIET_FROM:
        inputs.refuse("/at", "quiet", _("Choose a time between 7am and 10pm. The night stays quiet."))
    return found


def own_check_in(person: Person, day: date) -> CheckIn:
    """What ``person`` said of a day. Raises Missing."""
    found = CheckIn.objects.of(person.pk).on(day).to_show().first()
    if found is None:
        raise Missing
    return found


@rule
def goes_on(_person: Person, enrollment: Enrollment) -> bool:
    return enrollment.is_open


@rule
def somebody_leads(_person: Person, enrollment: Enrollment) -> bool:
    held = Appointment.objects.live(clock.now()).leading()
    return held.for_cohort(enrollment.cohort).exclude(person=enrollment.person_id).exists()


may_share = is_their_own & goes_on & somebody_leads


def led_episode(person: Person, enrollment_id: UUID) -> Enrollment:
    """An open episode of somebody in a cohort that ``person`` leads. Raises Missing."""
    found = Enrollment.objects.led_by(person.pk, clock.now()).to_show().filter(pk=enrollment_id).first()
    if found is None:
        raise Missing
    return found


def shared_with(viewer: Person, enrollment: Enrollment) -> CheckInQuerySet:
    """The check-ins of this episode's person that ``viewer`` may read, for page and API alike; mostly none."""
    rows: CheckInQuerySet = CheckIn.objects.shared_in(enrollment.pk).newest_first()
    reads = Enrollment.objects.led_by(viewer.pk, clock.now()).filter(pk=enrollment.pk).exists()
    return rows if reads and may(viewer, enrollment.person, PURPOSE) else rows.none()


def shared_by_choice(viewer: Person, subject: Person, purpose: str) -> Answer:
    """A ground: who leads somebody's cohort reads what they chose to share, and nothing else of the kind."""
    if purpose != PURPOSE:
        return Answer.SILENT
    theirs = Share.objects.read_by(viewer.pk, clock.now()).of(subject.pk)
    return Answer.OPEN if theirs.exists() else Answer.SILENT
