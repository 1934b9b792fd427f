"""The question of a batch, from the rows as they stand: who waits in a program, and every mentor they might have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from community.matches.desk.facts import bonds_among, coming_week, mentees_of, mentors_of, policy_for
from community.matches.desk.line import offered_in, once_each, waiting_in
from community.matching.facts import MenteeFacts, MentorFacts
from community.matching.solver.instance import Instance
from community.mentoring.models import Mentor, MentorRequest
from community.programs.models import Program

if TYPE_CHECKING:
    from community.matching.crowd.columns import Columns


@dataclass(frozen=True, slots=True)
class Question:
    """Rows, what the rules are told of them, the same as columns, and what the solver is asked."""

    requests: Sequence[MentorRequest]
    offered: Sequence[Mentor]
    mentees: Sequence[MenteeFacts]
    mentors: Sequence[MentorFacts]
    columns: "Columns"
    instance: Instance


def question_of(program: Program) -> Question:
    """As it stands today; in as many questions to the tables however many people there are."""
    from community.matching.crowd.instances import columns_of, instance_of  # noqa: PLC0415 - numpy, for the worker alone

    requests, offered = waiting_in(program), list(offered_in(program))
    mentees = mentees_of(requests)
    mentors = once_each(mentors_of(offered), program)
    columns = columns_of(
        mentees,
        mentors,
        bonds=bonds_among({UUID(one.person) for one in (*mentees, *mentors)}),
        policy=policy_for(program),
        week_of=coming_week(),
    )
    return Question(requests, offered, mentees, mentors, columns, instance_of(columns))
