"""What a phone has to fetch before it can talk: scripts without our comments, within a budget; sheets of one mind."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from community.foundation.static import without_comments
from tests.walls.test_source import ROOT

SHEETS = sorted(path for path in ROOT.glob("*/static/**/*.css") if "vendor" not in path.parts)
EVERYWHERE = ROOT / "community/static/community/css/porchlight.css"  # beside every other one
PLAIN = re.compile(r"^(\.[a-z0-9-]+) \{", re.MULTILINE)  # a rule of one class, not of a width or a theme
SCRIPTS = sorted(path for path in ROOT.glob("*/static/**/*.js") if "vendor" not in path.parts)
KB = 1024


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/** What it is. */\nlet a = 1;\n", "let a = 1;\n"),
        ("  /**\n   * More\n   * lines.\n   */\n  a();\n", "a();\n"),
        ("// alone\nlet a = 1; // ms, a wait\n", "let a = 1;\n"),
        ('let a = "https://example.org"; // there\n', 'let a = "https://example.org";\n'),
        ('let a = "one // two";\n', 'let a = "one // two";\n'),
        ("let a = `one // two`;\n", "let a = `one // two`;\n"),
        ("let a = /x\\/\\/ y/;\n", "let a = /x\\/\\/ y/;\n"),
        ("let a = 1; // it's kept\n", "let a = 1; // it's kept\n"),
        ("a(/* why */ b);\n", "a(/* why */ b);\n"),
    ],
)
def test_comments_stay_at_home_and_nothing_else(written: str, sent: str) -> None:
    assert without_comments(written) == sent


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_of_ours_has_words_over_lines(path: Path) -> None:
    """In them a comment or a space at the beginning could not be told from what is said."""
    for line in path.read_text(encoding="utf-8").splitlines():
        assert line.count("`") % 2 == 0, line


@pytest.mark.parametrize(
    ("home", "most"), [("groups/static/groups/js", 14.5 * KB), ("realtime/static/realtime/js", 8 * KB)]
)
def test_scripts_are_within_their_budget(home: str, most: float) -> None:
    here = [path for path in SCRIPTS if path.parent == ROOT / home]
    sent = [gzip.compress(without_comments(path.read_text(encoding="utf-8")).encode(), 9) for path in here]
    assert here
    assert sum(map(len, sent)) <= most


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_class_means_one_thing_on_a_page(path: Path) -> None:
    """Two rules of one name in two places are two meanings, and each page that wanted one gets both."""
    said = Counter(name for sheet in {path, EVERYWHERE} for name in PLAIN.findall(sheet.read_text(encoding="utf-8")))
    assert [name for name, times in said.items() if times > 1] == []
