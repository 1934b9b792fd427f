"""What ends when somebody takes an agreement back."""

from uuid import UUID

from django.db import transaction

from community.consent.models import ConsentRecord, Purpose
from groups.membership import services as membership
from groups.membership.models import Membership


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
