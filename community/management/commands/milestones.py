import json
import sys
from typing import Any, override

from django.core.management.base import BaseCommand, CommandParser

from community.milestones.rows import explain_all


class Command(BaseCommand):
    help = "milestones --explain < rows.jsonl: say what the date rules make of each row, one JSON object a line."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--explain", action="store_true", required=True, help="read rows, say what is due and why")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        for row in explain_all(sys.stdin):
            self.stdout.write(json.dumps(row, ensure_ascii=False))
