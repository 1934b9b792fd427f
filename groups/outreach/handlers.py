"""What a first day hears of."""

from community.consent.events import ConsentRevoked
from community.programs.events import Enrolled
from groups.outreach import services


def on_enrolled(event: Enrolled) -> None:
    services.begin(enrollment_id=event.enrollment_id)


def on_consent_revoked(event: ConsentRevoked) -> None:
    services.step_out(record_id=event.record_id, person_id=event.person_id)
