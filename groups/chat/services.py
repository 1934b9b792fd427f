"""Writing, changing and taking back words. Every change takes the group's lock, a version, and leaves one hint."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid, Missing, NotAllowed, Refusal, TooMany
from community.foundation.events import publish
from community.people.models import Person
from groups.chat.events import MessagesChanged
from groups.chat.models import NOTE_MOST, Message, ReactionName, Removed, Wording
from groups.chat.rules import may_edit, may_react, may_release, may_remove
from groups.membership.models import Group, Membership, Restriction
from groups.membership.rules import Reach, reach, seat_in, spans_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words that wait to be posted. ``key`` is the client's: the same key is the same message, each time it comes."""

    author_id: UUID
    group_id: UUID
    key: UUID
    body: str
    reply_to: UUID | None = None
    content_note: str | None = None

    def digest(self, secret: str | None = None) -> str:
        """A keyed digest of what was said, to tell a repeat from other words under the same key."""
        said = "\0".join((str(self.group_id), self.body, str(self.reply_to or ""), self.content_note or ""))
        return hmac.new((secret or settings.SECRET_KEY).encode(), said.encode(), hashlib.sha256).hexdigest()

    def is_what_stands(self, kept: str) -> bool:
        """Whether ``kept`` is the digest of these words, under today's secret or a former one."""
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return any(hmac.compare_digest(kept, self.digest(secret)) for secret in secrets)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of one draft: a message (``repeat``: it stood already) or a refusal."""

    message: Message | None = None
    refusal: Refusal | None = None
    repeat: bool = False


class KeyReused(Conflict):
    code = "key_reused"


class Muted(NotAllowed):
    code = "muted"


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
    desk = _Desk(groups=groups, drafts=drafts, now=clock.now())
    outcomes = [desk.take(one) for one in drafts]
    Message.objects.bulk_create(desk.fresh)
    for group in desk.touched.values():
        Group.objects.filter(pk=group.pk).update(position=group.position, version=group.version)
        publish(MessagesChanged(group_id=group.pk, version=group.version))
    for restriction in desk.restrictions.values():
        restriction.save(update_fields=["hold_next", "last_post"])
    return outcomes


class _Desk:
    """One batch on its way in: what the database said once, and what the drafts make of it."""

    def __init__(self, *, groups: dict[UUID, Group], drafts: Sequence[Draft], now: datetime) -> None:
        self.groups, self.now = groups, now
        people, rooms = {one.author_id for one in drafts}, list(groups)
        seats = Membership.objects.filter(group__in=rooms, person__in=people).select_related("restriction")
        self.seats = {(seat.group_id, seat.person_id): seat for seat in seats if seat.ended is None}
        self.all_seats = list(seats)
        known = Message.objects.filter(
            group__in=rooms, author__in=people, key__in={one.key for one in drafts}
        ).to_show()
        self.known = {(found.group_id, found.author_id, found.key): found for found in known}
        answered = {one.reply_to for one in drafts if one.reply_to}
        self.answered = {row.pk: row for row in Message.objects.filter(pk__in=answered)} if answered else {}
        self.fresh: list[Message] = []
        self.touched: dict[UUID, Group] = {}
        self.restrictions: dict[UUID, Restriction] = {}

    def take(self, one: Draft) -> Outcome:
        try:
            seat = self.seats.get((one.group_id, one.author_id))
            if seat is None:
                raise Missing
            if (before := self.known.get((one.group_id, one.author_id, one.key))) is not None:
                return self._again(one, before)
            self._judge(seat)
            answered = self._answer_to(one)
            return Outcome(message=self._write(one, seat, answered, held=self._waits(seat)))
        except Refusal as refusal:
            return Outcome(refusal=refusal)

    def _again(self, one: Draft, before: Message) -> Outcome:
        if not one.is_what_stands(before.digest):
            raise KeyReused
        return Outcome(message=before, repeat=True)

    def _judge(self, seat: Membership) -> None:
        """Raises when this seat may not write now; changes nothing yet."""
        if not seat.writes_at(self.now):
            raise NotAllowed(_("You can read here, but not write."))
        restriction = _restriction_on(seat)
        if restriction is None:
            return
        _refuse_muted(restriction, self.now)
        if restriction.slow_seconds and restriction.last_post:
            free = restriction.last_post + timedelta(seconds=restriction.slow_seconds)
            if self.now < free:
                raise TooMany(int((free - self.now).total_seconds()) + 1)

    def _waits(self, seat: Membership) -> bool:
        """Whether these words wait for a facilitator; counts them against what was asked of this seat."""
        waits = _words_wait(self.groups[seat.group_id], seat)
        if (restriction := _restriction_on(seat)) is not None:
            restriction.last_post = self.now
            restriction.hold_next = max(0, restriction.hold_next - 1)
            self.restrictions[restriction.pk] = restriction
        return waits

    def _answer_to(self, one: Draft) -> Message | None:
        if one.reply_to is None:
            return None
        found = self.answered.get(one.reply_to)
        if found is None or found.group_id != one.group_id or not self._shows(one, found.position):
            raise Invalid(FieldError("/reply_to", "not_found", _("The message you answer is not here any more.")))
        return found

    def _shows(self, one: Draft, position: int) -> bool:
        """Whether any seat the author holds or held here shows this place."""
        held = [seat for seat in self.all_seats if (seat.group_id, seat.person_id) == (one.group_id, one.author_id)]
        return any(span.shows(position) for span in spans_of(held))

    def _write(self, one: Draft, seat: Membership, answered: Message | None, *, held: bool) -> Message:
        group = self.groups[one.group_id]
        group.position += 1
        group.version += 1
        self.touched[group.pk] = group
        message = Message(
            group=group,
            author_id=one.author_id,
            seat=seat,
            position=group.position,
            version=group.version,
            body=one.body,
            content_note=one.content_note,
            reply_to=answered,
            reply_position=answered.position if answered else None,
            created=self.now,
            removed=Removed.HELD if held else None,
            key=one.key,
            digest=one.digest(),
        )
        self.fresh.append(message)
        self.known[(one.group_id, one.author_id, one.key)] = message
        return message


def _restriction_on(seat: Membership) -> Restriction | None:
    """What was asked of this seat; who keeps the room is asked nothing. Needs ``select_related("restriction")``."""
    return None if seat.keeps else getattr(seat, "restriction", None)


def _refuse_muted(restriction: Restriction | None, now: datetime) -> None:
    if restriction and restriction.muted_until and now < restriction.muted_until:
        raise Muted(_("You can't write here for now. You can still read, and get help."))


def _words_wait(group: Group, seat: Membership) -> bool:
    """Whether what this seat writes now waits for somebody who keeps the room."""
    restriction = _restriction_on(seat)
    return not seat.keeps and (group.held or bool(restriction and restriction.hold_next))


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
    if not seat.writes_at(now):
        raise NotAllowed(_("You can read here, but not write."))
    _refuse_muted(_restriction_on(seat), now)
    if row.body == words:
        return row
    if _words_wait(group, seat):
        raise NotAllowed(_("New words wait for a facilitator just now, so this one can't be changed."))
    _keep_wording(row, until=group.version + 1)
    row.body, row.edited = words, now
    return _changed(group, row, "body", "edited")


@transaction.atomic
def remove(*, person: Person, message: Message) -> Message:
    """Take words back (their author) or hide them (who keeps the room); again changes nothing.

    The words leave the row; a wording is kept for who must look into it. Raises Missing, NotAllowed.
    """
    group, row = _at_hand(person, message)
    may_remove.require(person, row)
    if row.removed in {Removed.AUTHOR, Removed.MODERATOR}:
        return row
    _keep_wording(row, until=group.version + 1)
    own = row.author_id == person.pk
    row.body, row.content_note, row.reactions = None, None, {}
    row.removed = Removed.AUTHOR if own else Removed.MODERATOR
    _changed(group, row, "body", "content_note", "reactions", "removed")
    if not own:
        audit.record(action="message.hide", actor=person.pk, subject=f"message:{row.pk}")
    return row


@transaction.atomic
def release(*, person: Person, message: Message) -> Message:
    """Let held words stand in their place; words that are not held stay as they are. Raises Missing, NotAllowed."""
    group, row = _at_hand(person, message)
    may_release.require(person, row)
    if row.removed != Removed.HELD:
        return row
    row.removed, row.released = None, group.version + 1
    _changed(group, row, "removed", "released")
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
    if not seat.writes_at(clock.now()):
        raise NotAllowed
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
    """Remember up to where ``person`` has read (lower again: marked unread). Raises Missing, Invalid."""
    seat = seat_in(person, group_id)
    reached = inputs.whole(position, at="/position")
    if reached > seat.group.position:
        inputs.refuse("/position", "range", _("There is no message at this place yet."))
    if reached != seat.read:
        Membership.objects.filter(pk=seat.pk).update(read=reached)
    return reached


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


def _keep_wording(row: Message, *, until: int) -> None:
    if row.body is not None:
        Wording.objects.create(message=row, body=row.body, content_note=row.content_note, until=until, at=clock.now())


def _changed(group: Group, row: Message, *fields: str) -> Message:
    """Give the row the group's next version and say so."""
    group.version += 1
    row.version = group.version
    row.save(update_fields=[*fields, "version"])
    Group.objects.filter(pk=group.pk).update(version=group.version)
    publish(MessagesChanged(group_id=group.pk, version=group.version))
    return row
