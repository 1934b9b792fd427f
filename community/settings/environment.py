"""Every setting an operator may give, typed in one place; `check_config` and `.env.example` list exactly these.

A value may also be read from a file: ``SECRET_KEY_FILE=/run/secrets/key`` stands for ``SECRET_KEY``.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

EMERGENCY = "911"
DAY = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A line someone in danger can reach; ``reviewed`` is the day a person last checked the number."""

    name: str
    number: str
    reviewed: date

    @property
    def digits(self) -> str:
        return "".join(char for char in self.number if char.isdigit() or char == "+")

    @property
    def is_emergency(self) -> bool:
        return self.digits == EMERGENCY


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def yes(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("say 1 or 0")


def minutes(text: str) -> timedelta:
    if not text.isdecimal() or not 1 <= int(text) <= DAY:
        raise ValueError(f"say a number of minutes from 1 to {DAY}")
    return timedelta(minutes=int(text))


def crisis_lines(text: str) -> list[CrisisLine]:
    """Read ``name | number | YYYY-MM-DD`` lines, separated by ``;`` or a new line."""
    lines = []
    for row in text.replace("\n", ";").split(";"):
        if not row.strip():
            continue
        name, number, reviewed = (part.strip() for part in row.split("|"))
        if not name or not number:
            raise ValueError("each line needs a name and a number")
        lines.append(CrisisLine(name=name, number=number, reviewed=date.fromisoformat(reviewed)))
    return lines


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: its name in the environment, how its text becomes a value, and what it is for."""

    name: str
    read: Callable[[str], Any]
    default: str
    about: str
    secret: bool = False


OPTIONS = {
    option.name: option
    for option in (
        Option("SECRET_KEY", str, "", "Signs cookies and links. At least 50 random characters.", secret=True),
        Option("SECRET_KEY_FALLBACKS", words, "", "Former secret keys, still accepted, comma separated.", secret=True),
        Option("FIELD_KEYS", words, "", "Keys for encrypted fields, newest first: id:base64 of 32 bytes.", secret=True),
        Option("ALLOWED_HOSTS", words, "", "Names this site answers to, comma separated. No wildcard in production."),
        Option("ALLOWED_ORIGINS", words, "", "Origins whose pages may open a socket: https://name[:port]."),
        Option(
            "DATABASE_URL",
            str,
            "",
            "postgres://user:password@host:5432/name; empty: SQLite in the data folder.",
            secret=True,
        ),
        Option(
            "REDIS_URL", words, "", "redis://host:6379/0, several for sharding; empty: one process only.", secret=True
        ),
        Option("CRISIS_LINES", crisis_lines, "", "Lines shown under Get help now: name | number | day reviewed; ..."),
        Option("SECURE_SSL_REDIRECT", yes, "1", "Send http visitors to https (production)."),
        Option("SINGLE_PROCESS", yes, "0", "1: one web process without Redis; a lock refuses a second one."),
        Option("TRUSTED_PROXIES", int, "0", "How many proxies in front add to X-Forwarded-For."),
        Option("PORCHLIGHT_DATA", str, "var", "Folder for the embedded database and its lock."),
        Option("PORCHLIGHT_EVENING", yes, "1", "0: no demo person writes on their own in the evening (demo)."),
        Option(
            "PORCHLIGHT_BENCH",
            yes,
            "0",
            "1: bench tokens raise limits under production settings. Never on a live site.",
        ),
        Option("PORCHLIGHT_NAME", str, "Porchlight", "The name shown on pages and in mail."),
        Option("PORCHLIGHT_DISCREET_NAME", str, "Evening", "The name others may see: tab titles and the home screen."),
        Option("LEAVE_TO", str, "https://www.weather.gov/", "Where Leave quickly goes: an ordinary, busy page."),
        Option(
            "MAIL_URL",
            str,
            "",
            "smtp://user:password@host:587?tls=1; empty: mail is printed (demo) or waits (live).",
            secret=True,
        ),
        Option("SMS_URL", str, "", "https address of a text message gateway; empty: no text messages.", secret=True),
        Option("SMS_SECRET", str, "", "Signs what the gateway is sent: at least 32 random characters.", secret=True),
        Option(
            "PAGING_WEBHOOK_URL",
            str,
            "",
            "https address of your own paging service, which rings who is on call; empty: nothing rings.",
            secret=True,
        ),
        Option(
            "PAGING_WEBHOOK_SECRET",
            str,
            "",
            "Signs what the paging service is sent: at least 32 random characters.",
            secret=True,
        ),
        Option("MAIL_FROM", str, "", "The sender of mail; neutral, no health or program word."),
        Option("METRICS_TOKEN", str, "", "Reads /metrics from elsewhere: at least 32 random characters.", secret=True),
        Option("STAFF_IDLE_MINUTES", minutes, "30", "Quiet minutes after which staff are signed out."),
        Option("STAFF_MOST_MINUTES", minutes, "720", "Minutes after which staff are signed out however busy."),
        Option("LOG_LEVEL", str, "INFO", "DEBUG, INFO, WARNING or ERROR."),
    )
}


def text_of(name: str) -> str:
    """The raw words for ``name``: from the environment, from its ``_FILE``, else the default."""
    option = OPTIONS[name]
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, option.default)


def value(name: str) -> Any:
    """The typed value of ``name``. Raises ImproperlyConfigured, which names the setting and never shows a secret."""
    option = OPTIONS[name]
    text = text_of(name)
    try:
        return option.read(text)
    except (ValueError, OSError) as error:
        shown = "" if option.secret else f" (it says {text!r})"
        raise ImproperlyConfigured(f"{name}{shown} cannot be read: {error}") from error


def live_needs() -> list[str]:
    """What keeps a live site from starting, a sentence a setting; no value is ever in it."""
    secret, hosts, gateway = str(value("SECRET_KEY")), value("ALLOWED_HOSTS"), str(value("SMS_URL"))
    pager = str(value("PAGING_WEBHOOK_URL"))
    wrong = (
        (
            len(secret) < 50 or secret.startswith(("demo-", "django-insecure")),
            "SECRET_KEY: give at least 50 random characters.",
        ),
        (not value("FIELD_KEYS"), "FIELD_KEYS: give at least one key for encrypted fields."),
        (
            not hosts or any("*" in host or host.startswith(".") for host in hosts),
            "ALLOWED_HOSTS: name each host, no wildcard.",
        ),
        (
            not any(line.is_emergency for line in value("CRISIS_LINES")),
            f"CRISIS_LINES: give at least the line for emergencies (Emergency | {EMERGENCY} | day reviewed).",
        ),
        (
            bool(gateway) and not (gateway.startswith("https://") and len(str(value("SMS_SECRET"))) >= 32),
            "SMS_URL: give an https address, and SMS_SECRET with at least 32 characters.",
        ),
        (
            bool(pager) and not (pager.startswith("https://") and len(str(value("PAGING_WEBHOOK_SECRET"))) >= 32),
            "PAGING_WEBHOOK_URL: give an https address, and PAGING_WEBHOOK_SECRET with at least 32 characters.",
        ),
        (
            0 < len(str(value("METRICS_TOKEN"))) < 32,
            "METRICS_TOKEN: give at least 32 random characters, or none.",
        ),
        (not value("REDIS_URL") and not value("SINGLE_PROCESS"), "REDIS_URL: give one, or set SINGLE_PROCESS=1."),
    )
    return [words for is_wrong, words in wrong if is_wrong]
