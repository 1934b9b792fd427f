"""The worker as a process of its own: killed while a letter is on its way, stopped, and another one beside it."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.browser.site import PATIENCE, seeded_database, until, worker_in
from tests.copies import manage
from tests.mailbox import Mailbox, open_mailbox
from tests.pager import Pager

pytestmark = pytest.mark.once

TELL = """
from community.letters import services as letters
letters.ask_for_password(address="ana@porchlight.test", site="https://evening.test")
"""


CRY = """
from datetime import timedelta
from community.cases import services as cases
from community.foundation import clock
from community.people.models import Person
from community.programs.models import Program
from community.schedule import services as schedule
ana, dana = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "dana"))
evening, now = Program.objects.get(name="Evening program"), clock.now()
shift = schedule.plan(program=evening, begins=now, ends=now + timedelta(hours=5), person=dana)
schedule.take(shift=shift, by=dana)
schedule.answer(shift=shift, by=dana)
cases.open_case(told=cases.Telling(reason="worried_about_person", subject=ana, about="test", program=evening))
"""


class House:
    """The demo's people and a mail server; workers come and go."""

    def __init__(self, environment: dict[str, str], mailbox: Mailbox, pager: Pager, log: Path) -> None:
        self.environment, self.mailbox, self.pager, self.log = environment, mailbox, pager, log

    def manage(self, *words: str) -> None:
        manage(self.environment, *words)

    def ask(self) -> None:
        """Somebody asks for a new password."""
        self.manage("shell", "--no-imports", "--command", TELL)

    def to_ana(self) -> list[EmailMessage]:
        return [one for one in self.mailbox.received if one["To"] == "ana@porchlight.test"]

    def worker(self) -> AbstractContextManager["subprocess.Popen[bytes]"]:
        return worker_in(self.environment, self.log)

    def soon(self, answer: Callable[[], bool]) -> None:
        until(answer, lambda: self.log.read_text(encoding="utf-8", errors="replace")[-4000:])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("worker")
    pager = Pager()
    of_the_house = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.faults.short_leases",
        "PORCHLIGHT_DATA": str(folder),
    }
    with seeded_database(of_the_house) as stores, open_mailbox() as mailbox:
        environment = {
            **of_the_house,
            **stores,
            "MAIL_URL": mailbox.url,
            "PAGING_WEBHOOK_URL": pager.url,
            "PAGING_WEBHOOK_SECRET": "for-these-tests-alone-" * 2,
        }
        house = House(environment, mailbox, pager, folder / "worker.log")
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
        house.soon(lambda: bool(house.to_ana()))
    assert len(house.to_ana()) == 1


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


@pytest.mark.slow
def test_a_page_waits_for_no_mail_and_for_no_worker_and_arrives_once_it_can(house: House) -> None:
    house.mailbox.silent = True
    house.ask()
    house.manage("shell", "--no-imports", "--command", CRY)
    with house.worker() as worker:
        assert house.mailbox.waiting.wait(PATIENCE)  # the mail server keeps whoever sends mail, and nobody pages yet
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    with house.worker(), house.pager.there():
        house.soon(lambda: bool(house.pager.calls))
    assert {one["kind"] for one in house.pager.bodies} == {"page"}
