"""Run the suite twice: on PostgreSQL and Redis with a real Chromium, then on a SQLite file in one process.

    tools/run_tests.py [--fast] [--pass servers|embedded] [--part together|browser|alone] [arguments for pytest]

``--fast`` is the second pass alone, without what is marked slow or alone. What does not need its servers for itself is
shared between as many processes as there are cores, what needs a browser apart from what does not. What breaks servers
waits most of its time, so the second pass, which has none, runs beside it and is printed after it. Ends non-zero if a
part fails or if nothing ran.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent
PASSES = {"servers": "PostgreSQL + Redis", "embedded": "SQLite file + one process"}
PARTS = {"together": "", "browser": ", in Chromium", "alone": ", one after another"}
EMPTY = {("embedded", "browser"), ("embedded", "alone")}  # they are for the first pass
BESIDE = [("servers", "alone"), ("embedded", "together")]
NOTHING_RAN = 5  # pytest's code when every test was deselected
PROCESSES = min(4, os.cpu_count() or 1)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--fast", action="store_true")
    options.add_argument("--pass", dest="only", choices=PASSES)
    options.add_argument("--part", choices=PARTS)
    asked, for_pytest = options.parse_known_args()
    if asked.fast:
        runs = [run("embedded", "together", ["--fast", *for_pytest])]
    else:
        passes = [asked.only] if asked.only else PASSES
        plan = [
            (name, part)
            for name in passes
            for part in ([asked.part] if asked.part else PARTS)
            if asked.part or (name, part) not in EMPTY
        ]
        beside = BESIDE if set(BESIDE) <= set(plan) else []
        runs = [run(name, part, for_pytest) for name, part in plan if (name, part) not in beside]
        runs += run_beside(beside, for_pytest)
    for line, _ in runs:
        print(line)
    codes = {code for _, code in runs}
    if codes == {NOTHING_RAN}:
        print("No test ran.")
        return 1
    return 0 if codes <= {0, NOTHING_RAN} else 1


def run_beside(plan: Sequence[tuple[str, str]], arguments: list[str]) -> list[tuple[str, int]]:
    """Parts at the same time: the first is printed as it goes, the others after it."""
    if not plan:
        return []
    with ThreadPoolExecutor() as hands, tempfile.TemporaryFile() as kept:
        waiting = [hands.submit(run, name, part, arguments, kept) for name, part in plan[1:]]
        runs = [run(*plan[0], arguments), *(one.result() for one in waiting)]
        kept.seek(0)
        sys.stdout.buffer.write(kept.read())
        sys.stdout.flush()
    return runs


def run(name: str, part: str, arguments: list[str], output: IO[bytes] | None = None) -> tuple[str, int]:
    """One part of a pass; pytest's closing line says what passed, the line returned here how long all of it took."""
    title = PASSES[name] + PARTS[part]
    print(f"--- {title}{', beside what comes here' if output else ''}", flush=True)
    environment = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    several = ["-n", str(PROCESSES), "--dist=worksteal"] if part != "alone" and PROCESSES > 1 else []
    command = [sys.executable, "-m", "pytest", f"--stores={name}", f"--part={part}", *several, *arguments]
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=output, stderr=output).returncode
    word = {0: "green", NOTHING_RAN: "nothing to run"}.get(code, "RED")
    return f"{title}: {word}, {time.monotonic() - started:.1f} s of wall time", code


if __name__ == "__main__":
    sys.exit(main())
