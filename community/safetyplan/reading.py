"""What pages show of a safety plan: its steps in order, and with whom it is shared or can be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from community.consent.rules import may
from community.foundation import clock
from community.foundation.registers import Further, Leading
from community.foundation.times import date_words
from community.mentoring.rules import policy_of
from community.people.models import Person
from community.safetyplan.models import PlanShare, PlanWords, SafetyPlan
from community.safetyplan.plans import AGAIN, HINTS, Part, number_of
from community.safetyplan.querysets import SafetyPlanQuerySet
from community.safetyplan.rules import PURPOSE, Tie, ties_of


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a plan as it stands; ``row`` is None where nothing is written yet."""

    part: Part
    row: PlanWords | None

    @property
    def number(self) -> int | None:
        return number_of(self.part)

    @property
    def title(self) -> str:
        return str(self.part.label)

    @property
    def hint(self) -> str:
        return str(HINTS[self.part])

    @property
    def words(self) -> str:
        return self.row.words if self.row else ""


def steps_of(plan: SafetyPlan | None) -> list[Step]:
    """Every part, in order; in one question to the database."""
    rows = {row.part: row for row in plan.words.standing()} if plan else {}
    return [Step(part, rows.get(part)) for part in Part]


def step_of(plan: SafetyPlan | None, part: Part) -> Step:
    return Step(part, plan.words.standing().filter(part=part).first() if plan else None)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a part said before."""

    row: PlanWords
    day: str


def earlier_of(plan: SafetyPlan | None, part: Part, zone: str) -> list[Earlier]:
    """What this part said before, the newest first, each with its last day."""
    rows = list(plan.words.earlier().filter(part=part)) if plan else []
    return [Earlier(row, date_words((row.replaced or row.at).astimezone(ZoneInfo(zone)).date())) for row in rows]


@dataclass(frozen=True, slots=True)
class Way:
    """One person it can be shown to, or is."""

    tie: Tie
    shared: bool

    @property
    def name(self) -> str:
        return self.tie.reader.alias

    @property
    def what(self) -> str:
        """What they are to its person."""
        if self.tie.enrollment is not None:
            return _("Leads %(group)s") % {"group": self.tie.enrollment.cohort.name}
        sponsors = self.tie.match is not None and policy_of(self.tie.match.program).says_sponsor
        return _("Your sponsor") if sponsors else _("Your mentor")


def ways_of(person: Person, plan: SafetyPlan) -> list[Way]:
    """Everybody it can be shown to today."""
    shared = {(row.tie, row.reader_id) for row in plan.shares.all()}
    return [Way(tie, (tie.id, tie.reader.pk) in shared) for tie in ties_of(person)]


def is_due(plan: SafetyPlan | None, now: datetime) -> bool:
    """Whether it is worth another look."""
    return plan is not None and plan.looked + AGAIN <= now


def not_looked_at(person: UUID, now: datetime) -> SafetyPlanQuerySet:
    """Theirs, if they have not looked at it for thirty days."""
    return SafetyPlan.objects.of(person).not_looked_at_since(now - AGAIN)


def look_again() -> Further:
    """The gentle line for the page that greets."""
    says = _("You last looked at it a month ago or more. Is it still right?")
    return Further(icon="life-buoy", title=_("Your safety plan"), link="safety_plan", says=says)


def shown_at_the_desk(viewer: Person, enrollment_id: UUID) -> list[Further]:
    """What the desk shows who leads somebody's group, where they were shown the plan."""
    if _reads(viewer, enrollment_id):
        return [Further(icon="life-buoy", title=_("Their safety plan"), link="safety_plan_shared")]
    return []


def shown_to_a_mentor(viewer: Person, match_id: UUID) -> list[Leading]:
    """What a mentor finds on the page of the two, where they were shown the plan."""
    if not _reads(viewer, match_id):
        return []
    href = reverse("safety_plan_shared", args=[match_id])
    return [Leading(icon="life-buoy", title=_("Their safety plan"), says=_("They chose to show it to you."), href=href)]


def _reads(viewer: Person, tie_id: UUID) -> bool:
    share = PlanShare.objects.read_by(viewer.pk, clock.now()).by(tie_id).to_show().first()
    return share is not None and may(viewer, share.plan.person, PURPOSE)
