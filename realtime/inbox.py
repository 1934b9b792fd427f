"""Words to one person, on their way to every socket they have here.

A socket remembers how far its person's inbox was when it was last told; a hint or the sweep says that it went on.
"""

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from community.notices.models import Inbox, Notice
from community.notices.serializers import shape
from realtime import protocol

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.sockets import Socket

SCOPE = "account"
#: What an open page is told of, by the name of its hint: who may hear it, and the frame.
PAGES: dict[str, tuple[str, protocol.Event]] = {
    "queue": ("moderation", protocol.QueueChanged()),
    "board": ("care", protocol.BoardChanged()),
    "match": ("care", protocol.MatchChanged()),
}
FIRST = 20  # words that wait already are told to a socket that has just come


def is_behind(socket: "Socket", version: int) -> bool:
    """Whether a socket may be told words to its person, and was not told up to ``version``."""
    return socket.greeted and not socket.closed and socket.notices < version and socket.visitor.allows(SCOPE)


async def tell_notices(hub: "Hub", person: UUID, version: int) -> None:
    """Send each socket of ``person`` here what it was not told yet, now that their inbox is at ``version``.

    Two of these may run beside each other and say nothing twice: each looks at the socket again before it sends.
    """
    for socket in [one for one in hub.people.get(person, ()) if is_behind(one, version)]:
        reached, found = await hub.threads.run(partial(news_for, person, socket.notices, socket.visitor.language))
        for notice in found:
            if is_behind(socket, notice["version"]):
                socket.push_event(protocol.Notice(notice=notice))
        socket.notices = max(socket.notices, reached)


def tell_page(hub: "Hub", person: UUID, what: str) -> None:
    """Tell each socket of somebody that a page of theirs is another by now."""
    scope, frame = PAGES[what]
    for socket in hub.people.get(person, ()):
        if socket.greeted and not socket.closed and socket.visitor.allows(scope):
            socket.push_event(frame)


async def greet(hub: "Hub", socket: "Socket") -> None:
    """Tell a socket that has just come what waits."""
    version = (await hub.threads.run(partial(Inbox.objects.versions, [socket.person_id]))).get(socket.person_id, 0)
    await tell_notices(hub, socket.person_id, version)


def news_for(person: UUID, after: int, language: str | None = None) -> tuple[int, list[dict[str, Any]]]:
    """What changed in the inbox of ``person`` after a version (after none: what waits unseen), and up to where that is.

    Versions of one inbox become visible in their order, so that the last one read says how far the rows reach.
    """
    reached = Inbox.objects.versions([person]).get(person, 0)
    rows = Notice.objects.of(person).select_related("person")
    found = list(rows.changed_since(after)) if after else list(rows.unseen().newest_first()[:FIRST])
    found.sort(key=lambda one: (one.version, one.number))
    shaped = [shape(one, language or one.person.language) for one in found]
    return max([reached, *(one.version for one in found)]), shaped
