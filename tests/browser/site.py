"""A whole site for tests that look at it from outside: real Daphnes over a database of their own."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
from playwright.sync_api import Page

from tests.servers import LOOPBACK, free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds; a start takes two, and on two busy cores thirty
TELL = """
from community.notices.services import tell
from community.people.models import Person
from groups.membership.models import Group
tell(person=Person.objects.at("{name}@porchlight.test").get(), notice="{notice}", about=Group.objects.first().pk)
"""
FRAMES = ["--websocket-max-message-size", "262144", "--websocket-max-frame-size", "262144"]


@dataclass(slots=True)
class Site:
    """One web process on its own port. ``kill`` is kill -9; ``start`` brings it back on the same data and port."""

    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    kept: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        if self.process is None:
            where = ["-b", LOOPBACK, "-p", str(self.port)]
            command = [sys.executable, "-m", "daphne", *where, *FRAMES, "realtime.asgi:application"]
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        try:
            until(self.ready, lambda: f"The site did not get ready:\n{self.said()}")
        except AssertionError:
            self.kill()
            raise

    def ready(self) -> bool:
        """Whether /readyz answers 200. Raises AssertionError, with its last words, if the process is gone."""
        assert self.process is not None
        assert self.process.poll() is None, f"The site ended:\n{self.said()}"
        try:  # a proxy in front speaks https; without its word a live site would send us there
            return httpx.get(f"{self.url}/readyz", headers={"X-Forwarded-Proto": "https"}, timeout=2).is_success
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """As a power cut: nothing is finished, nothing is said."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As a deployment does: SIGTERM, and time to leave."""
        self._end(signal.SIGTERM)

    def sign_in(self, page: Page, name: str) -> None:
        """Be one of the five people, with the demo's one click."""
        page.goto(f"{self.url}/demo/")
        page.locator(f'form[action$="/demo/{name}/"] button').click()
        page.wait_for_url(f"{self.url}/today/")

    def enter(self, page: Page, name: str) -> None:
        """Be one of the five people, and see none of the pages on the way."""
        line = page.context.request
        line.get(f"{self.url}/demo/")
        token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
        answer = line.post(f"{self.url}/demo/{name}/", headers={"X-CSRFToken": token}, max_redirects=0)
        assert answer.headers["location"] == "/today/", answer.status

    def manage(self, *words: str) -> str:
        """Run a command beside the running site."""
        command = [sys.executable, "manage.py", *words]
        ended = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, f"manage.py {' '.join(words)}:\n{ended.stdout}{ended.stderr}"
        return ended.stdout

    def manage_once(self, *words: str) -> str:
        """What this command said the first time; it is not run again."""
        if words not in self.kept:
            self.kept[words] = self.manage(*words)
        return self.kept[words]

    def tell(self, name: str, notice: str) -> None:
        """Leave one of the five people a word, from another process than the one that serves them."""
        self.manage("shell", "--no-imports", "--command", TELL.format(name=name, notice=notice))

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-4000:] if self.log.exists() else ""

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def seeded_site(
    folder: Path, *, settings: str = "tests.browser.settings", seeds: Sequence[str] = ("--five",)
) -> Iterator[Site]:
    """A running site on the stores of this pass, in a database of its own; the five known people are in it, unless

    ``seeds`` asks for other ones (manage.py demo).
    """
    with own_database() as stores:
        environment = {**os.environ, **stores, "DJANGO_SETTINGS_MODULE": settings, "PORCHLIGHT_DATA": str(folder)}
        site = Site(environment=environment, log=folder / "site.log")
        site.manage("migrate", "--verbosity", "0")
        site.manage("demo", "--seed-only", *seeds)
        site.start()
        try:
            yield site
        finally:
            site.stop()


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """A fresh database on this pass's PostgreSQL; in the embedded pass, the SQLite file in the data folder."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield {}
        return
    base, name = server.rsplit("/", 1)[0], f"site_{uuid4().hex[:12]}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield {"DATABASE_URL": f"{base}/{name}"}
    finally:
        with psycopg.connect(f"{base}/postgres", autocommit=True) as line:
            line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def until(answer: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    """Ask until the answer is yes. Raises AssertionError with what ``otherwise`` says when patience ends."""
    deadline, pause = time.monotonic() + PATIENCE, threading.Event()
    while not answer():
        assert time.monotonic() < deadline, otherwise()
        pause.wait(0.05)
