import os
from pathlib import Path
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

OTHERWISE = "PostgreSQL makes its own copies: pg_dump --format=custom --file=PATH (docs/operating.md)."


class Command(BaseCommand):
    help = "Copy the embedded database into a file, while the site runs. It is whole, or it is not there."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", type=Path, help="the file to write; it must not be there yet")

    @override
    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(OTHERWISE)
        if to.exists():
            raise CommandError(f"{to} is there already.")
        part = to.with_name(f"{to.name}.part")
        try:
            copy(part)
        except OSError as error:
            raise CommandError(f"{to} cannot be written: {error.strerror}.") from error
        part.rename(to)
        self.stdout.write(f"{to}: {to.stat().st_size} bytes.")


def copy(part: Path) -> None:
    """One moment of the database, read by nobody else, and safely on the disk before it gets its name."""
    part.unlink(missing_ok=True)
    part.touch(mode=0o600, exist_ok=False)  # SQLite fills an empty file
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(part)])
    with part.open("rb+") as written:
        os.fsync(written.fileno())
