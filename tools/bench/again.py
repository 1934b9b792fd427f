"""Measure how long it takes to find somebody else for one person, from the rows of a database, and print it as a table.

python tools/bench/again.py            measure and print
python tools/bench/again.py --write    and put the table into docs/matching.md
python tools/bench/again.py 1200       measure another number of people, to see that it works

As somebody who presses "Look for somebody else" waits for it, in the worker: every mentor whom their own row does not
keep away is read and judged, and the three who fit best are found. No solver is loaded. "Read" is what the rows of
those mentors alone take: no answer can come sooner; the ratio is to that. The best of a few rounds, in turn.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests import servers  # noqa: E402 - the project is not installed
from tests.copies import database_of_its_own, migrated_database  # noqa: E402

ARRANGES = Path(__file__).with_name("crowd.py")
TOLD = ROOT / "docs" / "matching.md"
TABLE = re.compile(r"(?<=<!-- one again -->\n).*?(?=<!-- end of one again -->)", re.DOTALL)
SIZES = (500, 5_000, 20_000)
ROUNDS = 5
RATIO_MOST = 3.0


def main() -> int:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2])))
        return 0
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
            for people in tried or SIZES:
                program = run(str(ARRANGES), "arrange", str(people))["program"]
                rows.append({"people": people, **run(__file__, "--one", program)})
    said = table(rows)
    broken = [f"{row['ratio']:.2f} times what is read, and {RATIO_MOST:g} at most" for row in rows if missed(row)]
    print(said, *broken, sep="\n")
    if "--write" in sys.argv[1:] and not tried:
        TOLD.write_text(TABLE.sub(lambda _old: said, TOLD.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if broken else 0


def missed(row: dict[str, Any]) -> bool:
    return bool(row["ratio"] > RATIO_MOST or row["solver"])


def run(*words: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(program_id: str) -> dict[str, Any]:
    import django  # noqa: PLC0415 - a part of its own, in a process of its own

    django.setup()
    from community.matches.desk.facts import mentors_of, policy_for  # noqa: PLC0415 - Django comes first
    from community.matches.desk.line import ready_for, waiting_in  # noqa: PLC0415
    from community.matches.desk.many import best_for  # noqa: PLC0415
    from community.programs.models import Program  # noqa: PLC0415

    program = Program.objects.get(pk=program_id)
    waiting = waiting_in(program)
    one, policy = waiting[len(waiting) // 2], policy_for(program)
    read, whole = [], []
    for _round in range(ROUNDS):
        read.append(timed(lambda: mentors_of(ready_for(one, policy))))
        whole.append(timed(lambda: best_for(one)))
    return {
        "mentors": len(ready_for(one, policy)),
        "read": min(read),
        "whole": min(whole),
        "ratio": min(whole) / min(read),
        "found": len(best_for(one)),
        "solver": "ortools" in sys.modules,
    }


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def table(rows: list[dict[str, Any]]) -> str:
    lines = [
        f"Measured on {os.cpu_count()} shared cores, {sys.platform}, Python {sys.version.split()[0]}, one worker.\n",
        "| people | mentors | read | found | ratio | cards |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['people']:,} | {row['mentors']:,} | {row['read'] * 1000:,.0f} ms | {row['whole'] * 1000:,.0f} ms"
        f" | {row['ratio']:.2f} | {row['found']} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
