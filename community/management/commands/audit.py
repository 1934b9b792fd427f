from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.audit import services as audit


class Command(BaseCommand):
    help = "audit verify: walk the audit chain and name the first broken row."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        verdict = audit.verify()
        if verdict.broken is not None:
            raise CommandError(f"The chain is broken at entry {verdict.broken}; {verdict.entries} before it hold.")
        self.stdout.write(f"The chain holds: {verdict.entries} entries.")
