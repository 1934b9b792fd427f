"""Everything but the tests: form, types, walls, migrations, settings, documents, pins. One line a part; all parts run.

``--write`` first writes the generated files anew: docs/openapi.json, docs/asyncapi.json, the compiled catalogs.
"""

import argparse
import base64
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
OPENAPI = [*MANAGE, "spectacular", "--format", "openapi-json", "--validate", "--fail-on-warn"]
ASYNCAPI = [*MANAGE, "asyncapi"]
ASYNCAPI_SCHEMA = "tests/schemas/asyncapi-3.0.0.json"
MIGRATIONS = [*MANAGE, "makemigrations", "--check", "--dry-run"]
DEPLOY = [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
CATALOGS = sorted(ROOT.glob("*/locale/*/LC_MESSAGES/*.po"))


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to look at; ``look`` answers what is wrong with it, or nothing."""

    name: str
    look: Callable[[], str]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write the generated files anew")
    if options.parse_args().write:
        write()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as several:
        waiting = {several.submit(timed, part): part for part in PARTS}
        wrong = [report(waiting[done].name, *done.result()) for done in as_completed(waiting)]
    print(f"{wrong.count(False)} parts of {len(PARTS)} green")
    return int(any(wrong))


def timed(part: Part) -> tuple[str, float]:
    started = time.monotonic()
    return part.look().strip(), time.monotonic() - started


def report(name: str, said: str, seconds: float) -> bool:
    print(f"{'RED  ' if said else 'green'}  {name} ({seconds:.1f} s)", flush=True)
    if said:
        print("       " + said.replace("\n", "\n       "), flush=True)
    return bool(said)


def ran(*command: str | Path, production: bool = False) -> str:
    """What a failing command says; nothing if it succeeds."""
    code, said = spoken(*command, production=production)
    return "" if code == 0 else said.rpartition("Broken contracts\n")[2] or f"ended with {code}"


def spoken(*command: str | Path, production: bool = False) -> tuple[int, str]:
    with tempfile.TemporaryDirectory(prefix="porchlight-check-") as data:
        settings = live() if production else {"DJANGO_SETTINGS_MODULE": "community.settings.test"}
        environment = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "PORCHLIGHT_DATA": data, **settings}
        ended = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    return ended.returncode, ended.stdout if ended.returncode == 0 else ended.stdout + ended.stderr


def live() -> dict[str, str]:
    """What a live site is given, thrown away afterwards."""
    today = time.strftime("%Y-%m-%d", time.gmtime())
    return {
        "DJANGO_SETTINGS_MODULE": "community.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "FIELD_KEYS": "check:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "check.example",
        "ALLOWED_ORIGINS": "https://check.example",
        "CRISIS_LINES": f"988 Lifeline | 988 | {today}; Emergency | 911 | {today}",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "MAIL_URL": "smtp://mail.example:587?tls=1",
        "MAIL_FROM": "updates@check.example",
    }


def document(path: str, command: list[str]) -> str:
    """A generated document that is not what the code generates now."""
    code, said = spoken(*command)
    if code != 0:
        return said
    kept = ROOT / path
    if not kept.exists() or kept.read_text(encoding="utf-8").strip() != said.strip():
        return f"{path} is not what the code says now: run make check ARGS=--write, and tell integrators what changed"
    return ""


def schema_of_asyncapi() -> str:
    return ran(BIN / "check-jsonschema", "--schemafile", ASYNCAPI_SCHEMA, "docs/asyncapi.json")


def catalogs() -> str:
    """Words on a page that no catalog has, catalogs whose compiled form is behind, words without a translation."""
    said = [one] if (one := ran(sys.executable, "tools/messages.py", "--check")) else []
    for source in CATALOGS:
        words = polib.pofile(source)
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != words.to_binary():
            said.append(f"{compiled.relative_to(ROOT)} is behind its .po: run make check ARGS=--write")
        if waiting := len(words.untranslated_entries()) + len(words.fuzzy_entries()):
            said.append(f"{source.relative_to(ROOT)} has {waiting} words without a sure translation")
    return "\n".join(said)


def write() -> None:
    for path, command in (("docs/openapi.json", OPENAPI), ("docs/asyncapi.json", ASYNCAPI)):
        code, said = spoken(*command)
        if code == 0:
            (ROOT / path).write_text(said.strip() + "\n", encoding="utf-8")
    for source in CATALOGS:
        source.with_suffix(".mo").write_bytes(polib.pofile(source).to_binary())


# The slow ones first, so that two cores are busy to the end.
PARTS = [
    Part("types (mypy)", lambda: ran(BIN / "mypy")),
    Part("pins in step with pyproject.toml", lambda: ran(sys.executable, "tools/lock.py", "--check")),
    Part("walls (lint-imports)", lambda: ran(BIN / "lint-imports", "--no-cache")),
    Part("style (ruff check)", lambda: ran(BIN / "ruff", "check", "--output-format=concise", ".")),
    Part("form (ruff format)", lambda: ran(BIN / "ruff", "format", "--check", ".")),
    Part("migrations in step with models", lambda: ran(*MIGRATIONS)),
    Part("a live site's settings (check --deploy)", lambda: ran(*DEPLOY, production=True)),
    Part("docs/openapi.json in step with the code", lambda: document("docs/openapi.json", OPENAPI)),
    Part("docs/asyncapi.json in step with the code", lambda: document("docs/asyncapi.json", ASYNCAPI)),
    Part("docs/asyncapi.json is AsyncAPI 3.0", schema_of_asyncapi),
    Part("catalogs have every word, compiled", catalogs),
    Part("words that are never said", lambda: ran(sys.executable, "tools/words.py")),
    Part(
        "docker-compose.yml fits its schema",
        lambda: ran(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
    ),
    Part("Dockerfile (hadolint)", lambda: ran(BIN / "hadolint", "Dockerfile")),
]

if __name__ == "__main__":
    sys.exit(main())
