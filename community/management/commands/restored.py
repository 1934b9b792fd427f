from typing import Any, override

from django.core.management.base import BaseCommand, CommandError

from community.audit import services as audit


class Command(BaseCommand):
    help = "Say that this database came back from a backup, before anybody is let in (docs/operating.md)."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        verdict = audit.verify()
        audit.restored()
        self.stdout.write("Every device signs in again, every script needs a new token, every page loads anew.")
        if verdict.broken is not None:
            raise CommandError(f"The audit chain of this backup is broken at entry {verdict.broken}: keep it as it is.")
        self.stdout.write(f"The audit chain holds: {verdict.entries} entries.")
