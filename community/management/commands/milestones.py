import json
import sys
from functools import partial
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.milestones.desk import ladder_of
from community.milestones.ladders import PRESETS
from community.milestones.rows import Ladders, by_program, explain_all
from community.programs.models import Program


class Command(BaseCommand):
    help = "milestones --explain < rows.jsonl: say what the date rules make of each row, one JSON object a line."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--explain", action="store_true", required=True, help="read rows, say what is due and why")
        parser.add_argument("--program", metavar="NAME", help="by the ladders of this program, as they stand now")

    @override
    def handle(self, *args: Any, program: str | None, **options: Any) -> None:
        ladders: Ladders = PRESETS
        if program is not None:
            found = Program.objects.filter(name=program).first()
            if found is None:
                raise CommandError("there is no program of this name")
            ladders = by_program(partial(ladder_of, found))
        for row in explain_all(sys.stdin.buffer, ladders):  # bytes: one that is no UTF-8 is wrong in its own row alone
            self.stdout.write(json.dumps(row))
