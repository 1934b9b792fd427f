"""A live site as processes: PostgreSQL that really syncs, Redis, web processes, a worker and nginx.

Each may be taken away. The proxy runs the configuration operators are given (docs/operating/nginx.conf), the worker
the Procfile's command, and all of them a live site's settings with throw-away values.
"""

import base64
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import servers
from tests.browser.site import Site
from tests.copies import ROOT
from tests.procfile import run_here
from tests.servers import LOOPBACK, free_port

NO_PROXY = "nginx was not found: apt-get install nginx"


@dataclass(slots=True)
class Redis:
    """One Redis on one port, with nothing kept. ``kill`` is kill -9; ``start`` brings an empty one back."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://{LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        if self.process is None:
            binary, _origin = servers.find_redis()
            where = ["--port", str(self.port), "--bind", LOOPBACK, "--dir", str(self.folder)]
            serve = [binary, *where, "--save", "", "--appendonly", "no"]
            self.process = subprocess.Popen(serve, stdout=subprocess.DEVNULL)
            servers.wait_until(lambda: servers.answers_ping(self.port), self.process, "Redis")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@dataclass(slots=True)
class Topology:
    """What runs, and the one address people know."""

    folder: Path
    redis: Redis
    webs: list[Site]
    url: str

    def heal(self) -> None:
        """Start whatever a test before this one took away."""
        self.redis.start()
        with ThreadPoolExecutor() as several:
            list(several.map(Site.start, self.webs))

    def world(self, *, people: int, groups: int, members: int) -> dict[str, Any]:
        """Fresh people in fresh rooms, with their tokens (`manage.py bench_world`)."""
        file = self.folder / f"{secrets.token_hex(8)}.json"
        sizes = {"--people": people, "--groups": groups, "--members": members}
        words = [str(word) for pair in sizes.items() for word in pair]
        self.webs[0].manage("bench_world", *words, "--json", str(file))
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found

    @contextmanager
    def worker(self) -> Iterator[Path]:
        """The Procfile's worker, beside the web processes; yields its log. It leaves when it is told to."""
        log = self.folder / "worker.log"
        with log.open("ab") as said:
            process = subprocess.Popen(
                run_here("worker"), cwd=ROOT, env=self.webs[0].environment, stdout=said, stderr=said
            )
        try:
            yield log
            process.terminate()
            assert process.wait(timeout=servers.PATIENCE) == 0, log.read_text(encoding="utf-8")
        finally:
            process.kill()
            process.wait()

    def complaints(self) -> list[str]:
        """What the web processes logged as errors, or died of; Redis may be said to be away, and a process to leave."""
        lines = [line for web in self.webs for line in web.log.read_text(encoding="utf-8").splitlines()]
        wrong = [line for line in lines if '"level": "ERROR"' in line or line.startswith("Traceback")]
        return [line for line in wrong if '"from": "channels_redis' not in line and '"route": "readyz"' not in line]


@contextmanager
def topology(*, mail: str = "", **more: str) -> Iterator[Topology]:
    """Start all of it; at the end nothing is left. ``mail`` is the mail server it sends by, if it sends any.

    ``more``: what else its environment holds.
    """
    with ExitStack() as stack:
        made = stack.enter_context(tempfile.TemporaryDirectory(prefix="porchlight-", ignore_cleanup_errors=True))
        folder = Path(made)
        folder.chmod(0o755)  # nginx's workers are nobody
        store = servers.start(postgres=True, redis=False, durable=True)
        stack.callback(store.close)
        redis = Redis(folder)
        stack.callback(redis.kill)
        port = free_port()
        environment = live(database=store.running["postgres"].url, redis=redis.url, folder=folder)
        environment |= {"ALLOWED_ORIGINS": f"https://{LOOPBACK}:{port}", "MAIL_URL": mail, **more}
        sites = [Site(environment=environment, log=folder / f"{name}.log") for name in ("web1", "web2")]
        whole = Topology(folder=folder, redis=redis, webs=sites, url=f"http://{LOOPBACK}:{port}")
        sites[0].manage("migrate", "--verbosity", "0")
        sites[0].manage("collectstatic", "--noinput", "--verbosity", "0")
        for site in sites:
            stack.callback(site.kill)
        whole.heal()
        stack.enter_context(proxy(folder, port=port, webs=sites))
        yield whole


def live(*, database: str, redis: str, folder: Path) -> dict[str, str]:
    """The environment of a live site, with keys for one day."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("PORCHLIGHT_")}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "tests.browser.live",
        "DATABASE_URL": database.rsplit("/", 1)[0] + "/postgres",
        "REDIS_URL": redis,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": "one:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": f"{LOOPBACK},localhost",
        "CRISIS_LINES": "988 Suicide and Crisis Lifeline | 988 | 2026-11-01; Emergency | 911 | 2026-11-01",
        "SECURE_SSL_REDIRECT": "0",
        "TRUSTED_PROXIES": "1",
        "PORCHLIGHT_BENCH": "1",
        "PORCHLIGHT_DATA": str(folder),
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def proxy(folder: Path, *, port: int, webs: list[Site]) -> Iterator[None]:
    """nginx in front of the web processes. Raises NotFoundError where there is none."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(nginx).exists():
        raise servers.NotFoundError(NO_PROXY)
    kept = folder / "nginx.conf"
    kept.write_text(configuration(folder, port=port, webs=webs), encoding="utf-8")
    with (folder / "nginx.log").open("wb") as log:
        serve = [nginx, "-c", str(kept), "-e", str(folder / "nginx-early.log"), "-g", "daemon off;"]
        process = subprocess.Popen(serve, stdout=log, stderr=log)
        try:
            servers.wait_until(lambda: accepts(port), process, "nginx")
            yield
        finally:
            process.terminate()
            process.wait(timeout=servers.PATIENCE)


def configuration(folder: Path, *, port: int, webs: list[Site]) -> str:
    """What operators are given, on these ports and in this folder."""
    text = (ROOT / "docs" / "operating" / "nginx.conf").read_text(encoding="utf-8")
    for number, web in enumerate(webs, start=1):
        text = text.replace(f"web{number}:8000", f"{LOOPBACK}:{web.port}")
    text = text.replace("listen 8080;", f"listen {LOOPBACK}:{port};")
    text = re.sub(r"^pid .*;", f"pid {folder}/nginx.pid;", text, flags=re.MULTILINE)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "\n".join(f"{kind}_temp_path {folder}/nginx-{kind};" for kind in kinds)
    return text.replace("http {", f"http {{\n{places}", 1)


def accepts(port: int) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False
