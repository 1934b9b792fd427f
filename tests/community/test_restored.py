"""A database that came back from a backup lets nobody in who was let in then, and says that its history is another."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from community.audit import services as audit
from community.audit.models import AuditEntry, AuditHead
from community.foundation.models import Deployment
from groups.demo.services import World
from tests.doors import Script, browser, problem


def test_its_history_is_another(world: World) -> None:
    before, _made = Deployment.objects.get_or_create(id=1)
    first = audit.restored()
    assert Deployment.objects.get().history == first != before.history
    assert audit.restored() != first


def test_everybody_signs_in_again(world: World) -> None:
    ana, ben = browser(world.ana), browser(world.ben)
    assert [one.get("/groups/").status_code for one in (ana, ben)] == [200, 200]
    audit.restored()
    assert [one.get("/groups/").status_code for one in (ana, ben)] == [302, 302]


def test_every_token_is_stopped(world: World) -> None:
    ana = Script(world.ana)
    assert ana.get("me").status_code == 200
    audit.restored()
    problem(ana.get("me"), 401, "sign_in")


def test_it_is_written_down(world: World) -> None:
    history = audit.restored()
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor, entry.subject) == ("deployment.restored", None, f"history:{history}")


def test_the_command_says_that_the_chain_holds(world: World) -> None:
    said, entries = StringIO(), AuditEntry.objects.count()
    call_command("restored", stdout=said)
    assert f"The audit chain holds: {entries} entries." in said.getvalue()


def test_a_backup_whose_chain_is_broken_lets_nobody_in_either(world: World) -> None:
    ana, number = Script(world.ana), AuditEntry.objects.count()
    AuditHead.objects.update(hash="0" * 64)
    with pytest.raises(CommandError, match=f"broken at entry {number + 1}"):
        call_command("restored", stdout=StringIO())
    problem(ana.get("me"), 401, "sign_in")


def test_a_copy_never_writes_over_another(tmp_path: Path, db: None) -> None:
    kept = tmp_path / "copy.sqlite3"
    kept.write_text("of yesterday", encoding="utf-8")
    with pytest.raises(CommandError, match="is there already" if connection.vendor == "sqlite" else "pg_dump"):
        call_command("backup", str(kept))
    assert kept.read_text(encoding="utf-8") == "of yesterday"


def test_a_copy_that_cannot_be_written_leaves_nothing(tmp_path: Path, db: None) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="Not a directory" if connection.vendor == "sqlite" else "pg_dump"):
        call_command("backup", str(tmp_path / "file" / "copy.sqlite3"))
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
