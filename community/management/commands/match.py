import json
from pathlib import Path
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.matching.solver import files
from community.matching.solver.instance import Unusable
from community.matching.solver.solving import solve


class Command(BaseCommand):
    help = "match --dry-run FILE.json: who would be proposed to whom, as JSON. No table is read, nothing is kept."
    requires_system_checks: list[str] = []  # noqa: RUF012  # Django's own spelling

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", type=Path, required=True, metavar="FILE.json", help="an instance, or an array of them"
        )
        parser.add_argument("--explain", action="store_true", help="say of who is left which one more place would help")

    @override
    def handle(self, *args: Any, dry_run: Path, explain: bool, **options: Any) -> None:
        try:
            asked = files.read(dry_run.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{dry_run} cannot be read: {error.strerror}", returncode=2) from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{dry_run}: this is not JSON: it is not UTF-8", returncode=2) from error
        except Unusable as error:
            raise CommandError(f"{dry_run}: {error}", returncode=2) from error
        tell = files.explained if explain else files.answered
        found = [tell(one, solve(one)) for one in (asked if isinstance(asked, list) else [asked])]
        self.stdout.write(json.dumps(found if isinstance(asked, list) else found[0]))
