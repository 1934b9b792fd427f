"""Writing, changing and taking back words. Every change takes the group's lock, a version, and leaves one hint."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Missing, NotAllowed
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from groups.chat.desk import Desk, Draft, Outcome, refuse_muted, refuse_silent, restriction_on, words_wait
from groups.chat.events import MessagesChanged
from groups.chat.models import NOTE_MOST, Message, ReactionName, Removed, Wording
from groups.chat.rules import may_edit, may_react, may_release, may_remove
from groups.chat.search import sought
from groups.membership.models import Group, Membership
from groups.membership.rules import Reach, reach, seat_in


def draft(
    *, author_id: UUID, group_id: UUID, key: Any, body: Any, reply_to: Any = None, content_note: Any = None
) -> Draft:
    """Judge what somebody sent and make a draft of it. Raises Invalid; touches no database."""
    return Draft(
        author_id=author_id,
        group_id=group_id,
        key=inputs.uuid(str(key) if isinstance(key, UUID) else key, at="/key"),
        body=inputs.text(body, at="/body", most=settings.LIMITS["message_points"]),
        reply_to=inputs.uuid(reply_to, at="/reply_to") if isinstance(reply_to, str) else _id_or_none(reply_to),
        content_note=None if content_note is None else _one_line(content_note),
    )


def _id_or_none(value: Any) -> UUID | None:
    if value is not None and not isinstance(value, UUID):
        inputs.refuse("/reply_to", "id", _("This must be an id of 36 characters."))
    return value


def _one_line(value: Any) -> str:
    note = inputs.text(value, at="/content_note", most=NOTE_MOST)
    if "\n" in note:
        inputs.refuse("/content_note", "characters", _("Keep this to one line."))
    return note


@transaction.atomic
def post(
    *, author: Person, group: Group, key: UUID, body: str, reply_to: UUID | None = None, content_note: str | None = None
) -> Message:
    """Post one message, or return what the same ``key`` posted before. Raises what :func:`post_all` refuses with."""
    one = draft(
        author_id=author.pk, group_id=group.pk, key=key, body=body, reply_to=reply_to, content_note=content_note
    )
    (outcome,) = post_all(drafts=[one])
    if outcome.refusal is not None:
        raise outcome.refusal
    assert outcome.message is not None  # noqa: S101 - an outcome is one or the other
    return outcome.message


@transaction.atomic
def post_all(*, drafts: Sequence[Draft]) -> list[Outcome]:
    """Post whatever waits, in order, in one transaction; an outcome a draft, in the same order.

    Refuses with Missing (no seat), KeyReused, NotAllowed (may not write now), Muted, TooMany (slow pace) or Invalid
    (``reply_to`` is not a message this seat shows). A set costs the same queries as one: locks, seats, keys, replies,
    one insert, one update a group. Publishes MessagesChanged once a group.
    """
    groups = Group.objects.locked(one.group_id for one in drafts)
    desk = Desk(groups=groups, drafts=drafts, now=clock.now())
    outcomes = [desk.take(one) for one in drafts]
    Message.objects.bulk_create(desk.fresh)
    for group in desk.touched.values():
        Group.objects.filter(pk=group.pk).update(position=group.position, version=group.version)
        publish(MessagesChanged(group_id=group.pk, version=group.version))
    for restriction in desk.restrictions.values():
        restriction.save(update_fields=["hold_next", "last_post"])
    return outcomes


@transaction.atomic
def edit(*, author: Person, message: Message, body: Any) -> Message:
    """Change one's own words within 15 minutes; the former ones are kept for who must look into it.

    Raises Missing, Invalid, NotAllowed (not the author, too late, taken back, held, may not write now, or what they
    write waits for a facilitator: an edit would go around that).
    """
    words = inputs.text(body, at="/body", most=settings.LIMITS["message_points"])
    group, row = _at_hand(author, message)
    may_edit.require(author, row)
    seat, now = Membership.objects.current().of(author.pk).select_related("restriction").get(group=group), clock.now()
    refuse_silent(seat, now)
    refuse_muted(restriction_on(seat), now)
    if row.body == words:
        return row
    if words_wait(group, seat):
        raise NotAllowed(_("New words wait for a facilitator just now, so this one can't be changed."))
    _keep_wording(row, until=group.version + 1, at=now)
    row.body, row.edited, row.sought = words, now, sought(words, row.content_note)
    return _changed(group, row, "body", "edited", "sought")


@transaction.atomic
def remove(*, person: Person, message: Message) -> Message:
    """Take words back (their author) or hide them (who keeps the room); again changes nothing.

    The words leave the row; a wording is kept for who must look into it. Raises Missing, NotAllowed.
    """
    group, row = _at_hand(person, message)
    may_remove.require(person, row)
    if row.removed in {Removed.AUTHOR, Removed.MODERATOR}:
        return row
    _keep_wording(row, until=group.version + 1, at=clock.now())
    own = row.author_id == person.pk
    row.body, row.content_note, row.sought, row.card, row.reactions = None, None, None, None, {}
    row.removed = Removed.AUTHOR if own else Removed.MODERATOR
    _changed(group, row, "body", "content_note", "sought", "card", "reactions", "removed")
    if not own:
        audit.record(action="message.hide", actor=person.pk, subject=f"message:{row.pk}")
    return row


@transaction.atomic
def release(*, person: Person, message: Message) -> Message:
    """Let held words stand in their place, and leave their author a word; words that are not held stay as they are.

    Raises Missing, NotAllowed.
    """
    group, row = _at_hand(person, message)
    may_release.require(person, row)
    if row.removed != Removed.HELD:
        return row
    row.removed, row.released, row.sought = None, group.version + 1, sought(row.body, row.content_note)
    _changed(group, row, "removed", "released", "sought")
    if row.author is not None and row.author_id != person.pk:
        notices.tell(person=row.author, notice="words_released", about=group.pk)
    audit.record(action="message.release", actor=person.pk, subject=f"message:{row.pk}")
    return row


@transaction.atomic
def react(*, person: Person, message: Message, name: str) -> Message:
    """Stand by somebody's words (one of six ways); again changes nothing. Raises Missing, Invalid, NotAllowed."""
    return _reaction(person, message, name, given=True)


