"""Who may do what about a match."""

from community.foundation import ties
from community.foundation.rules import rule
from community.matches.models import Match
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules import may_mark
from community.people.models import Person
from community.programs.rules import runs_program


@rule
def is_mentee(person: Person, match: Match) -> bool:
    return match.mentee_id == person.pk


@rule
def is_guide(person: Person, match: Match) -> bool:
    """The mentor of the two."""
    return match.guide_id == person.pk


is_one_of_two = is_mentee | is_guide


@rule
def runs_its_program(person: Person, match: Match) -> bool:
    return runs_program(person, match.program)


@rule
def is_tied_to_one_of_two(person: Person, match: Match) -> bool:
    return not ties.own(person.pk).isdisjoint((match.mentee_id, match.guide_id))


may_coordinate = runs_its_program & ~is_one_of_two & ~is_tied_to_one_of_two  # staff without a part in it


@rule
def may_propose(person: Person, request: MentorRequest) -> bool:
    """Runs the program, and it is the request of neither themselves nor somebody they have a tie to.

    Whether that is so of the mentor is :func:`may_suggest`.
    """
    return may_mark(person, request)


@rule
def may_suggest(person: Person, mentor: Mentor) -> bool:
    """It is neither themselves nor somebody they have a tie to whom they suggest."""
    return mentor.person_id not in {person.pk, *ties.own(person.pk)}


@rule
def may_resume(person: Person, match: Match) -> bool:
    """Whoever of the two began the break, and who coordinates the program."""
    began_it = match.paused_by_id == person.pk and is_one_of_two(person, match)
    return began_it or may_coordinate(person, match)
