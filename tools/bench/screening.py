"""Measure the screening of one message: ordinary ones, long ones, and what somebody writes to make it slow.

python tools/bench/screening.py            measure and print
python tools/bench/screening.py --write    and put the table into docs/performance.md

A long message is lines of the corpus after each other, 4,000 characters; calm ones are harmless lines only, so that the
model has to weigh them too. Ends with 1 where a bound does not hold.
"""

import os
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from community.safety.screening import corpus  # noqa: E402 - the project is not installed
from community.safety.screening.engine import screen  # noqa: E402
from community.safety.screening.normalizer import LIMIT  # noqa: E402

TOLD = ROOT / "docs" / "performance.md"
TABLE = re.compile(r"(?<=<!-- screening -->\n).*?(?=<!-- end of screening -->)", re.DOTALL)
MESSAGES = 100
P95_MOST = 5.0  # milliseconds, of messages of LIMIT characters
WORST_MOST = 50.0  # of any message
LETTERS = "abcdefghijklmnopqrstuvwxyz"

HOSTILE: dict[str, Callable[[random.Random], str]] = {
    "one letter": lambda _: "a" * LIMIT,
    "one word": lambda _: "kill " * LIMIT,
    "one phrase": lambda _: "i want to kill myself " * LIMIT,
    "spaced letters": lambda _: "k i l l " * LIMIT,
    "words run together": lambda _: "iwanttokillmyselftonight" * LIMIT,
    "zalgo": lambda _: "z\u0363\u0300\u0489" * LIMIT,
    "invisible characters": lambda _: "k\u200bi\u200bl\u200bl " * LIMIT,
    "mixed scripts": lambda dice: "".join(dice.choice("k\u043a\u03ba\uff4b \u0456i\u0131l") for _ in range(LIMIT)),
    "signs that unfold": lambda _: "\ufdfa" * LIMIT,
    "code": lambda _: "if (x[i] != y) { return !z; } // TODO\n" * LIMIT,
    "figures": lambda dice: "".join(dice.choice("0123456789 -.") for _ in range(LIMIT)),
    "telephone numbers": lambda _: "615-555-0142 " * LIMIT,
    "addresses": lambda _: "a.b@mail.example.com https://a.co/b " * LIMIT,
    "stars": lambda _: "k*** s****** " * LIMIT,
    "nonsense": lambda dice: " ".join("".join(dice.choices(LETTERS, k=dice.randint(2, 9))) for _ in range(LIMIT)),
    "near-words": lambda dice: " ".join("suicide" + "".join(dice.choices(LETTERS, k=12)) for _ in range(LIMIT)),
    "any signs": lambda dice: "".join(chr(dice.randrange(32, 0x3000)) for _ in range(LIMIT)),
}


def main() -> int:
    dice = random.Random(7)  # noqa: S311 - no secret
    lines = [row["text"] for row in corpus.part("train")]
    calm = [row["text"] for row in corpus.part("train") if row["tier"] == "none"]
    rows = {
        "as people write": [dice.choice(lines) for _ in range(MESSAGES)],
        "4,000 characters": [joined(lines, dice) for _ in range(MESSAGES)],
        "4,000 characters, calm": [joined(calm, dice) for _ in range(MESSAGES)],
    }
    screen("once, so that everything is compiled")
    taken = {name: sorted(milliseconds(text) for text in texts) for name, texts in rows.items()}
    worst = {name: max(milliseconds(make(dice)[:LIMIT]) for _ in range(3)) for name, make in HOSTILE.items()}
    said, broken = table(taken, worst), missed(taken, worst)
    print(said, *broken, sep="\n")
    if "--write" in sys.argv[1:] and not broken:
        TOLD.write_text(TABLE.sub(lambda _old: said, TOLD.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if broken else 0


def joined(lines: list[str], dice: random.Random) -> str:
    text = ""
    while len(text) < LIMIT:
        text += dice.choice(lines) + ". "
    return text[:LIMIT]


def milliseconds(text: str) -> float:
    """The best of three: whatever else the machine does only adds."""
    return min(_once(text) for _ in range(3))


def _once(text: str) -> float:
    begun = time.process_time()
    screen(text)
    return (time.process_time() - begun) * 1000


def p95(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def missed(taken: dict[str, list[float]], worst: dict[str, float]) -> list[str]:
    slow = [f"{name}: p95 {p95(times):.1f} ms" for name, times in taken.items() if p95(times) > P95_MOST]
    return slow + [f"{name}: {most:.1f} ms" for name, most in worst.items() if most > WORST_MOST]


def table(taken: dict[str, list[float]], worst: dict[str, float]) -> str:
    lines = [
        f"Measured on {os.cpu_count()} cores, {sys.platform}, Python {sys.version.split()[0]}, processor time.\n",
        "| message | middle | p95 | slowest |",
        "|---|---|---|---|",
    ]
    for name, times in taken.items():
        lines.append(f"| {name} | {times[len(times) // 2]:.1f} ms | {p95(times):.1f} ms | {times[-1]:.1f} ms |")
    slowest = sorted(worst.items(), key=lambda pair: -pair[1])
    lines += [f"| {name}, 4,000 characters | | | {most:.1f} ms |" for name, most in slowest[:6]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
