"""Words on their way in, read for danger: by the program itself, in the transaction that keeps them.

They go their way as they would otherwise. What was found opens a case and is shown to their author alone.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q

from community.cases.models import line_of
from community.foundation import clock
from community.people.models import Person
from community.safety import services as safety
from community.safety.models import Sign
from community.safety.plans import Deed
from community.safety.rules import Weighed
from community.safety.screening.context import LAST, Said
from community.safety.screening.engine import Screening, screen
from groups.chat.desk import Draft, Outcome
from groups.chat.models import Message, Removed, Wording
from groups.membership.models import Group

BEFORE = timedelta(minutes=15)
ROWS_A_ROOM = 20  # looked at for what was said just before
EITHER_SIDE = 5  # messages kept before and after the one that is meant


class Ear:
    """One batch on its way in: what was said just before in its rooms, in one question, and what each draft says."""

    def __init__(self, *, rooms: Sequence[UUID], now: datetime) -> None:
        lately = Message.objects.filter(group__in=rooms, created__gte=now - BEFORE, removed=None)
        rows = lately.order_by("-created").values_list("group_id", "author_id", "body")[: ROWS_A_ROOM * len(rooms)]
        self._said: dict[UUID, list[tuple[UUID | None, str]]] = defaultdict(list)
        for group_id, author_id, body in reversed(rows):
            self._said[group_id].append((author_id, body or ""))

    def read(self, one: Draft) -> Screening:
        """What screening says of a draft; after that it is among what was said before."""
        said = self._said[one.group_id]
        before = [Said(body, by_author=author == one.author_id) for author, body in said]
        said.append((one.author_id, one.body))
        return screen(one.body, before=before[-LAST:])


def heed_batch(*, ear: Ear, drafts: Sequence[Draft], outcomes: Sequence[Outcome], groups: dict[UUID, Group]) -> None:
    """Give each outcome the sign its words are of, if any. Words that may not stand now are heeded all the same."""
    for one, outcome in zip(drafts, outcomes, strict=True):
        if outcome.repeat:
            outcome.sign = sign_of(one.author_id, one.key)
        elif outcome.message is not None or outcome.is_only_untimely:
            found = ear.read(one)
            if found.tier != "none":
                outcome.sign = heed_draft(one, found, groups[one.group_id], outcome.message)
        if outcome.message is not None and not outcome.repeat:
            _look_at(one, outcome.message, groups[one.group_id], outcome.weighed)


def _look_at(one: Draft, message: Message, group: Group, weighed: Weighed) -> None:
    """Ask a person to look at what a rule held or covered, with the words as they came."""
    for deed, spans in ((Deed.HOLD, weighed.holds), (Deed.COVER, weighed.covers)):
        if not spans:
            continue
        author = Person.objects.filter(pk=one.author_id).get()
        safety.look_at(
            handled=safety.Handled(
                person=author,
                key=one.key,
                about=f"message:{message.pk}",
                deed=deed,
                labels=[span.label for span in spans],
                lines=[line_of(one.body, alias=author.alias, at=message.created)],
                program=group.program,
                cohort=group.cohort,
                room=group.pk,
            )
        )


def heed_draft(one: Draft, found: Screening, group: Group, message: Message | None = None) -> Sign | None:
    """Heed what was found in a draft; ``message`` is what it became, if it may stand."""
    author = Person.objects.filter(pk=one.author_id).get()
    alone = line_of(one.body, alias=author.alias, at=clock.now())
    return safety.heed(
        heard=safety.Heard(
            person=author,
            key=one.key,
            about=f"message:{message.pk}" if message else f"draft:{one.key}",
            screening=found,
            lines=lines_around(message, after=False) if message else [alone],
            program=group.program,
            cohort=group.cohort,
            room=group.pk,
        )
    )


def heed_edit(message: Message, words: str) -> Sign | None:
    """The same for words that were changed; to say the same once more is one sign."""
    return _heed_changed(message, words, lambda _author: lines_around(message, after=False))


def heed_unchanged(message: Message, author: Person, words: str) -> Sign | None:
    """The same for words its author wanted there and that may not stand now."""
    if message.author_id != author.pk:
        return None
    return _heed_changed(message, words, lambda one: [line_of(words, alias=one.alias, at=clock.now())])


def _heed_changed(message: Message, words: str, lines: Callable[[Person], list[dict[str, Any]]]) -> Sign | None:
    found = screen(words)
    if found.tier == "none" or message.author is None:
        return None
    group = message.group
    return safety.heed(
        heard=safety.Heard(
            person=message.author,
            key=uuid5(message.pk, words),
            about=f"message:{message.pk}",
            screening=found,
            lines=lines(message.author),
            program=group.program,
            cohort=group.cohort,
            room=group.pk,
        )
    )


def sign_about(message: Message) -> Sign | None:
    """What screening read in a message, while its card is open."""
    if message.author_id is None:
        return None
    return Sign.objects.of(message.author_id).about(f"message:{message.pk}").with_open_card().to_show().first()


def sign_of(author: UUID, key: UUID) -> Sign | None:
    """What screening read in the message with this key."""
    return Sign.objects.of(author).filter(key=key).to_show().first()


def lines_around(message: Message, *, after: bool = True) -> list[dict[str, Any]]:
    """The message and five either side, as they stand. What its author took back before is kept of the one meant.

    How many days somebody has is kept nowhere but with them: who looks into this learns it by no other door, so of a
    celebration its owner's own words are kept, if it is the one meant, and of others nothing.
    """
    last = message.position + EITHER_SIDE if after else message.position
    nearby = Message.objects.of(message.group_id).filter(
        position__gte=message.position - EITHER_SIDE, position__lte=last
    )
    told = nearby.filter(Q(tells_days=False) | Q(pk=message.pk)).select_related("seat").order_by("position")
    return [_kept(one, meant=one.pk == message.pk) for one in told]


def _kept(one: Message, *, meant: bool) -> dict[str, Any]:
    words, note = one.body, one.content_note
    if meant and words is None:
        last = Wording.objects.filter(message=one).order_by("-until").first()
        words, note = (last.body, last.content_note) if last else (None, None)
    if one.tells_days and words is not None:
        words = words.partition("\n")[2]  # the line before it is ours, and says the days
    return {
        "position": one.position,
        "alias": one.seat.alias if one.seat else "",
        "at": clock.moment(one.created),
        "words": "" if words is None or (one.removed == Removed.HELD and not meant) else words,
        "note": note or "",
        "removed": one.removed or "",
        "meant": meant,
    }
