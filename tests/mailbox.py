"""A real mail server for tests: takes what it is told to take, refuses what it is told to refuse, or says nothing."""

import asyncio
import email
import email.policy
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

PATIENCE = 10.0  # seconds
type Answer = Callable[[str], Awaitable[None]]


@dataclass
class Mailbox:
    """``refuses`` maps an address to the answer its recipient gets; ``data`` is the answer to the words themselves.

    While ``silent``, nothing is answered once the words have come: whoever sends them waits.
    """

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    data: str = "250 taken"
    silent: bool = False
    waiting: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def ids(self) -> list[str]:
        return [str(one["Message-ID"]) for one in self.received]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def answer(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        with suppress(ConnectionError, asyncio.IncompleteReadError):  # whoever it was is gone
            await answer("220 mailbox")
            while line := (await reader.readline()).decode("latin-1").strip():
                verb, _, rest = line.partition(" ")
                if verb.upper() == "DATA":
                    await answer("354 go on")
                    await self._take(await reader.readuntil(b"\r\n.\r\n"), answer)
                elif verb.upper() == "RCPT":
                    address = rest.partition("<")[2].partition(">")[0]
                    await answer(self.refuses.get(address, "250 fine"))
                else:
                    await answer("221 bye" if verb.upper() == "QUIT" else "250 fine")
        writer.close()

    async def _take(self, raw: bytes, answer: Answer) -> None:
        if self.silent:
            self.waiting.set()
            await asyncio.sleep(PATIENCE)
            raise ConnectionResetError
        if self.data.startswith("250"):
            self.received.append(email.message_from_bytes(raw.removesuffix(b".\r\n"), policy=email.policy.default))
        await answer(self.data)


@contextmanager
def open_mailbox(port: int = 0) -> Iterator[Mailbox]:
    """A mail server on ``port``, or one of its own, in a thread of its own."""
    mailbox, loop, stop = Mailbox(), asyncio.new_event_loop(), asyncio.Event()
    ready = threading.Event()

    async def serve() -> None:
        server = await asyncio.start_server(mailbox.talk, "127.0.0.1", port)
        mailbox.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()], name="mailbox")
    thread.start()
    assert ready.wait(PATIENCE)
    try:
        yield mailbox
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)
        loop.close()
