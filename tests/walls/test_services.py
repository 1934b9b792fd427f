"""Services are verbs: keyword-only, typed, one transaction; and a refusal has changed nothing."""

import ast
import importlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.consent import services as consent
from community.copies import services as copies
from community.foundation.errors import Refusal
from community.integrations import services as integrations
from community.letters import services as letters
from community.mentoring import services as mentoring
from community.milestones import services as milestones
from community.notices import services as notices
from community.people import services as people
from community.programs import services as programs
from groups.celebrations import services as celebrations
from groups.chat import services as chat
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Kind, Role
from groups.passages import services as passages
from tests.doors import say
from tests.tables import rows

ROOT = Path(__file__).parents[2]
SERVICES = ("*/**/services.py", "*/**/services/*.py")
PURE = {
    "groups.chat.services.draft": "judges what somebody sent, asks no database: the socket calls it on its loop",
    "community.integrations.services.made": "makes a token that is not saved yet",
    "community.audit.services.at_the_end": "says when entries are written, inside the transaction of who asks for it",
    "community.audit.services.verify": "only reads; a transaction would keep every writer of an embedded site waiting",
}


def verbs() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function of every services.py, and of the files of a services/, by its dotted name."""
    for path in sorted(one for form in SERVICES for one in ROOT.glob(form)):
        if path.parts[len(ROOT.parts)] not in {"community", "groups", "realtime"}:
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                assert isinstance(node, ast.FunctionDef), f"{module}.{node.name}: a service is not a coroutine"
                yield f"{module}.{node.name}", node


VERBS = dict(verbs())


def test_there_are_services() -> None:
    assert {"groups.chat.services.post_all", "community.programs.services.episodes.enroll"} <= set(VERBS)
    assert set(PURE) <= set(VERBS)


@pytest.mark.parametrize("name", VERBS)
def test_a_service_takes_its_arguments_by_name(name: str) -> None:
    taken = VERBS[name].args
    assert not any((taken.posonlyargs, taken.args, taken.vararg, taken.kwarg))


@pytest.mark.parametrize("name", VERBS)
def test_a_service_is_typed(name: str) -> None:
    node = VERBS[name]
    assert node.returns is not None
    assert all(one.annotation is not None for one in node.args.kwonlyargs)


@pytest.mark.parametrize("name", [name for name in VERBS if name not in PURE])
def test_a_service_is_one_transaction(name: str) -> None:
    """And whatever else stands over it stands inside of that."""
    first, *inside = [ast.unparse(one) for one in VERBS[name].decorator_list]
    assert first == "transaction.atomic"
    assert set(inside) <= {"audit.at_the_end()"}


@pytest.mark.parametrize("name", VERBS)
def test_a_service_says_what_it_means_to_people(name: str) -> None:
    assert ast.get_docstring(VERBS[name])


def test_no_service_knows_a_request() -> None:
    for name in VERBS:
        module = importlib.import_module(name.rpartition(".")[0])
        known = {getattr(found, "__module__", "") for found in vars(module).values()}
        assert not {one for one in known if str(one).startswith(("django.http", "rest_framework", "channels"))}, name


TWICE = {"weekday": 1, "starts": "18:00", "minutes": 60}
HOURS = {"languages": ["en"], "hours": [{"weekday": 1, "starts": "18:00", "ends": "21:00"}]}
REFUSED: dict[str, Callable[[World], object]] = {
    "a stranger posts": lambda w: say(w.eli, w.tuesday),
    "an answer to nothing": lambda w: say(w.ana, w.tuesday, reply_to=uuid4()),
    "a blank body": lambda w: say(w.ana, w.tuesday, " "),
    "a member seats": lambda w: membership.seat(person=w.eli, group=w.tuesday, by=w.ana),
    "a moderator makes a facilitator": lambda w: membership.seat(
        person=w.eli, group=w.tuesday, role=Role.FACILITATOR, by=w.cy
    ),
    "a member unseats": lambda w: membership.unseat(person=w.ben, group=w.tuesday, by=w.ana),
    "a stranger leaves": lambda w: membership.unseat(person=w.eli, group=w.tuesday, by=w.eli),
    "a member holds": lambda w: membership.hold_room(group=w.tuesday, by=w.ana, held=True),
    "a member restricts": lambda w: membership.restrict(
        membership=w.seat(w.ben, w.tuesday), by=w.ana, hold_next=1
    ),
    "a restriction out of bounds": lambda w: membership.restrict(
        membership=w.seat(w.ana, w.tuesday), by=w.cy, slow_seconds=10**9
    ),
    "a group without a name": lambda w: membership.open_group(name=" ", kind=Kind.PAIR, by=w.dana),
    "a name that is taken": lambda w: people.change(person=w.ana, wanted={"zone": "Europe/Rome", "alias": "Ben"}),
    "a zone that is none": lambda w: people.change(person=w.ana, wanted={"alias": "Anna", "zone": "Mars"}),
    "an address that is taken": lambda w: people.create(alias="Fay", address="ANA@porchlight.test"),
    "an alias that is none": lambda w: people.create(alias="\u202e", address="fay@porchlight.test"),
    "blocking oneself": lambda w: people.block(person=w.ana, other=w.ana),
    "a copy without the password": lambda w: copies.take(person=w.ana, password="x"),
    "an unknown scope": lambda w: integrations.issue(person=w.ana, scopes=["chat:read", "root"]),
    "a phone that is none": lambda w: letters.choose(person=w.ana, wanted={"mail": True, "phone": "12"}),
    "a word seen before it is written": lambda w: notices.see_all(person=w.ana, number=1),
    "a cohort without a name": lambda w: programs.change_cohort(cohort=w.cohort, wanted={"capacity": 3, "name": " "}),
    "times that overlap": lambda w: programs.set_slots(cohort=w.cohort, slots=[TWICE, TWICE]),
    "a member enrolls": lambda w: programs.enroll(person=w.eli, cohort=w.cohort, by=w.ana),
    "enrolling twice": lambda w: programs.enroll(person=w.ana, cohort=w.cohort, by=w.dana),
    "finishing what is over": lambda w: programs.graduate(enrollment=w.ben.enrollments.get(), by=w.dana),
    "a facilitator of nothing": lambda w: programs.appoint(person=w.ben, program=None, role="facilitator"),
    "another's offer": lambda w: passages.accept_offer(person=w.ana, offer=w.ben.alumni_offers.get()),
    "not now after yes": lambda w: passages.decline_offer(person=w.ben, offer=w.ben.alumni_offers.get()),
    "a seat that waits for nobody": lambda w: passages.come_back_in(person=w.ana, group=w.harbor),
    "agreeing a seat back": lambda w: consent.agree_again(person=w.ben, record=w.ben.consents.get()),
    "another's agreement": lambda w: consent.revoke(person=w.ana, record=w.ben.consents.get()),
    "a check-in of tomorrow": lambda w: checkins.check_in(
        person=w.ana, day=today_of(w.ana) + timedelta(days=1), answers={"weather": "good"}
    ),
    "a check-in with a weather that is none": lambda w: checkins.check_in(
        person=w.ana, day=today_of(w.ana), answers={"weather": "hail", "note": "Hm."}
    ),
    "a reminder at night": lambda w: checkins.remind(person=w.ana, at="23:00"),
    "sharing another's count": lambda w: celebrations.share(person=w.ana, focus=w.ben.focuses.get(), groups=[]),
    "sharing with a strange room": lambda w: celebrations.share(
        person=w.ana, focus=w.ana.focuses.get(), groups=[w.harbor.pk]
    ),
    "going on without the right": lambda w: celebrations.go_on(by=w.dana),
    "a ladder by who leads no program": lambda w: milestones.set_ladder(
        program=w.evening, kind="days", steps=[{"code": "d7"}], by=w.cy
    ),
    "a ladder with the same day twice": lambda w: milestones.set_ladder(
        program=w.evening, kind="days", steps=[{"code": "d7"}, {"code": "w1"}], by=w.dana
    ),
    "a mentor who has not finished": lambda w: mentoring.apply(
        person=w.ana, program=w.evening, wanted=HOURS, agrees=True
    ),
    "a mentor who does not agree": lambda w: mentoring.apply(
        person=w.ben, program=w.evening, wanted=HOURS, agrees=False
    ),
    "a mentor for no time at all": lambda w: mentoring.ask(
        person=w.ana, program=w.evening, wanted={**HOURS, "hours": []}, agrees=True
    ),
    "a policy that contradicts itself": lambda w: mentoring.set_policy(
        program=w.evening, wanted={"capacity_most": 1, "floor": 300}, by=w.dana
    ),
    "a read mark ahead": lambda w: chat.mark_read(person=w.ana, group_id=w.tuesday.pk, position=99),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_has_changed_nothing(world: World, what: str) -> None:
    before = rows()
    with pytest.raises(Refusal):
        REFUSED[what](world)
    assert rows() == before


CHANGES: dict[str, Callable[[World, Any], object]] = {
    "edit": lambda w, m: chat.edit(author=w.ben, message=m, body="Mine."),
    "remove": lambda w, m: chat.remove(person=w.ben, message=m),
    "release": lambda w, m: chat.release(person=w.ben, message=m),
    "react": lambda w, m: chat.react(person=w.ben, message=m, name="like"),
    "unreact": lambda w, m: chat.unreact(person=w.eli, message=m, name="hug"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_refused_change_has_changed_nothing(world: World, what: str) -> None:
    message = say(world.ana, world.tuesday)
    before = rows()
    with pytest.raises(Refusal):
        CHANGES[what](world, message)
    assert rows() == before
