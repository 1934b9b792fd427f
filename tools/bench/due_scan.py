"""Measure the look at whose day has come: 10,000 and 100,000 people, none of them due, 250, and a thousand.

python tools/bench/due_scan.py            measure and print
python tools/bench/due_scan.py --write    and put the table into docs/performance.md

On a PostgreSQL of its own that waits for its disk. Of those who are due, every other is asked about tomorrow; the
others said yes, and their day is posted in a room of ten. Ends with 1 where a bound does not hold.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests import servers  # noqa: E402 - the project is not installed
from tests.copies import database_of_its_own, migrated_database  # noqa: E402

PARTS = Path(__file__).with_name("days.py")
TOLD = ROOT / "docs" / "performance.md"
TABLE = re.compile(r"(?<=<!-- due scan -->\n).*?(?=<!-- end of due scan -->)", re.DOTALL)
SMALL, LARGE = 10_000, 100_000
SOME, DUE = 250, 1_000
SECONDS_MOST = 20.0  # with DUE of LARGE due
GROWTH_MOST = 1.5  # the same number due, among ten times the people; and for each, among four times as many due
MEGABYTES_MOST = 100.0  # what a scan takes beyond the process that begins it


def main() -> int:
    rows = []
    with tempfile.TemporaryDirectory() as data:
        started = servers.start(postgres=True, redis=False, durable=True)
        os.environ.update(
            DATABASE_URL=started.running["postgres"].url,
            REDIS_URL="",
            DJANGO_SETTINGS_MODULE="community.settings.demo",
            PORCHLIGHT_DATA=data,
        )
        with closing(started), database_of_its_own(migrated_database()) as own:
            os.environ.update(own)
            for people in (SMALL, LARGE):
                run("arrange", str(people))
                rows += [{"people": people, **run("scan", str(due))} for due in (0, SOME, DUE)]
    said, broken = table(rows), missed(rows)
    print(said, *broken, sep="\n")
    if "--write" in sys.argv[1:] and not broken:
        TOLD.write_text(TABLE.sub(lambda _old: said, TOLD.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if broken else 0


def run(*words: str) -> dict[str, Any]:
    """A part in a process of its own, so that what one holds is not counted for another."""
    done = subprocess.run([sys.executable, PARTS, *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def missed(rows: list[dict[str, Any]]) -> list[str]:
    seconds = {(row["people"], row["due"]): row["seconds"] for row in rows}
    small, some, large = seconds[SMALL, DUE], seconds[LARGE, SOME], seconds[LARGE, DUE]
    bounds = (
        ("seconds", large, SECONDS_MOST),
        ("times the seconds among ten times the people", large / small, GROWTH_MOST),
        ("times the seconds for each among four times as many due", large / DUE / (some / SOME), GROWTH_MOST),
        ("MB", max(row["megabytes"] for row in rows), MEGABYTES_MOST),
    )
    return [f"{found:.1f} {what}, and {most:g} at most" for what, found, most in bounds if found > most]


def table(rows: list[dict[str, Any]]) -> str:
    lines = [
        f"Measured on {os.cpu_count()} cores, {sys.platform}, Python {sys.version.split()[0]}, one worker.\n",
        "| people who count days | due | seconds | for each who is due | memory on top |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        each = f"{row['seconds'] / row['due'] * 1000:.1f} ms" if row["due"] else ""
        seconds, memory = f"{row['seconds']:.2f}", f"{row['megabytes']:.0f} MB"
        lines.append(f"| {row['people']:,} | {row['due']:,} | {seconds} | {each} | {memory} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
