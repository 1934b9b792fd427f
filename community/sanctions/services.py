"""Out of every room, and back. Who may say so, and in which words, is for the rooms above."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.foundation import clock
from community.foundation.events import publish
from community.people.models import Person
from community.sanctions.events import PersonRestored, PersonSuspended
from community.sanctions.models import Suspension


@transaction.atomic
def suspend(*, person_id: UUID, decision_id: UUID, until: datetime | None) -> Suspension:
    """Let somebody be out of every room until a moment, or (None) for good; the program itself does.

    From the commit on nothing of a room reaches them by any door. Publishes PersonSuspended.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)  # before any room, as unseating does
    row = Suspension.objects.create(person=person, decision=decision_id, began=clock.now(), until=until)
    if not person.suspended:
        person.suspended = True
        person.save(update_fields=["suspended"])
    publish(PersonSuspended(person_id=person.pk))
    audit.record(action="person.suspend", actor=None, subject=f"person:{person.pk}", reason="" if until else "for good")
    return row


@transaction.atomic
def end(*, decision_id: UUID) -> bool:
    """End what followed from a decision; False if nothing of it stands. With the last one everything is as before.

    Publishes PersonRestored when no other stands.
    """
    found = Suspension.objects.standing().filter(decision=decision_id).first()
    if found is None:
        return False
    person = Person.objects.select_for_update(no_key=True).get(pk=found.person_id)
    if not Suspension.objects.standing().filter(pk=found.pk).update(ended=clock.now()):
        return False  # somebody else ended it while we waited
    if not Suspension.objects.of(person.pk).standing().exists():
        person.suspended = False
        person.save(update_fields=["suspended"])
        publish(PersonRestored(person_id=person.pk))
    audit.record(action="person.restore", actor=None, subject=f"person:{person.pk}")
    return True
