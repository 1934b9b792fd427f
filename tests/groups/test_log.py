"""The log of a room, whatever people do in whatever order: no gap, one order, nobody sees what is not theirs."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from community.foundation.errors import Refusal
from community.people.models import Person
from groups.chat import services as chat
from groups.chat.models import Message, ReactionName
from groups.chat.reading import as_seen
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Membership
from groups.membership.rules import reach
from tests import quick
from tests.doors import Script

WHO = ("ana", "ben", "cy", "eli", "dana")
WATCHED = ("ana", "ben", "eli")
ACTS = ("post", "post", "post", "answer", "edit", "remove", "react", "unreact", "seat", "leave", "take", "hold", "free")
step = st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO), st.sampled_from(WHO), st.integers(0, 7))
story = settings(
    max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@dataclass
class Room:
    """The Tuesday room and what each of its people did and may know."""

    world: World
    versions: list[int] = field(default_factory=list)

    @property
    def group(self) -> Group:
        return self.world.tuesday

    def do(self, act: str, who: str, other: str, number: int) -> None:
        """One step; a refusal is an answer like any other."""
        one, another = getattr(self.world, who), getattr(self.world, other)
        rows = list(Message.objects.of(self.group.pk).order_by("position"))
        row = rows[number % len(rows)] if rows else None
        with suppress(Refusal):
            self._do(act, one, another, row)
        self.versions.append(Group.objects.values_list("version", flat=True).get(pk=self.group.pk))

    def _do(self, act: str, one: Person, other: Person, row: Message | None) -> None:
        say: dict[str, Any] = {"author": one, "group": self.group, "key": uuid4(), "body": f"Word {len(self.versions)}"}
        if act == "post":
            chat.post(**say)
        elif act == "seat":
            membership.seat(person=other, group=self.group, by=one)
        elif act in {"leave", "take"}:
            membership.unseat(person=one if act == "leave" else other, group=self.group, by=one)
        elif act in {"hold", "free"}:
            membership.hold_room(group=self.group, by=one, held=act == "hold")
        elif row is not None:
            self._change(act, one, row, say)

    def _change(self, act: str, one: Person, row: Message, say: dict[str, Any]) -> None:
        name = ReactionName.values[row.position % 6]
        if act == "answer":
            chat.post(**say, reply_to=row.pk)
        elif act == "edit":
            chat.edit(author=one, message=row, body=say["body"])
        elif act == "remove":
            chat.remove(person=one, message=row)
        elif act == "react":
            chat.react(person=one, message=row, name=name)
        else:
            chat.unreact(person=one, message=row, name=name)

    def reads(self, person: Person) -> dict[int, dict[str, Any]] | None:
        """What somebody reads now, by position; None where they find nothing."""
        try:
            reached = reach(person, self.group.pk)
        except Refusal:
            return None
        rows = Message.objects.of(self.group.pk).within(reached.spans).to_show().order_by("position")
        return {shaped["position"]: shaped for shaped in as_seen(list(rows), reached)}


@contextmanager
def example() -> Iterator[Room]:
    """A world of its own, gone afterwards."""
    with transaction.atomic():
        yield Room(quick.world())
        transaction.set_rollback(True)


@story
@given(steps=st.lists(step, min_size=5, max_size=30))
def test_positions_have_no_gap_and_versions_only_grow(db: None, steps: list[tuple[str, str, str, int]]) -> None:
    with example() as room:
        for one in steps:
            room.do(*one)
        rows = list(Message.objects.of(room.group.pk).order_by("position"))
        group = Group.objects.get(pk=room.group.pk)
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        assert group.position == len(rows)
        assert room.versions == sorted(room.versions)
        assert len({row.version for row in rows}) == len(rows)
        assert max((row.version for row in rows), default=0) <= group.version == (room.versions or [0])[-1]


@story
@given(steps=st.lists(step, min_size=5, max_size=25), since=st.integers(0, 12))
def test_changes_from_any_version_end_where_history_does(
    db: None, steps: list[tuple[str, str, str, int]], since: int
) -> None:
    """A client that had everything up to ``since`` and then asks for changes has what a fresh one reads."""
    with example() as room:
        kept: dict[int, dict[str, Any]] = {}
        cursor, cut = 0, since
        for number, one in enumerate(steps):
            room.do(*one)
            if number == cut % len(steps):
                kept, cursor = room.reads(room.world.ben) or {}, _version(room)
        shown = room.reads(room.world.ben)
        ben = Script(room.world.ben)
        while shown is not None:
            page = ben.get(f"groups/{room.group.pk}/changes?since={cursor}&limit=3").json()
            if page["stale"]:
                kept, cursor = dict(shown), page["version"]
                continue
            kept |= {row["position"]: row for row in page["results"]}
            versions = [row["version"] for row in page["results"]]
            assert versions == sorted(versions)
            assert page["version"] >= cursor
            if page["version"] == cursor:
                break
            cursor = page["version"]
        if shown is not None:
            assert {place: row for place, row in kept.items() if place in shown} == shown


def _version(room: Room) -> int:
    """How far Ben may follow the room."""
    try:
        return reach(room.world.ben, room.group.pk).version
    except Refusal:
        return 0


@story
@given(steps=st.lists(step, min_size=10, max_size=30))
def test_nobody_sees_a_place_outside_their_times_or_a_change_after_their_end(
    db: None, steps: list[tuple[str, str, str, int]]
) -> None:
    with example() as room:
        left: dict[str, dict[int, dict[str, Any]]] = {}
        before = {who: room.reads(getattr(room.world, who)) for who in WATCHED}
        for one in steps:
            room.do(*one)
            for who in WATCHED:
                person = getattr(room.world, who)
                seats = list(Membership.objects.of(person.pk).filter(group=room.group))
                shown = room.reads(person)
                if any(seat.ended is None for seat in seats):
                    left.pop(who, None)
                    assert set(shown or {}) == _places(room, seats)
                elif shown is not None:
                    kept = left.setdefault(who, before[who] or {})
                    assert set(shown) == set(kept)
                    assert all(_as_they_left_it(row, kept[place]) for place, row in shown.items())
                before[who] = shown


def _as_they_left_it(row: dict[str, Any], kept: dict[str, Any]) -> bool:
    """Nothing is another, but what was taken back or hidden since is gone for everybody."""
    return {**row, "version": 0} == {**kept, "version": 0} or row["removed"] in {"author", "moderator"}


def _places(room: Room, seats: list[Membership]) -> set[int]:
    total = Group.objects.values_list("position", flat=True).get(pk=room.group.pk)
    return {
        place
        for place in range(1, total + 1)
        if any(s.reads_from < place and (s.reads_until is None or place <= s.reads_until) for s in seats)
    }
