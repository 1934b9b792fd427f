"""Episodes: a person begins in a cohort, moves through phases, is away, comes back, finishes or leaves."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid
from community.foundation.events import publish
from community.people.models import Person
from community.people.rules import clean_alias, kept_from
from community.programs.events import (
    AskedBack,
    AskingAnswered,
    CameBack,
    Enrolled,
    EnrollmentEnded,
    FarewellChosen,
    Graduated,
    PhaseMoved,
    WentAway,
)
from community.programs.models import Admission, Cohort, Enrollment, Farewell, Outcome, Phase, PhaseKind, Program
from community.programs.rules import (
    GroupFull,
    NeedsAnotherRoom,
    is_their_own,
    may_answer,
    may_end,
    may_enroll,
    may_move,
    may_say_away,
)

#: Somebody who missed the first evenings still starts together with the others.
CLOSED_ADMITS_FOR = timedelta(days=7)
MOVES = frozenset(PhaseKind.values) - {PhaseKind.ALUMNI}
LEAVES = frozenset(Outcome.values) - {Outcome.GRADUATED}


@transaction.atomic
def enroll(
    *,
    person: Person,
    cohort: Cohort,
    began: date | None = None,
    phase: str = PhaseKind.IOP,
    alias: str = "",
    by: Person | None = None,
) -> Enrollment:
    """Begin an episode of ``person`` in ``cohort``, today unless told; somebody who was here before begins a new one.

    ``alias`` is another name for the cohort's room alone, empty for their own. Raises NotAllowed; Invalid for a phase,
    day or name that cannot be, or a program behind the other side of a wall; Conflict
    when the group is full, over or has started, or the person is in this program already; NeedsAnotherRoom when they
    are kept apart from somebody there. Publishes Enrolled.
    """
    if by is not None:
        may_enroll.require(by, cohort)
    inputs.one_of(phase, MOVES, at="/phase")
    row = Cohort.objects.locked_one(cohort.pk)
    today = clock.today(row.zone)
    first = max(row.starts, today) if began is None else inputs.day(began, at="/began")
    if not row.starts <= first <= max(row.starts, today):
        inputs.refuse("/began", "range", _("This day is before the group began, or still to come."))
    _refuse_no_room(row, today)
    _refuse_elsewhere(person, row.program)
    _refuse_apart(person, row)
    Enrollment.objects.of(person.pk).filter(program=row.program).asking_back().update(asked_back=None)
    enrollment = Enrollment(
        person=person, program=row.program, cohort=row, alias=clean_alias(alias) if alias else "", began=first
    )
    former = Enrollment.objects.of(person.pk).filter(program=row.program).last_with_card()
    enrollment.card_name = former.card_name if former else ""
    enrollment.save(force_insert=True)
    Phase.objects.create(enrollment=enrollment, kind=phase, began=first)
    publish(Enrolled(enrollment_id=enrollment.pk, person_id=person.pk, cohort_id=row.pk))
    _record("enroll", enrollment, by)
    return enrollment


@transaction.atomic
def readmit(
    *, person: Person, cohort: Cohort, began: date | None = None, phase: str = PhaseKind.IOP, by: Person | None = None
) -> Enrollment:
    """Welcome somebody back: a new episode, and the old one stays theirs. As :func:`enroll`."""
    return enroll(person=person, cohort=cohort, began=began, phase=phase, by=by)


def _refuse_no_room(cohort: Cohort, today: date) -> None:
    """Needs the cohort's lock."""
    if cohort.ends is not None and cohort.ends < today:
        raise Conflict(_("This group has ended."), code="over")
    if cohort.admission == Admission.CLOSED and today > cohort.starts + CLOSED_ADMITS_FOR:
        raise Conflict(_("Everybody here started together. Choose another group."), code="started")
    if Enrollment.objects.open().filter(cohort=cohort).count() >= cohort.capacity:
        raise GroupFull


