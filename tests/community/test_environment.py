"""What an operator may set, and what a live site refuses to start with."""

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from pytest_django import Settings

from community.foundation import clock
from community.foundation.crisis import lines_are_reviewed, longest_unreviewed
from community.foundation.telling import telling_words
from community.settings.environment import OPTIONS, crisis_lines, value

ROOT = Path(__file__).parents[2]
GOOD = {
    "SECRET_KEY": "k" * 20 + "0123456789" * 4,
    "FIELD_KEYS": "one:dGVzdC1vbmx5LTMyLWJ5dGVzLWtleS1tYXRlcmlhbCE=",
    "ALLOWED_HOSTS": "evening.example",
    "CRISIS_LINES": "988 Lifeline | 988 | 2026-11-01; Emergency | 911 | 2026-11-01",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def start_production(before: str = "", **changed: str) -> str:
    """Import the production settings in a process of their own; what they refuse, else an empty string."""
    given = {**GOOD, **changed}
    clean = {name: text for name, text in os.environ.items() if name not in OPTIONS}
    ended = subprocess.run(
        [sys.executable, "-c", f"{before}\nimport community.settings.production"],
        cwd=ROOT,
        env={**clean, **{name: text for name, text in given.items() if text}},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode == 0:
        return ""
    last = ended.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last, ended.stderr
    return last


def test_production_starts_when_all_is_given() -> None:
    assert start_production() == ""


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "demo-only-" + "porch" * 12}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"FIELD_KEYS": ""}, "FIELD_KEYS"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "evening.example,.example"}, "ALLOWED_HOSTS"),
        ({"CRISIS_LINES": ""}, "CRISIS_LINES"),
        ({"CRISIS_LINES": "988 Lifeline | 988 | 2026-11-01"}, "911"),
        ({"CRISIS_LINES": "988 Lifeline | 988"}, "CRISIS_LINES"),
        ({"CRISIS_LINES": "988 Lifeline | 988 | last week"}, "CRISIS_LINES"),
        ({"REDIS_URL": ""}, "REDIS_URL"),
    ],
)
def test_production_refuses_to_start_and_names_the_setting(changed: dict[str, str], named: str) -> None:
    assert named in start_production(**changed)


def test_production_refuses_debug() -> None:
    assert "DEBUG" in start_production("import community.settings.base as base; base.DEBUG = True")


def test_production_starts_without_redis_as_a_single_process() -> None:
    assert start_production(REDIS_URL="", SINGLE_PROCESS="1") == ""


def test_a_refusal_never_shows_a_secret() -> None:
    assert "hunter2" not in start_production(SECRET_KEY="hunter2", ALLOWED_HOSTS="*")


@pytest.mark.parametrize("text", ["", "0", "no", "false", "off"])
def test_no_is_understood(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINGLE_PROCESS", text)
    assert value("SINGLE_PROCESS") is False


def test_a_value_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINGLE_PROCESS", "perhaps")
    with pytest.raises(ImproperlyConfigured, match=r"SINGLE_PROCESS \(it says 'perhaps'\) cannot be read: say 1 or 0"):
        value("SINGLE_PROCESS")


def test_a_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert value("SECRET_KEY") == "from a file"


def test_crisis_lines_are_read_with_the_day_of_their_review() -> None:
    first, second = crisis_lines("988 Lifeline | 988 | 2026-11-01; Emergency | 911 | 2026-10-31")
    assert (first.name, first.number, first.reviewed.isoformat()) == ("988 Lifeline", "988", "2026-11-01")
    assert second.number == "911"


@pytest.mark.parametrize("reviewed", ["2024-02-01", "2062-02-01"])
def test_a_number_nobody_looked_at_for_a_year_is_named_by_the_checks_and_counted(
    reviewed: str, settings: Settings
) -> None:
    settings.CRISIS_LINES = crisis_lines(f"Lifeline | 988 | {clock.today('UTC')}; Emergency | 911 | {reviewed}")
    warned = io.StringIO()
    call_command("check_config", stdout=io.StringIO(), stderr=warned)
    assert f"whether 911 (Emergency) is still right; it was reviewed on {reviewed}." in warned.getvalue()
    (found,) = lines_are_reviewed()
    assert (found.id, "988" in found.msg) == ("foundation.W001", False)
    assert longest_unreviewed() == max((clock.today("UTC") - date.fromisoformat(reviewed)).days, 0)


def test_check_config_lists_every_setting_and_hides_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2-hunter2")
    monkeypatch.setenv("PORCHLIGHT_NAME", "Evening")
    listed, warned = io.StringIO(), io.StringIO()
    call_command("check_config", stdout=listed, stderr=warned)
    said = listed.getvalue().splitlines()
    rows = {line.split()[0]: line for line in said if not line.startswith("a live site still needs")}
    assert list(rows) == list(OPTIONS)
    assert "(hidden)" in rows["SECRET_KEY"]
    assert "hunter2" not in listed.getvalue()
    assert rows["PORCHLIGHT_NAME"].split()[1:3] == ["set", "Evening"]
    assert rows["LOG_LEVEL"].split()[1] == "default"
    assert warned.getvalue() == ""


def test_check_config_says_what_a_live_site_still_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "CRISIS_LINES", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALLOWED_HOSTS", "rooms.example")
    out = io.StringIO()
    call_command("check_config", stdout=out)
    assert "a live site still needs SECRET_KEY: give at least 50 random characters." in out.getvalue()
    assert "a live site still needs CRISIS_LINES" in out.getvalue()
    assert "a live site still needs ALLOWED_HOSTS" not in out.getvalue()


def test_check_config_warns_of_a_name_that_tells_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "evening.example,riverside-recovery.example")
    monkeypatch.setenv("MAIL_FROM", "hola@clínica.example")
    warned = io.StringIO()
    call_command("check_config", stdout=io.StringIO(), stderr=warned)
    assert "ALLOWED_HOSTS contains recover" in warned.getvalue()
    assert "MAIL_FROM contains clinic" in warned.getvalue()
    with pytest.raises(CommandError, match="2 to look at"):
        call_command("check_config", "--strict", stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.parametrize("name", ["Porchlight", "evening.example", "updates@porchlight.test", "Ordinary Tuesdays"])
def test_an_ordinary_name_is_left_alone(name: str) -> None:
    assert not set(telling_words(name))


@pytest.mark.parametrize("name", ["MySoberHouse", "río-IOP.example", "12steps.example", "Recuperación", "the AA room"])
def test_a_telling_name_is_found_in_either_language(name: str) -> None:
    assert set(telling_words(name))


def test_the_example_file_is_in_step_with_the_settings() -> None:
    wanted = io.StringIO()
    call_command("check_config", "--example", stdout=wanted)
    written = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert written.startswith(wanted.getvalue()), "run manage.py check_config --example and put it into .env.example"
