"""Agreements: given, and taken back. Only the person themselves does either; some end with what they were for."""

from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.consent import texts
from community.consent.events import ConsentGiven, ConsentRevoked
from community.consent.models import Channel, ConsentRecord
from community.consent.rules import BEFORE_WRITING
from community.consent.wording import todays
from community.foundation import clock, inputs
from community.foundation.errors import Missing, NotAllowed
from community.foundation.events import publish
from community.people.models import Person


@transaction.atomic
def give(
    *,
    person: Person,
    purpose: str,
    subject: str = "",
    language: str | None = None,
    channel: str = Channel.PAGE,
) -> ConsentRecord:
    """Keep that ``person`` agreed to today's words for ``purpose``, in their language unless told which was shown.

    Agreeing again to the same words is the one there is; newer words, or another wording, replace it. Raises Invalid.
    Publishes ConsentGiven.
    """
    inputs.one_of(purpose, texts.purposes(), at="/purpose")
    inputs.one_of(channel, frozenset(Channel.values), at="/channel")
    shown = todays(purpose, subject, language or person.language)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    now = clock.now()
    former = ConsentRecord.objects.live().of(person.pk).about(purpose, subject).first()
    if former is not None:
        if former.version == shown.version and former.text.wording == shown.wording:
            return former
        former.superseded = now
        former.save(update_fields=["superseded"])
    record = ConsentRecord.objects.create(
        person=person,
        purpose=purpose,
        subject=subject,
        version=shown.version,
        language=shown.language,
        digest=shown.digest,
        channel=channel,
        given=now,
    )
    publish(ConsentGiven(record_id=record.pk, person_id=person.pk))
    audit.record(action="consent.give", actor=person.pk, subject=f"consent:{record.pk}", reason=purpose)
    return record


@transaction.atomic
def revoke(*, person: Person, record: ConsentRecord) -> ConsentRecord:
    """Take one's own agreement back; again is the same. What stood on it ends at once. Raises Missing.

    Publishes ConsentRevoked.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    row = ConsentRecord.objects.select_for_update(no_key=True).of(person.pk).filter(pk=record.pk).first()
    if row is None:
        raise Missing
    if row.revoked is not None or row.superseded is not None:
        return row
    return _close(row, "consent.revoke", actor=person.pk)


@transaction.atomic
def agree_again(
    *, person: Person, record: ConsentRecord, language: str | None = None, channel: str = Channel.PAGE
) -> ConsentRecord:
    """Agree to today's words for what one took back; again is the same. Publishes ConsentGiven.

    Raises Missing, and NotAllowed for a seat: who wants that back comes back in.
    """
    if record.person_id != person.pk:
        raise Missing
    if record.purpose not in BEFORE_WRITING:
        raise NotAllowed
    return give(person=person, purpose=record.purpose, subject=record.subject, language=language, channel=channel)


@transaction.atomic
def end(*, person_id: UUID, purpose: str, subject: str) -> ConsentRecord | None:
    """End an agreement with what it was for; the program itself does. None where none stands.

    Publishes ConsentRevoked.
    """
    standing = ConsentRecord.objects.live().of(person_id).about(purpose, subject)
    if not standing.exists():
        return None
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    row = standing.select_for_update(no_key=True).first()
    return _close(row, "consent.end", actor=None) if row else None


def _close(row: ConsentRecord, action: str, *, actor: UUID | None) -> ConsentRecord:
    row.revoked = clock.now()
    row.save(update_fields=["revoked"])
    publish(ConsentRevoked(record_id=row.pk, person_id=row.person_id))
    audit.record(action=action, actor=actor, subject=f"consent:{row.pk}", reason=row.purpose)
    return row
