"""Somebody would like to be a mentor, and says when, how and for how many."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.consent.models import Channel, Purpose
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.mentoring.desk import agreements
from community.mentoring.events import MentorApplied, MentorChanged
from community.mentoring.models import Mentor
from community.mentoring.plans import said as plans
from community.mentoring.plans.codes import CAPACITY_MOST
from community.mentoring.rules import is_own_mentor, may_apply, policy_of
from community.people.models import Person
from community.programs.models import Program

SWITCHES: dict[str, Callable[[Any], Any]] = {
    "capacity": lambda value: inputs.whole(value, at="/capacity", most=CAPACITY_MOST),
    "not_now": lambda value: inputs.flag(value, at="/not_now"),
    "wishes_cover": lambda value: inputs.flag(value, at="/wishes_cover"),
    "stands_in": lambda value: inputs.flag(value, at="/stands_in"),
}
MINE = frozenset(SWITCHES)


@transaction.atomic
def apply(
    *,
    person: Person,
    program: Program,
    wanted: Mapping[str, Any],
    agrees: object,
    language: str | None = None,
    channel: str = Channel.PAGE,
) -> Mentor:
    """Somebody who finished ``program`` would like to be a mentor there, and agrees to what mentors agree to.

    ``language`` is the one in which the agreement was shown. While one application is not over, again is that one as it
    is. Nobody is asked how long they have been in recovery. Raises NotAllowed and Invalid. Publishes MentorApplied.
    """
    may_apply.require(person, program)
    judged = _judged(wanted)
    if not inputs.flag(agrees, at="/agrees"):
        inputs.refuse("/agrees", "required", _("Tick this if you agree. Without it this cannot begin."))
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    there = Mentor.objects.of(person.pk).open().to_show().filter(program=program).first()
    if there is not None:
        return there
    now, policy = clock.now(), policy_of(program)
    row = Mentor(person=person, program=program, applied=now, since=now, capacity=policy.capacity_usual)
    row.say({"zone": person.zone, **judged})
    plans.whole(vars(row))
    _refuse_beyond(row)
    row.save(force_insert=True)
    agreements.give(person=person, program=program.pk, purpose=Purpose.MENTORING, language=language, channel=channel)
    publish(MentorApplied(mentor_id=row.pk, person_id=person.pk, program_id=program.pk))
    audit.record(action="mentor.apply", actor=person.pk, subject=f"mentor:{row.pk}")
    return row


@transaction.atomic
def agree(*, person: Person, mentor: Mentor, language: str | None = None, channel: str = Channel.PAGE) -> None:
    """Agree to today's words for mentors, as a renewal or coming back needs; again is the same.

    Raises NotAllowed, and Conflict when they are a mentor no more.
    """
    is_own_mentor.require(person, mentor)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    row = Mentor.objects.locked_one(mentor.pk)
    _refuse_retired(row)
    agreements.give(
        person=person, program=row.program_id, purpose=Purpose.MENTORING, language=language, channel=channel
    )


@transaction.atomic
def change(*, person: Person, mentor: Mentor, wanted: Mapping[str, Any]) -> Mentor:
    """Say it anew: hours, how many people, "not now", and the rest. Who walks with them already goes on.

    Raises NotAllowed; Invalid; Conflict when they are a mentor no more. Publishes MentorChanged, if anything is.
    """
    is_own_mentor.require(person, mentor)
    judged = _judged(wanted)
    row = Mentor.objects.locked_one(mentor.pk)
    _refuse_retired(row)
    if all(getattr(row, name) == value for name, value in judged.items()):
        return row
    row.say(judged)
    plans.whole(vars(row))
    _refuse_beyond(row)
    row.save()
    publish(MentorChanged(mentor_id=row.pk, person_id=row.person_id, program_id=row.program_id))
    return row


def _refuse_retired(row: Mentor) -> None:
    if not row.is_open:
        raise Conflict(_("That is over here. You can apply again."), code="state")


def _judged(wanted: Mapping[str, Any]) -> dict[str, Any]:
    judged = plans.said(wanted, also=MINE)
    return judged | {name: judge(wanted[name]) for name, judge in SWITCHES.items() if name in wanted}


def _refuse_beyond(row: Mentor) -> None:
    most = policy_of(row.program).capacity_most
    if row.capacity > most:
        inputs.refuse("/capacity", "range", _("Here you can walk with %(most)s people at most.") % {"most": most})