def _refuse_elsewhere(person: Person, program: Program) -> None:
    """At most one open episode in a program, and none on two sides of a wall; the person's row is held meanwhile."""
    _refuse_closed(Person.objects.select_for_update(no_key=True).get(pk=person.pk))
    for other in Enrollment.objects.open().of(person.pk).select_related("program"):
        if other.program_id == program.pk:
            raise Conflict(_("This person is in the program already."), code="enrolled")
        if other.program.profile.walled or program.profile.walled:
            raise Invalid(
                FieldError("/cohort", "walled", _("This person is in a program that is kept apart from this one."))
            )


def _refuse_apart(person: Person, cohort: Cohort) -> None:
    """Needs the locks of both: who is kept apart meanwhile waits for them."""
    kept = kept_from(person.pk)
    if kept and Enrollment.objects.open().filter(cohort=cohort, person__in=kept).exists():
        raise NeedsAnotherRoom


@transaction.atomic
def move_phase(*, enrollment: Enrollment, phase: str, since: date | None = None, by: Person | None = None) -> Phase:
    """Write down that a person is in another step of care since a day, today unless told; the same day again mends it.

    Raises NotAllowed; Invalid for a day before the last move, or still to come; Conflict when the episode is over.
    Publishes PhaseMoved.
    """
    if by is not None:
        may_move.require(by, enrollment)
    inputs.one_of(phase, MOVES, at="/phase")
    row = _open(enrollment)
    day = max(clock.today(row.cohort.zone), row.began) if since is None else inputs.day(since, at="/since")
    last = row.phases.order_by("began").last()
    least = last.began if last else row.began
    if not least <= day <= max(clock.today(row.cohort.zone), least):
        inputs.refuse("/since", "range", _("This day is before the last change, or still to come."))
    moved = _phase(row, phase, day)
    publish(PhaseMoved(enrollment_id=row.pk, person_id=row.person_id))
    _record("phase", row, by)
    return moved


@transaction.atomic
def graduate(*, enrollment: Enrollment, by: Person | None = None) -> Enrollment:
    """Finish the program today. Raises NotAllowed, and Conflict when the episode is over. Publishes Graduated."""
    if by is not None:
        may_end.require(by, enrollment)
    row = _open(enrollment)
    _end(row, Outcome.GRADUATED)
    last = row.phases.order_by("began").last()
    _phase(row, PhaseKind.ALUMNI, max(row.ended or row.began, last.began if last else row.began))
    publish(Graduated(enrollment_id=row.pk, person_id=row.person_id, cohort_id=row.cohort_id))
    _record("graduate", row, by)
    return row


@transaction.atomic
def withdraw(
    *,
    enrollment: Enrollment,
    outcome: str = Outcome.WITHDRAWN,
    at_once: bool = False,
    by: Person | None = None,
) -> Enrollment:
    """End an episode today before the program is finished; ``outcome`` says why, to staff alone.

    ``at_once``: safety needs the room closed to them now; else it stays readable for seven days. Raises NotAllowed,
    Invalid, and Conflict when the episode is over. Publishes EnrollmentEnded.
    """
    if by is not None:
        may_end.require(by, enrollment)
    inputs.one_of(outcome, LEAVES, at="/outcome")
    row = _open(enrollment)
    _end(row, Outcome(outcome))
    publish(EnrollmentEnded(enrollment_id=row.pk, person_id=row.person_id, cohort_id=row.cohort_id, at_once=at_once))
    _record("end", row, by)
    return row


@transaction.atomic
def choose_farewell(*, enrollment: Enrollment, farewell: str, by: Person) -> Enrollment:
    """Say what the room is told when one's time there ends: a line, or nothing. Theirs alone to choose, at any time.

    Nothing is told until they chose. Raises NotAllowed and Invalid. Publishes FarewellChosen.
    """
    is_their_own.require(by, enrollment)
    inputs.one_of(farewell, frozenset(Farewell.values), at="/farewell")
    row = Enrollment.objects.locked_one(enrollment.pk)
    row.farewell = farewell
    row.save(update_fields=["farewell"])
    publish(FarewellChosen(enrollment_id=row.pk, person_id=row.person_id))
    return row


