"""People come into a program, finish it or leave it, and come back; this is what it makes of their seats.

All of it is done by the program itself, because of something staff or the person did; only an offer is answered here.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override as speaking

from community.audit import services as audit
from community.consent import services as consent
from community.consent.models import Channel, ConsentRecord, Purpose
from community.foundation import clock
from community.foundation.errors import Conflict, Missing, NotAllowed
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Admission, Appointment, Cohort, Enrollment, Farewell, Program
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Membership, Role
from groups.passages.events import AlumniOffered, SeatFarewell
from groups.passages.models import AlumniOffer, Answer, Leaving, Then
from groups.passages.rules import keepers_of, may_answer, role_by_appointment, rooms_of

WRITES_ON = timedelta(days=30)  # in the cohort's room after finishing (PRODUCT.md 3.7)
READS_ON = timedelta(days=7)  # after leaving before the end (PRODUCT.md 3.7)
ASKS_AGAIN = timedelta(days=30)
OFFERED = "seat_offered"  # the word about it


@transaction.atomic
def open_room(*, cohort_id: UUID) -> Group:
    """Open a cohort's room and seat who is appointed to keep it."""
    cohort = Cohort.objects.select_related("program").get(pk=cohort_id)
    group = membership.open_group(name=cohort.name, kind=Kind.COHORT, program=cohort.program, cohort=cohort)
    _seat_keepers(group)
    return group


@transaction.atomic
def open_alumni_room(*, program: Program, name: str | None = None) -> Group:
    """The program's alumni room, opened now if there is none; ``name`` is for a new one, "After ..." unless told."""
    row = Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    found = Group.objects.filter(program=row, kind=Kind.ALUMNI).first()
    if found is not None:
        return found
    with speaking(row.language):
        words = name or (_("After %(program)s") % {"program": row.name})[:80]
    group = membership.open_group(name=words, kind=Kind.ALUMNI, program=row)
    _seat_keepers(group)
    return group


def _seat_keepers(group: Group) -> None:
    for person, role in keepers_of(group):
        membership.seat(person=person, group=group, role=role)


@transaction.atomic
def carry_name(*, cohort_id: UUID) -> None:
    """A cohort's room goes by the cohort's name."""
    group = Group.objects.filter(cohort=cohort_id).select_related("cohort").first()
    if group is not None and group.cohort is not None:
        membership.rename_group(group=group, name=group.cohort.name)


@transaction.atomic
def settle_appointment(*, appointment_id: UUID) -> None:
    """Seat somebody in the rooms their appointments keep, and no longer in those they do not keep any more.

    Who was there as a participant or alumnus before stays as that.
    """
    appointment = Appointment.objects.select_related("person").get(pk=appointment_id)
    if appointment.program_id is None:
        return
    held = Group.objects.locked(rooms_of(appointment).values_list("pk", flat=True))
    for group in held.values():
        role = role_by_appointment(appointment.person, group)
        if role is not None:
            membership.seat(person=appointment.person, group=group, role=role)
        elif appointment.closed:
            _give_up(appointment.person, group)
        if group.kind == Kind.ALUMNI and not group.memberships.current().keepers().exists():
            _seat_keepers(group)


def _give_up(person: Person, group: Group) -> None:
    seat = group.memberships.current().of(person.pk).keepers().first()
    if seat is None:
        return
    enrolled = Enrollment.objects.open().of(person.pk).filter(cohort=group.cohort_id).exists()
    agreed = ConsentRecord.objects.live().of(person.pk).about(Purpose.ALUMNI_ROOM, f"group:{group.pk}")
    if enrolled or agreed.exists():
        membership.seat(person=person, group=group, role=Role.MEMBER)
    else:
        membership.retire(membership=seat, readable=False)


