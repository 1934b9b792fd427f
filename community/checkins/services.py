"""Saying how a day is, changing and erasing it, sharing one day, and asking to be reminded. All of it is one's own."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.checkins.events import CheckedIn, CheckInShared
from community.checkins.models import (
    ANSWERS,
    CRAVING_MOST,
    NOTE_MOST,
    CheckIn,
    Connection,
    Reminder,
    Share,
    Sleep,
    Weather,
)
from community.checkins.rules import (
    as_it_was_seen,
    asks_craving,
    made_on,
    may_share,
    note_in,
    open_day,
    today_of,
    waking_hour,
)
from community.checkins.times import next_time
from community.foundation import clock, inputs
from community.foundation.errors import Missing
from community.foundation.events import publish
from community.letters.rules import awake
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Appointment, Enrollment
from community.safety import services as safety

REMINDER, SHARED = "check_in_reminder", "check_in_shared"
LATE = timedelta(hours=2)  # a reminder that comes later than that is none any more


@transaction.atomic
def check_in(
    *,
    person: Person,
    day: date | str,
    answers: dict[str, Any],
    seen: str | None = None,
    pressed: str | None = None,
    drawn: str | None = None,
) -> CheckIn:
    """Keep how ``day`` is for ``person``: weather, and if wanted connection, sleep, craving (0 to 10) and a note.

    A day has one row: saying it again replaces all of it, and the same again changes nothing. Other answers are theirs
    alone until they are shared anew. The note is 1,000 characters at most.
    ``seen``: what stood there as it was written (:attr:`CheckIn.seen`, "" for nothing); what another device wrote since
    is not replaced. ``pressed``: when it was said of the day it was then, and ``drawn``: what the page it was said on
    carried; which of that is believed, :func:`made_on` says. Without them, nothing of it is asked.
    A note that tells of danger now is read by staff; nothing else here ever is.
    Raises Invalid (DayOver), and Conflict "stale". Publishes CheckedIn.
    """
    when, given = open_day(person, day), _judged(person, answers)
    on_its_day = made_on(person, when, pressed, drawn)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two devices at once are one row
    stands = CheckIn.objects.of(person.pk).on(when).first()
    if stands is not None and stands.answers == given:
        return stands
    if seen is not None:
        as_it_was_seen(stands, seen)
    row = stands or CheckIn(person=person, day=when)
    for name, value in given.items():
        setattr(row, name, value)
    row.changed = clock.now()
    row.on_its_day = row.on_its_day or on_its_day
    row.save()
    row.shares.all().delete()
    _settle_reminder(person, when)
    safety.heed_written(written=note_in(row))  # the same words once; nothing else of the day is read
    publish(CheckedIn(check_in_id=row.pk, person_id=person.pk))
    return row


def _judged(person: Person, answers: dict[str, Any]) -> dict[str, Any]:
    """Every answer there is, as it is kept. Raises Invalid."""
    inputs.known(answers, frozenset(ANSWERS), needed=frozenset({"weather"}))
    craving = answers.get("craving")
    if craving is not None and not asks_craving(person):
        inputs.known(answers, frozenset(ANSWERS) - {"craving"})
    note = inputs.text(answers.get("note", ""), at="/note", most=NOTE_MOST, blank=True)
    return {
        "weather": inputs.one_of(answers["weather"], frozenset(Weather.values), at="/weather"),
        "connection": inputs.one_of(
            answers.get("connection", ""), frozenset({"", *Connection.values}), at="/connection"
        ),
        "sleep": inputs.one_of(answers.get("sleep", ""), frozenset({"", *Sleep.values}), at="/sleep"),
        "craving": None if craving is None else inputs.whole(craving, at="/craving", most=CRAVING_MOST),
        "note": note if inputs.visible(note) else "",
    }


def _settle_reminder(person: Person, day: date) -> None:
    """Who did it needs no word about it."""
    if day == today_of(person) and Reminder.objects.of(person.pk).exists():
        notices.settle(person=person, notice=REMINDER, about=person.pk)


@transaction.atomic
def erase(*, person: Person, check_in: CheckIn) -> None:
    """Forget what ``person`` said of one of their days, whenever it was. Raises Missing."""
    _mine(person, check_in).delete()


@transaction.atomic
def share(*, person: Person, check_in: CheckIn, enrollment: Enrollment, seen: str | None = None) -> Share:
    """Let who leads the cohort of ``enrollment`` read this one day, as it is now; again is the same.

    ``seen``: what stood there as they chose to share it; what another device wrote since is not shared unseen.
    Raises Missing, Conflict "stale", and NotAllowed unless the episode is their own, goes on and somebody leads it.
    Publishes CheckInShared.
    """
    may_share.require(person, enrollment)
    row = _mine(person, check_in)
    if seen is not None:
        as_it_was_seen(row, seen)
    shared, fresh = Share.objects.get_or_create(check_in=row, enrollment=enrollment, defaults={"at": clock.now()})
    if fresh:
        held = Appointment.objects.live(clock.now()).leading().for_cohort(enrollment.cohort).exclude(person=person)
        for leader in Person.objects.filter(pk__in=held.values("person")).order_by("pk"):
            notices.tell(person=leader, notice=SHARED, about=enrollment.pk)
        publish(CheckInShared(check_in_id=row.pk, person_id=person.pk, enrollment_id=enrollment.pk))
        audit.record(action="checkin.share", actor=person.pk, subject=f"checkin:{row.pk}")
    return shared


@transaction.atomic
def take_back(*, person: Person, check_in: CheckIn, enrollment: Enrollment) -> None:
    """Share a day no more with who leads that cohort; again is the same. Raises Missing."""
    gone, _kinds = _mine(person, check_in).shares.filter(enrollment=enrollment).delete()
    if gone:
        audit.record(action="checkin.take_back", actor=person.pk, subject=f"checkin:{check_in.pk}")


@transaction.atomic
def end_shares(*, enrollment_id: UUID) -> int:
    """An episode is over: nobody reads what was shared in it any more. Returns how many days that were."""
    return Share.objects.filter(enrollment=enrollment_id).delete()[0]


def _mine(person: Person, check_in: CheckIn) -> CheckIn:
    """Its row, held: what is shared is what stands in it."""
    row = CheckIn.objects.select_for_update(no_key=True).of(person.pk).filter(pk=check_in.pk).first()
    if row is None:
        raise Missing
    return row


@transaction.atomic
def remind(*, person: Person, at: time | str | None) -> Reminder | None:
    """Remind ``person`` each day at this time on their own clock, or (None) no more. Raises Invalid at night."""
    if at is None:
        Reminder.objects.of(person.pk).delete()
        return None
    when = waking_hour(at)
    due = next_time(when, person.zone, clock.now())
    return Reminder.objects.update_or_create(person=person, defaults={"at": when, "due": due})[0]


@transaction.atomic
def pass_on() -> bool | None:
    """Take the next reminder whose time has come, set its next one, and tell its person; None when there is none.

    Nothing is said at night, to who is away or has checked in, on another clock than the one it was set for (they
    traveled, and hear of it tomorrow), or hours late. Raises nothing; may run in several processes at once.
    """
    now = clock.now()
    found = Reminder.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).due(now)
    one = found.select_related("person").first()
    if one is None:
        return None
    missed, person = one.due, one.person
    one.due = next_time(one.at, person.zone, now)
    one.save(update_fields=["due"])
    on_time = now - missed <= LATE and missed == next_time(one.at, person.zone, missed - timedelta(seconds=1))
    if not on_time or awake(now, person.zone) > now or CheckIn.objects.of(person.pk).on(today_of(person)).exists():
        return False
    notices.settle(person=person, notice=REMINDER, about=person.pk)  # yesterday's is not said beside today's
    notices.tell(person=person, notice=REMINDER, about=person.pk)
    return True
