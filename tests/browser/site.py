"""A whole site for tests that look at it from outside: real Daphnes over a database of their own."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from playwright.sync_api import Page

from tests.copies import (
    ROOT,
    database_made_once,
    database_of_its_own,
    file_made_once,
    manage,
    migrated_database,
    migrated_file,
)
from tests.procfile import run_here
from tests.servers import LOOPBACK, free_port

STORES: tuple[str, ...] = ("DATABASE_URL", "REDIS_URL", "PORCHLIGHT_DATA")
PATIENCE = 90.0  # seconds; a start takes two, and on two busy cores thirty
TELL = """
from community.notices.services import tell
from community.people.models import Person
from groups.membership.models import Group
tell(person=Person.objects.at("{name}@porchlight.test").get(), notice="{notice}", about=Group.objects.first().pk)
"""
HELPER = "from tests.browser.helper import main; main()"


@dataclass(slots=True)
class Site:
    """One web process on its own port. ``kill`` is kill -9; ``start`` brings it back on the same data and port."""

    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    kept: dict[str, str] = field(default_factory=dict)
    helper: subprocess.Popen[str] | None = None
    helped: dict[str, str] = field(default_factory=dict)  # the environment the helper was started in

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        if self.process is None:
            command = run_here("web", b=LOOPBACK, p=str(self.port))
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
        return manage(self.environment, *words)

    def python(self, code: str) -> str:
        """Run ``code`` beside the running site, as ``manage.py shell`` would, in a process that stays; what it says."""
        if self.helped != self.environment:
            self.dismiss()  # another clock, another process
        if self.helper is None:
            self.helped = dict(self.environment)
            command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", HELPER]
            self.helper = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self.helper.stdin is not None
        assert self.helper.stdout is not None
        self.helper.stdin.write(json.dumps(code) + "\n")
        self.helper.stdin.flush()
        answer: dict[str, str] = json.loads(self.helper.stdout.readline() or '{"failed": "It ended."}')
        assert "said" in answer, f"{code}\n{answer.get('failed')}"
        return answer["said"]

    def python_once(self, code: str) -> str:
        """What this code said the first time; it is not run again."""
        if code not in self.kept:
            self.kept[code] = self.python(code)
        return self.kept[code]

    @contextmanager
    def working(self) -> Iterator[None]:
        """With a worker beside the site, for what requests hand on."""
        with worker_in(self.environment, self.log):
            yield

    def dismiss(self) -> None:
        """Let the process that stayed go."""
        if self.helper is not None:
            self.helper.communicate(timeout=PATIENCE)
            self.helper = None

    def tell(self, name: str, notice: str) -> None:
        """Leave one of the five people a word, from another process than the one that serves them."""
        self.python(TELL.format(name=name, notice=notice))

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
def worker_in(environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker, which finishes at the end what it does: a letter half sent would go out in another test."""
    with log.open("ab") as end:
        worker = subprocess.Popen(run_here("worker"), cwd=ROOT, env=environment, stdout=end, stderr=end)
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(PATIENCE)
        finally:
            worker.kill()


@contextmanager
def seeded_site(
    folder: Path, *, settings: str = "tests.browser.settings", seeds: Sequence[str] = ("--five",)
) -> Iterator[Site]:
    """A running site on the stores of this pass, in a database of its own; the five known people are in it, unless

    ``seeds`` asks for other ones (manage.py demo).
    """
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "PORCHLIGHT_DATA": str(folder)}
    with seeded_database(environment, seeds) as stores:
        site = Site(environment={**environment, **stores}, log=folder / "site.log")
        site.start()
        try:
            yield site
        finally:
            site.stop()
            site.dismiss()


@contextmanager
def seeded_database(environment: dict[str, str], seeds: Sequence[str] = ("--five",)) -> Iterator[dict[str, str]]:
    """Where the people of ``seeds`` are, as the settings and the clock of ``environment`` make them: what leads there.

    On this pass's PostgreSQL; in the embedded pass, the file in the data folder.
    """

    def fill(stores: dict[str, str]) -> None:
        there = {name: stores.get(name, "") for name in STORES}
        manage({**environment, **there}, "demo", "--seed-only", *seeds)

    told = f"{seeds} {environment['DJANGO_SETTINGS_MODULE']} {environment.get('TURNED', '')}"
    name = f"seeded_{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    if os.environ.get("DATABASE_URL"):
        with database_of_its_own(database_made_once(name, fill, like=migrated_database())) as stores:
            yield stores
    else:
        shutil.copy(file_made_once(name, fill, like=migrated_file()), environment["PORCHLIGHT_DATA"])
        yield {}


def until(answer: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    """Ask until the answer is yes. Raises AssertionError with what ``otherwise`` says when patience ends."""
    deadline, pause = time.monotonic() + PATIENCE, threading.Event()
    while not answer():
        assert time.monotonic() < deadline, otherwise()
        pause.wait(0.05)
