"""`manage.py bench_world`: the world that scripts measure in."""

import json
import stat
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from community.audit import services as audit
from community.audit.models import AuditEntry
from community.integrations.authentication import bearer
from community.people.models import Person
from community.people.rules import clean_alias, folded
from groups.chat import services as chat
from groups.management.commands.bench_world import Size
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Membership, Role

pytestmark = pytest.mark.django_db


def bench_world(file: Path, *, people: int = 7, groups: int = 3, members: int = 3) -> dict[str, Any]:
    call_command("bench_world", people=people, groups=groups, members=members, json=file, verbosity=0)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def group(found: dict[str, Any], number: int) -> Group:
    return Group.objects.get(pk=found["groups"][number]["id"])


def test_a_ring_of_people_sits_in_rooms_and_each_of_them_once() -> None:
    assert [Size(7, 3, 3).seated(room) for room in range(3)] == [[0, 1, 2], [3, 4, 5], [6, 0, 1]]
    assert Size(2, 1, 5).seated(0) == [0, 1]
    assert Size(2, 2, 5).seated(1) == [1, 0]


def test_the_file_says_who_is_where(tmp_path: Path) -> None:
    found = bench_world(tmp_path / "world.json")
    ids = [one["id"] for one in found["people"]]
    assert len(set(ids)) == 7
    assert [row["members"] for row in found["groups"]] == [ids[0:3], ids[3:6], [ids[6], ids[0], ids[1]]]
    for number, row in enumerate(found["groups"]):
        seats = Membership.objects.current().filter(group=row["id"])
        members = {str(seat.person_id) for seat in seats if seat.role == Role.MEMBER}
        assert members == set(row["members"])
        assert [str(seat.person_id) for seat in seats if seat.role == Role.MODERATOR] == [found["staff"]["id"]]
        assert group(found, number).seats == len(seats)


def test_the_rooms_are_adult_and_empty(tmp_path: Path) -> None:
    room = group(bench_world(tmp_path / "world.json"), 0)
    assert (room.kind, room.program, room.position, room.version) == (Kind.INTEREST, None, 0, 0)


def test_every_token_is_its_persons_and_raises_limits(tmp_path: Path) -> None:
    found = bench_world(tmp_path / "world.json")
    for one in [*found["people"], found["staff"]]:
        token = bearer(f"Bearer {one['token']}")
        assert token is not None
        assert str(token.person_id) == one["id"]
        assert token.scopes == ["account", "bench", "chat:read", "chat:write", "seats:write"]


def test_names_obey_the_rule_and_are_told_apart_in_a_room(tmp_path: Path) -> None:
    found = bench_world(tmp_path / "world.json")
    for row in found["groups"]:
        names = list(Membership.objects.filter(group=row["id"]).values_list("alias", flat=True))
        assert [clean_alias(name) for name in names] == names
        assert len({folded(name) for name in names}) == len(names)


def test_people_talk_there_and_staff_keeps_the_room(tmp_path: Path) -> None:
    found = bench_world(tmp_path / "world.json")
    room, person = group(found, 0), Person.objects.get(pk=found["people"][0]["id"])
    said = chat.post(author=person, group=room, key=uuid4(), body="Hello.")
    assert said.position == 1
    staff = Person.objects.get(pk=found["staff"]["id"])
    membership.unseat(person=person, group=room, by=staff)
    assert not Membership.objects.current().of(person.pk).filter(group=room).exists()


def test_each_call_makes_another_world(tmp_path: Path) -> None:
    first, second = bench_world(tmp_path / "one.json"), bench_world(tmp_path / "two.json")
    for name in ("people", "groups"):
        assert {row["id"] for row in first[name]}.isdisjoint({row["id"] for row in second[name]})
    assert first["staff"]["id"] != second["staff"]["id"]


def test_a_world_over_an_older_file_replaces_it(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text("x" * 100_000, encoding="utf-8")
    assert len(bench_world(file)["people"]) == 7


def test_tokens_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    bench_world(tmp_path / "world.json")
    assert stat.S_IMODE((tmp_path / "world.json").stat().st_mode) == 0o600


def test_the_act_stands_in_the_chain(tmp_path: Path) -> None:
    found = bench_world(tmp_path / "world.json")
    entry = AuditEntry.objects.get(action="bench.world")
    assert entry.subject == f"person:{UUID(found['staff']['id'])}"
    assert audit.verify().broken is None


def test_a_live_site_makes_none(tmp_path: Path, settings: Settings) -> None:
    settings.BENCH = False
    with pytest.raises(CommandError, match=r"^A live site makes no bench world: it needs PORCHLIGHT_BENCH=1\.$"):
        bench_world(tmp_path / "world.json")
    assert_nothing_happened(tmp_path)


@pytest.mark.parametrize("wrong", ["people", "groups", "members"])
@pytest.mark.parametrize("number", [0, -1, 100_001])
def test_a_number_out_of_range_is_one_sentence_and_changes_nothing(tmp_path: Path, wrong: str, number: int) -> None:
    with pytest.raises(CommandError, match=rf"^--{wrong} is a number from 1 to 100000\.$"):
        bench_world(tmp_path / "world.json", **{wrong: number})
    assert_nothing_happened(tmp_path)


@pytest.mark.parametrize("place", ["", "no/such/folder/world.json", "world.json\0"])
def test_a_file_that_cannot_be_written_is_one_sentence_and_changes_nothing(tmp_path: Path, place: str) -> None:
    with pytest.raises(CommandError, match=r"cannot be written\.$"):
        bench_world(tmp_path / place)
    assert_nothing_happened(tmp_path)


def assert_nothing_happened(folder: Path) -> None:
    assert not Person.objects.exists()
    assert not Group.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not any(folder.iterdir())