@transaction.atomic
def welcome(*, enrollment_id: UUID) -> Membership:
    """Seat somebody in their cohort's room; a seat there that was on its way out stays, and writes again."""
    enrollment = Enrollment.objects.to_show().get(pk=enrollment_id)
    group = Group.objects.get(cohort=enrollment.cohort_id)
    Leaving.objects.open().of(enrollment.person_id).filter(seat__group=group).update(done=clock.now())
    return membership.seat(person=enrollment.person, group=group)


@transaction.atomic
def graduate(*, enrollment_id: UUID) -> AlumniOffer | None:
    """Offer a seat in the program's alumni room, with a word to them; the cohort's seat writes 30 days more.

    Who keeps the cohort's room keeps it on. None when they have a seat among the alumni already, or one was taken.
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
    offer = AlumniOffer.objects.create(
        person=enrollment.person, group=alumni, enrollment=enrollment, offered=clock.now()
    )
    notices.tell(person=enrollment.person, notice=OFFERED, about=offer.pk)
    publish(AlumniOffered(offer_id=offer.pk, person_id=enrollment.person_id))
    return offer


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


@transaction.atomic
def accept_offer(
    *,
    person: Person,
    offer: AlumniOffer,
    alias: str | None = None,
    language: str | None = None,
    channel: str = Channel.PAGE,
) -> Membership:
    """Say yes: the agreement is kept, and the seat opens, under another name for that room if one is given.

    ``language`` is the one the words were shown in; theirs unless told.

    Yes again is the same, and so is yes after "not now". Raises Missing (another's), Invalid (the name is taken), and
    NotAllowed when somebody who keeps the room took their seat there.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    row = _answer(person, offer)
    group = Group.objects.locked_one(row.group_id)
    if group.memberships.of(person.pk).filter(taken=True).exists():
        raise NotAllowed
    consent.give(
        person=person, purpose=Purpose.ALUMNI_ROOM, subject=f"group:{group.pk}", language=language, channel=channel
    )
    seat = membership.seat(person=person, group=group, alias=alias)
    row.answer, row.answered, row.asks_again = Answer.YES, clock.now(), None
    row.save(update_fields=["answer", "answered", "asks_again"])
    audit.record(action="alumni.yes", actor=person.pk, subject=f"offer:{row.pk}")
    notices.settle(person=person, notice=OFFERED, about=row.pk)
    return seat


@transaction.atomic
def decline_offer(*, person: Person, offer: AlumniOffer) -> AlumniOffer:
    """Say "not now": it is asked once more after 30 days, then never again.

    Raises Missing, and Conflict when the answer was yes: leave the room instead.
    """
    row = _answer(person, offer)
    if row.answer == Answer.YES:
        raise Conflict(_("You said yes already. You can leave the room at any time."), code="answered")
    now = clock.now()
    if row.answer == "":
        row.asks_again = now + ASKS_AGAIN
    elif row.asks_again is not None and row.asks_again <= now:
        row.asks_again = None
    row.answer, row.answered = Answer.NOT_NOW, now
    row.save(update_fields=["answer", "answered", "asks_again"])
    notices.settle(person=person, notice=OFFERED, about=row.pk)
    return row


def _answer(person: Person, offer: AlumniOffer) -> AlumniOffer:
    """The offer, held, if it is this person's. Raises Missing."""
    row = AlumniOffer.objects.select_for_update(no_key=True).filter(pk=offer.pk).first()
    if row is None or not may_answer(person, row):
        raise Missing
    return row


@transaction.atomic
def take_back(*, record_id: UUID, person_id: UUID) -> None:
    """Who takes back their agreement to an alumni room holds no seat there any more."""
    record = ConsentRecord.objects.of(person_id).get(pk=record_id)
    kind, _colon, group_id = record.subject.partition(":")
    if record.purpose != Purpose.ALUMNI_ROOM or kind != "group":
        return
    seat = Membership.objects.current().of(person_id).filter(group=UUID(group_id)).first()
    if seat is not None and not seat.keeps:
        membership.retire(membership=seat, readable=True)
