"""A frame from a person becomes one service call, and what it returns becomes the answer."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings

from community.foundation import clock, inputs, limits
from community.foundation.errors import Busy, Missing, Refusal, TooMany
from community.integrations.authentication import ScopeMissing
from community.safety.models import Sign
from groups.chat import services as chat
from groups.chat.desk import Outcome
from groups.chat.models import Message
from groups.chat.reading import as_told, care_of, own_as_told, said_of, to_change
from realtime import protocol
from realtime.audience import Hint, group_address
from realtime.catchup import serve
from realtime.delivery import bell
from realtime.hub import Hub
from realtime.questions import chose_to_show_typing
from realtime.sockets import Socket

log = logging.getLogger(__name__)
TYPING_EVERY, TYPING_FOR = 3.0, timedelta(seconds=6)
TOO_FAST_MOST = 10
SYNCS = 2  # one that runs, one that waits


class Desk:
    """One socket's commands, in the order they come."""

    def __init__(self, hub: Hub, socket: Socket) -> None:
        self.hub, self.socket, self.person = hub, socket, socket.visitor.person
        self.too_fast = 0
        self._typed: dict[UUID, float] = {}
        self._pace, self._paced_at = float(settings.LIMITS["frames"]), time.monotonic()
        self._syncs = 0
        self._does: dict[type[protocol.Command], Callable[[Any], Any]] = {
            protocol.Sync: self._sync,
            protocol.Post: self._post,
            protocol.Edit: self._edit,
            protocol.Remove: lambda c: self._change(c, lambda m: chat.remove(person=self.person, message=m)),
            protocol.React: lambda c: self._react(c, chat.react),
            protocol.Unreact: lambda c: self._react(c, chat.unreact),
            protocol.Read: self._read,
            protocol.Typing: self._typing,
            protocol.Seen: self._seen,
            protocol.Ping: self._ping,
        }

    def within_pace(self) -> bool:
        """Whether this socket may say one more thing now: so many at once, so many a second after that."""
        if not self.socket.visitor.limited:
            return True
        most, now = settings.LIMITS["frames"], time.monotonic()
        self._pace = min(most, self._pace + (now - self._paced_at) * settings.LIMITS["frames_a_second"])
        self._paced_at = now
        if self._pace < 1:
            return False
        self._pace -= 1
        return True

    async def obey(self, command: protocol.Command) -> None:
        """Do what a well-formed frame asks; a refusal is an answer, whatever goes wrong ends nobody's socket."""
        if not self.socket.visitor.allows(command.scope):
            self.refuse(command.id, ScopeMissing())
            return
        try:
            await self._does[type(command)](command)
        except Refusal as refusal:
            self.refuse(command.id, refusal)
        except Exception:
            log.exception("a command failed", extra={"do": command.do})
            self.refuse(command.id, Busy())

    def refuse(self, frame_id: Any, refusal: Refusal, *, key: str = "") -> None:
        self.socket.answer(protocol.refused(frame_id, refusal.problem()), key=key)
        self.too_fast = self.too_fast + 1 if isinstance(refusal, TooMany) else 0
        if self.too_fast >= TOO_FAST_MOST:
            self.socket.close(protocol.CLOSE_TOO_FAST)

    async def _post(self, command: protocol.Post) -> None:
        """Hand the words to the writer and go on; the answer follows once they are committed."""
        group_id = self._group(command.group)
        draft = chat.draft(
            author_id=self.person.pk,
            group_id=group_id,
            key=command.key,
            body=command.body,
            reply_to=command.reply_to,
            content_note=command.content_note,
            care_seen=command.care_seen,
        )
        key = str(draft.key)
        self.socket.posts(key)
        outcome = self.hub.writer.submit(draft, limited=self.socket.visitor.limited)
        self.hub.aside(self._tell(command.id, key, outcome))

    async def _tell(self, frame_id: Any, key: str, waiting: asyncio.Future[Outcome]) -> None:
        try:
            outcome = await waiting
            care = await self._care(outcome.sign)
            if outcome.refusal is not None:
                outcome.refusal.extra |= care
                self.refuse(frame_id, outcome.refusal, key=key)
                return
            self.too_fast = 0
            said = said_of(outcome.message)
            held = {"held": said.pop("held")} if "held" in said else {}
            self.socket.answer(protocol.granted(frame_id, message=said, **held, **care), key=key)
        except Exception:
            log.exception("an outcome could not be told")
            self.refuse(frame_id, Busy(), key=key)

    async def _care(self, sign: Sign | None) -> dict[str, Any]:
        """The private card for whoever wrote such words, beside the answer and nowhere else."""
        if sign is None:
            return {}
        speaks = self.socket.visitor.language or self.person.language
        return {"care": await self.hub.threads.run(lambda: care_of(sign, speaks))}

    async def _edit(self, command: protocol.Edit) -> None:
        """New words; help for whoever wrote such words, also where they may not stand now."""
        group_id, message_id = self._group(command.group), self._id(command.message)

        def change() -> Outcome:
            found, limited = to_change(self.person, group_id, message_id), self.socket.visitor.limited
            return chat.change(author=self.person, message=found, body=command.body, limited=limited)

        outcome = await self.hub.threads.run(change)
        care = await self._care(outcome.sign)
        if outcome.message is None:
            refusal = outcome.refusal or Missing()
            refusal.extra |= care
            raise refusal
        self.socket.answer(protocol.granted(command.id, message=own_as_told(outcome.message), **care))

    async def _change(self, command: Any, act: Callable[[Message], Message]) -> None:
        group_id, message_id = self._group(command.group), self._id(command.message)
        said = await self.hub.threads.run(lambda: as_told(act(self._found(group_id, message_id)), self.person))
        self.socket.answer(protocol.granted(command.id, message=said))

    async def _react(self, command: protocol.React | protocol.Unreact, act: Callable[..., Message]) -> None:
        group_id, message_id = self._group(command.group), self._id(command.message)
        await self.hub.threads.run(
            lambda: act(person=self.person, message=self._found(group_id, message_id), name=command.name)
        )
        self.socket.answer(protocol.granted(command.id))

    def _found(self, group_id: UUID, message_id: UUID) -> Message:
        """The message to change, through the same door as everywhere. Raises TooMany, Missing."""
        if self.socket.visitor.limited:
            limits.spend_a(what="change", who=str(self.person.pk))
        return to_change(self.person, group_id, message_id)

    async def _read(self, command: protocol.Read) -> None:
        group_id = self._group(command.group)
        await self.hub.threads.run(
            lambda: chat.mark_read(person=self.person, group_id=group_id, position=command.position)
        )
        self.socket.answer(protocol.granted(command.id))

    async def _sync(self, command: protocol.Sync) -> None:
        """Runs beside, so that what the client says meanwhile is heard: one at a time on a socket, and one may wait."""
        if self._syncs >= SYNCS:
            raise TooMany(1)
        self._syncs += 1
        self.hub.aside(self._sync_all(command))

    async def _sync_all(self, command: protocol.Sync) -> None:
        try:
            await self._serve_each(command)
        finally:
            self._syncs -= 1

    async def _serve_each(self, command: protocol.Sync) -> None:
        async with self.socket.syncing:
            served = {}
            try:
                for name, since in command.since.items():
                    group_id = self._named(name)
                    subscription = self.socket.subscriptions.get(group_id) if group_id else None
                    if subscription is not None:
                        await serve(self.hub, subscription, since)
                        served[name] = subscription
            except Refusal as refusal:
                self.refuse(command.id, refusal)
            except Exception:
                log.exception("a sync failed")
                self.refuse(command.id, Busy())
            else:
                # Said last, of all at once: what came live to one group while another was served stands before it.
                versions = {name: subscription.cursor for name, subscription in served.items()}
                self.socket.push_text(protocol.granted(command.id, versions=versions))

    async def _typing(self, command: protocol.Typing) -> None:
        """Tell the room that somebody writes, if they chose so; anything else is silence."""
        group_id = self._named(command.group)
        subscription = self.socket.subscriptions.get(group_id) if group_id else None
        if group_id is None or subscription is None:
            return
        if time.monotonic() - self._typed.get(group_id, 0.0) < TYPING_EVERY:
            return
        self._typed[group_id] = time.monotonic()
        if not await self.hub.threads.run(partial(chose_to_show_typing, self.person.pk)):
            return
        typing = {"member": subscription.place.member_id, "until": clock.moment(clock.now() + TYPING_FOR)}
        bell.ring([Hint(group_address(group_id), {"typing": typing})])

    async def _seen(self, command: protocol.Seen) -> None:
        self.socket.seen()

    async def _ping(self, command: protocol.Ping) -> None:
        self.socket.answer(protocol.encode({"re": command.id, "ok": True, "type": "pong"}))

    def _named(self, name: str) -> UUID | None:
        return UUID(name) if inputs.UUID_FORM.fullmatch(name) else None

    def _group(self, name: str) -> UUID:
        """The id of a group this socket is in. Anything else, whatever it is, is Missing."""
        group_id = self._named(name)
        if group_id is None or group_id not in self.socket.subscriptions:
            raise Missing
        return group_id

    def _id(self, name: str) -> UUID:
        found = self._named(name)
        if found is None:
            raise Missing
        return found
