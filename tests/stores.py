"""The pytest plugin that gives the suite its stores before Django reads its settings, and lets nothing be skipped.

``--stores=servers`` (the default): PostgreSQL and Redis, from DATABASE_URL and REDIS_URL if given, else started here.
``--stores=embedded``: a SQLite file and one process. Tests marked ``servers``, ``browser`` or ``once`` are deselected
there, and counted in the closing line.

``--part=together`` leaves out what needs a browser or the machine for itself, so that ``-n 2`` may share the rest
between processes, each with a database and a Redis of its own. ``--part=browser`` may be shared too, but not mixed with
the first: a process that started Playwright can run no asynchronous test. ``--part=alone`` and ``--part=timed`` are
what is marked so; the suite asks for no time, which says as much of the machine as of us (``make budgets`` does).
"""

import os
import random
import tempfile
from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from community.settings.environment import OPTIONS
from tests import copies, servers

NOT_EMBEDDED = ("servers", "browser", "once")
PARTS = ("timed", "alone", "browser", "together")  # a test is of the first whose marker it has, else of the last
FAST_LEAVES_OUT = (*NOT_EMBEDDED, "slow", "alone")
NOTHING_SKIPPED = "was skipped or expected to fail. Nothing is here: what needs a server is marked servers or browser."
STORES = pytest.StashKey[Iterable[str]]()
LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("porchlight")
    group.addoption(
        "--stores",
        choices=("servers", "embedded"),
        default="servers",
        help="PostgreSQL + Redis, or SQLite + one process",
    )
    group.addoption("--fast", action="store_true", help="leave out what takes long: browser, servers, slow")
    group.addoption("--part", choices=PARTS, help="what may share the machine, and with what")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """A wrapper comes before every plain hook, so before pytest-django loads the settings."""
    asked = early_config.known_args_namespace
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        have_own_redis(int(worker.removeprefix("gw")))
    elif not (asked.help or asked.version):
        early_config.stash[STORES] = prepare(early_config, embedded=asked.stores == "embedded")
        if asked.numprocesses:  # workers collect all tests first: meanwhile
            copies.begin_to_migrate()
        os.environ.setdefault("PYTHONHASHSEED", str(random.randrange(2**32)))  # noqa: S311 - one order for all workers
    return (yield)


def have_own_redis(number: int) -> None:
    """The stores were prepared by whoever started us. PostgreSQL gets a database a worker from pytest-django."""
    if urls := os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = ",".join(f"{url.rsplit('/', 1)[0]}/{number + 1}" for url in urls.split(","))


def prepare(config: pytest.Config, *, embedded: bool) -> list[str]:
    """Set the environment the settings will read; say what was found, a line a store."""
    given = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    for name in OPTIONS:  # what an operator has in the shell is not what is tested
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    folder = tempfile.TemporaryDirectory(prefix="porchlight-data-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    Path(folder.name).chmod(0o755)
    os.environ["PORCHLIGHT_DATA"] = folder.name
    if embedded:
        return ["SQLite (a file) and one process"]
    origins = dict.fromkeys(given, "given")
    missing = {"postgres": not given["DATABASE_URL"], "redis": not given["REDIS_URL"]}
    if any(missing.values()):
        try:
            started = servers.start(**missing)
        except servers.NotFoundError as error:
            raise pytest.UsageError(str(error)) from error
        config.add_cleanup(started.close)
        for variable, name in (("DATABASE_URL", "postgres"), ("REDIS_URL", "redis")):
            if name in started.running:
                given[variable] = started.running[name].url
                origins[variable] = started.running[name].origin
    os.environ.update(given)
    return [f"{what_answers(url)} ({origins[variable]})" for variable, url in given.items()]


def what_answers(url: str) -> str:
    """Which server answers at ``url``, by its own word: Valkey is not Redis, and says so."""
    if url.startswith("redis"):
        with closing(redis.Redis.from_url(url.split(",", maxsplit=1)[0])) as client:
            said = client.info("server")
        return f"Valkey {said['valkey_version']}" if "valkey_version" in said else f"Redis {said['redis_version']}"
    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres") as line:
        number = line.info.server_version
    return f"PostgreSQL {number // 10_000}.{number % 10_000}"


def pytest_report_header(config: pytest.Config) -> str:
    return "stores: " + ", ".join(config.stash.get(STORES, ["as given"]))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    embedded, fast = config.getoption("stores") == "embedded", config.getoption("fast")
    left_out = FAST_LEAVES_OUT if fast else NOT_EMBEDDED if embedded else ()
    part = config.getoption("part")
    gone = [item for item in items if is_any(item, left_out) or is_of_another(item, part)]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]
    if hasattr(config, "workeroutput"):
        config.workeroutput["left out"] = len(gone)
    # Playwright keeps a loop running in this thread, which asynchronous tests cannot have: the browser comes last. What
    # is slow comes first, so that no process has much to do when the others have finished.
    items.sort(key=lambda item: (is_any(item, ("browser",)), not is_any(item, ("slow",))))


def is_any(item: pytest.Item, names: Iterable[str]) -> bool:
    return any(item.get_closest_marker(name) for name in names)


def is_of_another(item: pytest.Item, part: str | None) -> bool:
    mine = next((name for name in PARTS if is_any(item, (name,))), PARTS[-1])
    return part is not None and part != mine


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Each worker collects all tests, and leaves out the same."""
    node.config.stash[LEFT_OUT] = node.workeroutput.get("left out", 0) if hasattr(node, "workeroutput") else 0


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Workers do not say what they left out: so it is said here."""
    if gone := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"{gone} left out here by their markers")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that does not run proves nothing: skip, xfail and xpass fail."""
    report = yield
    if report.skipped or hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} {NOTHING_SKIPPED}"
        report.__dict__.pop("wasxfail", None)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} {NOTHING_SKIPPED}"
    return report
