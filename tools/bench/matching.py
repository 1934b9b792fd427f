"""Measure how long it takes to match very many people, and print it as a table.

python tools/bench/matching.py             measure and print
python tools/bench/matching.py --write     and put the table into docs/matching.md

Each size runs in a process of its own, on lists of twenty mentors a mentee and places for 95 of a hundred. "The flow
alone" is OR-tools on the same lists, costs ready made: what no answer can be quicker than.
"""

import json
import os
import platform
import random
import re
import resource
import subprocess
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from community.matching.solver import flow  # noqa: E402 - the path comes first
from community.matching.solver.instance import Instance  # noqa: E402
from community.matching.solver.market import open_market  # noqa: E402
from community.matching.solver.shortlists import shortlists  # noqa: E402
from community.matching.solver.solving import solve  # noqa: E402

TOLD = ROOT / "docs" / "matching.md"
TABLE = re.compile(r"(?<=<!-- sizes -->\n).*?(?=<!-- end of sizes -->)", re.DOTALL)
SIZES = (500, 1_000, 5_000, 20_000)
EACH = 20
ROUNDS = 5


def main() -> int:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(int(sys.argv[2]))))
        return 0
    rows = [json.loads(apart(size)) for size in SIZES]
    said = table(rows)
    print(said)
    if "--write" in sys.argv[1:]:
        TOLD.write_text(TABLE.sub(lambda _old: said, TOLD.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def apart(size: int) -> str:
    command = [sys.executable, __file__, "--one", str(size)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measured(size: int) -> dict[str, float]:
    question = crowd(size)
    bare, whole = [], []
    market = open_market(question)
    for _round in range(ROUNDS):  # in turn, so that what else the machine does falls on both
        bare.append(timed(lambda: flow.served(market)))
        whole.append(timed(lambda: solve(question)))
    cards = timed(lambda: shortlists(question))
    found = solve(question)
    return {
        "size": size,
        "pairs": len(question.pairs[0]),
        "bare": min(bare),
        "whole": min(whole),
        "cards": cards,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "matched": len(found.matches),
        "quality": found.total / found.most if found.most else 1,
    }


def crowd(size: int) -> Instance:
    chance = random.Random(size)  # noqa: S311 - people of a measurement
    capacity = {f"mentor {number}": 0 for number in range(size // 2)}
    mentors = list(capacity)
    for _place in range(size * 95 // 100):
        capacity[chance.choice(mentors)] += 1
    tails, heads, fits = array("i"), array("i"), array("i")
    for mentee in range(size):
        for mentor in chance.sample(range(len(mentors)), EACH):
            tails.append(mentee)
            heads.append(mentor)
            fits.append(chance.randint(250, 1000))
    return Instance(tuple(f"mentee {number}" for number in range(size)), capacity, (tails, heads, fits))


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def table(rows: list[dict[str, float]]) -> str:
    machine = f"{os.cpu_count()} shared cores, {sys.platform}, Python {platform.python_version()}"
    said = [
        f"Measured on {machine}; the best of {ROUNDS} rounds.\n",
        "| mentees | pairs | flow alone | solved | ratio | cards | memory | matched | of the best total |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    said += [
        f"| {row['size']:,} | {row['pairs']:,} | {row['bare']:.3f} s | {row['whole']:.3f} s"
        f" | {row['whole'] / row['bare']:.2f} | {row['cards']:.2f} s | {row['memory']:.0f} MB | {row['matched']:,}"
        f" | {row['quality']:.2%} |"
        for row in rows
    ]
    return "\n".join(said) + "\n"


if __name__ == "__main__":
    sys.exit(main())
