"""Which days count in a program is for who runs it to say. Nobody's past changes, and nothing is posted anew."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.milestones import plans
from community.milestones.desk import ladder_of
from community.milestones.events import LadderChanged
from community.milestones.ladders import (
    BEGINNINGS,
    PRESETS,
    Ladder,
    LadderKind,
    Look,
    Scheme,
    Step,
    kinds,
    preset,
)
from community.milestones.models import ProgramLadder, Rung
from community.milestones.plans import Plan, RungPlan
from community.milestones.rules import may_change_ladder
from community.people.models import Person
from community.programs.models import Program

FIRST_PLACE = "Pacific/Kiritimati"  # no place on earth is a day ahead of it


@transaction.atomic
def set_ladder(  # noqa: PLR0913 - each is one trait of a ladder
    *,
    program: Program,
    kind: str,
    steps: Sequence[Any],
    yearly: object = False,
    finish: object = None,
    version: object = None,
    by: Person | None = None,
) -> Ladder:
    """Let these days count in a program, in place of those that did.

    ``steps`` (1 to 40) are each a ``code``, and if wanted ``label``, ``color`` and ``drawing``; ``yearly``: and each
    year after; ``finish``, of weeks: how finishing looks, as a step without its code. What was celebrated stays so; a
    step that is new counts for nobody for whom its day has passed.
    Raises NotAllowed, Invalid, and Conflict when the ``version`` that was looked at is another one by now. Publishes
    LadderChanged, if it is another one.
    """
    if by is not None:
        may_change_ladder.require(by, program)
    wanted = _kind(program, kind)
    plan = Plan(plans.rungs(steps, kind=wanted), plans.yearly(yearly, kind=wanted), plans.finish(finish, kind=wanted))
    seen = None if version is None else inputs.whole(version, at="/version")
    return _write(program, wanted, plan, seen=seen, by=by)


@transaction.atomic
def reset_ladder(*, program: Program, kind: str, scheme: str = "", by: Person | None = None) -> Ladder:
    """Go back to what programs begin with, in its own looks; ``scheme`` says which, where there is more than one.

    Raises NotAllowed and Invalid. Publishes LadderChanged, if it is another one.
    """
    if by is not None:
        may_change_ladder.require(by, program)
    wanted = _kind(program, kind)
    first = preset(wanted)
    if scheme:
        first = PRESETS[Scheme(inputs.one_of(scheme, frozenset(BEGINNINGS.get(wanted, ())), at="/scheme"))]
    plan = Plan(tuple(RungPlan(step, Look()) for step in first.steps), first.yearly is not None, Look())
    return _write(program, wanted, plan, seen=None, by=by)


def _kind(program: Program, kind: str) -> LadderKind:
    """Raises Invalid where no days are counted, and so none can be said to count."""
    found = LadderKind(inputs.one_of(kind, frozenset(LadderKind), at="/kind"))
    if found not in kinds(counts_days=program.profile.counts_days):
        inputs.refuse(
            "/kind", "no_days", _("This kind of program counts no days. Its weeks can be changed, and how often.")
        )
    return found


def _write(
    program: Program,
    kind: LadderKind,
    plan: Plan,
    *,
    seen: int | None,
    by: Person | None,
) -> Ladder:
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    before = ladder_of(program, kind)
    looks = {rung.step: rung.look for rung in plan.rungs}
    same = {step: before.look(step) for step in before.steps} == looks and before.finish == plan.finish
    if same and plan.yearly == (before.yearly is not None):
        return before
    if seen is not None and seen != before.version:
        raise Conflict(_("Somebody changed these steps meanwhile. Nothing was saved."), code="stale")
    after = before.becomes(looks, finish=plan.finish, yearly=plan.yearly, today=clock.today(FIRST_PLACE))
    changed = {
        "yearly": plan.yearly,
        "yearly_since": after.yearly_added,
        "version": after.version,
        **{f"finish_{name}": value for name, value in asdict(plan.finish).items()},
    }
    row, _fresh = ProgramLadder.objects.update_or_create(
        program=program, kind=kind, defaults=changed, create_defaults={**changed, "track": program.track}
    )
    row.rungs.all().delete()
    Rung.objects.bulk_create([_rung(row, step, after) for step in after.steps])
    audit.record(action="ladder.change", actor=by.pk if by else None, subject=f"program:{program.pk}", reason=kind)
    publish(LadderChanged(program_id=program.pk))
    return after


def _rung(row: ProgramLadder, step: Step, ladder: Ladder) -> Rung:
    look = ladder.look(step)
    return Rung(
        ladder=row,
        unit=step.unit,
        number=step.number,
        label=look.label,
        color=look.color,
        drawing=look.drawing,
        since=ladder.added.get(step),
    )
