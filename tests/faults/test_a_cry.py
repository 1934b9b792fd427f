"""Somebody writes of danger while Redis, mail and the paging service are all away: real ones, really gone."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from websockets.sync.client import ClientConnection

from tests.browser.site import until, worker_in
from tests.faults.test_whole_site import PEOPLE, Browser, hears, say
from tests.faults.topology import Topology, topology
from tests.mailbox import open_mailbox
from tests.pager import Pager
from tests.servers import LOOPBACK, free_port

pytestmark = [pytest.mark.servers, pytest.mark.alone]

CRY = "I want to kill myself tonight"
CONTACT = "night@clinic.test"
TO_ALL = {CONTACT, "dana@porchlight.test", "fay@porchlight.test"}
MINUTE = 60
PLANNED = f"""
from datetime import timedelta
from community.foundation import clock
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Program, StaffRole
from community.schedule import services as schedule
evening = Program.objects.get(name="Evening program")
dana = Person.objects.at("dana@porchlight.test").get()
fay = people.create(alias="Fay", address="fay@porchlight.test")
programs.appoint(person=fay, program=evening, role=StaffRole.FACILITATOR)
for person in (dana, fay):
    shift = schedule.plan(program=evening, begins=clock.now(), ends=clock.now() + timedelta(hours=5), person=person)
    schedule.take(shift=shift, by=person)
    schedule.answer(shift=shift, by=person)
schedule.set_coverage(program=evening, wanted={{"contact_mail": {CONTACT!r}, "contact_rings": True}})
"""
STANDS = """
import json
from community.cases.models import Case
from community.paging.models import Call
from groups.chat.models import Message
(case,) = Case.objects.all()
calls = Call.objects.filter(page__case=case).exclude(channel="update").order_by("created", "channel", "pk")
print(json.dumps({
    "open": case.is_open,
    "signs": case.signs.count(),
    "said": Message.objects.filter(position__gt=0, seat__person=case.subject).count(),
    "calls": [[call.level, call.channel, call.state, call.tries > 0] for call in calls],
    "steps": list(case.steps.order_by("number").values_list("kind", "what")),
}))
"""


@pytest.fixture(scope="module")
def pager() -> Pager:
    return Pager()


@pytest.fixture(scope="module")
def smtp() -> int:
    """A port behind which nobody takes mail yet."""
    return free_port()


@pytest.fixture(scope="module")
def site(pager: Pager, smtp: int) -> Iterator[Topology]:
    mail = f"smtp://{LOOPBACK}:{smtp}"
    with topology(mail=mail, PAGER=pager.url, DJANGO_SETTINGS_MODULE="tests.faults.ringing") as whole:
        yield whole
        whole.webs[0].dismiss()


def worker_after(site: Topology, seconds: int) -> AbstractContextManager[object]:
    """The house's worker, so much later."""
    return worker_in(site.webs[0].environment | {"TURNED": str(seconds)}, site.folder / "worker.log")


def stands(site: Topology) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(site.webs[0].python(STANDS).splitlines()[-1])
    return found


def answered(line: ClientConnection, frame_id: str) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = json.loads(line.recv(timeout=30))
        if frame.get("re") == frame_id:
            return frame


def soon(site: Topology, calls: list[list[object]]) -> None:
    """The calls stand so before long."""
    log = site.folder / "worker.log"
    until(lambda: stands(site)["calls"] == calls, lambda: f"{stands(site)}\n{log.read_text(encoding='utf-8')[-4000:]}")


def test_a_cry_is_answered_kept_and_carried_on_while_nothing_carries_it(
    site: Topology, pager: Pager, smtp: int
) -> None:
    tuesday = site.webs[0].manage("shell", "--no-imports", "-c", PEOPLE).split()[-1]
    site.webs[0].manage("shell", "--no-imports", "-c", PLANNED)
    ana, ben = Browser(site), Browser(site)
    ana.sign_in("ana")
    ben.sign_in("ben")
    with ana.plug() as of_ana, ben.plug() as of_ben:
        site.redis.kill()
        say(of_ana, tuesday, CRY)
        ack = answered(of_ana, CRY)
        assert ack["ok"] is True
        assert ack["care"]["title"] == "We are glad you wrote this. You’re not in trouble."
        assert ack["care"]["told"] == "Dana is on call and is called now. This is not an emergency service."
        assert hears(of_ben, CRY), "by the sweep alone"
    first = ["on_call", "ring"]
    found = stands(site)
    assert (found["open"], found["signs"], found["said"]) == (True, 1, 1)
    assert found["calls"] == [[*first, "waiting", False]]

    following, contact = ["next", "ring"], [["contact", "mail"], ["contact", "ring"]]
    with worker_after(site, 3 * MINUTE + 5):  # nobody rings: the next one is called all the same
        soon(site, [[*first, "waiting", True], [*following, "waiting", True]])
    with worker_after(site, 11 * MINUTE):  # nobody mails either: the contact is called all the same
        soon(site, [[*one, "waiting", True] for one in (first, following, *contact)])
    assert pager.calls == []

    site.redis.start()
    with open_mailbox(smtp) as mailbox, pager.there(), worker_after(site, 20 * MINUTE):
        soon(site, [[*one, "sent", True] for one in (first, following, *contact)])
        until(
            lambda: {one["To"] for one in mailbox.received} >= TO_ALL,
            lambda: str([one["To"] for one in mailbox.received]),
        )
    assert sorted(one["level"] for one in pager.bodies if one["kind"] == "page") == ["contact", "next", "on_call"]
    assert len({headers["Idempotency-Key"] for headers, _body in pager.calls}) == len(pager.calls)
    steps = stands(site)["steps"]
    assert [what for kind, what in steps if kind == "not_rung"] == ["on_call", "next", "contact", "contact"]
    assert sorted(what for kind, what in steps if kind == "rung") == ["contact", "next", "on_call"]
    assert CRY in ben.ask("GET", f"/groups/{tuesday}/").text
    assert site.complaints() == []
