"""Run the suite twice: on PostgreSQL and Redis with a real Chromium, then on a SQLite file in one process.

    tools/run_tests.py [--fast] [--pass servers|embedded] [arguments for pytest]

``--fast`` is the second pass alone, without what is marked slow. Ends non-zero if a pass fails or if nothing ran.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PASSES = {"servers": "PostgreSQL + Redis", "embedded": "SQLite file + one process"}
NOTHING_RAN = 5  # pytest's code when every test was deselected


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--fast", action="store_true")
    options.add_argument("--pass", dest="only", choices=PASSES)
    asked, for_pytest = options.parse_known_args()
    chosen = ["embedded"] if asked.fast else [asked.only] if asked.only else list(PASSES)
    if asked.fast:
        for_pytest = ["--fast", *for_pytest]
    ended = [run(name, for_pytest) for name in chosen]
    for line, _ in ended:
        print(line)
    codes = [code for _, code in ended]
    if set(codes) == {NOTHING_RAN}:
        print("No test ran.")
        return 1
    return 0 if set(codes) <= {0, NOTHING_RAN} else 1


def run(name: str, arguments: list[str]) -> tuple[str, int]:
    """One pass; pytest's own closing line says what passed, the line returned here how long all of it took."""
    print(f"--- {PASSES[name]}", flush=True)
    environment = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    code = subprocess.run(
        [sys.executable, "-m", "pytest", f"--stores={name}", *arguments], cwd=ROOT, env=environment, check=False
    ).returncode
    word = {0: "green", NOTHING_RAN: "nothing to run"}.get(code, "RED")
    return f"{PASSES[name]}: {word}, {time.monotonic() - started:.1f} s of wall time", code


if __name__ == "__main__":
    sys.exit(main())
