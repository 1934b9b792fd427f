"""A message that was found, as its reader sees it in a list: where, by whom, when, and why it was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from community.foundation.times import clock_time, day_words
from groups.chat.rows.phrases import say
from groups.chat.rows.reader import Message
from groups.chat.search import Part, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """``note`` stands in place of words that are hidden behind one."""

    href: str
    room: str
    alias: str
    own: bool
    created: str
    day: str
    time: str
    note: str = ""
    parts: Sequence[Part] = ()


def result_of(message: Message, words: Sequence[str], *, room: str, zone: str, own: bool, blocked: bool) -> Result:
    """How ``message`` reads to somebody who looked for ``words``; whom they blocked stays folded away here too."""
    moment = datetime.fromisoformat(message["created"]).astimezone(ZoneInfo(zone))
    note = say("note", note=message["content_note"]) if message["content_note"] else ""
    note = say("collapsed") if blocked else note
    return Result(
        href=f"{reverse('room', args=[message['group']])}?at={message['position']}#m-{message['id']}",
        room=room,
        alias=say("you") if own else message["author"]["alias"],
        own=own,
        created=message["created"],
        day=day_words(moment),
        time=clock_time(moment),
        note=note,
        parts=() if note else parts(message["body"], words),
    )
