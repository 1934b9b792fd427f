"""Count how often a proposal breaks a promise that people stake their safety on, over very many random towns.

python tools/bench/promises.py [--cases 10000]     count and print
python tools/bench/promises.py --write             and put the table into docs/matching.md

Ends with 1 where anything is broken. A town has up to 40 people who wait and 25 mentors, who said this and that; a
fifth of those who wait have a mentor already.
"""

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from community.matching.solver.shortlists import shortlists  # noqa: E402 - the path comes first
from community.matching.solver.solving import solve  # noqa: E402
from tests.community.promises import trial, violations  # noqa: E402

TOLD = ROOT / "docs" / "matching.md"
TABLE = re.compile(r"(?<=<!-- promises -->\n).*?(?=<!-- end of promises -->)", re.DOTALL)
SAYS = {
    "G1": "a proposal or a card breaks a rule",
    "G2": "a mentor has more people than places",
    "G8": "a match that stands is touched, or somebody has two",
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    started = time.perf_counter()
    counts, seen = counted(asked.cases)
    said = table(asked.cases, counts, seen)
    print(said, f"{sum(counts.values())} violations, in {time.perf_counter() - started:.0f} s", sep="\n")
    if asked.write:
        TOLD.write_text(TABLE.sub(lambda _old: said, TOLD.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if counts.total() else 0


def counted(cases: int) -> tuple[Counter[str], Counter[str]]:
    """What is broken, and how much was looked at: a zero over nothing would say nothing."""
    counts, seen = Counter(dict.fromkeys(SAYS, 0)), Counter[str]()
    for number in range(cases):
        town = trial(number)
        found, cards = solve(town.question), shortlists(town.question)
        counts.update(violations(town, found, cards))
        dealt = sum(map(len, cards.cards.values()))
        seen.update(proposals=len(found.matches), cards=dealt, standing=len(town.standing))
    return counts, seen


def table(cases: int, counts: Counter[str], seen: Counter[str]) -> str:
    looked = (
        f"{seen['proposals']:,} proposals and {seen['cards']:,} cards beside {seen['standing']:,} matches that stand"
    )
    rows = [f"| {code}: {words} | {counts[code]} |" for code, words in SAYS.items()]
    said = [f"{cases:,} random towns: {looked}.\n", "| promise that would be broken | times |", "|---|---|", *rows]
    return "\n".join(said) + "\n"


if __name__ == "__main__":
    sys.exit(main())
