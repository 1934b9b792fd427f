"""What every test may ask for: the known people, the facts told after a commit, an empty cache."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from groups.demo.services import World
from tests import copies, quick, tables

settings.register_profile("steady", max_examples=150, deadline=None, derandomize=True, database=None)
settings.load_profile("steady")  # the same examples every time, and none fails for being slow

pytest_plugins = ["tests.browser.fixtures"]  # here, and once: one browser a run, for browser tests and journeys alike
PATIENCE = 5.0  # seconds
type Told = Callable[[], AbstractContextManager[object]]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A copied file is there already; the folder of the run goes at its end, with all that is in it."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The tests' database is a copy of one that was migrated once."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        shutil.copy(copies.migrated_file(), test["NAME"])
    else:
        test["TEMPLATE"] = copies.migrated_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test that commits empties the tables afterwards. SQLite does that row by row, which the audit guard refuses;

    so it is taken off the test's database there (PostgreSQL truncates, and keeps it). Its own test puts it back. Before
    the database is dropped, every thread has given its connection back, or the suite says that one has not.
    """
    TransactionTestCase._fixture_teardown = lambda _self: tables.empty()  # type: ignore[attr-defined] # Django's own, slower
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER IF EXISTS audit_entry_no_delete")
    yield
    with django_db_blocker.unblock():
        connection.close()
        deadline, pause = time.monotonic() + PATIENCE, threading.Event()
        while lent := connections_lent():
            alive = [thread.name for thread in threading.enumerate()]
            assert time.monotonic() < deadline, f"{lent} connections were not given back; threads: {alive}"
            pause.wait(0.05)


def connections_lent() -> int:
    """How many connections of the pool are with somebody; SQLite has no pool."""
    pool = getattr(connection, "pool", None)
    if pool is None:
        return 0
    said = pool.get_stats()
    return int(said["pool_size"] - said["pool_available"])


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Limits and leases of one test are not the next one's."""
    cache.clear()


@pytest.fixture(autouse=True)
def _speaking_as_before() -> Iterator[None]:
    """What a page speaks outlasts it in its thread; the next test speaks as this place does."""
    yield
    translation.deactivate()


@pytest.fixture
def world(db: None) -> World:
    """Ana, Ben, Cy, Dana, Eli and their rooms (groups/demo/services.py)."""
    return quick.world()


@pytest.fixture
def told(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]) -> Told:
    """``with told():`` what is published inside is heard at the end, as after a commit, though the test rolls back."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
