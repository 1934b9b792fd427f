"""What every room stands on: permission, facts, registers, limits, the clock, and logs that hold no words."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import Settings

from community.consent.rules import PURPOSES, may
from community.foundation import clock, events, limits, registers
from community.foundation.cache import SturdyRedisCache
from community.foundation.errors import NotAllowed, TooMany
from community.foundation.events import Event, afterwards, publish, together
from community.foundation.logs import JSONLines
from community.foundation.registers import Answer, Register
from community.foundation.rules import Rule, rule
from community.people import services as people
from community.people.models import Person
from groups.demo.services import World
from groups.membership import services as membership
from tests.conftest import Told

ANA, BEN = Person(id=uuid4()), Person(id=uuid4())

# --- may -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def grounds(monkeypatch: pytest.MonkeyPatch) -> Register[registers.Ground]:
    """An empty register, in the place of the one that counts."""
    empty: Register[registers.Ground] = Register("a test")
    monkeypatch.setattr("community.consent.rules.grounds", empty)
    return empty


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([], False),
        ([Answer.SILENT, Answer.SILENT], False),
        ([Answer.OPEN], True),
        ([Answer.SILENT, Answer.OPEN], True),
        ([Answer.SHUT], False),
        ([Answer.OPEN, Answer.SHUT], False),
        ([Answer.SHUT, Answer.OPEN, Answer.OPEN], False),
    ],
)
def test_one_ground_opens_one_that_shuts_wins_and_none_is_no(
    grounds: Register[registers.Ground],
    answers: list[Answer],
    said: bool,  # noqa: FBT001 - a table
) -> None:
    for number, answer in enumerate(answers):
        grounds.add(f"ground {number}", lambda *_asked, answer=answer: answer)
    assert may(ANA, BEN, "roster") is said


def test_everybody_may_see_their_own(grounds: Register[registers.Ground]) -> None:
    grounds.add("shut", lambda _viewer, _subject, _purpose: Answer.SHUT)
    assert all(may(ANA, ANA, purpose) for purpose in PURPOSES)


def test_a_purpose_nobody_knows_is_a_mistake_in_the_code() -> None:
    with pytest.raises(ValueError, match="curiosity"):
        may(ANA, ANA, "curiosity")


def test_who_shares_a_room_sees_who_is_there_and_nothing_more(world: World) -> None:
    assert {purpose for purpose in PURPOSES if may(world.ana, world.ben, purpose)} == {"roster", "presence"}
    assert not any(may(world.ana, world.eli, purpose) for purpose in PURPOSES)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    assert not any(may(world.ana, world.ben, purpose) for purpose in PURPOSES)
    assert not any(may(world.ben, world.ana, purpose) for purpose in PURPOSES)


def test_a_block_shuts_both_ways_but_not_for_safety(
    world: World, grounds: Register[registers.Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, ground in zip(registers.grounds.names(), registers.grounds, strict=True):
        grounds.add(name, ground)
    grounds.add("open", lambda _viewer, _subject, _purpose: Answer.OPEN)
    people.block(person=world.ana, other=world.ben)
    for viewer, subject in ((world.ana, world.ben), (world.ben, world.ana)):
        assert {purpose for purpose in PURPOSES if may(viewer, subject, purpose)} == {"safety"}
    people.unblock(person=world.ana, other=world.ben)
    assert may(world.ben, world.ana, "words")


# --- rules -----------------------------------------------------------------------------------------------------------


def always(answer: bool) -> Rule[int]:  # noqa: FBT001 - the answer itself
    @rule
    def is_so(person: Person, thing: int) -> bool:
        return answer

    return is_so


YES, NO = always(True), always(False)  # noqa: FBT003 - the answer itself


def test_rules_combine() -> None:
    assert [one(ANA, 1) for one in (YES | NO, NO | YES, NO | NO)] == [True, True, False]
    assert [one(ANA, 1) for one in (YES & YES, YES & NO, NO & YES)] == [True, False, False]
    assert [one(ANA, 1) for one in (~NO, ~YES, ~(YES & NO) | NO)] == [True, False, True]


def test_a_rule_is_required_or_refused() -> None:
    YES.require(ANA, 1)
    with pytest.raises(NotAllowed):
        NO.require(ANA, 1)


def test_a_rule_has_a_name_people_read() -> None:
    assert (YES | ~NO).name == "is so or not is so"
    assert repr(YES) == "<rule: is so>"


# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(Event):
    """A fact of a test."""

    kettle_id: UUID


@pytest.fixture
def heard() -> Iterator[list[str]]:
    yield []
    events._together.pop(KettleBoiled, None)
    events._afterwards.pop(KettleBoiled, None)


def boil() -> None:
    with transaction.atomic():
        publish(KettleBoiled(kettle_id=uuid4()))


def failing(_event: Event) -> None:
    raise ValueError("spilled")


def test_together_is_heard_at_once_and_afterwards_once_it_is_true(db: None, heard: list[str], told: Told) -> None:
    together(KettleBoiled, lambda _event: heard.append("together"))
    afterwards(KettleBoiled, lambda _event: heard.append("afterwards"))
    with told():
        boil()
        assert heard == ["together"]
    assert heard == ["together", "afterwards"]


def test_a_listener_that_must_succeed_takes_everything_back(db: None, heard: list[str], told: Told) -> None:
    together(KettleBoiled, failing)
    afterwards(KettleBoiled, lambda _event: heard.append("afterwards"))

    @transaction.atomic
    def arrive() -> None:
        people.create(alias="Fay", address="fay@porchlight.test")
        boil()

    with told(), pytest.raises(ValueError, match="spilled"):
        arrive()
    assert heard == []
    assert not Person.objects.at("fay@porchlight.test").exists()


def test_a_listener_that_fails_afterwards_silences_nobody(
    db: None, heard: list[str], told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    afterwards(KettleBoiled, lambda _event: heard.append("first"))
    afterwards(KettleBoiled, failing)
    afterwards(KettleBoiled, lambda _event: heard.append("last"))
    with told():
        boil()
    assert heard == ["first", "last"]
    assert "listener failed" in caplog.text


def test_what_was_taken_back_is_never_heard(db: None, heard: list[str], told: Told) -> None:
    afterwards(KettleBoiled, lambda _event: heard.append("afterwards"))
    with told(), transaction.atomic():
        boil()
        transaction.set_rollback(True)
    assert heard == []


def test_a_listener_is_added_once(db: None, heard: list[str], told: Told) -> None:
    def listen(_event: Event) -> None:
        heard.append("once")

    for _ in range(3):
        afterwards(KettleBoiled, listen)
    with told():
        boil()
    assert heard == ["once"]


# --- registers -------------------------------------------------------------------------------------------------------


def test_a_name_is_registered_once() -> None:
    kept: Register[int] = Register("a test")
    kept.add("one", 1)
    kept.add("one", 1)
    with pytest.raises(ValueError, match="one is registered twice"):
        kept.add("one", 2)
    kept.add("two", 2)
    assert (kept.names(), list(kept)) == (["one", "two"], [1, 2])


# --- limits ----------------------------------------------------------------------------------------------------------


def spend(who: str = "ana", what: str = "post", most: int = 3, seconds: int = 10, cost: int = 1) -> None:
    limits.spend(what=what, who=who, most=most, seconds=seconds, cost=cost)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the limits take for the time."""
    at = [1_000_004.0]
    monkeypatch.setattr("community.foundation.limits.time.time", lambda: at[0])
    return at


