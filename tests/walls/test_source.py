"""What stands nowhere in the code, because one line of it would be enough."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for storey in ("community", "groups", "realtime")
    for path in sorted((ROOT / storey).rglob("*.py"))
    if "migrations" not in path.parts
]
PAGES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = [
    path
    for storey in ("community", "groups", "realtime")
    for path in sorted((ROOT / storey).rglob("static/**/*.js"))
    if "vendor" not in path.parts
]
IMPORT = r"""(?:\bfrom |\bimport |\bimport\()"(\.[^"]+\.js)\""""
FORBIDDEN = {
    r"mark_safe|SafeString|format_html_join": "what people wrote is never trusted as HTML",
    r"csrf_exempt": "every form and every cookie call proves where it comes from",
    r"\.extra\(|RawSQL|\.raw\(": "the ORM quotes for us",
    r"execute(many)?\(\s*(f[\"']|[\"'].*[\"']\s*%|.*\.format\()": "no SQL is put together from pieces",
    r"select_for_update\(\s*\)|select_for_update\((?!no_key=True)": "FOR UPDATE makes every foreign key wait",
    r"objects\.get\(\s*(pk|id)\s*=(?!\s*1\))": "what a person may see starts at a scoped QuerySet",
    r"get_object_or_404\(": "as above",
    r"async_to_sync": "no thread waits for the loop",
    r"\bpickle\b|\beval\(|\bexec\(|yaml\.load\(": "nothing that was sent is ever run",
    r"\bprint\(": "logs are JSON lines without words",
    r"post_save|pre_save|receiver\(": "facts travel as typed events",
}


def lines(paths: list[Path], pattern: str) -> list[str]:
    """Where ``pattern`` stands, as file:line."""
    found = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if found.search(line.split("  #")[0]) and not line.lstrip().startswith(("#", '"""', "//", "*", "/*"))
    ]


def test_there_is_something_to_read() -> None:
    assert len(CODE) > 60
    assert PAGES
    assert SCRIPTS


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_line_of_code_says_so(pattern: str) -> None:
    assert lines(CODE, pattern) == [], FORBIDDEN[pattern]


def test_only_delivery_speaks_to_the_channel_layer() -> None:
    said = lines(CODE, r"group_send\(")
    assert {line.split(":")[0] for line in said} == {"realtime/delivery.py"}


@pytest.mark.parametrize(
    "pattern",
    [
        r"\|\s*safe\b|autoescape off|safeseq",
        r"<script(?![^>]*\bsrc=)",
        r"<style\b|\sstyle=",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
    ],
)
def test_no_page_runs_or_paints_from_inside(pattern: str) -> None:
    assert lines(PAGES, pattern) == []


def test_no_page_loads_from_another_origin() -> None:
    assert lines(PAGES, r"(src|href|action)=[\"'](https?:)?//") == []


@pytest.mark.parametrize(
    "pattern", [r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", r"\beval\(|new Function\("]
)
def test_no_script_makes_html_from_words(pattern: str) -> None:
    assert lines(SCRIPTS, pattern) == []


def test_no_scripts_import_each_other_in_a_circle() -> None:
    """Each is named by what it holds, and so by the names of what it imports: in a circle no name could be found."""
    asks = {
        path: {(path.parent / found).resolve() for found in re.findall(IMPORT, path.read_text(encoding="utf-8"))}
        for path in SCRIPTS
    }
    assert any(asks.values())
    assert set(TopologicalSorter(asks).static_order()) >= set(SCRIPTS)


@pytest.mark.parametrize("name", ["consumers.py", "tasks.py", "views.py", "api.py"])
def test_no_door_writes_rows_itself(name: str) -> None:
    doors = [path for path in CODE if path.name == name and path.parent.name != "foundation"]
    assert (
        lines(doors, r"\.(save|create|bulk_create|get_or_create|update_or_create)\(|objects.*\.(update|delete)\(") == []
    )
