"""Back up, write on, lose everything, restore: what was there is whole, and nobody takes the past for the present."""

import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import httpx
import psycopg
import pytest
from websockets.sync.client import connect

from tests.browser.site import Site, seeded_site
from tests.servers import postgres_tools

pytestmark = pytest.mark.slow

SCOPES = ("--scope", "chat:read", "--scope", "chat:write")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with seeded_site(tmp_path) as running:
        yield running


class Ana:
    """Ana's script, from outside."""

    def __init__(self, site: Site) -> None:
        self.words = site.manage("token", "create", "--person", "ana@porchlight.test", *SCOPES).split()[-1]
        self.site, self.headers = site, {"Authorization": f"Bearer {self.words}"}
        (self.group,) = (row["id"] for row in self.get("groups").json()["results"])

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.site.url}/api/v1/{path}", headers=self.headers, timeout=30)

    def say(self, body: str) -> None:
        words = {"key": str(uuid4()), "body": body}
        path = f"{self.site.url}/api/v1/groups/{self.group}/messages"
        assert httpx.post(path, json=words, headers=self.headers, timeout=30).status_code == 201

    def said(self) -> list[str]:
        """All the room holds, in order; positions have no gap."""
        rows = self.get(f"groups/{self.group}/messages?limit=200").json()["results"]
        assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
        return [row["body"] for row in rows]

    def hears(self, *frames: dict[str, Any]) -> list[dict[str, Any]]:
        """What the socket says at first, and to each of ``frames`` up to its answer."""
        with connect(self.site.url.replace("http", "ws") + "/ws/v1/", additional_headers=self.headers) as line:
            heard = [json.loads(line.recv(timeout=30))]
            for number, frame in enumerate(frames):
                line.send(json.dumps({"id": number, **frame}))
                while heard[-1].get("re") != number:
                    heard.append(json.loads(line.recv(timeout=30)))
        return heard

    def version(self) -> int:
        return int(self.get(f"groups/{self.group}").json()["version"])


class House(Protocol):
    """What is backed up: where its stores are, and how a command is run in it."""

    environment: dict[str, str]

    def manage(self, *words: str) -> str: ...


def url_of(site: House) -> str:
    return site.environment.get("DATABASE_URL", "")


def tool(site: House, name: str) -> str:
    with psycopg.connect(url_of(site)) as line:
        version = line.info.server_version // 10_000
    return str(postgres_tools(version) / name)


def back_up(site: House, copy: Path) -> None:
    """As docs/operating.md says, while the site runs."""
    if url_of(site):
        dump = [tool(site, "pg_dump"), "--format=custom", f"--file={copy}", url_of(site)]
        subprocess.run(dump, check=True, capture_output=True)
    else:
        site.manage("backup", str(copy))


def restore(site: House, copy: Path) -> int:
    """As docs/operating.md says, with the site stopped and its database lost. Returns how pg_restore ended."""
    if url_of(site):
        server, name = url_of(site).rsplit("/", 1)
        load = [tool(site, "pg_restore"), "--exit-on-error", "--single-transaction", "--no-owner"]
        with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
            line.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
            line.execute(f'CREATE DATABASE "{name}"'.encode())
        return subprocess.run([*load, f"--dbname={url_of(site)}", copy], check=False, capture_output=True).returncode
    kept = Path(site.environment["PORCHLIGHT_DATA"]) / "porchlight.sqlite3"
    for name in (kept.name, f"{kept.name}-wal", f"{kept.name}-shm"):
        kept.with_name(name).unlink(missing_ok=True)
    kept.write_bytes(copy.read_bytes())
    return 0


def test_what_was_backed_up_comes_back_and_everybody_knows(site: Site, tmp_path: Path) -> None:
    ana, copy = Ana(site), tmp_path / "copy"
    ana.say("Before the backup.")
    before = ana.said()
    history = ana.hears()[0]["history"]
    back_up(site, copy)
    ana.say("After the backup.")
    kept_by_a_client = ana.version()

    site.stop()
    assert restore(site, copy) == 0
    site.manage("migrate", "--verbosity", "0")
    assert "The audit chain holds" in site.manage("restored")
    site.start()

    assert ana.get("me").status_code == 401, "a token may have been revoked since"
    ana = Ana(site)
    assert ana.said() == before
    hello, *rest = ana.hears({"do": "sync", "since": {ana.group: kept_by_a_client}})
    assert hello["history"] != history
    assert [frame["version"] for frame in rest if frame.get("type") == "stale"] == [ana.version()]
    ana.say("And on.")
    assert ana.said() == [*before, "And on."]
    assert "The chain holds" in site.manage("audit", "verify")


def test_a_backup_made_while_people_talk_is_whole(site: Site, tmp_path: Path) -> None:
    ana, copy, enough = Ana(site), tmp_path / "copy", threading.Event()
    first = ana.said()

    def talk() -> None:
        for number in range(200):
            if enough.is_set():
                return
            ana.say(f"Word {number}")

    talking = threading.Thread(target=talk)
    talking.start()
    try:
        while len(ana.said()) < len(first) + 3:
            pass
        back_up(site, copy)
    finally:
        enough.set()
        talking.join()
    everything = ana.said()
    site.stop()
    assert restore(site, copy) == 0
    site.manage("restored")
    site.start()
    assert (said := Ana(site).said()) == everything[: len(said)]
    assert len(said) >= len(first) + 3


@pytest.mark.servers
def test_of_half_a_backup_nothing_is_restored(site: Site, tmp_path: Path) -> None:
    copy, half = tmp_path / "copy", tmp_path / "half"
    back_up(site, copy)
    whole = copy.read_bytes()
    half.write_bytes(whole[: len(whole) // 2])
    site.stop()
    assert restore(site, half) != 0
    with psycopg.connect(url_of(site)) as line:
        (tables,) = line.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() or (None,)
    assert tables == 0
