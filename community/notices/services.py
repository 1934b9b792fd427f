"""Leaving somebody a word, and noting that they saw it.

Whoever tells several people in one transaction goes by their ids in order; inboxes are locked after groups.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.foundation import clock, inputs, registers
from community.foundation.events import publish
from community.notices.events import NoticesSeen, NoticeWritten
from community.notices.models import Inbox, Notice
from community.people.models import Person

KEPT = timedelta(days=90)  # after it was seen


@transaction.atomic
def tell(*, person: Person, notice: str, about: UUID | None = None) -> Notice:
    """Leave ``person`` a word of the kind ``notice`` (registers.notices), about one thing that has an id.

    The same word that still waits to be seen stays one word: it is said again with today's date, above the others, and
    mail that went out for it is not sent twice. Who has died is told nothing, by whoever would, and nobody what is new
    in a room they muted: the row that is returned then is kept nowhere. Raises LookupError for a kind that nobody
    handed in. Publishes NoticeWritten.
    """
    if notice not in registers.notices.names():
        raise LookupError(notice)
    inbox = Inbox.objects.locked_for(person.pk)
    if inbox.closed or _is_muted(person, notice, about):
        return Notice(person=person, kind=notice, about=about, number=0, version=0, created=clock.now())
    waiting = Notice.objects.of(person.pk).unseen().filter(kind=notice, about=about).first()
    if waiting is not None:
        return _renew(inbox, waiting)
    inbox.version += 1
    inbox.save(update_fields=["version"])
    row = Notice.objects.create(
        person=person, kind=notice, about=about, number=inbox.version, version=inbox.version, created=clock.now()
    )
    publish(NoticeWritten(notice_id=row.pk, person_id=person.pk, version=row.version, again=False))
    return row


def _is_muted(person: Person, notice: str, about: UUID | None) -> bool:
    """Asked of what is new in a room alone: nothing else can be muted."""
    kind = dict(registers.notices.items())[notice]
    return kind.of_room and about is not None and any(muted(person.pk, about) for muted in registers.mutes)


def _renew(inbox: Inbox, row: Notice) -> Notice:
    """Move it to the top. Its version is above its number: by that open pages know that they count it already."""
    row.number, row.version, row.created = inbox.version + 1, inbox.version + 2, clock.now()
    row.save(update_fields=["number", "version", "created"])
    inbox.version = row.version
    inbox.save(update_fields=["version"])
    publish(NoticeWritten(notice_id=row.pk, person_id=inbox.person_id, version=row.version, again=True))
    return row


@transaction.atomic
def see(*, person: Person, notice: Notice) -> None:
    """Note that ``person`` saw one of theirs; again changes nothing. Publishes NoticesSeen."""
    inbox = Inbox.objects.locked_for(person.pk)
    _see(inbox, [notice.pk])


@transaction.atomic
def settle(*, person: Person, notice: str, about: UUID) -> None:
    """Nothing is left to do about what a word told: it counts as seen. Publishes NoticesSeen if one waited."""
    inbox = Inbox.objects.locked_for(person.pk)
    _see(inbox, Notice.objects.of(person.pk).filter(kind=notice, about=about).values_list("pk", flat=True))


@transaction.atomic
def see_all(*, person: Person, number: Any) -> None:
    """Note that ``person`` saw all of theirs up to ``number``. Raises Invalid for a number that is still to come.

    Publishes NoticesSeen if there was one to see.
    """
    reached = inputs.whole(number, at="/number")
    inbox = Inbox.objects.locked_for(person.pk)
    if reached > inbox.version:
        inputs.refuse("/number", "range", _("There is no update with this number yet."))
    _see(inbox, Notice.objects.of(person.pk).filter(number__lte=reached).values_list("pk", flat=True))


@transaction.atomic
def close(*, person_id: UUID) -> None:
    """Nothing is left for somebody any more; what waits counts as seen. Publishes NoticesSeen if something waited."""
    inbox = Inbox.objects.locked_for(person_id)
    inbox.closed = True
    inbox.save(update_fields=["closed"])
    _see(inbox, Notice.objects.of(person_id).values_list("pk", flat=True))


@transaction.atomic
def reopen(*, person_id: UUID) -> None:
    """Words are left for them as before."""
    Inbox.objects.filter(person=person_id).update(closed=False)


def _see(inbox: Inbox, which: Any) -> None:
    seen = list(Notice.objects.of(inbox.person_id).unseen().filter(pk__in=which).values_list("pk", flat=True))
    if not seen:
        return
    inbox.version += 1
    inbox.save(update_fields=["version"])
    Notice.objects.filter(pk__in=seen).update(seen=clock.now(), version=inbox.version)
    publish(NoticesSeen(notice_ids=tuple(seen), person_id=inbox.person_id, version=inbox.version))


@transaction.atomic
def forget_seen() -> int:
    """Drop what was seen 90 days ago. Returns how many."""
    gone, _kinds = Notice.objects.seen_before(clock.now() - KEPT).delete()
    return gone
