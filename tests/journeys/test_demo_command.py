"""`manage.py demo` on a machine that is not as it hoped: one clear sentence each, and nothing done."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from pytest_django import Settings

from community.settings.environment import OPTIONS
from realtime import sole
from tests.browser.site import until
from tests.copies import ROOT, database_of_its_own, migrated_database, migrated_file
from tests.servers import free_port

pytestmark = [pytest.mark.slow, pytest.mark.once]  # the demo keeps a SQLite file of its own


def plain(folder: Path, **more: str) -> dict[str, str]:
    """The environment of somebody who has set nothing but a data folder."""
    kept = {name: value for name, value in os.environ.items() if name not in {*OPTIONS, "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "PORCHLIGHT_DATA": str(folder), **more}


def migrated(folder: Path, **more: str) -> dict[str, str]:
    """The same, of somebody whose tables were made before."""
    folder.mkdir()
    shutil.copy(migrated_file(), folder)
    return plain(folder, **more)


def demo(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "demo", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=180)


def last_words(ended: subprocess.CompletedProcess[str]) -> str:
    return ended.stderr.strip().splitlines()[-1]


@contextmanager
def open_demo(environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "manage.py", "demo", "--five"]
    log = Path(environment["PORCHLIGHT_DATA"]).with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        until(lambda: "is open" in log.read_text(), log.read_text)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) in {0, -signal.SIGTERM}


def counted(environment: dict[str, str]) -> list[int]:
    """How many people and how many messages there are."""
    counting = (
        "from community.people.models import Person; from groups.chat.models import Message;"
        "print(Person.objects.count(), Message.objects.count())"
    )
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", counting]
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    return [int(number) for number in said.split()]


def test_seeding_alone_ends_and_again_changes_nothing(tmp_path: Path) -> None:
    environment = plain(tmp_path / "data")
    assert demo(environment, "--seed-only").returncode == 0
    people, messages = counted(environment)
    assert people > 60
    assert messages > 400
    assert demo(environment, "--seed-only").returncode == 0
    assert counted(environment) == [people, messages]


def test_the_five_alone_are_there_when_only_they_are_asked_for(tmp_path: Path) -> None:
    environment = migrated(tmp_path / "data")
    assert demo(environment, "--seed-only", "--five").returncode == 0
    assert counted(environment) == [5, 6]


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = demo(plain(tmp_path / "data", PORT=str(port)))
    assert ended.returncode == 1
    assert last_words(ended) == f"CommandError: Port {port} is taken. Choose another one: PORT={port + 1} make demo"


def test_a_second_server_on_the_same_data_is_said_in_a_sentence(tmp_path: Path) -> None:
    with open_demo(migrated(tmp_path / "data", PORT=str(free_port()))):
        ended = demo(plain(tmp_path / "data", PORT=str(free_port())), "--five")
    assert ended.returncode == 1
    assert last_words(ended) == f"CommandError: {sole.REFUSED}"


def test_an_unwritable_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.write_text("a file where the folder should be", encoding="utf-8")
    ended = demo(plain(folder, PORT=str(free_port())))
    assert ended.returncode == 1
    assert last_words(ended) == f"CommandError: The data folder {folder} cannot be written to."


@pytest.mark.servers
def test_a_single_process_on_postgresql_takes_a_lock_in_the_database(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SINGLE_PROCESS = True
    held: list[psycopg.Connection] = []
    with database_of_its_own(migrated_database()) as stores:
        name = stores["DATABASE_URL"].rsplit("/", 1)[1]
        monkeypatch.setattr(
            connection, "get_connection_params", lambda: psycopg.conninfo.conninfo_to_dict(stores["DATABASE_URL"])
        )
        monkeypatch.setattr(sole, "_held", held)
        sole.take_the_lock()
        sole.take_the_lock()
        assert [line.info.dbname for line in held] == [name]
        monkeypatch.setattr(sole, "_held", [])
        with pytest.raises(ImproperlyConfigured, match="already runs"):
            sole.take_the_lock()
        held[0].close()
        until(taken_at_last, lambda: "a server that is gone still has the lock")
        sole._held[0].close()


def taken_at_last() -> bool:
    """The database lets go in its own time once the line is closed."""
    try:
        sole.take_the_lock()
    except ImproperlyConfigured:
        return False
    return True
