"""We were told of something: a case opens, or joins the one that is open about it."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction

from community.cases.desk.holding import step, write
from community.cases.desk.telling import tell_first, tell_holder
from community.cases.events import CaseOpened
from community.cases.models import OF_PAGES, Case, CaseParty, Part, StepKind
from community.cases.plans import FIGURES_OF_SPEECH, Plan, Priority, Reach, Reason, plan_of
from community.foundation import clock
from community.foundation.events import publish
from community.foundation.registers import closer
from community.people.models import Person
from community.programs.models import AgeBand, Cohort, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What we were told: why, about whom, and about what (``kind:id``); where, and by whom (None: nobody's press).

    ``reach`` is who may look into it at most, whatever the reason says; ``priority`` how urgent it is where the reason
    alone does not say. ``quiet``: it stands in the queue, and pages nobody.
    """

    reason: Reason
    subject: Person
    about: str
    program: Program | None
    cohort: Cohort | None = None
    room: UUID | None = None
    reporter: Person | None = None
    reach: Reach = Reach.ROOM
    priority: Priority | None = None
    quiet: bool = False


@transaction.atomic
def open_case(*, told: Telling) -> Case:
    """Open a case, or add to the one that is open about this person (care) or this thing and reason.

    What is more urgent than the open one makes that one as urgent. Who is nearest hears of it; of more in a case that
    somebody has, they alone. Publishes CaseOpened or CaseChanged.
    """
    plan = _plan(told)
    row = _open_about(told, plan)
    if row is None:
        row, fresh = _opened(told, plan)
        if fresh:
            return _told_first(row, told)
    return _told_again(row, told, plan)


def _plan(told: Telling) -> Plan:
    plan = plan_of(told.reason, minors=told.program is not None and told.program.age_band == AgeBand.MINORS)
    priority = plan.priority if told.priority is None else told.priority
    return replace(plan, priority=_in_its_room(told.room, priority))


def _in_its_room(room: UUID | None, priority: Priority) -> Priority:
    """One step more urgent where a room is looked after more closely for a while: somebody there has died."""
    if priority == Priority.P0 or room is None or not any(ask(room) for ask in closer):
        return priority
    return Priority(priority - 1)


def _open_about(told: Telling, plan: Plan) -> Case | None:
    """The open case this belongs to, held against every other change."""
    rows = Case.objects.select_for_update(no_key=True, of=("self",)).still_open().select_related("holder")
    if plan.care:
        return rows.filter(care=True, subject=told.subject, program=told.program).first()
    return rows.filter(care=False, about=told.about, reason=told.reason).first()


def _opened(told: Telling, plan: Plan) -> tuple[Case, bool]:
    """A new case; or, if somebody else told us in the same moment, theirs and False."""
    row = Case(
        program=told.program,
        cohort=told.cohort,
        room=told.room,
        subject=told.subject,
        about=told.about,
        reason=told.reason,
        care=plan.care,
        priority=plan.priority,
        reach=min(plan.reach, told.reach),
        told=clock.now(),
    )
    row.set_clocks()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        known = _open_about(told, plan)
        if known is None:
            raise
        return known, False
    return row, True


def _told_first(row: Case, told: Telling) -> Case:
    _parties(row, told)
    write(row, StepKind.SIGN if told.quiet else StepKind.TOLD, by=None, what=told.reason)
    tell_first(row)
    publish(CaseOpened(case_id=row.pk))
    return row


def _told_again(row: Case, told: Telling, plan: Plan) -> Case:
    _parties(row, told)
    if plan.priority < row.priority:
        row.priority = plan.priority
        row.set_clocks()
    row.reach = min(row.reach, plan.reach, told.reach)
    step(row, StepKind.SIGN if told.quiet else StepKind.TOLD_AGAIN, by=None, what=told.reason)
    if row.is_held_at(clock.now()):
        tell_holder(row)
    else:
        tell_first(row)
    return row


def _parties(row: Case, told: Telling) -> None:
    parts = {(told.subject.pk, Part.SUBJECT)}
    if told.reporter is not None:
        parts.add((told.reporter.pk, Part.REPORTER))
    for person, part in sorted(parts, key=str):
        CaseParty.objects.get_or_create(case=row, person_id=person, part=part)


@transaction.atomic
def ease(*, case: Case) -> bool:
    """Who told us of a worry says that nobody is in danger right now: P1, unless somebody looked at it, or more came.

    Returns whether it is less urgent now. Publishes CaseChanged.
    """
    row = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    once = not row.steps.exclude(kind__in={StepKind.TOLD, *OF_PAGES}).exists()
    if row.priority != Priority.P0 or row.taken is not None or not once:
        return False
    row.priority = Priority.P1
    row.set_clocks()
    step(row, StepKind.PRIORITY, by=None, what=str(Priority.P1.label))
    return True


@transaction.atomic
def says_safe(*, case: Case, all_of_it: bool) -> None:
    """Whom it is about says that they are safe, and meant it in another way: noted, and somebody reads it all the same.

    Less urgent only if they say so of all they wrote (``all_of_it``), of words of a kind that may be meant so, before
    anybody looked, and nobody else told us. Publishes CaseChanged.
    """
    row = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("holder").get(pk=case.pk)
    if not row.is_open:
        return
    told_by_others = row.parties.filter(part=Part.REPORTER).exists()
    told_of = row.steps.filter(kind__in=(StepKind.TOLD, StepKind.TOLD_AGAIN))
    may_ease = all_of_it and not told_by_others and not told_of.exclude(what__in=FIGURES_OF_SPEECH).exists()
    if row.priority == Priority.P0 and row.taken is None and may_ease:
        row.priority = Priority.P1
        row.set_clocks()
    step(row, StepKind.SAYS_SAFE, by=None)
