import signal
from typing import Any, override

from django.core.management.base import BaseCommand

from community.foundation.worker import Worker


class Command(BaseCommand):
    help = "Do what the house does by itself until stopped: mail every second, upkeep every minute, tasks as they come."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, worker.stop)
        worker.run()
