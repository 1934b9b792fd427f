"""``manage.py match --dry-run``: what stands in a file is answered in its own form, or refused in one line."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
#: The example of docs/matching.md.
EXAMPLE: dict[str, Any] = {
    "mentees": ["ana", "eli", "fay", "josé"],
    "mentors": [{"id": "ben", "capacity": 2}, {"id": "cy", "capacity": 1}],
    "eligible": [
        ["ana", "ben", 700],
        ["ana", "cy", 900],
        ["eli", "cy", 650],
        ["fay", "ben", 400],
        ["josé", "ben", 950],
    ],
    "existing_active": [["gus", "ben"]],
    "days_waiting": {"ana": 12, "eli": 9},
}
ANSWER = {"matches": [["ana", "ben"], ["eli", "cy"]], "unmatched": ["fay", "josé"], "total_score": 1350}


def dry_run(path: Path, text: str | bytes) -> Any:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    said = StringIO()
    call_command("match", "--dry-run", str(path), stdout=said)
    return json.loads(said.getvalue())


def test_the_example_of_the_documents_is_answered_as_they_say(tmp_path: Path) -> None:
    assert dry_run(tmp_path / "one.json", json.dumps(EXAMPLE)) == ANSWER
    told = (ROOT / "docs" / "matching.md").read_text(encoding="utf-8")
    blocks = [json.loads(block.partition("```")[0]) for block in told.split("```json\n")[1:]]
    assert blocks[:2] == [EXAMPLE, ANSWER]


def test_an_array_is_answered_by_an_array_in_its_order(tmp_path: Path) -> None:
    empty = {"mentees": ["ana"], "mentors": [], "eligible": [], "existing_active": []}
    nobody = {"matches": [], "unmatched": ["ana"], "total_score": 0}
    assert dry_run(tmp_path / "all.json", json.dumps([empty, EXAMPLE])) == [nobody, ANSWER]
    assert dry_run(tmp_path / "one.json", json.dumps([EXAMPLE])) == [ANSWER]
    assert dry_run(tmp_path / "none.json", "[]") == []


def test_who_stands_as_matched_is_neither_proposed_nor_left(tmp_path: Path) -> None:
    file = {
        **EXAMPLE,
        "existing_active": [["ana", "cy"], ["ben", "ana"]],
        "mentors": [*EXAMPLE["mentors"], {"id": "ana", "capacity": 1}],
    }
    assert dry_run(tmp_path / "one.json", json.dumps(file)) == {
        "matches": [["fay", "ben"], ["josé", "ben"]],
        "unmatched": ["eli"],
        "total_score": 1350,
    }


def test_nobody_is_proposed_to_themselves_or_to_who_walks_beside_them(tmp_path: Path) -> None:
    file = {
        "mentees": ["ana", "ben", "cy"],
        "mentors": [{"id": "ana", "capacity": 5}, {"id": "ben", "capacity": 5}],
        "eligible": [["ana", "ana", 1000], ["ana", "ben", 900], ["ben", "ana", 1000], ["cy", "ben", 10]],
        "existing_active": [],
    }
    assert dry_run(tmp_path / "one.json", json.dumps(file))["matches"] == [["ana", "ben"], ["cy", "ben"]]


def changed(**fields: Any) -> str:
    return json.dumps({**EXAMPLE, **fields})


def without(name: str) -> str:
    return json.dumps({key: value for key, value in EXAMPLE.items() if key != name})


def pair(*row: Any) -> str:
    return changed(eligible=[["ana", "ben", 1], list(row)])


WRONG: dict[str, str | bytes] = {
    "empty": "",
    "blank": " \n",
    "words": "who is with whom?",
    "half": json.dumps(EXAMPLE)[:-5],
    "two": json.dumps(EXAMPLE) * 2,
    "bytes": b"\xff\xfe\x00",
    "deep": "[" * 100_000,
    "long number": '{"mentees": [' + "9" * 5000 + "]}",
    "no number": changed(eligible=[["ana", "ben", float("nan")]]),
    "null": "null",
    "text": '"ana"',
    "number": "3",
    "nothing in it": "{}",
    "array of numbers": "[1]",
    "array in array": json.dumps([[EXAMPLE]]),
    "second is wrong": json.dumps([EXAMPLE, {}]),
    "name twice": '{"mentees": [], "mentees": [], "mentors": [], "eligible": [], "existing_active": []}',
    "unknown name": changed(exsisting_active=[]),
    "no mentees": without("mentees"),
    "no mentors": without("mentors"),
    "no eligible": without("eligible"),
    "no existing": without("existing_active"),
    "mentees are an object": changed(mentees={"ana": 1}),
    "mentee is a number": changed(mentees=["ana", 7, "eli", "fay", "josé"]),
    "mentee twice": changed(mentees=["ana", "eli", "fay", "josé", "ana"]),
    "mentors are ids": changed(mentors=["ben", "cy"]),
    "mentor without capacity": changed(mentors=[{"id": "ben"}, {"id": "cy", "capacity": 1}]),
    "mentor with more": changed(mentors=[{"id": "ben", "capacity": 2, "places": 3}, {"id": "cy", "capacity": 1}]),
    "mentor is a number": changed(mentors=[{"id": 4, "capacity": 2}]),
    "mentor twice": changed(mentors=[{"id": "ben", "capacity": 2}] * 2),
    "capacity below zero": changed(mentors=[{"id": "ben", "capacity": -1}, {"id": "cy", "capacity": 1}]),
    "capacity is text": changed(mentors=[{"id": "ben", "capacity": "2"}, {"id": "cy", "capacity": 1}]),
    "capacity is half": changed(mentors=[{"id": "ben", "capacity": 1.5}, {"id": "cy", "capacity": 1}]),
    "capacity is true": changed(mentors=[{"id": "ben", "capacity": True}, {"id": "cy", "capacity": 1}]),
    "capacity without end": changed(mentors=[{"id": "ben", "capacity": 10**30}, {"id": "cy", "capacity": 1}]),
    "pair of two": pair("ana", "cy"),
    "pair of four": pair("ana", "cy", 1, 1),
    "pair is an object": changed(eligible=[{"mentee": "ana"}]),
    "pair of numbers": pair(1, 2, 3),
    "unknown mentee": pair("zoe", "ben", 1),
    "unknown mentor": pair("ana", "zoe", 1),
    "sides changed": pair("ben", "ana", 1),
    "score is text": pair("ana", "cy", "700"),
    "score is real": pair("ana", "cy", 700.0),
    "score is true": pair("ana", "cy", True),  # noqa: FBT003 - as it stands in the file
    "score is null": pair("ana", "cy", None),
    "score below": pair("ana", "cy", -1),
    "score above": pair("ana", "cy", 1001),
    "pair twice": pair("ana", "ben", 1),
    "existing of three": changed(existing_active=[["ana", "ben", 700]]),
    "existing of numbers": changed(existing_active=[[1, 2]]),
    "existing with nobody": changed(existing_active=[["ana", "zoe"]]),
    "existing twice": changed(existing_active=[["gus", "ben"]] * 2),
    "days are a list": changed(days_waiting=[1, 2]),
    "days of nobody": changed(days_waiting={"zoe": 1}),
    "days below zero": changed(days_waiting={"ana": -1}),
    "days are half": changed(days_waiting={"ana": 1.5}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_instance_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError) as refused:
        dry_run(tmp_path / "wrong.json", WRONG[name])
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1
    assert len(str(refused.value)) < len(str(tmp_path)) + 200
    assert str(refused.value).isascii()


def test_a_file_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(CommandError, match="cannot be read") as refused:
            call_command("match", "--dry-run", str(path), stdout=StringIO())
        assert refused.value.returncode == 2


def outside(path: Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """The command as an operator gives it, in a process of its own."""
    command = [sys.executable, "manage.py", "match", "--dry-run", str(path)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False)


@pytest.mark.once
def test_every_process_answers_with_the_same_bytes_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    runs = [
        outside(path, PYTHONHASHSEED=seed, PYTHONIOENCODING=coding) for seed, coding in (("0", "utf-8"), ("4", "ascii"))
    ]
    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout == json.dumps(ANSWER).encode() + b"\n"


@pytest.mark.once
def test_nonsense_ends_the_process_with_two_and_an_empty_standard_output(tmp_path: Path) -> None:
    path = tmp_path / "nonsense.json"
    path.write_text("nonsense", encoding="utf-8")
    run = outside(path)
    assert (run.returncode, run.stdout, run.stderr.count(b"\n")) == (2, b"", 1)