def test_a_limit_holds_at_its_number_and_refuses_the_next(moment: list[float]) -> None:
    for _ in range(3):
        spend()
    with pytest.raises(TooMany) as refused:
        spend()
    assert refused.value.retry_after == 7
    spend(who="ben")
    spend(what="search")


def test_a_limit_is_new_in_the_next_window(moment: list[float]) -> None:
    for _ in range(3):
        spend()
    moment[0] += 5.9
    with pytest.raises(TooMany) as refused:
        spend()
    assert refused.value.retry_after == 1
    moment[0] += 0.2
    spend()


def test_what_costs_more_is_counted_so(moment: list[float]) -> None:
    spend(cost=2)
    with pytest.raises(TooMany):
        spend(cost=2)


def test_no_id_stands_in_the_keys_of_the_cache(moment: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []

    def add(key: str, *_more: object, **_named: object) -> bool:
        keys.append(key)
        return True

    monkeypatch.setattr(cache, "add", add)
    spend(who="ana@porchlight.test")
    assert keys
    assert "ana" not in keys[0]


def test_limits_hold_per_process_while_redis_is_away(monkeypatch: pytest.MonkeyPatch, moment: list[float]) -> None:
    away = SturdyRedisCache(
        "redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}}
    )
    monkeypatch.setattr(limits, "cache", away)
    for _ in range(3):
        spend(who="away")
    with pytest.raises(TooMany):
        spend(who="away")


def test_a_cache_that_is_away_remembers_for_itself() -> None:
    away = SturdyRedisCache(
        "redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}}
    )
    key = f"away-{uuid4()}"
    assert away.get(key) is None
    assert away.add(key, 1, timeout=60)
    assert not away.add(key, 1, timeout=60)
    assert away.incr(key) == 2
    assert away.get(key) == 2
    assert away.delete(key)
    assert away.get(key, "gone") == "gone"
    with pytest.raises(ValueError, match="not found"):
        away.incr(key)


# --- clock and logs --------------------------------------------------------------------------------------------------


def test_the_clock_is_aware_and_turns_back_whatever_happens() -> None:
    before = clock.now()
    assert before.tzinfo is UTC
    with clock.turned(timedelta(days=3)):
        with pytest.raises(ValueError, match="spilled"), clock.turned(timedelta(days=-1)):
            failing(KettleBoiled(kettle_id=uuid4()))
        assert timedelta(days=3) <= clock.now() - before < timedelta(days=3, minutes=1)
    assert clock.now() - before < timedelta(minutes=1)


def test_a_day_is_ones_own() -> None:
    here, there = clock.today("Pacific/Kiritimati"), clock.today("Pacific/Pago_Pago")
    assert isinstance(here, date)
    assert here - there in {timedelta(days=1), timedelta(days=2)}


def test_a_log_line_is_one_line_of_plain_values(settings: Settings) -> None:
    record = logging.makeLogRecord({"name": "test", "msg": "two\nlines \x1b[31m", "levelname": "INFO"})
    record.__dict__ |= {"group": str(uuid4()), "person": ANA, "count": 3}
    line = JSONLines().format(record)
    assert "\n" not in line
    assert "\x1b" not in line
    found = json.loads(line)
    assert (found["what"], found["count"], found["person"]) == ("two\nlines \x1b[31m", 3, "Person")
