"""The look at each count whose time has come: something is asked, posted, or left for later."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.foundation import clock
from community.milestones.dates import due_on, local_day, path, post_not_before, to_celebrate
from community.milestones.desk import ladder_of_days
from community.milestones.ladders import NO_DAYS, Ladder, Step
from community.milestones.models import Run
from community.notices import services as notices
from community.people.models import Person
from community.programs.rules import is_away
from community.sanctions.rules import is_suspended
from groups.celebrations import posting
from groups.celebrations.models import ANNOUNCED, Celebration, Pulse, State, Watch
from groups.celebrations.rules import (
    chosen_by,
    late_after,
    may_go_on,
    needs_quiet,
    rooms_to_share,
    shows_life,
    still_speaks,
)
from groups.celebrations.services.asking import ASK, drop
from groups.celebrations.services.changes import let_go
from groups.celebrations.times import DAY, day_of_life, is_quiet, morning, next_look, to_ask

JUMP = timedelta(hours=36)
APART = timedelta(minutes=5)
LONG = timedelta(days=365)  # nothing comes any more; an error that is undone looks at once


@transaction.atomic
def look(*, run_id: UUID) -> bool:
    """Ask about a run, or post what is due, if its time has come; say when to look again. False: not due, or in hand.

    Everything is asked anew in here: whatever changed a second ago wins. Done twice, late, or by many at once, it posts
    each celebration once. Nothing is asked or posted of who has died, and nothing posted of who may be in danger.
    """
    now = clock.now()
    row = Watch.objects.taken(run_id, now)
    if row is None:
        return False
    run, person = row.run, row.run.focus.person
    if person.closed is not None:
        row.next_at = now + LONG
        row.save(update_fields=["next_at"])
        return True
    if run.ended is not None:
        let_go(run_id=run.pk)
        return True
    today = local_day(now, person.zone)
    rows, held = _kept(run, today), False
    ladder = ladder_of_days(person)
    if ladder is None:
        drop(rows=run.celebrations.all())
        posting.take_away(Celebration.objects.in_focus(run.focus_id))
        ladder, rows = NO_DAYS, {}
    elif is_suspended(person, None):
        drop(rows=run.celebrations.all())
        rows = {}
    elif not is_quiet(now, person.zone):
        _let_go_of_steps_taken_away(run, ladder, rows)
        agreed = ladder.agreed([Step.of(code) for code, one in rows.items() if one.state == State.YES])
        held = _post(run, person, agreed, rows, today)
        if row.asks:
            _ask(run, person, ladder, rows, today)
        ladder = agreed
    waiting = [one.day for one in rows.values() if one.waits]
    held = held or any(day <= today for day in waiting)
    row.next_at, row.failed = _next(run, ladder, now, waiting, held=held), None
    row.save(update_fields=["next_at", "failed"])
    return True


@transaction.atomic
def postpone(*, run_id: UUID, since: datetime, until: datetime) -> None:
    """A look that was due ``since`` failed: others come first, and it is tried again.

    If something changed meanwhile that wants a look, that look stays when it is.
    """
    failed = Watch.objects.filter(run=run_id)
    failed.update(failed=clock.now())
    failed.filter(next_at=since).look_at(until)


def _kept(run: Run, today: date) -> dict[str, Celebration]:
    """What was asked, agreed and shared, by its code; what waited for too long is let go."""
    rows = {row.code: row for row in run.celebrations.all()}
    late = {code for code, row in rows.items() if row.waits and late_after(row) < today}
    if late:
        drop(rows=run.celebrations.filter(code__in=late))
    return {code: row for code, row in rows.items() if code not in late}


def _let_go_of_steps_taken_away(run: Run, ladder: Ladder, rows: dict[str, Celebration]) -> None:
    """No question is left about a step that the program took away; what somebody said yes to stays whatever changed."""
    gone = [code for code, row in rows.items() if row.state == State.ASKED and not ladder.has(Step.of(code))]
    if gone:
        drop(rows=run.celebrations.filter(code__in=gone))
    for code in gone:
        del rows[code]


def _post(run: Run, person: Person, ladder: Ladder, rows: dict[str, Celebration], today: date) -> bool:
    """Post what may be celebrated today. True if its person wants that and it cannot be now: it is tried tomorrow."""
    step = to_celebrate(
        path(run.start, ladder, today),
        entered=run.entered,
        announced=[Step.of(code) for code, row in rows.items() if row.state in ANNOUNCED],
        suppressed=[Step.of(code) for code, row in rows.items() if row.state == State.NOT_THIS_TIME],
        put_off={Step.of(code): row.later for code, row in rows.items() if row.later is not None},
    )
    if step is None or any(row.posted_on == today for row in rows.values()):
        return False
    row = rows.get(step.code) or Celebration(
        person=person, run=run, code=step.code, due=due_on(run.start, step), created=clock.now()
    )
    wanted = _wanted(run, person, row)
    if not wanted:
        return False
    if needs_quiet(person) or not posting.post(row, person, wanted, today, ladder.look(step)):
        return True
    row.state, rows[step.code] = State.POSTED, row
    notices.settle(person=person, notice=ASK, about=row.pk)
    return False


def _wanted(run: Run, person: Person, row: Celebration) -> list[UUID]:
    """The groups its person said yes to: for this one, or by that day once and for all, if they checked in on it."""
    if row.state == State.YES:
        return list(row.places.values_list("group_id", flat=True)) if still_speaks(row, person) else []
    day = day_of_life(row.due, person.zone)
    standing = [one.group_id for one in chosen_by(day, person.zone, run.standing.all())]
    return standing if standing and shows_life(person, day) else []


def _ask(run: Run, person: Person, ladder: Ladder, rows: dict[str, Celebration], today: date) -> None:
    """Ask once about what comes tomorrow, or today, whoever has somebody to share it with; nobody who is away."""
    found = to_ask(run.start, run.entered, ladder, today)
    if found is None or found[0].code in rows or is_away(person.pk) or not rooms_to_share(person):
        return
    step, due = found
    row = rows[step.code] = Celebration.objects.create(
        person=person, run=run, code=step.code, due=due, created=clock.now()
    )
    notices.tell(person=person, notice=ASK, about=row.pk)


def _next(run: Run, ladder: Ladder, now: datetime, waiting: Iterable[date], *, held: bool) -> datetime:
    """The next morning with something to do, those of the days that were put off among them (``waiting``).

    Each morning while a day that has come waits to be posted (``held``).
    """
    zone = run.focus.person.zone
    if is_quiet(now, zone):
        return post_not_before(now, zone)
    mornings = [morning(day, zone) for day in waiting]
    soon = min([next_look(run.start, run.entered, ladder, zone, now), *(at for at in mornings if at > now)])
    return min(soon, morning(local_day(now, zone) + DAY, zone)) if held else soon


@transaction.atomic
def beat() -> bool:
    """Note that the scan runs now. False: it stands still, because a clock seemed wrong and nobody said "go on" yet.

    A wrong clock would announce a day that is not there: so after a jump of more than 36 hours since the last time, or
    with more than five minutes between this clock and the database's, nothing is announced.
    """
    now = clock.now()
    row, fresh = Pulse.objects.select_for_update(no_key=True).get_or_create(pk=1, defaults={"last": now})
    if row.stopped is not None:
        return False
    apart, jumped = abs(now - clock.of_database()) > APART, not fresh and abs(now - row.last) > JUMP
    if apart or jumped:
        row.stopped, row.why = now, Pulse.Why.APART if apart else Pulse.Why.JUMP
        row.save(update_fields=["stopped", "why"])
        return False
    row.last = now
    row.save(update_fields=["last"])
    return True


@transaction.atomic
def go_on(*, by: Person | None = None) -> bool:
    """Let the scan go on after somebody looked at the clocks; False if it does not stand still. Raises NotAllowed.

    ``by`` None is who runs the server.
    """
    if by is not None:
        may_go_on.require(by, None)
    row = Pulse.objects.select_for_update(no_key=True).filter(pk=1, stopped__isnull=False).first()
    if row is None:
        return False
    row.last, row.stopped, row.why = clock.now(), None, ""
    row.save(update_fields=["last", "stopped", "why"])
    audit.record(action="celebrations.continue", actor=by.pk if by else None, subject="celebrations:scan")
    return True
