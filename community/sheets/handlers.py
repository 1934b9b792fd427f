"""Whoever takes the agreement back, on whichever page, has no sheet any more."""

from community.consent.events import ConsentRevoked
from community.consent.models import ConsentRecord, Purpose
from community.sheets import services as sheets


def on_revoked(event: ConsentRevoked) -> None:
    if ConsentRecord.objects.of(event.person_id).filter(pk=event.record_id, purpose=Purpose.EMERGENCY_SHEET).exists():
        sheets.erase(person_id=event.person_id)
