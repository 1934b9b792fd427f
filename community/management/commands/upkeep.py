from typing import Any, override

from django.core.management.base import BaseCommand, CommandError

from community.foundation.upkeep import keep_up


class Command(BaseCommand):
    help = "Do once what the worker does every minute; safe to run at any time, and twice at once."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        done = keep_up()
        for name, count in done.items():
            self.stdout.write(f"{name}: {'failed' if count is None else count}")
        if failed := [name for name, count in done.items() if count is None]:
            raise CommandError(f"{len(failed)} could not be done; the log says why.")
