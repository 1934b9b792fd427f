"""An appeal may come to a part of what was decided: shorter, or something lighter instead, in words of its own."""

from datetime import timedelta
from typing import Any

import pytest

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Suspended
from community.notices.models import Notice
from community.people.models import Person
from community.programs.models import StaffRole
from community.sanctions import tasks as sanctions_tasks
from community.sanctions.events import PersonRestored
from community.sanctions.models import Suspension
from groups.chat.desk import Muted
from groups.demo.services import World
from groups.moderation import services as moderation
from groups.moderation.models import Appeal, Decision, Report
from groups.moderation.plans import LASTING, LESS, Action, Answer
from groups.moderation.rules import may_appeal
from groups.moderation.services.deciding import DECIDED
from tests.doors import ALL, Script, browser, problem, say
from tests.groups.reports import decided, taken, told_of, worker

WORDS = "We looked at it again. A shorter time is enough."


@pytest.fixture
def report(world: World) -> Report:
    return told_of(world.ana, say(world.ben, world.tuesday, "You are nothing."))


def asked(world: World, report: Report, action: Action, **more: Any) -> Decision:
    """Dana decided, and Ben asked about it."""
    made = decided(world, report, action, **more)
    moderation.appeal(decision=made, by=world.ben, words="It was a joke between us.")
    return made


def partly(made: Decision, by: Person, instead: str, amount: int) -> Decision:
    moderation.decide_appeal(decision=made, by=by, answer=Answer.PARTLY, words=WORDS, instead=instead, amount=amount)
    return Decision.objects.get(instead_of=made)


def banned(world: World, report: Report) -> Decision:
    """For good, by Dana and Noor; and Ben asked about it."""
    noor, case = worker("Noor", world.evening, StaffRole.COORDINATOR), taken(report.case, world.dana)
    row = moderation.propose(case=case, by=world.dana, version=case.version, action="ban", words="For good.")
    moderation.answer_proposal(proposal=row, by=noor, answer="yes")
    made = Decision.objects.get()
    moderation.appeal(decision=made, by=world.ben, words="Please.")
    return made


def test_a_suspension_gets_shorter_and_ends_by_itself_then(world: World, report: Report) -> None:
    made = asked(world, report, Action.SUSPEND, amount=48)
    rest = partly(made, world.cy, "suspend", 5)
    made.refresh_from_db()
    assert (made.lifted is not None, made.appeal.answer) == (True, Answer.PARTLY)
    assert (rest.action, rest.words, rest.by, rest.person) == (Action.SUSPEND, WORDS, world.cy, world.ben)
    assert Suspension.objects.standing().get().decision == rest.pk
    with pytest.raises(Suspended):
        say(world.ben, world.tuesday)
    with clock.turned(timedelta(hours=5, minutes=1)):
        assert sanctions_tasks.end_over() == 1
        assert say(world.ben, world.tuesday).body


