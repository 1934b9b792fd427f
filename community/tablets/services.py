"""A device becomes the clinic's, or is no longer."""

from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.people import services as people
from community.people.models import Person
from community.tablets.rules import may_set_up_tablets


@transaction.atomic
def begin(*, by: Person, session_id: UUID) -> None:
    """The device of this session is the clinic's from now on; ``by`` is signed out there. Raises NotAllowed.

    Publishes SessionsEnded.
    """
    may_set_up_tablets.require(by, None)
    people.end_sessions(person=by, only=session_id)
    audit.record(action="tablet.begin", actor=by.pk, subject=f"session:{session_id}")


@transaction.atomic
def end(*, by: Person, session_id: UUID) -> None:
    """The device of this session is the clinic's no longer; ``by`` is signed out there. Raises NotAllowed.

    Publishes SessionsEnded.
    """
    may_set_up_tablets.require(by, None)
    people.end_sessions(person=by, only=session_id)
    audit.record(action="tablet.end", actor=by.pk, subject=f"session:{session_id}")
