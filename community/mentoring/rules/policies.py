"""What a program asks of its mentors."""

from collections.abc import Iterable
from uuid import UUID

from community.mentoring.models import MentoringPolicy
from community.mentoring.plans.codes import MENTOR_TRACKS
from community.programs.models import Program


def policy_of(program: Program) -> MentoringPolicy:
    """What was said, else what stands where nothing was; that row is not saved."""
    return policies_of([program])[program.pk]


def policies_of(programs: Iterable[Program]) -> dict[UUID, MentoringPolicy]:
    """The same for many, in one question."""
    asked = list(programs)
    said = {one.program_id: one for one in MentoringPolicy.objects.filter(program__in=asked)}
    return {one.pk: said.get(one.pk) or usual_policy(one) for one in asked}


def sponsors_in(programs: Iterable[Program]) -> bool:
    """Whether people read "sponsor" here: all of these programs call it so. Every page and list asks this."""
    policies = policies_of(programs).values()
    return bool(policies) and all(one.says_sponsor for one in policies)


def usual_policy(program: Program) -> MentoringPolicy:
    """What stands where nothing was said; not saved."""
    return MentoringPolicy(program=program, mentor_tracks=list(MENTOR_TRACKS[program.track]))
