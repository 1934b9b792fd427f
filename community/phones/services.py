"""Whose phone this is, and the key of what it keeps."""

import base64
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from community.foundation import clock
from community.foundation.errors import Missing, NotAllowed
from community.people import services as people
from community.people.models import Person, Session
from community.phones.models import PhoneKey
from community.phones.rules import keeps_words

KEY_BYTES = 32
PHONES_MOST = 20  # of one person; nobody carries more
UNUSED = timedelta(days=60)  # twice the longest session


@transaction.atomic
def answer(*, person: Person, session_id: UUID, only_mine: bool) -> Session:
    """Say whether the phone of this session is only ``person``'s. Raises Missing unless they are signed in there.

    Of a phone that others use too the key goes: what it still holds can never be read again.
    """
    session = people.say_whose(person=person, session_id=session_id, only_mine=only_mine)
    if not only_mine:
        forget_keys(session_ids=(session.pk,))
    return session


@transaction.atomic
def open_phone(*, person: Person, session_id: UUID, phone_id: UUID) -> str:
    """The key of what this phone keeps: 32 bytes in base64, made when it is asked for the first time.

    Of more than 20 phones the one that asked longest ago gives way: what it still holds can never be read again.
    Raises NotAllowed unless the phone is only ``person``'s, and Missing for what somebody else's phone keeps.
    """
    here = Session.objects.select_for_update(no_key=True).devices_of(person.pk, clock.now())
    session = here.filter(pk=session_id).first()  # two tabs that open at once make one key
    if session is None:
        raise Missing
    if not keeps_words(session):
        raise NotAllowed
    row = PhoneKey.objects.select_for_update(no_key=True).filter(pk=phone_id).first()
    if row is None:
        _make_room(person)
        row = PhoneKey(id=phone_id, person=person)
        row.seal(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
    if row.person_id != person.pk:
        raise Missing
    row.session, row.used = session, clock.now()
    row.save()
    return row.key


def _make_room(person: Person) -> None:
    kept = PhoneKey.objects.of(person.pk).latest_first()[: PHONES_MOST - 1]
    PhoneKey.objects.of(person.pk).exclude(pk__in=[one.pk for one in kept]).delete()


@transaction.atomic
def forget_keys(*, session_ids: tuple[UUID, ...]) -> None:
    """Drop the keys of phones signed out in these sessions."""
    PhoneKey.objects.opened_in(session_ids).delete()


@transaction.atomic
def forget_old_keys() -> int:
    """Drop keys no page has asked for in 60 days. Returns how many."""
    return PhoneKey.objects.unused_since(clock.now() - UNUSED).delete()[0]
