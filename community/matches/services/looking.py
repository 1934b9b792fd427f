"""That staff read what two people said alone is written down, as every look of that kind is; the words are not."""

from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.matches.desk.holding import subject
from community.matches.models import Match
from community.matches.rules import may_coordinate
from community.people.models import Person
from community.programs.rules import program_run_by


@transaction.atomic
def note_look(*, match: Match, answers: int, by: Person) -> None:
    """Who coordinates reads what each of the two answered, or why it ended; nothing is noted where neither is there.

    Raises NotAllowed.
    """
    may_coordinate.require(by, match)
    if not answers and match.ended_because is None:
        return
    audit.record(action="match.read_said", actor=by.pk, subject=subject(match.pk))


@transaction.atomic
def note_look_at_ended(*, program_id: UUID, by: Person) -> None:
    """Who runs a program reads why matches of it ended. Raises Missing."""
    program = program_run_by(by, program_id)
    audit.record(action="match.read_reasons", actor=by.pk, subject=f"program:{program.pk}")
