"""Asking, answering, sharing, taking back. A milestone is shared because its owner said so, once, and never otherwise.

Locks: the count's focus, its watch, then groups by id, then inboxes. A verb on a count holds the focus too, so a new
count that was begun a second ago is seen here, or waits until what was posted is posted.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.milestones.dates import GRACE, due_on, local_day, path, post_not_before, to_celebrate
from community.milestones.desk import ladder_of_days
from community.milestones.ladders import PRESETS, Ladder, Scheme, Step
from community.milestones.models import Focus, Run
from community.milestones.rules import counts_days
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Enrollment
from groups.celebrations import posting
from groups.celebrations.models import ANNOUNCED, WORDS_MOST, Celebration, Place, Pulse, Standing, State, Watch
from groups.celebrations.rules import may_go_on, rooms_to_share, shows_life
from groups.celebrations.times import DAY, is_quiet, morning, next_look, to_ask
from groups.membership.models import Group

ASK = "celebration_ask"
JUMP = timedelta(hours=36)
APART = timedelta(minutes=5)


# --- what its person says ---------------------------------------------------------------------------------------------


@transaction.atomic
def answer(*, person: Person, celebration: Celebration, groups: Sequence[Any], words: Any = "") -> Celebration:
    """Say yes: share it with these of one's own ``groups`` (ids, at least one), with ``words`` (300 characters).

    It is posted at nine on its day, or now if that has come; until then the answer may be another one. Raises Missing,
    Invalid, and Conflict when it is shared already or its day is too far back.
    """
    row = _mine(person, celebration)
    said = inputs.text(words, at="/words", most=WORDS_MOST, blank=True).strip()
    chosen = _rooms(person, groups)
    if not chosen:
        inputs.refuse("/groups", "required", _("Choose at least one group, or say “Not this time”."))
    if row.state in ANNOUNCED:
        raise Conflict(_("This is shared already."), code="shared")
    if clock.today(person.zone) - row.due > GRACE * DAY:
        raise Conflict(_("This day has passed. It stands on your own path."), code="too_late")
    row.state, row.words = State.YES, said
    row.save(update_fields=["state", "words_sealed"])
    row.places.exclude(group__in=chosen).delete()
    Place.objects.bulk_create([Place(celebration=row, group=one) for one in chosen], ignore_conflicts=True)
    _look_soon(run_id=row.run_id)
    notices.settle(person=person, notice=ASK, about=row.pk)
    return row


@transaction.atomic
def decline(*, person: Person, celebration: Celebration) -> Celebration:
    """Say "not this time": nobody hears of it. Raises Missing, and Conflict when it is shared already."""
    row = _mine(person, celebration)
    if row.state in ANNOUNCED:
        raise Conflict(_("This is shared already. You can take it back."), code="shared")
    row.state, row.words = State.NOT_THIS_TIME, ""
    row.save(update_fields=["state", "words_sealed"])
    row.places.all().delete()
    notices.settle(person=person, notice=ASK, about=row.pk)
    return row


@transaction.atomic
def withdraw(*, person: Person, celebration: Celebration) -> Celebration:
    """Take it back, at any time: its words leave every room, and nobody is told; again changes nothing.

    Raises NotAllowed, Missing.
    """
    row = _mine(person, celebration)
    if row.state not in ANNOUNCED:
        return decline(person=person, celebration=row)
    Group.objects.locked(row.places.values_list("group_id", flat=True))
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    posting.take_back(row)
    return row


@transaction.atomic
def share(*, person: Person, focus: Focus, groups: Sequence[Any], asks: Any = True) -> None:
    """A standing yes: what this count reaches may go to these ``groups`` when its person was here on the day.

    None is silence, and private. ``asks``: ask me the day before at all. Raises NotAllowed, Missing, Invalid.
    """
    counts_days.require(person, None)
    run = _open_run(person, focus)
    chosen, wanted = _rooms(person, groups), inputs.flag(asks, at="/asks")
    run.standing.exclude(group__in=chosen).delete()
    given = [Standing(run=run, group=one, since=clock.now()) for one in chosen]
    Standing.objects.bulk_create(given, ignore_conflicts=True)
    Watch.objects.filter(run=run).update(asks=wanted, next_at=clock.now())
    if not wanted:
        run.celebrations.asking().delete()


def _mine(person: Person, celebration: Celebration) -> Celebration:
    """The row, held with its count against another device, a new count and the scan. Raises NotAllowed, Missing."""
    counts_days.require(person, None)
    found = Celebration.objects.of(person.pk).filter(pk=celebration.pk).values("run__focus").first()
    if found is None:
        raise Missing
    Focus.objects.select_for_update(no_key=True).filter(pk=found["run__focus"]).first()
    row = Celebration.objects.select_for_update(no_key=True).filter(pk=celebration.pk).first()
    if row is None:
        raise Missing
    return row


def _open_run(person: Person, focus: Focus) -> Run:
    row = Focus.objects.select_for_update(no_key=True).of(person.pk).filter(pk=focus.pk).first()
    if row is None:
        raise Missing
    return Run.objects.open().get(focus=row)


def _rooms(person: Person, groups: Sequence[Any]) -> list[Group]:
    """These of one's own rooms. Raises Invalid for any other, there or not."""
    wanted = {inputs.uuid(str(one), at=f"/groups/{number}") for number, one in enumerate(groups)}
    own = [one for one in rooms_to_share(person) if one.pk in wanted]
    if len(own) != len(wanted):
        inputs.refuse("/groups", "choice", _("You can share with groups you write in today."))
    return own


# --- what follows from elsewhere --------------------------------------------------------------------------------------


