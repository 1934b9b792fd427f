"""The suite keeps its own promise: what does not run fails, what needs a server is left out by name and counted."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.once]  # each starts a pytest of its own

ROOT = Path(__file__).parents[2]
#: A suite that shirks, for a run of its own: none of this is left out there, all of it fails.
SHY = """
import pytest

@pytest.mark.skip(reason="tired")
def test_skipped():
    raise AssertionError

@pytest.mark.xfail
def test_expected_to_fail():
    raise AssertionError

@pytest.mark.xfail
def test_expected_to_fail_but_passes():
    pass

def test_skips_itself():
    pytest.skip("tired")

@pytest.mark.servers
def test_needs_servers():
    raise AssertionError

def test_runs():
    pass
"""


def run(folder: Path, words: str, *more: str) -> tuple[int, str]:
    (folder / "test_shy.py").write_text(words, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--stores=embedded", "-q", *more]
    ended = subprocess.run([*command, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout


def test_whatever_is_skipped_or_expected_to_fail_fails(tmp_path: Path) -> None:
    code, said = run(tmp_path, SHY)
    assert code == 1
    assert "3 failed, 1 passed, 1 deselected, 1 error" in said


def test_a_module_that_skips_itself_fails(tmp_path: Path) -> None:
    code, said = run(tmp_path, "import pytest\n\npytest.importorskip('no_such_thing')\n")
    assert code != 0
    assert "1 error" in said


def test_a_marker_nobody_declared_is_an_error(tmp_path: Path) -> None:
    code, said = run(tmp_path, "import pytest\n\n@pytest.mark.sometimes\ndef test_it():\n    pass\n")
    assert code != 0
    assert "'sometimes' not found" in said
