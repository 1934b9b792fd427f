from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.foundation.errors import Refusal
from community.integrations import services as integrations
from community.people.models import Person


class Command(BaseCommand):
    help = "token create: make a scoped token for a person; it is printed once, alone on the last line."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["create"])
        parser.add_argument("--person", required=True, metavar="EMAIL")
        parser.add_argument("--scope", action="append", required=True, help="once per scope")
        parser.add_argument("--days", type=int, default=integrations.DAYS, choices=range(1, 366), metavar="1..365")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.at(options["person"]).first()
        if person is None:
            raise CommandError("Nobody signs in with this address.")
        try:
            token, words = integrations.issue(
                person=person, scopes=options["scope"], label="command line", days=options["days"]
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.detail)) from refusal
        self.stdout.write(
            f"A token for {', '.join(token.scopes)}, good until {token.expires:%Y-%m-%d}. It is shown once:"
        )
        self.stdout.write(words)
