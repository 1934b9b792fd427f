"""What an agreement opens and shuts in rooms, while it stands and once it is taken back."""

from uuid import UUID

from django.db import transaction

from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.consent.rules import stands_by
from community.notices import services as notices
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Membership
from groups.passages.rules import subject_of

TAKEN_BACK = "agreement_taken_back"  # the word about it


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


@transaction.atomic
def weigh_agreement(*, person_id: UUID) -> None:
    """Who took back what everybody agrees to before they write only reads until they agree again; who leads is told.

    Again is the same: seats that are right already stay as they are, and nobody is told anew.
    """
    agrees = stands_by(person_id)
    changed = membership.let_write(person_id=person_id, agrees=agrees)
    leading = Membership.objects.current().leading().filter(group__in=changed).exclude(person=person_id)
    for seat in leading.select_related("person").order_by("person_id", "group_id"):  # inboxes in order of their people
        if not agrees:
            notices.tell(person=seat.person, notice=TAKEN_BACK, about=seat.group_id)
        elif not Membership.objects.current().filter(group=seat.group_id, agrees=False).exists():
            notices.settle(person=seat.person, notice=TAKEN_BACK, about=seat.group_id)


@transaction.atomic
def end_with_seat(*, person_id: UUID, group_id: UUID) -> None:
    """The agreement to an alumni room stands for as long as the seat there does, and no longer."""
    group = Group.objects.filter(pk=group_id, kind=Kind.ALUMNI).first()
    if group is not None:
        consent.end(person_id=person_id, purpose=Purpose.ALUMNI_ROOM, subject=subject_of(group))
