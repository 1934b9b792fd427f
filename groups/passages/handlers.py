"""What seats do when somebody begins, moves on, or is given work."""

from community.consent.events import ConsentGiven, ConsentRevoked
from community.programs.events import (
    Appointed,
    AppointmentEnded,
    CohortChanged,
    CohortOpened,
    Enrolled,
    EnrollmentEnded,
    FarewellChosen,
    Graduated,
)
from groups.membership.events import Unseated
from groups.passages import services


def on_cohort_opened(event: CohortOpened) -> None:
    services.open_room(cohort_id=event.cohort_id)


def on_cohort_changed(event: CohortChanged) -> None:
    services.carry_name(cohort_id=event.cohort_id)


def on_appointment(event: Appointed | AppointmentEnded) -> None:
    services.settle_appointment(appointment_id=event.appointment_id)


def on_enrolled(event: Enrolled) -> None:
    services.welcome(enrollment_id=event.enrollment_id)


def on_graduated(event: Graduated) -> None:
    services.graduate(enrollment_id=event.enrollment_id)


def on_ended(event: EnrollmentEnded) -> None:
    services.let_go(enrollment_id=event.enrollment_id, at_once=event.at_once)


def on_farewell(event: FarewellChosen) -> None:
    services.say_farewell(enrollment_id=event.enrollment_id)


def on_consent_revoked(event: ConsentRevoked) -> None:
    services.take_back(record_id=event.record_id, person_id=event.person_id)
    services.weigh_agreement(person_id=event.person_id)


def on_consent_given(event: ConsentGiven) -> None:
    services.weigh_agreement(person_id=event.person_id)


def on_unseated(event: Unseated) -> None:
    services.end_with_seat(person_id=event.person_id, group_id=event.group_id)