@transaction.atomic
def unreact(*, person: Person, message: Message, name: str) -> Message:
    """Take a reaction back; one that was not given changes nothing. Raises as :func:`react`."""
    return _reaction(person, message, name, given=False)


def _reaction(person: Person, message: Message, name: str, *, given: bool) -> Message:
    inputs.one_of(name, frozenset(ReactionName.values), at="/name")
    group, row = _at_hand(person, message)
    may_react.require(person, row)
    seat = seat_in(person, group.pk)
    refuse_silent(seat, clock.now())
    those, member = dict(row.reactions.get(name, {})), str(seat.member_id)
    if (member in those) == given:
        return row
    if given:
        those[member] = group.version + 1
    else:
        del those[member]
    row.reactions = {kind: who for kind, who in {**row.reactions, name: those}.items() if who}
    return _changed(group, row, "reactions")


@transaction.atomic
def mark_read(*, person: Person, group_id: UUID, position: Any) -> int:
    """Remember up to where ``person`` has read (lower again: marked unread). Raises Missing, Invalid.

    Where nothing above is shown to them, that is the end.
    """
    seat = seat_in(person, group_id)
    reached = inputs.whole(position, at="/position")
    if reached > seat.group.position:
        inputs.refuse("/position", "range", _("There is no message at this place yet."))
    if not seat.hears_days and not _shown_above(person, group_id, reached):
        reached = seat.group.position
    if reached != seat.read:
        Membership.objects.filter(pk=seat.pk).update(read=reached)
    return reached


def _shown_above(person: Person, group_id: UUID, position: int) -> bool:
    return Message.objects.above(group_id, position).within(reach(person, group_id).spans).exists()


def _at_hand(person: Person, message: Message) -> tuple[Group, Message]:
    """The group, locked, and the message as it is now, if ``person`` holds a seat there that shows it."""
    group = Group.objects.locked_one(message.group_id)
    reached: Reach = reach(person, group.pk)
    if reached.seat is None:
        raise Missing
    row = Message.objects.of(group.pk).within(reached.spans).to_show().filter(pk=message.pk).first()
    if row is None:
        raise Missing
    row.group = group
    return group, row


def _keep_wording(row: Message, *, until: int, at: datetime) -> None:
    if row.body is not None:
        Wording.objects.create(message=row, body=row.body, content_note=row.content_note, until=until, at=at)


def _changed(group: Group, row: Message, *fields: str) -> Message:
    """Give the row the group's next version and say so."""
    group.version += 1
    row.version = group.version
    row.save(update_fields=[*fields, "version"])
    Group.objects.filter(pk=group.pk).update(version=group.version)
    publish(MessagesChanged(group_id=group.pk, version=group.version))
    return row
