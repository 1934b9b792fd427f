"""Databases that take long to make: whoever needs one first makes it, once a run, and everybody copies it."""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg

ROOT = Path(__file__).parents[1]
FILE = "porchlight.sqlite3"
type Fill = Callable[[dict[str, str]], object]


def manage(environment: dict[str, str], *words: str) -> str:
    """Run a command of Porchlight's, and give what it says. Raises AssertionError with its last words."""
    command = [sys.executable, "manage.py", *words]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"manage.py {' '.join(words)}:\n{ended.stdout}{ended.stderr}"
    return ended.stdout


def migrated_database() -> str:
    """The name of a database with every table and no rows, on this pass's PostgreSQL."""
    return database_made_once("migrated", _migrate)


def migrated_file() -> Path:
    """As :func:`migrated_database`, as a SQLite file."""
    return file_made_once("migrated", _migrate)


def begin_to_migrate() -> None:
    """Have it made beside the collection of tests; who needs it waits, or makes it."""

    def make() -> None:
        with suppress(AssertionError, OSError, psycopg.Error):  # who needs it hears of it, and the run may end before
            (migrated_database if os.environ.get("DATABASE_URL") else migrated_file)()

    threading.Thread(target=make, daemon=True, name="migrate").start()


def _migrate(environment: dict[str, str]) -> None:
    manage({**environment, "DJANGO_SETTINGS_MODULE": "tests.browser.settings"}, "migrate", "--verbosity", "0")


def database_made_once(name: str, fill: Fill, *, like: str = "template1") -> str:
    """The name of a database on this pass's PostgreSQL; ``fill`` gets an environment that leads there."""
    base = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    with _one_at_a_time(base, name) as line:
        if line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            making = f"making_{name}"
            line.execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)'.encode())
            line.execute(f'CREATE DATABASE "{making}" TEMPLATE "{like}"'.encode())
            fill({**os.environ, "DATABASE_URL": f"{base}/{making}"})
            line.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"'.encode())
    return name


def file_made_once(name: str, fill: Fill, *, like: Path | None = None) -> Path:
    """The path of a SQLite file; ``fill`` gets an environment that leads there."""
    folder = Path(os.environ["PORCHLIGHT_DATA"], "copies")
    folder.mkdir(exist_ok=True)
    with Path(folder, f"{name}.lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / name / FILE
        if not made.exists():
            making = folder / f"making_{name}"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            if like is not None:
                shutil.copy(like, making)
            fill({**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "PORCHLIGHT_DATA": str(making)})
            making.rename(made.parent)
    return made


@contextmanager
def database_of_its_own(like: str) -> Iterator[dict[str, str]]:
    """A copy on this pass's PostgreSQL, dropped at the end; what leads there, for an environment."""
    base, name = os.environ["DATABASE_URL"].rsplit("/", 1)[0], f"site_{uuid4().hex[:12]}"
    with _one_at_a_time(base, "copying") as line:
        line.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
    try:
        yield {"DATABASE_URL": f"{base}/{name}"}
    finally:
        with psycopg.connect(f"{base}/postgres", autocommit=True) as line:
            line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@contextmanager
def _one_at_a_time(base: str, what: str) -> Iterator[psycopg.Connection]:
    """Two may not make the same database at once, nor copy one."""
    with psycopg.connect(f"{base}/postgres", autocommit=True) as line:
        line.execute("SELECT pg_advisory_lock(hashtext(%s))", [what])  # until this line is closed
        yield line
