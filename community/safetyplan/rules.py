"""Whose plan is whose, with whom it can be shared, and who may read one they were shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from community.consent.rules import may
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.foundation.registers import Answer
from community.matches.models import Match
from community.people.models import Person
from community.programs.models import Enrollment
from community.programs.rules import leaders_of
from community.safetyplan.models import PlanShare, PlanWords, SafetyPlan
from community.safetyplan.plans import Part

PURPOSE = "safety_plan"
SEEN_MOST = 40


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody who may be shown a plan, and what they are to its person: exactly one of the two."""

    reader: Person
    enrollment: Enrollment | None = None
    match: Match | None = None

    @property
    def id(self) -> UUID:
        held = self.enrollment or self.match
        assert held is not None  # noqa: S101 - made with one of them
        return held.pk


def ties_of(person: Person) -> list[Tie]:
    """Whom ``person`` may show their plan to today: who leads a group of theirs, and who walks with them as mentor."""
    leads = [Tie(leader, enrollment=episode) for leader, episode in leaders_of(person)]
    walking = Match.objects.walking().of_mentee(person.pk).select_related("guide", "program").order_by("made", "pk")
    return [*leads, *(Tie(one.guide, match=one) for one in walking)]


def tie_of(person: Person, tie_id: UUID, reader_id: UUID) -> Tie:
    """One of :func:`ties_of`. Raises Missing."""
    found = next((one for one in ties_of(person) if (one.id, one.reader.pk) == (tie_id, reader_id)), None)
    if found is None:
        raise Missing
    return found


def part_named(name: Any) -> Part:
    """Raises Missing for a name that no part has."""
    if name not in Part.values:
        raise Missing
    return Part(name)


def plan_of(person: Person) -> SafetyPlan | None:
    found: SafetyPlan | None = SafetyPlan.objects.of(person.pk).first()
    return found


def asks_craving(person: UUID) -> bool:
    """Whether somebody's plan asks how strong cravings are: a check-in asks it of nobody else."""
    return SafetyPlan.objects.of(person).asking_craving().exists()


def asks_craving_of(_now: datetime) -> Exists:
    """The same of each of many people."""
    return Exists(SafetyPlan.objects.asking_craving().filter(person=OuterRef("pk")))


def as_it_was_seen(stands: PlanWords | None, seen: Any) -> None:
    """Whether what stands is what somebody looked at before they wrote: "" is nothing yet. Raises Conflict."""
    wanted = inputs.text(seen, at="/seen", most=SEEN_MOST, blank=True)
    if wanted != (stands.seen if stands else ""):
        raise Conflict(
            _("This was changed meanwhile, on another device or in another window. Nothing was saved over it."),
            code="stale",
        )


def shown_to(viewer: Person, tie_id: UUID) -> SafetyPlan:
    """A plan that somebody chose to show ``viewer``. Raises Missing."""
    share = PlanShare.objects.read_by(viewer.pk, clock.now()).by(tie_id).to_show().first()
    if share is None or not may(viewer, share.plan.person, PURPOSE):
        raise Missing
    return share.plan


def shared_by_choice(viewer: Person, subject: Person, purpose: str) -> Answer:
    """A ground: somebody reads a safety plan because its person chose them, and for no other reason."""
    if purpose != PURPOSE:
        return Answer.SILENT
    theirs = PlanShare.objects.read_by(viewer.pk, clock.now()).of(subject.pk)
    return Answer.OPEN if theirs.exists() else Answer.SILENT
