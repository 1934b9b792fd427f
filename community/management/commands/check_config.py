"""Shows an operator every setting this site reads, and warns when a name gives away what the site is for."""

import os
from collections.abc import Iterator
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.foundation.crisis import unreviewed
from community.foundation.telling import telling_words
from community.settings.environment import OPTIONS, Option, live_needs, text_of

# What appears on a lock screen, in a mail list or in a browser's history must not say that somebody is in treatment.
SEEN_BY_OTHERS = ("ALLOWED_HOSTS", "ALLOWED_ORIGINS", "MAIL_FROM", "PORCHLIGHT_NAME", "PORCHLIGHT_DISCREET_NAME")


class Command(BaseCommand):
    help = "List every setting, and warn when the host, the sender or the name says that this is about health."
    requires_system_checks: list[str] = []  # noqa: RUF012  # Django's own spelling

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--strict", action="store_true", help="end with 1 if there is a warning")
        parser.add_argument(
            "--example", action="store_true", help="print what belongs in .env.example, and nothing else"
        )

    @override
    def handle(self, *args: Any, strict: bool, example: bool, **options: Any) -> None:
        if example:
            self.stdout.write(example_file(), ending="")
            return
        width = max(map(len, OPTIONS))
        for option in OPTIONS.values():
            self.stdout.write(f"{option.name:<{width}}  {how_given(option):<7}  {shown(option):<28}  {option.about}")
        for need in live_needs():
            self.stdout.write(f"a live site still needs {need}")
        warnings = list(concerns())
        for warning in warnings:
            self.stderr.write(self.style.WARNING(f"warning: {warning}"))
        if strict and warnings:
            raise CommandError(f"{len(warnings)} to look at before people use this site.", returncode=1)


def how_given(option: Option) -> str:
    if f"{option.name}_FILE" in os.environ:
        return "file"
    return "set" if option.name in os.environ else "default"


def shown(option: Option) -> str:
    """The value as text; a secret is never shown, only whether there is one."""
    text = text_of(option.name)
    if not text:
        return "(empty)"
    return "(hidden)" if option.secret else text


def example_file() -> str:
    """Every setting with its default and what it is for, as a file for ``docker compose`` or a service manager."""
    head = "# Every setting there is. Copy to .env and fill in. NAME_FILE=/path reads NAME from a file instead.\n"
    return head + "".join(f"\n# {option.about}\n{option.name}={option.default}\n" for option in OPTIONS.values())


def concerns() -> Iterator[str]:
    for name in SEEN_BY_OTHERS:
        if found := sorted(telling_words(text_of(name))):
            yield f"{name} contains {', '.join(found)}: that says too much on a lock screen or in a mail list."
    yield from unreviewed()
