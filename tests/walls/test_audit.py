"""The chain: nothing in it is changed, and if something was, its first row is named."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from community.audit import services as audit
from community.audit.models import AuditEntry, AuditHead
from groups.chat import services as chat
from groups.demo.services import World
from tests.doors import say

GUARD = importlib.import_module("community.audit.migrations.0002_append_only")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def guarded(db: None) -> None:
    """The guard as a live site has it; the suite takes half of it off on SQLite (tests/conftest.py)."""
    if connection.vendor == "sqlite":
        run(*(one.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS") for one in GUARD.SQLITE))


@contextmanager
def unguarded() -> Iterator[None]:
    """What somebody with the keys of the database could do."""
    if connection.vendor == "sqlite":
        run("DROP TRIGGER IF EXISTS audit_entry_no_update", "DROP TRIGGER IF EXISTS audit_entry_no_delete")
        yield
        return
    run("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only")
    yield
    run("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'nothing' WHERE number = 1",
        "UPDATE audit_entry SET reason = ''",
        "DELETE FROM audit_entry WHERE number = 1",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(world: World, guarded: None, statement: str) -> None:
    before = list(AuditEntry.objects.values_list())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement)
    assert list(AuditEntry.objects.values_list()) == before


def test_a_whole_chain_holds(world: World) -> None:
    verdict = audit.verify()
    assert verdict.broken is None
    assert verdict.entries == AuditEntry.objects.count() > 5


def test_an_empty_chain_holds(db: None) -> None:
    assert audit.verify() == audit.Verdict(entries=0, broken=None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "'seat.nothing'"), ("actor", "NULL"), ("subject", "'seat:1'"), ("reason", "'because'"),
        ("digest", "'0'"), ("at", "'2020-01-01 00:00:00+00:00'"), ("prev_hash", "'0'"), ("hash", "'0'"),
    ],
)  # fmt: skip
def test_a_changed_column_is_found_in_its_row(world: World, column: str, value: str) -> None:
    number = AuditEntry.objects.exclude(actor=None).order_by("number")[2].number
    with unguarded():
        run(f"UPDATE audit_entry SET {column} = {value} WHERE number = {number}")  # noqa: S608 - the list above
    assert audit.verify().broken == number


def test_the_first_of_two_broken_rows_is_named(world: World) -> None:
    with unguarded():
        run("UPDATE audit_entry SET reason = 'x' WHERE number IN (3, 5)")
    assert audit.verify() == audit.Verdict(entries=2, broken=3)


def test_a_missing_row_is_found(world: World) -> None:
    with unguarded():
        run("DELETE FROM audit_entry WHERE number = 4")
    assert audit.verify().broken == 4


@pytest.mark.parametrize("kept", [0, 1, 7])
def test_a_cut_tail_is_found(world: World, kept: int) -> None:
    with unguarded():
        run(f"DELETE FROM audit_entry WHERE number > {kept}")  # noqa: S608 - a number of ours
    assert audit.verify() == audit.Verdict(entries=kept, broken=kept + 1)


def test_a_cut_tail_is_found_though_its_head_went_too(world: World) -> None:
    with unguarded():
        run("DELETE FROM audit_head")
    assert audit.verify().broken is not None


def test_the_command_names_the_first_broken_row(world: World) -> None:
    said = StringIO()
    call_command("audit", "verify", stdout=said)
    assert "holds" in said.getvalue()
    with unguarded():
        run("UPDATE audit_entry SET reason = 'x' WHERE number = 6")
    with pytest.raises(CommandError, match=r"entry 6\b"):
        call_command("audit", "verify")


def test_entries_hold_ids_and_digests_alone(world: World) -> None:
    message = say(world.ana, world.tuesday, "Between us.")
    chat.remove(person=world.cy, message=message)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor, entry.subject) == ("message.hide", world.cy.pk, f"message:{message.pk}")
    assert "Between" not in repr(AuditEntry.objects.filter(pk=entry.pk).values_list().get())


def test_of_words_only_a_digest_is_kept(db: None) -> None:
    entry = audit.record(action="test", actor=None, subject="thing:1", words="Between us.")
    assert len(entry.digest) == 64
    assert "Between" not in repr(vars(entry))


def test_many_entries_are_one_chain_in_as_many_questions_as_one(db: None) -> None:
    audit.record(action="test", actor=None, subject="thing:0")
    asked = []
    for many in (1, 5):
        with CaptureQueriesContext(connection) as questions:
            entries = audit.record_all(action="test", actor=None, subjects=[f"thing:{one}" for one in range(many)])
        asked.append(len(questions))
    assert [one.number for one in entries] == [3, 4, 5, 6, 7]
    assert asked[0] == asked[1]
    assert audit.verify() == audit.Verdict(entries=7, broken=None)


def test_what_several_services_record_is_written_once_all_is_done_in_its_order(db: None) -> None:
    with audit.at_the_end():
        first = audit.record(action="test", actor=None, subject="thing:1")
        with audit.at_the_end():
            second = audit.record(action="test", actor=None, subject="thing:2")
        assert not AuditHead.objects.exists(), "nobody holds the end of the chain yet"
    assert (first.number, second.number) == (1, 2)
    assert audit.verify() == audit.Verdict(entries=2, broken=None)


def failing(subject: str) -> None:
    with audit.at_the_end():
        audit.record(action="test", actor=None, subject=subject)
        raise ValueError(subject)


def test_of_what_failed_within_nothing_is_written(db: None) -> None:
    with audit.at_the_end():
        with pytest.raises(ValueError, match="thing:1"):
            failing("thing:1")
        audit.record(action="test", actor=None, subject="thing:2")
    assert [one.subject for one in AuditEntry.objects.all()] == ["thing:2"]
    with pytest.raises(ValueError, match="thing:3"):
        failing("thing:3")
    audit.record(action="test", actor=None, subject="thing:4")
    assert audit.verify() == audit.Verdict(entries=2, broken=None)


def test_each_entry_is_bound_to_the_one_before(db: None) -> None:
    first = audit.record(action="test", actor=None, subject="thing:1")
    second = audit.record(action="test", actor=None, subject="thing:2")
    head = AuditHead.objects.get()
    assert (first.number, second.number, head.number) == (1, 2, 2)
    assert second.prev_hash == first.hash
    assert head.hash == second.hash


def test_an_entry_of_what_was_taken_back_is_taken_back_too(db: None) -> None:
    with transaction.atomic():
        audit.record(action="test", actor=None, subject="thing:1")
        transaction.set_rollback(True)
    assert audit.record(action="test", actor=None, subject="thing:2").number == 1
    assert audit.verify().broken is None