@transaction.atomic
def watch(*, run_id: UUID, like: UUID | None = None) -> None:
    """Look at a run from now on, asking as its person wished for the run before (``like``); what is set is kept."""
    asks = Watch.objects.filter(run=like).values_list("asks", flat=True).first() if like else None
    defaults = {"next_at": clock.now()}
    fresh = {**defaults, "asks": True if asks is None else asks}
    Watch.objects.update_or_create(run_id=run_id, defaults=defaults, create_defaults=fresh)


@transaction.atomic
def mend(*, run_id: UUID) -> None:
    """The first day is another one: what was asked about a day that is none any more is let go."""
    run = Run.objects.open().get(pk=run_id)
    for row in run.celebrations.all():
        due = due_on(run.start, Step.of(row.code))
        if row.waits and row.due != due:
            row.delete()
        elif row.due != due:
            Celebration.objects.filter(pk=row.pk).update(due=due)
    _look_soon(run_id=run_id)


@transaction.atomic
def let_go(*, run_id: UUID) -> None:
    """A run ended: what waits to be asked or posted is gone with this transaction, and nothing looks at it again."""
    Celebration.objects.filter(run=run_id).open().delete()
    Watch.objects.filter(run=run_id).delete()


@transaction.atomic
def leave_room(*, person_id: UUID, group_id: UUID) -> None:
    """Whoever leaves a room shares nothing there any more."""
    Standing.objects.of(person_id).filter(group=group_id).delete()
    Place.objects.of(person_id).waiting().filter(group=group_id).delete()


@transaction.atomic
def settle_track(*, person_id: UUID) -> None:
    """Where no days are counted any more, what waits is let go."""
    waiting = Celebration.objects.of(person_id).open().select_related("run__focus__person")
    one = waiting.first()
    if one is not None and not counts_days(one.run.focus.person, None):
        waiting.delete()


@transaction.atomic
def look_again(*, person_id: UUID) -> None:
    """Something about a person changed that may make a day come sooner: look at all their counts."""
    Watch.objects.of(person_id).update(next_at=clock.now())


@transaction.atomic
def look_again_in(*, program_id: UUID) -> None:
    """Other days count in a program: look at the counts of everybody who is or was in it."""
    theirs = Enrollment.objects.filter(program=program_id).values("person")
    held = Watch.objects.filter(run__focus__person__in=theirs).select_for_update(no_key=True, of=("self",))
    Watch.objects.filter(pk__in=[row.pk for row in held.order_by("pk")]).update(next_at=clock.now())


@transaction.atomic
def carry_name(*, person_id: UUID) -> None:
    """What somebody shared goes by the name they go by now."""
    posting.rename(person_id)


def _look_soon(*, run_id: UUID) -> None:
    Watch.objects.filter(run=run_id).update(next_at=clock.now())


# --- the scan ---------------------------------------------------------------------------------------------------------


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
    run.celebrations.open().filter(due__lt=today - GRACE * DAY).delete()
    ladder = ladder_of_days(person)
    if ladder is None:
        run.celebrations.open().delete()
        ladder = PRESETS[Scheme.NONE]
    elif not is_quiet(now, person.zone):
        rows = _kept(run, ladder)
        agreed = ladder.agreed([Step.of(code) for code, one in rows.items() if one.state == State.YES])
        _post(run, person, agreed, rows, today)
        if row.asks:
            _ask(run, person, ladder, today)
        ladder = agreed
    row.next_at = _next(run, ladder, now, today)
    row.save(update_fields=["next_at"])
    return True


@transaction.atomic
def postpone(*, run_id: UUID, until: datetime) -> None:
    """A look failed: others come first, and it is tried again."""
    Watch.objects.filter(run=run_id).update(next_at=until)


def _kept(run: Run, ladder: Ladder) -> dict[str, Celebration]:
    """What was asked, agreed and shared, by its code. A question about a step that the program took away is let go;

    what somebody said yes to stays, whatever the program changed since.
    """
    rows = {row.code: row for row in run.celebrations.all()}
    gone = {code for code, row in rows.items() if row.state == State.ASKED and not ladder.has(Step.of(code))}
    if gone:
        run.celebrations.filter(code__in=gone).delete()
    return {code: row for code, row in rows.items() if code not in gone}


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
        notices.settle(person=person, notice=ASK, about=row.pk)


def _wanted(run: Run, person: Person, row: Celebration) -> list[UUID]:
    """The groups its person said yes to: for this one, or once and for all if they were here on the day."""
    if row.state == State.YES:
        return list(row.places.values_list("group_id", flat=True))
    standing = list(run.standing.values_list("group_id", flat=True))
    return standing if standing and shows_life(row, person) else []


def _ask(run: Run, person: Person, ladder: Ladder, today: date) -> None:
    """Ask once about what comes tomorrow, or today, whoever has somebody to share it with."""
    found = to_ask(run.start, run.entered, ladder, today)
    if found is None or not rooms_to_share(person):
        return
    step, due = found
    row, fresh = Celebration.objects.get_or_create(
        run=run, code=step.code, defaults={"due": due, "created": clock.now()}
    )
    if fresh:
        notices.tell(person=person, notice=ASK, about=row.pk)


def _next(run: Run, ladder: Ladder, now: datetime, today: date) -> datetime:
    """The next morning with something to do; each morning while a day that has come waits to be posted."""
    zone = run.focus.person.zone
    if is_quiet(now, zone):
        return post_not_before(now, zone)
    soon = next_look(run.start, run.entered, ladder, zone, now)
    return min(soon, morning(today + DAY, zone)) if run.celebrations.open().filter(due__lte=today).exists() else soon


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
