"""Whose check-ins are whose, who else may read one, and which days may still be filled in."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from community.checkins.models import CheckIn, Share
from community.checkins.querysets import CheckInQuerySet
from community.checkins.times import BACK, day_of, open_days
from community.consent.rules import may
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid, Missing
from community.foundation.registers import Answer, cravings
from community.foundation.rules import rule
from community.letters.rules import QUIET_FROM, QUIET_UNTIL
from community.people.models import Person
from community.programs.models import Appointment, Enrollment
from community.programs.rules import is_their_own
from community.safety.models import Sign
from community.safety.rules import Written

PURPOSE = "check_ins"
SEEN_MOST = 40
DRAWN_MOST = 100
ASTRAY = timedelta(minutes=5)  # a clock that is no more behind than that is not called wrong


class DayOver(Invalid):
    """How it is was said when the day it was asked of was over; ``day`` is the one it was by then."""

    def __init__(self, day: date) -> None:
        words = _("A new day has begun since you opened this page.")
        super().__init__(FieldError(pointer="/pressed", code="day_over", detail=words))
        self.extra["day"] = day.isoformat()


def today_of(person: Person) -> date:
    """The day it is for ``person``: until three in the morning, the one before."""
    return day_of(clock.now(), person.zone)


def asks_craving(person: Person) -> bool:
    """Whether a plan of ``person``'s own asks how strong a craving is. Nobody else is asked."""
    known: bool | None = getattr(person, "asks_craving", None)  # as whoever asks was read
    return any(asks(person.pk) for asks in cravings) if known is None else known


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


def drawn_now(person: Person, day: date) -> str:
    """What a page that asks ``person`` how ``day`` is carries along: that it was drawn at this moment, and by us."""
    return _stamp(person, day).sign(clock.now().isoformat())


def made_on(person: Person, day: date, pressed: Any = None, drawn: Any = None) -> bool:
    """Whether ``person`` said on ``day`` itself how it was. Raises DayOver where that day was over as it was said.

    What arrives on the day was. Of what arrives later, ``pressed`` says when its person pressed Save, by their own
    device; ``drawn`` is what the page they pressed it on carried (:func:`drawn_now`). Such a moment is believed where
    we drew that page for them on that very day, and the moment lies between then and now. A device can be wrong: what
    lies ahead is taken as now, and what lies before the page was drawn as the moment it was drawn. So it lands on the
    day it was asked of; but more than five minutes before, or without the page's word, it is as one filled in later.
    """
    today = day == today_of(person)
    if pressed is None:
        return today
    said, opened = inputs.moment(pressed, at="/pressed"), _opened(person, day, drawn)
    then = day_of(min(max(said, opened or said), clock.now()), person.zone)
    if then != day:
        raise DayOver(then)
    return today or (opened is not None and opened - ASTRAY <= said)


def _opened(person: Person, day: date, drawn: Any) -> datetime | None:
    """When the page was drawn; none where nothing says so, or nothing of ours: no words are lost for that."""
    try:
        word = inputs.text(drawn or "", at="/drawn", most=DRAWN_MOST, blank=True)
        return datetime.fromisoformat(_stamp(person, day).unsign(word))
    except BadSignature:
        return None


def _stamp(person: Person, day: date) -> Signer:
    return Signer(salt=f"check-in:{person.pk}:{day}")


def as_it_was_seen(row: CheckIn | None, seen: Any) -> None:
    """Whether what stands is what somebody looked at before they wrote: "" is nothing yet. Raises Conflict."""
    wanted = inputs.text(seen, at="/seen", most=SEEN_MOST, blank=True)
    if wanted != (row.seen if row else ""):
        raise Conflict(
            _("This day was changed meanwhile, on another device or in another window. Nothing was saved over it."),
            code="stale",
        )


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


def note_of(row: CheckIn) -> str:
    """How what screening reads in its note names it."""
    return f"checkin:{row.pk}"


def note_in(row: CheckIn) -> Written:
    return Written(person=row.person, words=row.note, about=note_of(row), bound_to="checkins_checkin:note")


def sign_in(row: CheckIn) -> Sign | None:
    """What screening read in its note, while the card is open."""
    if not row.note_sealed:
        return None
    return Sign.objects.of(row.person_id).about(note_of(row)).with_open_card().to_show().first()


def told_of(row: CheckIn) -> bool:
    """Whether staff were told of a note of this day; that outlasts it."""
    return Sign.objects.of(row.person_id).about(note_of(row)).exists()
