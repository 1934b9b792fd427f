"""`manage.py demo`: the whole house in one process, with known people in it."""

import os
import socket
import sqlite3
import sys
import threading
from typing import Any, override

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import translation

from community.foundation.worker import Worker
from community.people.models import Person
from groups.demo import services as demo
from groups.demo.weeks import weeks


class Command(BaseCommand):
    help = (
        "Make the demo's people and their weeks if they are not there, and serve them on PORT (8000). "
        "--seed-only stops before serving; --five makes only the five known people and their first words."
    )
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed-only", action="store_true", help="make the people and stop")
        parser.add_argument("--five", action="store_true", help="only the five known people and their first words")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "DEMO", False):
            raise CommandError("The demo runs under the demo settings only.")
        if not options["seed_only"]:
            self._see_that_the_port_is_free(options["host"], options["port"])
            self._be_the_only_server()
        self._seed(only_five=options["five"])
        if not options["seed_only"]:
            self._serve(options["host"], options["port"])

    def _be_the_only_server(self) -> None:
        from realtime.sole import take_the_lock  # noqa: PLC0415 - nothing of the server before it is wanted

        try:
            take_the_lock()
        except ImproperlyConfigured as refused:
            raise CommandError(str(refused)) from refused

    def _see_that_the_port_is_free(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(f"Port {port} is taken. Choose another one: PORT={port + 1} make demo") from error

    def _seed(self, *, only_five: bool) -> None:
        try:
            call_command("migrate", verbosity=0, interactive=False)
            if not Person.objects.at("ana@porchlight.test").exists():
                if only_five:
                    demo.first_words(world=demo.people())
                else:
                    weeks()
            demo.give_passwords()
        except (OperationalError, sqlite3.Error) as error:
            raise CommandError(f"The data folder {settings.DATA_DIR} cannot be written to.") from error

    def _serve(self, host: str, port: int) -> None:
        from daphne.endpoints import build_endpoint_description_strings  # noqa: PLC0415 - heavy, and only to serve
        from daphne.server import Server  # noqa: PLC0415

        from realtime.asgi import application  # noqa: PLC0415

        threading.Thread(target=Worker().run, name="worker", daemon=True).start()
        server = Server(
            application=application,
            endpoints=build_endpoint_description_strings(host=host, port=port),
            signal_handlers=True,
            ready_callable=lambda: self._greet(host, port),
            websocket_timeout=-1,
            verbosity=0,
            server_name="Porchlight",
        )
        server.run()
        if not server.listeners:
            sys.exit(1)

    def _greet(self, host: str, port: int) -> None:
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 - compared, not bound
        lines = ["", f"Porchlight is open: http://{shown}:{port}/demo/", ""]
        with translation.override("en"):
            lines += [f"  {one.key}@porchlight.test  {one.about}" for one in demo.PERSONAS]
        lines += [
            "",
            "One click there makes you any of them. Two browsers, two people: let them talk. Ctrl+C stops it.",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