def test_no_door_opens_between_what_was_and_what_stands(
    world: World, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = asked(world, report, Action.SUSPEND, amount=48)
    published: list[object] = []
    monkeypatch.setattr("community.sanctions.services.publish", published.append)
    partly(made, world.cy, "suspend", 5)
    assert not any(isinstance(one, PersonRestored) for one in published)


def test_for_good_becomes_a_while_or_one_room(world: World, report: Report) -> None:
    made = banned(world, report)
    fay = worker("Fay", world.evening, StaffRole.COORDINATOR)
    rest = partly(made, fay, "mute", 3)
    assert not Suspension.objects.standing().exists()
    assert browser(world.ben).get(f"/groups/{world.tuesday.pk}/").status_code == 200
    with pytest.raises(Muted):
        say(world.ben, world.tuesday)
    assert say(world.ben, world.alumni).body, "it is about one room now"
    assert rest.until is not None


@pytest.mark.parametrize(("action", "amount", "instead", "less"), [("mute", 7, "mute", 2), ("hold", 9, "hold", 3)])
def test_a_pause_or_a_hold_gets_shorter(
    world: World, report: Report, action: str, amount: int, instead: str, less: int
) -> None:
    rest = partly(asked(world, report, Action(action), amount=amount), world.cy, instead, less)
    restriction = world.seat(world.ben, world.tuesday).restriction
    assert (restriction.muted_until, restriction.hold_next) == (rest.until, rest.count or 0)


@pytest.mark.parametrize(
    ("action", "more", "instead", "amount"),
    [
        ("suspend", {"amount": 5}, "suspend", 5),
        ("mute", {"amount": 2}, "mute", 3),
        ("mute", {"amount": 2}, "suspend", 1),
        ("hold", {"amount": 3}, "hold", 3),
        ("mute", {"amount": 2}, "mute", None),
        ("mute", {"amount": 2}, None, 1),
        ("warn", {}, "hold", 1),
        ("hide", {}, "mute", 1),
        ("remove", {}, "mute", 1),
    ],
)
def test_what_is_no_less_or_has_no_parts_is_refused_and_changes_nothing(
    world: World, report: Report, action: str, more: dict[str, Any], instead: Any, amount: Any
) -> None:
    made = decided(world, report, Action(action), **more)
    with clock.turned(timedelta(hours=2)):  # a warning is told a little later
        moderation.appeal(decision=made, by=world.ben, words="Please.")
        with pytest.raises(Invalid):
            moderation.decide_appeal(
                decision=made, by=world.cy, answer="partly", words=WORDS, instead=instead, amount=amount
            )
    assert Decision.objects.count() == 1
    assert not Appeal.objects.get().answer


@pytest.mark.parametrize("action", LASTING)
def test_of_what_is_over_no_part_stands(world: World, report: Report, action: str) -> None:
    made = asked(world, report, Action(action), amount=1)
    with clock.turned(timedelta(days=2)), pytest.raises(Invalid, match="over by now"):
        partly(made, world.cy, "hold", 1)


def test_its_person_hears_once_reads_both_and_asks_no_third_time(world: World, report: Report) -> None:
    made = asked(world, report, Action.MUTE, amount=7)
    rest = partly(made, world.cy, "mute", 2)
    told = Notice.objects.filter(person=world.ben, kind=DECIDED, about=rest.pk)
    assert told.count() == 1
    assert not may_appeal(world.ben, Decision.objects.to_show().get(pk=rest.pk))
    with pytest.raises(Conflict):
        moderation.appeal(decision=rest, by=world.ben, words="Again.")
    client = browser(world.ben)
    before, now = (client.get(f"/decisions/{one.pk}/").content.decode() for one in (made, rest))
    assert "part of it stands" in before
    assert f"/decisions/{rest.pk}/" in before
    assert WORDS in now
    assert f"/decisions/{made.pk}/" in now
    assert "Ask that somebody else" not in now
    for name in ("Cy", "Dana"):
        assert name not in now.split("<main", 1)[1].split("</main", 1)[0]
    assert set(
        AuditEntry.objects.filter(action__in=["appeal.partly", "decision.mute"]).values_list("action", flat=True)
    )


def test_the_page_offers_the_parts_there_are_and_sends_one(world: World, report: Report) -> None:
    made = asked(world, report, Action.MUTE, amount=7)
    path = f"/desk/appeals/{made.pk}/"
    page = browser(world.cy).get(path).content.decode()
    assert "Part of it stands" in page
    assert "It lasts until" in page
    assert "They are out of every room" not in page.split("<form", 2)[-1]
    sent = {"answer": "partly", "words": WORDS, "instead": "mute", "amount": "30"}
    wrong = browser(world.cy).post(path, sent)
    assert wrong.status_code == 422
    assert "less than what is left" in wrong.content.decode()
    assert browser(world.cy).post(path, {**sent, "amount": "2"}).status_code == 302
    assert Decision.objects.filter(instead_of=made).exists()


def test_a_warning_stands_or_is_lifted(world: World, report: Report) -> None:
    made = decided(world, report, Action.WARN)
    with clock.turned(timedelta(hours=2)):
        moderation.appeal(decision=made, by=world.ben, words="Please.")
        assert "Part of it stands" not in browser(world.cy).get(f"/desk/appeals/{made.pk}/").content.decode()


def test_by_rest_as_by_page(world: World, report: Report) -> None:
    made = asked(world, report, Action.SUSPEND, amount=48)
    cy = Script(world.cy, ALL)
    at, body = f"appeals/{made.pk}/answer", {"answer": "partly", "words": WORDS, "instead": "suspend"}
    problem(cy.post(at, body), 422, "required")
    said = cy.post(at, {**body, "amount": 5}).json()
    assert (said["appeal"]["answer"], said["lifted"] is not None) == ("partly", True)
    rest, before = Script(world.ben, ALL).get("decisions").json()["results"]
    assert (rest["instead_of"], before["instead_of"]) == (str(made.pk), None)


def test_nothing_heavier_is_ever_a_part() -> None:
    order = list(Action)
    for action, parts in LESS.items():
        assert all(order.index(part) <= order.index(action) for part in parts), action
