from typing import Any, override

from django.core.management.base import BaseCommand, CommandParser

from groups.celebrations import services as celebrations
from groups.celebrations.models import Pulse, Watch


class Command(BaseCommand):
    help = "Say whether celebrations are shared or stand still because a clock seemed wrong; --continue: go on."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--continue", action="store_true", dest="go_on", help="the clocks are right: go on")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if options["go_on"]:
            self.stdout.write("They go on." if celebrations.go_on() else "They do not stand still.")
            return
        if failing := Watch.objects.failing().count():
            self.stdout.write(f"Counts that could not be looked at: {failing}. The log of the worker says why.")
        pulse = Pulse.objects.first()
        if pulse is None:
            self.stdout.write("The scan has never run: is there a worker (docs/operating.md)?")
        elif pulse.stopped is None:
            self.stdout.write(f"The scan last ran at {pulse.last:%Y-%m-%d %H:%M:%S} UTC.")
        else:
            why = Pulse.Why(pulse.why).label
            self.stdout.write(f"They stand still since {pulse.stopped:%Y-%m-%d %H:%M:%S} UTC. {why}.")
            self.stdout.write("Look at the clocks, then run this with --continue.")
