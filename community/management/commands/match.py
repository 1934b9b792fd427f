import json
from pathlib import Path
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.matches.desk.unlocking import unlocking
from community.matches.reading.unlocking import shape_unlocking
from community.matching.solver import files
from community.matching.solver.instance import Unusable
from community.matching.solver.solving import solve
from community.programs.models import Program

ASKS = "say what: --dry-run FILE.json, or --explain --program NAME"


class Command(BaseCommand):
    help = (
        "match --dry-run FILE.json: who would be proposed to whom, as JSON; no table is read. "
        "match --explain --program NAME: who would be left there today, and what would help. Nothing is kept."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012  # Django's own spelling

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_mutually_exclusive_group()
        asked.add_argument("--dry-run", type=Path, metavar="FILE.json", help="an instance, or an array of them")
        asked.add_argument("--program", metavar="NAME", help="with --explain: who waits in this program today")
        parser.add_argument("--explain", action="store_true", help="say of who is left what would help")

    @override
    def handle(self, *args: Any, dry_run: Path | None, program: str | None, explain: bool, **options: Any) -> None:
        if dry_run is not None:
            self._say(_answered(dry_run, explain=explain))
        elif program is not None and explain:
            self._say(_explained(program))
        else:
            raise CommandError(ASKS, returncode=2)

    def _say(self, found: Any) -> None:
        self.stdout.write(json.dumps(found))


def _answered(path: Path, *, explain: bool) -> Any:
    try:
        asked = files.read(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}", returncode=2) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: this is not JSON: it is not UTF-8", returncode=2) from error
    except Unusable as error:
        raise CommandError(f"{path}: {error}", returncode=2) from error
    tell = files.explained if explain else files.answered
    found = [tell(one, solve(one)) for one in (asked if isinstance(asked, list) else [asked])]
    return found if isinstance(asked, list) else found[0]


def _explained(name: str) -> dict[str, Any]:
    found = Program.objects.filter(name=name).first()
    if found is None:
        raise CommandError("there is no program of this name", returncode=2)
    return shape_unlocking(found, unlocking(found))
