"""A seat among the alumni is offered; here its person answers."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.consent import services as consent
from community.consent.models import Channel, Purpose
from community.foundation import clock
from community.foundation.errors import Conflict, Missing, NotAllowed
from community.notices import services as notices
from community.people.models import Person
from groups.membership import services as membership
from groups.membership.models import Group, Membership
from groups.passages.models import AlumniOffer, Answer
from groups.passages.rules import may_answer, subject_of

ASKS_AGAIN = timedelta(days=30)
OFFERED = "seat_offered"  # the word about it


@transaction.atomic
def accept_offer(
    *,
    person: Person,
    offer: AlumniOffer,
    alias: str | None = None,
    language: str | None = None,
    channel: str = Channel.PAGE,
) -> Membership:
    """Say yes: the agreement is kept, and the seat opens, under another name for that room if one is given.

    ``language`` is the one the words were shown in; theirs unless told.

    Yes again is the same, and so is yes after "not now". Raises Missing (another's), Invalid (the name is taken), and
    NotAllowed when somebody who keeps the room took their seat there, or they need another room: it looks the same.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    row = _answer(person, offer)
    group = Group.objects.locked_one(row.group_id)
    if group.memberships.of(person.pk).filter(taken=True).exists():
        raise NotAllowed
    consent.give(
        person=person, purpose=Purpose.ALUMNI_ROOM, subject=subject_of(group), language=language, channel=channel
    )
    seat = membership.take_seat(person=person, group=group, alias=alias)
    row.answer, row.answered, row.asks_again = Answer.YES, clock.now(), None
    row.save(update_fields=["answer", "answered", "asks_again"])
    audit.record(action="alumni.yes", actor=person.pk, subject=f"offer:{row.pk}")
    notices.settle(person=person, notice=OFFERED, about=row.pk)
    return seat


@transaction.atomic
def decline_offer(*, person: Person, offer: AlumniOffer) -> AlumniOffer:
    """Say "not now": it is asked once more after 30 days, then never again.

    Raises Missing, and Conflict when the answer was yes: leave the room instead.
    """
    row = _answer(person, offer)
    if row.answer == Answer.YES:
        raise Conflict(_("You said yes already. You can leave the room at any time."), code="answered")
    now = clock.now()
    if row.answer == "":
        row.asks_again = now + ASKS_AGAIN
    elif row.asks_again is not None and row.asks_again <= now:
        row.asks_again = None
    row.answer, row.answered = Answer.NOT_NOW, now
    row.save(update_fields=["answer", "answered", "asks_again"])
    notices.settle(person=person, notice=OFFERED, about=row.pk)
    return row


def _answer(person: Person, offer: AlumniOffer) -> AlumniOffer:
    """The offer, held, if it is this person's. Raises Missing."""
    row = AlumniOffer.objects.select_for_update(no_key=True).filter(pk=offer.pk).first()
    if row is None or not may_answer(person, row):
        raise Missing
    return row
