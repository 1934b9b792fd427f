import json
from typing import Any, override

from django.core.management.base import BaseCommand

from realtime.asyncapi import document


class Command(BaseCommand):
    help = "Print the AsyncAPI 3.0 document of the socket."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(document(), indent=2, ensure_ascii=False))
