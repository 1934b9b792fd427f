"""A recovery date is its person's: they set it, mend it, hide it, begin anew and forget it. Nobody else is told."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.foundation.events import publish
from community.milestones.dates import START_YEARS
from community.milestones.events import (
    CountForgotten,
    NewCountStarted,
    NewCountUndone,
    RecoveryDateCorrected,
    RecoveryDateSet,
)
from community.milestones.models import NAME_MOST, Focus, Run
from community.milestones.rules import counts_days
from community.people.models import Person

FOCUSES_MOST = 5


@transaction.atomic
def begin(*, person: Person, start: object, name: object = "") -> Focus:
    """Count days from ``start`` (a day, not to come), as whatever ``name`` its person gives it.

    The same day under the same name again is the same count. Raises NotAllowed where no days are counted; Invalid;
    Conflict beyond five. Publishes RecoveryDateSet.
    """
    counts_days.require(person, None)
    words = inputs.text(name, at="/name", most=NAME_MOST, blank=True).strip()
    day = _start(start, person)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    counted = list(person.focuses.to_show())
    for one in counted:
        if (one.name, one.history[-1].start) == (words, day):
            return one
    if len(counted) >= FOCUSES_MOST:
        raise Conflict(_("You count five things already. Forget one of them first."), code="full")
    focus = Focus(person=person, created=clock.now())
    focus.name = words
    focus.save()
    run = _open_run(focus, day)
    publish(RecoveryDateSet(run_id=run.pk, person_id=person.pk))
    return focus


@transaction.atomic
def correct(*, person: Person, focus: Focus, start: object) -> Run:
    """The day was another one; it is the same count.

    Raises NotAllowed, Missing, and Invalid for a day that is to come, or is before a count that came earlier had
    ended. Publishes RecoveryDateCorrected.
    """
    counts_days.require(person, None)
    run = _held(person, focus)
    day = _start(start, person)
    if run.after is not None and run.after.start > day:
        inputs.refuse("/start", "range", _("This day is before your earlier count began."))
    if run.after is not None:
        run.after.ended = day
        run.after.save(update_fields=["ended"])
    run.start = day
    run.save(update_fields=["start"])
    publish(RecoveryDateCorrected(run_id=run.pk, person_id=person.pk))
    return run


@transaction.atomic
def begin_anew(*, person: Person, focus: Focus, start: object = None) -> Run:
    """End the count and begin another from ``start``, today unless told. What was lived stays: runs, totals, chips.

    Nobody is told. Whatever waits to be celebrated of the old count is let go in this transaction. For 24 hours
    :func:`undo_new_count` brings it back. From the day the count began on, nothing is new: it stays as it is, so that
    pressing twice counts once.
    Raises NotAllowed, Missing, Invalid. Publishes NewCountStarted.
    """
    counts_days.require(person, None)
    before = _held(person, focus)
    day = clock.today(person.zone) if start is None else _start(start, person)
    if day < before.start:
        inputs.refuse(
            "/start", "range", _("This day is before your count began. You can correct its first day instead.")
        )
    if day == before.start:
        return before
    before.ended = day
    before.save(update_fields=["ended"])
    run = _open_run(focus, day, after=before)
    publish(NewCountStarted(run_id=run.pk, ended_run_id=before.pk, person_id=person.pk))
    return run


@transaction.atomic
def undo_new_count(*, person: Person, focus: Focus) -> Run:
    """Within 24 hours: the count before goes on as if nothing had been.

    Raises NotAllowed, Missing, and Conflict when there is nothing to undo any more. Publishes NewCountUndone while both
    runs are still there: whoever shows something of the undone one elsewhere has to find it.
    """
    counts_days.require(person, None)
    run = _held(person, focus)
    before = run.after
    if before is None or run.undoes_until is None or clock.now() > run.undoes_until:
        raise Conflict(_("There is nothing to undo any more."), code="too_late")
    publish(NewCountUndone(run_id=before.pk, undone_run_id=run.pk, person_id=person.pk))
    run.delete()
    before.ended = None
    before.save(update_fields=["ended"])
    return before


@transaction.atomic
def change(
    *,
    person: Person,
    focus: Focus,
    name: object,
    hides_count: object,
    says_day: object = False,
    on_today: object = False,
) -> Focus:
    """Call it something else, show no number, call its first day "Day 1", or show on Today what comes next.

    Raises NotAllowed, Missing, Invalid.
    """
    counts_days.require(person, None)
    words = inputs.text(name, at="/name", most=NAME_MOST, blank=True).strip()
    wanted = {"hides_count": hides_count, "says_day": says_day, "on_today": on_today}
    looks = {field: inputs.flag(value, at=f"/{field}") for field, value in wanted.items()}
    row = Focus.objects.select_for_update(no_key=True).of(person.pk).filter(pk=focus.pk).first()
    if row is None:
        raise Missing
    row.name = words
    for field, value in looks.items():
        setattr(row, field, value)
    row.save(update_fields=["name_sealed", *looks])
    return row


@transaction.atomic
def forget(*, person: Person, focus: Focus) -> None:
    """Count this no more, and keep none of its dates. Raises NotAllowed, Missing. Publishes CountForgotten.

    It is told while the dates are still there: whoever shows one elsewhere has to find it.
    """
    counts_days.require(person, None)
    row = Focus.objects.select_for_update(no_key=True).of(person.pk).filter(pk=focus.pk).first()
    if row is None:
        raise Missing
    publish(CountForgotten(focus_id=focus.pk, person_id=person.pk))
    row.delete()


def _start(day: object, person: Person) -> date:
    found = inputs.day(day, at="/start", years=START_YEARS)
    if found > clock.today(person.zone):
        inputs.refuse("/start", "range", _("This day is still to come."))
    return found


def _held(person: Person, focus: Focus) -> Run:
    """The count that goes on, held with its focus against another device. Raises Missing."""
    row = Focus.objects.select_for_update(no_key=True).of(person.pk).filter(pk=focus.pk).first()
    if row is None:
        raise Missing
    return Run.objects.open().select_related("after").get(focus=row)


def _open_run(focus: Focus, start: date, *, after: Run | None = None) -> Run:
    today = clock.today(focus.person.zone)
    return Run.objects.create(focus=focus, after=after, start=start, entered=today, created=clock.now())
