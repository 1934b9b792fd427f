"""The commands of a site, as operators are given them, to be run on this machine."""

import shlex
import sys

from tests.copies import ROOT


def procfile() -> dict[str, list[str]]:
    rows = (line.split(":", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines())
    return {name: shlex.split(command) for name, command in rows}


def run_here(name: str, **listens: str) -> list[str]:
    """That command by the interpreter of this run; ``listens`` gives what stands behind ``-b`` and ``-p`` there."""
    program, *words = procfile()[name]
    for option, value in listens.items():
        words[words.index(f"-{option}") + 1] = value
    return [sys.executable, *words] if program == "python" else [sys.executable, "-m", program, *words]
