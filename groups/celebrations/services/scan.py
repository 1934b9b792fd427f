"""The look at each count whose time has come: something is asked, posted, or left for later."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.foundation import clock
from community.milestones.dates import GRACE, due_on, local_day, path, post_not_before, to_celebrate
from community.milestones.desk import ladder_of_days
from community.milestones.ladders import NO_DAYS, Ladder, Step
from community.milestones.models import Run
from community.notices import services as notices
from community.people.models import Person
from groups.celebrations import posting
from groups.celebrations.models import ANNOUNCED, Celebration, Pulse, State, Watch
from groups.celebrations.rules import may_go_on, rooms_to_share, shows_life
from groups.celebrations.services.answers import ASK
from groups.celebrations.services.changes import drop, let_go
from groups.celebrations.times import DAY, is_quiet, morning, next_look, to_ask

JUMP = timedelta(hours=36)
APART = timedelta(minutes=5)


@transaction.atomic
def look(*, run_id: UUID) -> bool:
    """Ask about a run, or post what is due, if its time has come; say when to look again. False: not due, or in hand.

    Everything is asked anew in here: whatever changed a second ago wins. Done twice, late, or by many at once, it posts
    each celebration once.
    """
    now = clock.now()
    row = Watch.objects.taken(run_id, now)
    if row is None:
        return False
    run, person = row.run, row.run.focus.person
    if run.ended is not None:
        let_go(run_id=run.pk)
        return True
    today = local_day(now, person.zone)
    rows = _kept(run, today)
    ladder = ladder_of_days(person)
    if ladder is None:
        drop(rows=run.celebrations.all())
        posting.take_away(Celebration.objects.in_focus(run.focus_id))
        ladder, rows = NO_DAYS, {}
    elif not is_quiet(now, person.zone):
        _let_go_of_steps_taken_away(run, ladder, rows)
        agreed = ladder.agreed([Step.of(code) for code, one in rows.items() if one.state == State.YES])
        _post(run, person, agreed, rows, today)
        if row.asks:
            _ask(run, person, ladder, rows, today)
        ladder = agreed
    row.next_at, row.failed = _next(run, ladder, rows, now, today), None
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
    late = {code for code, row in rows.items() if row.waits and row.due < today - GRACE * DAY}
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


def _post(run: Run, person: Person, ladder: Ladder, rows: dict[str, Celebration], today: date) -> None:
    step = to_celebrate(
        path(run.start, ladder, today),
        entered=run.entered,
        announced=[Step.of(code) for code, row in rows.items() if row.state in ANNOUNCED],
        suppressed=[Step.of(code) for code, row in rows.items() if row.state == State.NOT_THIS_TIME],
    )
    if step is None or any(row.posted_on == today for row in rows.values()):
        return
    row = rows.get(step.code) or Celebration(run=run, code=step.code, due=due_on(run.start, step), created=clock.now())
    wanted = _wanted(run, person, row)
    if wanted and posting.post(row, person, wanted, today, ladder.look(step)):
        row.state, rows[step.code] = State.POSTED, row
        notices.settle(person=person, notice=ASK, about=row.pk)


def _wanted(run: Run, person: Person, row: Celebration) -> list[UUID]:
    """The groups its person said yes to: for this one, or once and for all if they were here on the day."""
    if row.state == State.YES:
        return list(row.places.values_list("group_id", flat=True))
    standing = list(run.standing.values_list("group_id", flat=True))
    return standing if standing and shows_life(row, person) else []


def _ask(run: Run, person: Person, ladder: Ladder, rows: dict[str, Celebration], today: date) -> None:
    """Ask once about what comes tomorrow, or today, whoever has somebody to share it with."""
    found = to_ask(run.start, run.entered, ladder, today)
    if found is None or found[0].code in rows or not rooms_to_share(person):
        return
    step, due = found
    row = rows[step.code] = Celebration.objects.create(run=run, code=step.code, due=due, created=clock.now())
    notices.tell(person=person, notice=ASK, about=row.pk)


def _next(run: Run, ladder: Ladder, rows: dict[str, Celebration], now: datetime, today: date) -> datetime:
    """The next morning with something to do; each morning while a day that has come waits to be posted."""
    zone = run.focus.person.zone
    if is_quiet(now, zone):
        return post_not_before(now, zone)
    soon = next_look(run.start, run.entered, ladder, zone, now)
    waits = any(row.waits and row.due <= today for row in rows.values())
    return min(soon, morning(today + DAY, zone)) if waits else soon


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
