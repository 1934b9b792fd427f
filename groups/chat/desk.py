"""The desk at which drafts are taken in: whose words may stand, which wait, which stood already.

One batch costs the same questions as one draft. Rows change in memory only; ``services.post_all`` holds the locks and
writes them.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from community.foundation.errors import Conflict, FieldError, Invalid, Missing, NotAllowed, Refusal, Suspended, TooMany
from community.people.models import Person
from community.safety.models import Sign
from community.safety.rules import Weighed, nudge_words, weigh
from groups.chat.models import Message, Removed
from groups.chat.search import sought
from groups.membership.models import Group, Membership, Restriction
from groups.membership.rules import Reach, reach, spans_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words that wait to be posted. ``key`` is the client's: the same key is the same message, each time it comes.

    ``care_seen``: its author was asked whether to send it as it is, and does.
    """

    author_id: UUID
    group_id: UUID
    key: UUID
    body: str
    reply_to: UUID | None = None
    content_note: str | None = None
    care_seen: bool = False

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
    """What became of one draft: a message (``repeat``: it stood already) or a refusal; ``sign``: of danger."""

    message: Message | None = None
    refusal: Refusal | None = None
    repeat: bool = False
    sign: Sign | None = None
    weighed: Weighed = field(default_factory=Weighed)

    @property
    def is_only_untimely(self) -> bool:
        """Whether these words may not stand now, and nothing is wrong with them."""
        return isinstance(self.refusal, NotAllowed | TooMany | CareNudge)


class KeyReused(Conflict):
    code = "key_reused"


class Muted(NotAllowed):
    code = "muted"


class CareNudge(Conflict):
    """Asks its author first; sent again with ``care_seen`` it goes."""

    code = "care_nudge"
    title = _lazy("Send it as it is?")


class Desk:
    """One batch on its way in: what the database said once, and what the drafts make of it."""

    def __init__(self, *, groups: dict[UUID, Group], drafts: Sequence[Draft], now: datetime) -> None:
        self.groups, self.now = groups, now
        people, rooms = {one.author_id for one in drafts}, list(groups)
        seats = Membership.objects.filter(group__in=rooms, person__in=people).select_related("restriction", "person")
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
            if seat.person.suspended:
                raise Suspended
            if (before := self.known.get((one.group_id, one.author_id, one.key))) is not None:
                return self._again(one, before)
            self._judge(seat)
            answered = self._answer_to(one)
            weighed = self._weigh(one, seat)
            held = self._waits(seat) or bool(weighed.holds)
            return Outcome(message=self._write(one, seat, answered, weighed, held=held), weighed=weighed)
        except Refusal as refusal:
            return Outcome(refusal=refusal)

    def _again(self, one: Draft, before: Message) -> Outcome:
        if not one.is_what_stands(before.digest):
            raise KeyReused
        return Outcome(message=before, repeat=True)

    def _judge(self, seat: Membership) -> None:
        """Raises when this seat may not write now; changes nothing yet."""
        refuse_silent(seat, self.now)
        restriction = restriction_on(seat)
        if restriction is None:
            return
        refuse_muted(restriction, self.now)
        if restriction.slow_seconds and restriction.last_post:
            free = restriction.last_post + timedelta(seconds=restriction.slow_seconds)
            if self.now < free:
                raise TooMany(int((free - self.now).total_seconds()) + 1)

    def _weigh(self, one: Draft, seat: Membership) -> Weighed:
        """What the rules of the program make of these words, unless who keeps the room says them. Raises CareNudge."""
        if seat.keeps:
            return Weighed()
        group = self.groups[one.group_id]
        weighed = weigh(one.body, track=group.track, seen=one.care_seen, noted=one.content_note is not None)
        if weighed.asks:
            labels = {span.label for span in weighed.asks}
            text = nudge_words(labels)
            places = [[span.start, span.end] for span in weighed.asks]
            raise CareNudge(text, nudge={"labels": sorted(labels), "text": text, "spans": places})
        return weighed

    def _waits(self, seat: Membership) -> bool:
        """Whether these words wait for a facilitator; counts them against what was asked of this seat."""
        waits = words_wait(self.groups[seat.group_id], seat)
        if (restriction := restriction_on(seat)) is not None:
            restriction.last_post = self.now
            restriction.hold_next = max(0, restriction.hold_next - 1)
            self.restrictions[restriction.pk] = restriction
        return waits

    def _answer_to(self, one: Draft) -> Message | None:
        if one.reply_to is None:
            return None
        found = self.answered.get(one.reply_to)
        if found is None or found.group_id != one.group_id or not self._shows(one, found):
            raise Invalid(FieldError("/reply_to", "not_found", _("The message you answer is not here any more.")))
        return found

    def _shows(self, one: Draft, answered: Message) -> bool:
        """Whether any seat the author holds or held here shows that message."""
        held = [seat for seat in self.all_seats if (seat.group_id, seat.person_id) == (one.group_id, one.author_id)]
        return any(span.shows(answered.position, tells_days=answered.tells_days) for span in spans_of(held))

    def _write(
        self, one: Draft, seat: Membership, answered: Message | None, weighed: Weighed, *, held: bool
    ) -> Message:
        group = self.groups[one.group_id]
        group.position += 1
        group.version += 1
        self.touched[group.pk] = group
        body = covered(one.body, weighed, group)
        message = Message(
            group=group,
            author_id=one.author_id,
            seat=seat,
            position=group.position,
            version=group.version,
            body=body,
            content_note=one.content_note,
            reply_to=answered,
            reply_position=answered.position if answered else None,
            created=self.now,
            removed=Removed.HELD if held else None,
            key=one.key,
            digest=one.digest(),
            sought=None if held else sought(body, one.content_note),
        )
        self.fresh.append(message)
        self.known[(one.group_id, one.author_id, one.key)] = message
        return message


def restriction_on(seat: Membership) -> Restriction | None:
    """What was asked of this seat; who keeps the room is asked nothing. A question, without ``select_related``."""
    return None if seat.keeps else getattr(seat, "restriction", None)


def refuse_silent(seat: Membership, now: datetime) -> None:
    """Raises NotAllowed, and says why, unless this seat may write now."""
    if seat.writes_at(now):
        return
    if not seat.agrees:
        raise NotAllowed(
            _("You took an agreement back. Agree again in Settings, under Your agreements, to write here.")
        )
    raise NotAllowed(_("You can read here, but not write."))


def refuse_muted(restriction: Restriction | None, now: datetime) -> None:
    if restriction and restriction.muted_until and now < restriction.muted_until:
        raise Muted(_("You can't write here for now. You can still read, and get help."))


def covered(body: str, weighed: Weighed, group: Group) -> str:
    """The words as the room reads them."""
    if not weighed.covers:
        return body
    with override(group.language):
        return weighed.covered(body, _("[covered]"))


def words_wait(group: Group, seat: Membership) -> bool:
    """Whether what this seat writes now waits for somebody who keeps the room."""
    restriction = restriction_on(seat)
    return not seat.keeps and (group.held or bool(restriction and restriction.hold_next))


def at_hand(person: Person, message: Message) -> tuple[Group, Message, Membership]:
    """The group, locked, the message as it is now, and the seat of ``person``'s that shows it. Raises Missing."""
    group = Group.objects.locked_one(message.group_id)
    reached: Reach = reach(person, group.pk)
    if reached.seat is None:
        raise Missing
    row = Message.objects.of(group.pk).within(reached.spans).to_show().filter(pk=message.pk).first()
    if row is None:
        raise Missing
    row.group = group
    return group, row, reached.seat
