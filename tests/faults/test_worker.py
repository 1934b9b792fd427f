"""The worker as a process of its own: killed while a letter is on its way, stopped, and another one beside it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.site import PATIENCE, ROOT, own_database, until
from tests.mailbox import Mailbox, open_mailbox

TELL = """
from community.letters import services as letters
letters.ask_for_password(address="ana@porchlight.test", site="https://evening.test")
"""


class House:
    """The demo's people and a mail server; workers come and go."""

    def __init__(self, environment: dict[str, str], mailbox: Mailbox, log: Path) -> None:
        self.environment, self.mailbox, self.log = environment, mailbox, log

    def manage(self, *words: str) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, check=True)

    def ask(self) -> None:
        """Somebody asks for a new password."""
        self.manage("shell", "--no-imports", "--command", TELL)

    @contextmanager
    def worker(self) -> Iterator["subprocess.Popen[bytes]"]:
        """A worker, which at the end finishes what it does.

        Killed between a letter taken and a letter noted as taken, it would leave that one to be sent in the next test.
        """
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", "worker"]
            worker = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
            try:
                yield worker
            finally:
                worker.terminate()
                try:
                    worker.wait(PATIENCE)
                finally:
                    worker.kill()

    def soon(self, answer: Callable[[], bool]) -> None:
        until(answer, lambda: self.log.read_text(encoding="utf-8", errors="replace")[-4000:])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("worker")
    with own_database() as stores, open_mailbox() as mailbox:
        environment = {
            **os.environ,
            **stores,
            "DJANGO_SETTINGS_MODULE": "tests.faults.short_leases",
            "PORCHLIGHT_DATA": str(folder),
            "MAIL_URL": mailbox.url,
        }
        house = House(environment, mailbox, folder / "worker.log")
        house.manage("demo", "--seed-only")
        yield house


@pytest.fixture(autouse=True)
def _empty(house: House) -> None:
    house.mailbox.received.clear()
    house.mailbox.silent = False
    house.mailbox.waiting = threading.Event()


@pytest.mark.slow
def test_a_worker_killed_in_mid_letter_leaves_it_to_the_next(house: House) -> None:
    house.mailbox.silent = True
    house.ask()
    with house.worker() as worker:
        assert house.mailbox.waiting.wait(PATIENCE)  # it holds the letter, and the server has not said yes
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    house.mailbox.silent = False
    with house.worker():
        house.soon(lambda: bool(house.mailbox.received))
    assert len(house.mailbox.ids()) == 1


@pytest.mark.slow
def test_a_worker_that_is_stopped_finishes_the_letter_and_leaves(house: House) -> None:
    with house.worker() as worker:
        house.ask()
        house.soon(lambda: bool(house.mailbox.received))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0


@pytest.mark.slow
def test_two_workers_and_upkeep_beside_them_send_each_letter_once(house: House) -> None:
    with house.worker(), house.worker():
        for _time in range(5):
            house.ask()
            house.manage("upkeep")
        house.soon(lambda: len(house.mailbox.received) >= 5)
    assert len(set(house.mailbox.ids())) == len(house.mailbox.ids()) == 5
