"""Write requirements.txt and requirements-dev.txt from pyproject.toml: exact pins and hashes, no addresses.

A pin that still fits is kept, so the same pyproject.toml always gives the same files; ``--upgrade`` takes the newest.
``--check`` writes nothing and ends with 1 if the files would change. Where the package index cannot be reached, it
compares names and versions with pyproject.toml instead, and says so.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
UV = Path(sys.executable).with_name("uv")
RUN, DEV = "requirements.txt", "requirements-dev.txt"
FORM = ["--universal", "--python-version", "3.12", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", re.MULTILINE)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true")
    options.add_argument("--upgrade", action="store_true")
    asked = options.parse_args()
    if not asked.check:
        return compile_into(ROOT, ["--upgrade"] * asked.upgrade)
    if found := [name for name in (RUN, DEV) if "://" in (ROOT / name).read_text(encoding="utf-8")]:
        print(f"{' and '.join(found)} hold addresses: pins and hashes only")
        return 1
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made)
        for name in (RUN, DEV, "pyproject.toml"):
            shutil.copy(ROOT / name, copy / name)
        if compile_into(copy, []) != 0:
            print("the package index was not reached: comparing names and versions alone")
            return compare_names()
        changed = [name for name in (RUN, DEV) if (copy / name).read_bytes() != (ROOT / name).read_bytes()]
    if changed:
        print(f"{' and '.join(changed)} are behind pyproject.toml: run make lock")
    return bool(changed)


def compile_into(folder: Path, more: list[str]) -> int:
    """Compile both files in ``folder``, over what stands there: uv keeps the pins that still fit."""
    commands: list[list[str | Path]] = [
        [UV, "pip", "compile", "pyproject.toml", *FORM, *more, "-o", RUN],
        [UV, "pip", "compile", "--group", "dev", *FORM, *more, "-c", RUN, "-o", DEV],
    ]
    if more:  # the second stands on the first's new pins
        return max(run(command, folder) for command in commands)
    with ThreadPoolExecutor() as both:
        return max(both.map(lambda command: run(command, folder), commands))


def run(command: list[str | Path], folder: Path) -> int:
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=120).returncode


def compare_names() -> int:
    """Each requirement of pyproject.toml has a pin that its specifier accepts."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {RUN: project["project"]["dependencies"], DEV: project["dependency-groups"]["dev"]}
    wrong = 0
    for name, rows in wanted.items():
        pins = {canonicalize_name(pin): at for pin, at in PIN.findall((ROOT / name).read_text(encoding="utf-8"))}
        for requirement in map(Requirement, rows):
            at = pins.get(canonicalize_name(requirement.name))
            if at is None or at not in requirement.specifier:
                wrong += 1
                print(
                    f"{name} pins {requirement.name} at {at or 'nothing'}, pyproject.toml wants {requirement.specifier}"
                )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
