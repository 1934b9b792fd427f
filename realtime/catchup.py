"""Sending a socket what it missed, from its own cursor, until it is live again."""

from typing import TYPE_CHECKING

from realtime import protocol
from realtime.questions import Page, held_by, how_stale, read_page

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.reader import Subscription


async def serve(hub: "Hub", subscription: "Subscription", since: int) -> None:
    """Send what changed after ``since``, then go live again; or say that history is the shorter way."""
    async with subscription.serving:  # a sync waits for a feed, and then goes back to where its client is
        subscription.live, subscription.cursor = False, since
        least = await _unless_stale(hub, subscription)
        while subscription.attached:
            page = await _next_page(hub, subscription, least)
            if page is None:
                return
            for entry in page.entries:
                subscription.socket.push_change(subscription.place.told(entry), entry.key)
            subscription.cursor = max(subscription.cursor, page.version)
            if not page.full and subscription.cursor >= subscription.reader.cursor:
                subscription.live = True
                return
            await subscription.socket.until_room()


async def feed(hub: "Hub", subscription: "Subscription") -> None:
    """Go on from where a socket stands, unless somebody serves it already."""
    if not subscription.live and not subscription.serving.locked():
        await serve(hub, subscription, subscription.cursor)


async def _unless_stale(hub: "Hub", subscription: "Subscription") -> int:
    """Where history is the shorter way, say so and go on from there. Answers how far the group is."""
    reader, since, place = subscription.reader, subscription.cursor, subscription.place
    version, stale = await hub.threads.run(lambda: how_stale(reader.group_id, since, place))
    if stale:
        subscription.cursor = max(version, reader.cursor)
        subscription.socket.push_event(protocol.Stale(group=str(reader.group_id), version=subscription.cursor))
    return version


async def _next_page(hub: "Hub", subscription: "Subscription", least: int) -> Page | None:
    """The next changes this seat shows, from what the reader kept or from the log; None once the seat is gone.

    A reader that is behind ``least``, its hint still under way, may have kept words that are taken back by now.
    """
    reader, place, cursor = subscription.reader, subscription.place, subscription.cursor
    kept = reader.kept_since(cursor) if reader.cursor >= least else None
    if kept is not None:
        shown = [entry for entry in kept if place.shows(entry)]
        return Page(shown, max(cursor, reader.cursor), full=False, seats=None)
    page = await hub.threads.run(lambda: read_page(reader.group_id, cursor, place.spans))
    if page.seats is not None and page.seats != reader.seats:
        reader.hear(seats=page.seats)
        person = subscription.socket.person_id
        held = await hub.threads.run(lambda: {seat.group_id: now for seat, now in held_by(person)})
        if reader.group_id not in held:
            return None
        if held[reader.group_id].spans != place.spans:  # the seat was lost and won again meanwhile: it shows less
            subscription.place = held[reader.group_id]
            return await _next_page(hub, subscription, least)
    return page if subscription.attached else None