@transaction.atomic
def ask_to_come_back(*, enrollment: Enrollment, by: Person) -> Enrollment:
    """Ask staff for a new episode, within 90 days of the end of one's own; again is the same, and needs no reason.

    Raises NotAllowed, and Conflict when it goes on, is longer ago, or they are back already. Publishes AskedBack.
    """
    is_their_own.require(by, enrollment)
    row = Enrollment.objects.locked_one(enrollment.pk)
    back = Enrollment.objects.open().of(by.pk).filter(program=row.program_id)
    if not row.may_ask_back(clock.today(row.cohort.zone)) or back.exists():
        raise Conflict(_("Please call the clinic to come back."), code="not_now")
    if row.asked_back is None:
        row.asked_back = clock.now()
        row.save(update_fields=["asked_back"])
        publish(AskedBack(enrollment_id=row.pk, person_id=row.person_id))
    return row


@transaction.atomic
def answer_not_now(*, enrollment: Enrollment, by: Person | None = None) -> Enrollment:
    """Staff told somebody who asks to come back that it is not now; they may ask again. A yes is :func:`readmit`.

    Raises NotAllowed, and Conflict when nobody asks any more. Publishes AskingAnswered.
    """
    if by is not None:
        may_answer.require(by, enrollment)
    row = Enrollment.objects.locked_one(enrollment.pk)
    if row.asked_back is None:
        raise Conflict(_("This has been answered already."), code="answered")
    row.asked_back = None
    row.save(update_fields=["asked_back"])
    publish(AskingAnswered(enrollment_id=row.pk, person_id=row.person_id))
    _record("not_now", row, by)
    return row


@transaction.atomic
def away(*, enrollment: Enrollment, by: Person | None = None) -> Enrollment:
    """Somebody is away for a while: their seat waits and nobody is told; again is the same.

    Said by staff or by the person. Raises NotAllowed, and Conflict when the episode is over. Publishes WentAway.
    """
    return _say_away(enrollment, by, gone=True)


@transaction.atomic
def come_back(*, enrollment: Enrollment, by: Person | None = None) -> Enrollment:
    """Somebody who was away is back; again is the same. Raises as :func:`away`. Publishes CameBack."""
    return _say_away(enrollment, by, gone=False)


def _say_away(enrollment: Enrollment, by: Person | None, *, gone: bool) -> Enrollment:
    if by is not None:
        may_say_away.require(by, enrollment)
    row = _open(enrollment)
    if row.is_away == gone:
        return row
    row.away_since = clock.now() if gone else None
    row.save(update_fields=["away_since"])
    kind: type[WentAway | CameBack] = WentAway if gone else CameBack
    publish(kind(enrollment_id=row.pk, person_id=row.person_id))
    _record("away" if gone else "back", row, by)
    return row


def _open(enrollment: Enrollment) -> Enrollment:
    """The row, held. Raises Conflict when the episode is over, or its person has died: nothing is told of them then."""
    row = Enrollment.objects.locked_one(enrollment.pk)
    if not row.is_open:
        raise Conflict(_("This time in the program has ended already."), code="ended")
    _refuse_closed(row.person)
    return row


def _refuse_closed(person: Person) -> None:
    if person.closed is not None:
        raise Conflict(_("They have died. Everything of theirs stays as it was."), code="closed")


def _end(row: Enrollment, outcome: Outcome) -> None:
    row.ended = max(clock.today(row.cohort.zone), row.began)
    row.outcome, row.away_since = outcome, None
    row.save(update_fields=["ended", "outcome", "away_since"])


def _phase(row: Enrollment, kind: str, day: date) -> Phase:
    moved, _fresh = Phase.objects.update_or_create(enrollment=row, began=day, defaults={"kind": kind})
    return moved


def _record(what: str, row: Enrollment, by: Person | None, **more: Any) -> None:
    audit.record(action=f"enrollment.{what}", actor=by.pk if by else None, subject=f"enrollment:{row.pk}", **more)
