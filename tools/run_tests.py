"""Run the suite twice: on PostgreSQL and Redis with a real Chromium, then on a SQLite file in one process.

    tools/run_tests.py [--fast] [--pass servers|embedded] [--part together|browser|alone] [arguments for pytest]

``--fast`` is the second pass alone, without what is marked slow or alone. What does not need the machine for itself is
shared between as many processes as there are cores, what needs a browser apart from what does not. Ends non-zero if a
part fails or if nothing ran.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PASSES = {"servers": "PostgreSQL + Redis", "embedded": "SQLite file + one process"}
PARTS = {"together": "", "browser": ", in Chromium", "alone": ", one after another"}
EMPTY = {("embedded", "browser"), ("embedded", "alone")}  # they are for the first pass
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
        runs = [
            run(name, part, for_pytest)
            for name in passes
            for part in ([asked.part] if asked.part else PARTS)
            if asked.part or (name, part) not in EMPTY
        ]
    for line, _ in runs:
        print(line)
    codes = {code for _, code in runs}
    if codes == {NOTHING_RAN}:
        print("No test ran.")
        return 1
    return 0 if codes <= {0, NOTHING_RAN} else 1


def run(name: str, part: str, arguments: list[str]) -> tuple[str, int]:
    """One part of a pass; pytest's closing line says what passed, the line returned here how long all of it took."""
    title = PASSES[name] + PARTS[part]
    print(f"--- {title}", flush=True)
    environment = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    several = ["-n", str(PROCESSES), "--dist=worksteal"] if part != "alone" and PROCESSES > 1 else []
    command = [sys.executable, "-m", "pytest", f"--stores={name}", f"--part={part}", *several, *arguments]
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    word = {0: "green", NOTHING_RAN: "nothing to run"}.get(code, "RED")
    return f"{title}: {word}, {time.monotonic() - started:.1f} s of wall time", code


if __name__ == "__main__":
    sys.exit(main())
