"""Somebody hopes for a mentor. Asking, changing one's mind and taking it back cost nothing, and need no reason."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.consent.models import Channel, ConsentRecord, Purpose
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.mentoring.desk import agreements
from community.mentoring.events import MentorRequested, RequestChanged, RequestClosed
from community.mentoring.models import HOPES_MOST, Closing, MentorRequest
from community.mentoring.plans import said as plans
from community.mentoring.rules import is_own_request, may_ask, may_mark
from community.mentoring.rules.standing import agreement_subject
from community.people.models import Person
from community.programs.models import Enrollment, Outcome, Program

MINE = frozenset({"hopes"})


@transaction.atomic
def ask(
    *,
    person: Person,
    program: Program,
    wanted: Mapping[str, Any],
    agrees: object,
    language: str | None = None,
    channel: str = Channel.PAGE,
) -> MentorRequest:
    """Hope for a mentor in ``program``, and agree that staff look for one with these answers.

    While one request waits, again is that one as it is, with its place in line. Raises NotAllowed, Invalid, and
    Conflict while they have a mentor there: the place they had waits for the end of that. Publishes MentorRequested.
    """
    may_ask.require(person, program)
    judged = _judged(wanted)
    if not inputs.flag(agrees, at="/agrees"):
        inputs.refuse("/agrees", "required", _("Tick this if you agree. Without it nobody can look for somebody."))
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    there = MentorRequest.objects.of(person.pk).open().to_show().filter(program=program).first()
    if there is not None:
        return there
    if MentorRequest.objects.settled(program).of(person.pk).exists():
        raise Conflict(
            _("Somebody walks with you here. If that ends, you keep the place you had in line."), code="settled"
        )
    now = clock.now()
    row = MentorRequest(person=person, program=program, asked_at=now, changed=now)
    row.say({"zone": person.zone, **judged})
    plans.whole(vars(row))
    row.save(force_insert=True)
    agreements.give(person=person, program=program.pk, purpose=Purpose.MATCHED, language=language, channel=channel)
    publish(MentorRequested(request_id=row.pk, person_id=person.pk, program_id=program.pk))
    audit.record(action="mentor_request.ask", actor=person.pk, subject=f"mentor_request:{row.pk}")
    return row


@transaction.atomic
def change_request(*, person: Person, request: MentorRequest, wanted: Mapping[str, Any]) -> MentorRequest:
    """Hope for something else; the place in line stays.

    Raises NotAllowed, Invalid, and Conflict when it waits no more. Publishes RequestChanged, if anything is another.
    """
    is_own_request.require(person, request)
    judged = _judged(wanted)
    row = _open(request)
    if all(getattr(row, name) == value for name, value in judged.items()):
        return row
    row.say(judged)
    plans.whole(vars(row))
    row.changed = clock.now()
    row.save()
    publish(RequestChanged(request_id=row.pk, person_id=row.person_id, program_id=row.program_id))
    return row


@transaction.atomic
def withdraw(*, person: Person, request: MentorRequest) -> MentorRequest:
    """Take it back; again is the same. Raises NotAllowed. Publishes RequestClosed."""
    is_own_request.require(person, request)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # before the row, as taking consent back does
    row = MentorRequest.objects.locked_one(request.pk)
    if row.is_open:
        _close(row, Closing.WITHDRAWN, by=person.pk)
        agreements.end(person=person.pk, program=row.program_id, purpose=Purpose.MATCHED)
    return row


@transaction.atomic
def mark(*, request: MentorRequest, urgent: object, by: Person) -> MentorRequest:
    """Let somebody go first, or no more; for who runs the program. Raises NotAllowed, Invalid, and Conflict when it

    waits no more. Publishes RequestChanged, if it is another.
    """
    may_mark.require(by, request)
    wanted = inputs.flag(urgent, at="/urgent")
    row = _open(request)
    if row.urgent != wanted:
        row.urgent = wanted
        row.save(update_fields=["urgent"])
        publish(RequestChanged(request_id=row.pk, person_id=row.person_id, program_id=row.program_id))
        audit.record(action="mentor_request.mark", actor=by.pk, subject=f"mentor_request:{row.pk}")
    return row


@transaction.atomic
def settle_consent(*, record_id: UUID, person_id: UUID) -> int:
    """Who no longer agrees that staff look for a mentor has no request that waits. Publishes RequestClosed."""
    record = ConsentRecord.objects.of(person_id).filter(pk=record_id).first()
    if record is None or record.purpose != Purpose.MATCHED:
        return 0
    waiting = MentorRequest.objects.of(person_id).open()
    ends = [one for one in waiting if agreement_subject(one.program_id) == record.subject]
    return _close_all(ends, Closing.WITHDRAWN)


@transaction.atomic
def close_with_episode(*, enrollment_id: UUID) -> int:
    """Somebody left before the end: what they hoped for there waits no more. Who finished goes on waiting.

    Publishes RequestClosed.
    """
    episode = Enrollment.objects.filter(pk=enrollment_id).get()
    Person.objects.select_for_update(no_key=True).get(pk=episode.person_id)  # before the row, as taking it back does
    if Enrollment.objects.of(episode.person_id).filter(program=episode.program_id, outcome=Outcome.GRADUATED).exists():
        return 0
    waiting = MentorRequest.objects.of(episode.person_id).open().filter(program=episode.program_id)
    closed = _close_all(list(waiting), Closing.LEFT)
    if closed:
        agreements.end(person=episode.person_id, program=episode.program_id, purpose=Purpose.MATCHED)
    return closed


@transaction.atomic
def close_with_account(*, person_id: UUID) -> int:
    """Who hoped for a mentor has died: nobody looks for one any more. Publishes RequestClosed."""
    Person.objects.select_for_update(no_key=True).get(pk=person_id)  # before the row, as taking it back does
    return _close_all(list(MentorRequest.objects.of(person_id).open()), Closing.LEFT)


def _close_all(waiting: list[MentorRequest], why: Closing) -> int:
    closed = 0
    for one in waiting:
        row = MentorRequest.objects.locked_one(one.pk)
        if row.is_open:
            _close(row, why, by=None)
            closed += 1
    return closed


def _close(row: MentorRequest, why: Closing, *, by: UUID | None) -> None:
    row.closed, row.closing = clock.now(), why
    row.save(update_fields=["closed", "closing"])
    publish(RequestClosed(request_id=row.pk, person_id=row.person_id, program_id=row.program_id))
    audit.record(action="mentor_request.close", actor=by, subject=f"mentor_request:{row.pk}", reason=why)


def _judged(wanted: Mapping[str, Any]) -> dict[str, Any]:
    judged = plans.said(wanted, also=MINE)
    if "hopes" in wanted:
        hopes = inputs.text(wanted["hopes"], at="/hopes", most=HOPES_MOST, blank=True)
        judged["hopes"] = hopes if inputs.visible(hopes) else ""
    return judged


def _open(request: MentorRequest) -> MentorRequest:
    row = MentorRequest.objects.locked_one(request.pk)
    if not row.is_open:
        raise Conflict(_("This request is not waiting any more."), code="state")
    return row
