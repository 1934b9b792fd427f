"""The first day: it begins unseen, and the person says when they are here."""

from uuid import UUID, uuid5

from django.db import transaction

from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Enrollment
from groups.chat import lines
from groups.chat import services as chat
from groups.membership import services as membership
from groups.membership.models import Group, Membership, Role
from groups.membership.rules import seat_in
from groups.outreach.events import Arrived
from groups.outreach.models import FirstDay, How


@transaction.atomic
def begin(*, enrollment_id: UUID) -> FirstDay:
    """Somebody begins in a cohort: their seat is there, and nobody is told of it yet."""
    enrollment = Enrollment.objects.filter(pk=enrollment_id).get()
    return FirstDay.objects.create(enrollment=enrollment, group=Group.objects.get(cohort=enrollment.cohort_id))


@transaction.atomic
def say_hello(*, person: Person, first_day: FirstDay, body: str) -> FirstDay:
    """Be here, with a line that says so and a first message to the room; again is the same and says nothing twice. Who

    looked around first may still say it. Raises Missing (somebody else's, or their time there has ended), Invalid, and
    what posting refuses with. Publishes Arrived and MessagesChanged.
    """
    row = _mine(person, first_day, unless=How.HELLO)
    if row.how != How.HELLO:
        seat = _arrive(row, person, How.HELLO)
        lines.say_system(group=seat.group, code="joined", about=seat)
        chat.post(author=person, group=row.group, key=uuid5(row.pk, "hello"), body=body)
        _tell_who_leads(row, "newcomer_hello")
    return row


@transaction.atomic
def look_around(*, person: Person, first_day: FirstDay) -> FirstDay:
    """Be here without a word, of theirs or of the room's; again is the same. Raises Missing as :func:`say_hello`.

    Publishes Arrived.
    """
    row = _mine(person, first_day, unless=How.LOOKED)
    if not row.how:
        _arrive(row, person, How.LOOKED)
        _tell_who_leads(row, "newcomer_looks")
    return row


def _mine(person: Person, first_day: FirstDay, *, unless: How) -> FirstDay:
    """The row, held after the group's: whoever writes into a room takes its lock first. Nothing new once the time there

    has ended, ``unless`` it was so before, or was a hello.
    """
    Group.objects.locked_one(first_day.group_id)
    rows = FirstDay.objects.select_for_update(no_key=True, of=("self",)).of(person.pk)
    row = rows.select_related("group", "enrollment").filter(pk=first_day.pk).first()
    if row is None or (row.how not in {unless, How.HELLO} and not row.enrollment.is_open):
        raise Missing
    return row


def _arrive(row: FirstDay, person: Person, how: How) -> Membership:
    seat = seat_in(person, row.group_id)
    row.how, row.at = how, row.at or clock.now()
    row.save(update_fields=["how", "at"])
    publish(Arrived(group_id=row.group_id, person_id=person.pk, hello=how == How.HELLO))
    return seat


def _tell_who_leads(row: FirstDay, notice: str) -> None:
    """Whoever leads the room; inboxes are locked in the order of their people."""
    leading = Membership.objects.current().filter(group=row.group_id, role=Role.FACILITATOR)
    for seat in leading.select_related("person").order_by("person_id"):
        notices.tell(person=seat.person, notice=notice, about=row.group_id)


@transaction.atomic
def step_out(*, record_id: UUID, person_id: UUID) -> None:
    """Who takes back their agreement to be read in a cohort's room holds no seat there any more."""
    record = ConsentRecord.objects.of(person_id).filter(pk=record_id, purpose=Purpose.ROOM).first()
    kind, _colon, cohort_id = record.subject.partition(":") if record else ("", "", "")
    if kind != "cohort":
        return
    seats = Membership.objects.current().of(person_id).filter(group__cohort=UUID(cohort_id))
    seat = seats.select_related("group").first()
    if seat is not None and not seat.keeps:
        membership.retire(membership=seat, readable=True)
