"""Writing, changing and taking back words. Every change takes the group's lock, a version, and leaves one hint."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.audit import services as audit
from community.foundation import clock, inputs, limits
from community.foundation.errors import Missing, NotAllowed, TooMany
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.safety.models import Sign
from community.safety.rules import weigh
from community.safety.screening.engine import screen
from groups.chat.desk import (
    Desk,
    Draft,
    Outcome,
    at_hand,
    covered,
    refuse_muted,
    refuse_silent,
    restriction_on,
    words_wait,
)
from groups.chat.events import MessagesChanged
from groups.chat.heeding import Ear, heed_batch, heed_draft, heed_edit, heed_unchanged, sign_about
from groups.chat.models import NOTE_MOST, Message, Pin, ReactionName, Removed, Wording
from groups.chat.rules import may_edit, may_react, may_release, may_remove
from groups.chat.search import sought
from groups.membership.models import Group, Membership
from groups.membership.rules import reach, seat_in


def draft(  # noqa: PLR0913 - each is a field of what is sent
    *,
    author_id: UUID,
    group_id: UUID,
    key: Any,
    body: Any,
    reply_to: Any = None,
    content_note: Any = None,
    care_seen: Any = False,
) -> Draft:
    """Judge what somebody sent and make a draft of it. Raises Invalid; touches no database."""
    return Draft(
        author_id=author_id,
        group_id=group_id,
        key=inputs.uuid(str(key) if isinstance(key, UUID) else key, at="/key"),
        body=inputs.text(body, at="/body", most=settings.LIMITS["message_points"]),
        reply_to=inputs.uuid(reply_to, at="/reply_to") if isinstance(reply_to, str) else _id_or_none(reply_to),
        content_note=None if content_note is None else _one_line(content_note),
        care_seen=care_seen is True,
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
def post(  # noqa: PLR0913 - each is a field of what is sent
    *,
    author: Person,
    group: Group,
    key: UUID,
    body: str,
    reply_to: UUID | None = None,
    content_note: str | None = None,
    care_seen: bool = False,
) -> Message:
    """Post one message, or return what the same ``key`` posted before. Raises what :func:`post_all` refuses with."""
    one = draft(
        author_id=author.pk,
        group_id=group.pk,
        key=key,
        body=body,
        reply_to=reply_to,
        content_note=content_note,
        care_seen=care_seen,
    )
    (outcome,) = post_all(drafts=[one])
    if outcome.refusal is not None:
        raise outcome.refusal
    assert outcome.message is not None  # noqa: S101 - an outcome is one or the other
    return outcome.message


@transaction.atomic
def offer(*, draft: Draft, limited: bool = True) -> Outcome:
    """Post one draft within its author's limit (unless not ``limited``); what is refused stands in the outcome.

    What stands already counts nothing. Words that come too fast are heeded all the same.
    """
    known = Message.objects.of(draft.group_id).filter(author=draft.author_id, key=draft.key)
    if limited and not known.exists():
        try:
            limits.spend_a(what="post", who=str(draft.author_id))
        except TooMany as refusal:
            return Outcome(refusal=refusal, sign=heed_unsent(draft=draft))
    (outcome,) = post_all(drafts=[draft])
    return outcome


@transaction.atomic
def post_all(*, drafts: Sequence[Draft]) -> list[Outcome]:
    """Post whatever waits, in order, in one transaction; an outcome a draft, in the same order.

    Refuses with Missing (no seat), KeyReused, NotAllowed (may not write now), Muted, TooMany (slow pace) or Invalid
    (``reply_to`` is not a message this seat shows). A set costs the same queries as one: locks, seats, keys, replies,
    one insert, one update a group. Publishes MessagesChanged once a group.
    """
    groups, now = Group.objects.locked(one.group_id for one in drafts), clock.now()
    ear = Ear(rooms=list(groups), now=now)
    desk = Desk(groups=groups, drafts=drafts, now=now)
    outcomes = [desk.take(one) for one in drafts]
    Message.objects.bulk_create(desk.fresh)
    for group in desk.touched.values():
        Group.objects.filter(pk=group.pk).update(position=group.position, version=group.version)
        publish(MessagesChanged(group_id=group.pk, version=group.version))
    for restriction in desk.restrictions.values():
        restriction.save(update_fields=["hold_next", "last_post"])
    heed_batch(ear=ear, drafts=drafts, outcomes=outcomes, groups=groups)
    return outcomes


@transaction.atomic
def heed_unsent(*, draft: Draft) -> Sign | None:
    """Heed words that are refused because of how fast somebody writes, if they have a seat there."""
    found = screen(draft.body)
    group = None if found.tier == "none" else Group.objects.seating(draft.author_id).filter(pk=draft.group_id).first()
    return None if group is None else heed_draft(draft, found, group)


@transaction.atomic
def ask_to_sit(*, author: Person, group: Group, sign: Sign) -> Message:
    """Ask the room to sit with its author for a while, in the room's language; once for each card.

    Raises what :func:`post` raises.
    """
    with override(group.language):
        body = _("Could somebody sit with me for ten minutes? You don’t have to fix anything.")
    return post(author=author, group=group, key=uuid5(sign.pk, "sit"), body=body)


@transaction.atomic
def change(*, author: Person, message: Message, body: Any, limited: bool = True) -> Outcome:
    """:func:`edit` within its author's limit (unless not ``limited``); what may not stand now is in the outcome.

    Words that are refused for who may write, and when, and how fast are heeded all the same. Raises Missing, Invalid.
    """
    try:
        if limited:
            limits.spend_a(what="change", who=str(author.pk))
        with transaction.atomic():
            changed = edit(author=author, message=message, body=body)
        return Outcome(message=changed, sign=sign_about(changed))
    except (NotAllowed, TooMany) as refusal:
        words = inputs.text(body, at="/body", most=settings.LIMITS["message_points"])
        return Outcome(refusal=refusal, sign=heed_unchanged(message, author, words))


@transaction.atomic
def edit(*, author: Person, message: Message, body: Any) -> Message:
    """Change one's own words within 15 minutes; the former ones are kept for who must look into it.

    Raises Missing, Invalid, NotAllowed (not the author, too late, taken back, held, may not write now, or what they
    write waits for a facilitator: an edit would go around that).
    """
    words = inputs.text(body, at="/body", most=settings.LIMITS["message_points"])
    group, row, seat = at_hand(author, message)
    may_edit.require(author, row)
    refuse_silent(seat, now := clock.now())
    refuse_muted(restriction_on(seat), now)
    if row.body == words:
        return row
    if words_wait(group, seat):
        raise NotAllowed(_("New words wait for a facilitator just now, so this one can't be changed."))
    said, words = words, _as_may_stand(words, group, seat)
    _keep_wording(row, until=group.version + 1, at=now)
    row.body, row.edited, row.sought = words, now, sought(words, row.content_note)
    _changed(group, row, "body", "edited", "sought")
    heed_edit(row, said)
    return row


def _as_may_stand(words: str, group: Group, seat: Membership) -> str:
    """Changed words with what is covered; nobody is asked a second time. Raises NotAllowed for what would wait."""
    if seat.keeps:
        return words
    weighed = weigh(words, track=group.track, seen=True, noted=True)
    if weighed.holds:
        raise NotAllowed(_("This would wait for a facilitator. Send it as a message of its own."))
    return covered(words, weighed, group)


@transaction.atomic
def remove(*, person: Person, message: Message) -> Message:
    """Take words back (their author) or hide them (who keeps the room); again changes nothing.

    The words leave the row; a wording is kept for who must look into it. Raises Missing, NotAllowed.
    """
    group, row, _seat = at_hand(person, message)
    may_remove.require(person, row)
    if row.removed in {Removed.AUTHOR, Removed.MODERATOR}:
        return row
    _keep_wording(row, until=group.version + 1, at=clock.now())
    own = row.author_id == person.pk
    _blank(group, row, Removed.AUTHOR if own else Removed.MODERATOR)
    if not own:
        audit.record(action="message.hide", actor=person.pk, subject=f"message:{row.pk}")
    return row


@transaction.atomic
def hide(*, message: Message) -> Message:
    """Hide words after a decision at the desk; again changes nothing. The program itself does. Raises Missing."""
    group = Group.objects.locked_one(message.group_id)
    row = Message.objects.of(group.pk).to_show().filter(pk=message.pk).first()
    if row is None:
        raise Missing
    if row.removed not in {Removed.AUTHOR, Removed.MODERATOR}:
        _keep_wording(row, until=group.version + 1, at=clock.now())
        _blank(group, row, Removed.MODERATOR)
        audit.record(action="message.hide", actor=None, subject=f"message:{row.pk}")
    return row


def _blank(group: Group, row: Message, why: Removed) -> None:
    row.body, row.content_note, row.sought, row.card, row.reactions = None, None, None, None, {}
    row.removed = why
    Pin.objects.on(row.pk).delete()
    _changed(group, row, "body", "content_note", "sought", "card", "reactions", "removed")


@transaction.atomic
def release(*, person: Person, message: Message) -> Message:
    """Let held words stand in their place, and leave their author a word; words that are not held stay as they are.

    Raises Missing, NotAllowed.
    """
    group, row, _seat = at_hand(person, message)
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
    group, row, seat = at_hand(person, message)
    may_react.require(person, row)
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
