from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from community.foundation.errors import Refusal
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Program, StaffRole


class Command(BaseCommand):
    help = "staff appoint: let somebody work here; the first administrator opens programs and appoints all others."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["appoint"])
        parser.add_argument("--person", required=True, metavar="EMAIL")
        parser.add_argument("--name", help="what groups call them; makes the account if there is none")
        parser.add_argument("--role", choices=StaffRole.values, default=StaffRole.ADMINISTRATOR.value)
        parser.add_argument("--program", metavar="NAME", help="for this one alone; needed for all but administrators")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                person = self._person(options["person"], options["name"])
                programs.appoint(person=person, program=self._program(options["program"]), role=options["role"])
        except Refusal as refusal:
            raise CommandError(str(refusal.detail)) from refusal
        self.stdout.write("Done. Without a password yet, they choose one with “I forgot my password”.")

    @staticmethod
    def _person(address: str, name: str | None) -> Person:
        found = Person.objects.at(address).first()
        if found is None and not name:
            raise CommandError("Nobody signs in with this address. With --name an account is made.")
        return found or people.create(alias=name or "", address=address)

    @staticmethod
    def _program(name: str | None) -> Program | None:
        found = Program.objects.filter(name__iexact=name).first() if name else None
        if name and found is None:
            raise CommandError("There is no program of this name.")
        return found
