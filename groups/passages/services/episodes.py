"""People come into a program, finish it or leave it; this is what it makes of their seats.

All of it is done by the program itself, because of something staff or the person did.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from community.foundation import clock
from community.foundation.events import publish
from community.notices import services as notices
from community.programs import services as programs
from community.programs.models import Admission, Appointment, Enrollment, Farewell
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Membership
from groups.membership.rules import is_kept_from
from groups.passages.events import AlumniOffered, SeatFarewell
from groups.passages.models import AlumniOffer, Leaving, Then
from groups.passages.services.offers import OFFERED
from groups.passages.services.rooms import open_alumni_room

WRITES_ON = timedelta(days=30)  # in the cohort's room after finishing (PRODUCT.md 3.7)
NEEDS_ROOM = "needs_another_room"
READS_ON = timedelta(days=7)  # after leaving before the end (PRODUCT.md 3.7)


@transaction.atomic
def welcome(*, enrollment_id: UUID) -> Membership:
    """Seat somebody in their cohort's room; a seat there that was on its way out stays, and writes again."""
    enrollment = Enrollment.objects.to_show().get(pk=enrollment_id)
    group = Group.objects.get(cohort=enrollment.cohort_id)
    Leaving.objects.open().of(enrollment.person_id).filter(seat__group=group).update(done=clock.now())
    seat = membership.seat(person=enrollment.person, group=group, alias=enrollment.alias or None)
    programs.go_by(enrollment=enrollment, alias=seat.alias if seat.named_here else "")
    return seat


@transaction.atomic
def graduate(*, enrollment_id: UUID) -> AlumniOffer | None:
    """Offer a seat in the program's alumni room, with a word to them; the cohort's seat writes 30 days more.

    Who keeps the cohort's room keeps it on. None when they have a seat among the alumni already, or one was taken; and
    where somebody sits whom staff keep apart from them: who leads their group hears that they need another room.
    Publishes AlumniOffered.
    """
    enrollment = Enrollment.objects.to_show().get(pk=enrollment_id)
    rooms = Q(cohort=enrollment.cohort_id) | Q(kind=Kind.ALUMNI, program=enrollment.program_id)
    Group.objects.locked(Group.objects.filter(rooms).values_list("pk", flat=True))  # all, before the audit's head
    alumni = open_alumni_room(program=enrollment.program)
    then = Then.CLASS_ROOM if enrollment.cohort.admission == Admission.CLOSED else Then.OWN_SPAN
    _start_leaving(enrollment, then=then, writes=WRITES_ON, stays=WRITES_ON)
    theirs = alumni.memberships.of(enrollment.person_id)
    if theirs.current().exists() or theirs.filter(taken=True).exists():
        return None
    if is_kept_from(enrollment.person, alumni):
        _tell_who_leads(enrollment)
        return None
    offer = AlumniOffer.objects.create(
        person=enrollment.person, group=alumni, enrollment=enrollment, offered=clock.now()
    )
    notices.tell(person=enrollment.person, notice=OFFERED, about=offer.pk)
    publish(AlumniOffered(offer_id=offer.pk, person_id=enrollment.person_id))
    return offer


def _tell_who_leads(enrollment: Enrollment) -> None:
    held = Appointment.objects.live(clock.now()).leading().for_cohort(enrollment.cohort)
    for one in held.exclude(person=enrollment.person_id).select_related("person").order_by("person"):
        notices.tell(person=one.person, notice=NEEDS_ROOM, about=enrollment.pk)


@transaction.atomic
def let_go(*, enrollment_id: UUID, at_once: bool) -> Leaving | None:
    """The cohort's room stays readable for seven days, unless safety needs it sooner; then what it showed is closed."""
    enrollment = Enrollment.objects.to_show().get(pk=enrollment_id)
    stays = timedelta() if at_once else READS_ON
    leaving = _start_leaving(enrollment, then=Then.CLOSED, writes=timedelta(), stays=stays)
    if leaving is None:
        return None
    _tell(leaving, enrollment)
    if at_once:
        finish(leaving=leaving)
    return leaving


def _start_leaving(enrollment: Enrollment, *, then: Then, writes: timedelta, stays: timedelta) -> Leaving | None:
    """The seat in the cohort's room is on its way out; None where there is none, or it keeps the room.

    Who had left the room by themselves still reads their own span there, and loses that as everybody does.
    """
    now = clock.now()
    seats = Membership.objects.of(enrollment.person_id).filter(group__cohort=enrollment.cohort_id)
    seat = seats.current().first()
    if seat is None and then == Then.CLOSED:
        seat = seats.order_by("-ended").first()
    if seat is None or seat.keeps or seat.closed or seat.taken:
        return None
    seat = membership.close_writing(membership=seat, until=now + writes)
    return Leaving.objects.create(enrollment=enrollment, seat=seat, then=then, due=now + stays)


@transaction.atomic
def say_farewell(*, enrollment_id: UUID) -> None:
    """Tell the room, if that is chosen, now that the seat writes no more and as long as it is not over."""
    enrollment = Enrollment.objects.locked_one(enrollment_id)
    leaving = Leaving.objects.select_for_update(no_key=True).open().filter(enrollment=enrollment).first()
    if leaving is not None:
        _tell(leaving, enrollment)


def _tell(leaving: Leaving, enrollment: Enrollment) -> None:
    """Publishes SeatFarewell, once."""
    seat = leaving.seat
    if enrollment.farewell != Farewell.LINE or leaving.told is not None or seat.writes_at(clock.now()):
        return
    leaving.told = clock.now()
    leaving.save(update_fields=["told"])
    publish(SeatFarewell(group_id=seat.group_id, membership_id=seat.pk))


@transaction.atomic
def finish(*, leaving: Leaving) -> bool:
    """Let a seat become what was planned, once its time has come; False when there is nothing to do any more.

    A seat that somebody kept open meanwhile stays as it is.
    """
    row = Leaving.objects.select_for_update(no_key=True).due(clock.now()).filter(pk=leaving.pk).first()
    if row is None:
        return False
    _tell(row, row.enrollment)
    row.done = clock.now()
    row.save(update_fields=["done"])
    kept_open = row.seat.ended is None and row.seat.writes_until is None
    if row.then != Then.CLASS_ROOM and not kept_open:
        membership.retire(membership=row.seat, readable=row.then == Then.OWN_SPAN)
    return True
