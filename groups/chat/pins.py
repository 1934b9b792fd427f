"""What who keeps a room pins there. Import the file, say the verb: ``pins.pin(...)``."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock
from community.foundation.errors import Conflict
from community.people.models import Person
from groups.chat.desk import at_hand
from groups.chat.models import Message, Pin
from groups.chat.rules import may_pin, may_unpin
from groups.membership import services as membership

PINS_MOST = 3  # more would be a second conversation


@transaction.atomic
def pin(*, person: Person, message: Message) -> Message:
    """Pin words of a room one keeps, for everybody whose seat shows them; again changes nothing.

    Raises Missing, NotAllowed (not a keeper; no plain words, or none that stand) and Conflict ``full`` beside three
    others. Publishes SeatsChanged: what stands in a room beside its words is another one now.
    """
    group, row, _seat = at_hand(person, message)
    may_pin.require(person, row)
    if Pin.objects.on(row.pk).exists():
        return row
    if Pin.objects.of(group.pk).count() >= PINS_MOST:
        raise Conflict(_("Three messages are pinned here already. Take one of them down first."), code="full")
    Pin.objects.create(message=row, at=clock.now())
    membership.note_change(group=group)
    audit.record(action="message.pin", actor=person.pk, subject=f"message:{row.pk}")
    return row


@transaction.atomic
def unpin(*, person: Person, message: Message) -> Message:
    """Take a pin down, whoever put it up; one that is not there changes nothing. Raises, publishes as :func:`pin`."""
    group, row, _seat = at_hand(person, message)
    may_unpin.require(person, row)
    gone, _kinds = Pin.objects.on(row.pk).delete()
    if gone:
        membership.note_change(group=group)
        audit.record(action="message.unpin", actor=person.pk, subject=f"message:{row.pk}")
    return row
