"""Measure a proposal for everybody who waits in one program, from the rows of a database to what staff look at.

python tools/bench/pairs_from_rows.py            measure and print
python tools/bench/pairs_from_rows.py --write    and put the table into docs/matching.md
python tools/bench/pairs_from_rows.py 1200       measure another number of people, to see that it works

On a PostgreSQL of its own; half as many mentors as people who wait, with places for about 95 of a hundred. Each size is
measured in a process of its own; memory is the most that it or the solver's process held. What is bounded is the work
done, of both processes: what else the machine does meanwhile only makes it last longer.
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

PARTS = Path(__file__).with_name("crowd.py")
TOLD = ROOT / "docs" / "matching.md"
TABLE = re.compile(r"(?<=<!-- from rows -->\n).*?(?=<!-- end of from rows -->)", re.DOTALL)
SECONDS_MOST = {500: 1.0, 1_000: 2.0, 5_000: 10.0, 20_000: 60.0}
MEGABYTES_MOST = 1024.0
QUALITY_LEAST = 0.99  # of the highest total over all pairs, also where lists are cut
RATIO_MOST = 1.5  # of the solver to the flow alone, on the same lists, at 5,000


def main() -> int:
    tried = [int(one) for one in sys.argv[1:] if one.isdigit()]
    with tempfile.TemporaryDirectory() as data:
        started = servers.start(postgres=True, redis=False)
        os.environ.update(
            DATABASE_URL=started.running["postgres"].url,
            REDIS_URL="",
            DJANGO_SETTINGS_MODULE="community.settings.demo",
            PORCHLIGHT_DATA=data,
        )
        with closing(started), database_of_its_own(migrated_database()) as own:
            os.environ.update(own)
            rows = []
            for people in tried or SECONDS_MOST:
                program = run("arrange", str(people))["program"]
                rows.append({"people": people, **run("propose", program)})
    said, broken = table(rows), missed(rows)
    print(said, *broken, sep="\n")
    if "--write" in sys.argv[1:] and not tried:
        TOLD.write_text(TABLE.sub(lambda _old: said, TOLD.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if broken else 0


def run(*words: str) -> dict[str, Any]:
    """A part in a process of its own, so that what one holds is not counted for another."""
    done = subprocess.run([sys.executable, PARTS, *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def missed(rows: list[dict[str, Any]]) -> list[str]:
    bounds = [
        (f"seconds of work for {row['people']:,}", row["cpu"], SECONDS_MOST[row["people"]])
        for row in rows
        if row["people"] in SECONDS_MOST
    ]
    bounds += [("MB", max(row["megabytes"] for row in rows), MEGABYTES_MOST)]
    bounds += [("times the flow alone", row["ratio"], RATIO_MOST) for row in rows if row["people"] == 5_000]
    broken = [f"{found:.1f} {what}, and {most:g} at most" for what, found, most in bounds if found > most]
    low = [row for row in rows if (row["least"] if row["exact"] is None else row["exact"]) < QUALITY_LEAST]
    return broken + [
        f"{best(row)} of the best total for {row['people']:,}, and {QUALITY_LEAST:.0%} at least" for row in low
    ]


def best(row: dict[str, Any]) -> str:
    return f"at least {row['least']:.2%}" if row["exact"] is None else f"{row['exact']:.2%}"


def table(rows: list[dict[str, Any]]) -> str:
    lines = [
        f"Measured on {os.cpu_count()} shared cores, {sys.platform}, Python {sys.version.split()[0]}, one worker.\n",
        (
            "| people | pairs that break no rule | looked at | seconds | first | of work | ratio | memory | matched"
            " | of the best total |"
        ),
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['people']:,} | {row['eligible']:,} | {row['pairs']:,} | {row['seconds']:.2f} | {row['before']:.2f}"
        f" | {row['cpu']:.2f} | {row['ratio']:.2f} | {row['megabytes']:.0f} MB | {row['matched']:,} | {best(row)} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
