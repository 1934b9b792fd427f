"""What mentoring hears of the rooms below."""

from community.consent.events import ConsentRevoked
from community.mentoring import services as mentoring
from community.people.events import AccountClosed
from community.programs.events import Enrolled, EnrollmentEnded


def on_enrolled(event: Enrolled) -> None:
    mentoring.rest_in_care(person_id=event.person_id)


def on_ended(event: EnrollmentEnded) -> None:
    mentoring.close_with_episode(enrollment_id=event.enrollment_id)


def on_consent_revoked(event: ConsentRevoked) -> None:
    mentoring.rest_without_agreement(record_id=event.record_id, person_id=event.person_id)
    mentoring.settle_consent(record_id=event.record_id, person_id=event.person_id)


def on_closed(event: AccountClosed) -> None:
    mentoring.close_with_account(person_id=event.person_id)
