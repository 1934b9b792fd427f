"""Finishing a program, marked as a day is: asked about, shared because its person said so, once; silence is private."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from community.foundation import clock
from community.milestones.dates import local_day, post_not_before
from community.milestones.desk import ladder_of
from community.milestones.ladders import FINISHED, LadderKind
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Enrollment
from community.programs.rules import is_away
from community.sanctions.rules import is_suspended
from groups.celebrations import posting
from groups.celebrations.models import ANNOUNCED, Celebration, State
from groups.celebrations.rules import late_after, may_be_marked, needs_quiet, rooms_to_share, still_speaks
from groups.celebrations.services.asking import ASK, drop
from groups.celebrations.times import DAY, is_quiet, morning


@transaction.atomic
def note_finished(*, enrollment_id: UUID) -> None:
    """Somebody finished a program: whether they would like to mark it is asked with the next look."""
    episode = Enrollment.objects.select_related("person", "program").get(pk=enrollment_id)
    now, today = clock.now(), clock.today(episode.person.zone)
    asked = {"person": episode.person, "due": today, "created": now, "next_at": now}
    Celebration.objects.get_or_create(episode=episode, code=FINISHED, defaults=asked)


@transaction.atomic
def look_at_finished(*, celebration_id: UUID) -> bool:
    """Ask, post or let go of it if its time has come, and say when to look again. False: not due, or in hand.

    As with a count, everything is asked anew in here, and done by many at once it is posted once. Whoever is away is
    called when they are back.
    """
    now = clock.now()
    row = Celebration.objects.taken(celebration_id, now)
    if row is None:
        return False
    rows, person = Celebration.objects.filter(pk=row.pk), row.person
    row.next_at = None
    if not may_be_marked(row, person) and row.state in ANNOUNCED:
        posting.take_away(rows)
    elif row.waits and not _may_wait(row, person):
        drop(rows=rows)
        return True
    elif row.waits and is_quiet(now, person.zone):
        row.next_at = post_not_before(now, person.zone)
    elif row.state == State.ASKED and is_away(person.pk):
        row.next_at = morning(local_day(now, person.zone) + DAY, person.zone)
    elif row.state == State.ASKED:
        notices.tell(person=person, notice=ASK, about=row.pk)
        row.next_at = morning(late_after(row) + DAY, person.zone)
    elif row.state == State.YES and row.day > local_day(now, person.zone):
        row.next_at = morning(row.day, person.zone)
    elif row.state == State.YES and not _posted(row, person):
        row.next_at = morning(local_day(now, person.zone) + DAY, person.zone)
    rows.update(next_at=row.next_at)
    return True


@transaction.atomic
def postpone_finished(*, celebration_id: UUID, until: datetime) -> None:
    """A look failed: it is tried again then."""
    Celebration.objects.filter(pk=celebration_id).update(next_at=until)


def _may_wait(row: Celebration, person: Person) -> bool:
    """Whether it may still be answered and shared: not of who has died, is out of every room, or let it go by."""
    gone = person.closed is not None or is_suspended(person, None)
    late = local_day(clock.now(), person.zone) > late_after(row)
    room = row.state == State.YES or bool(rooms_to_share(person, tells_days=row.tells_days))
    return not gone and not late and room and may_be_marked(row, person)


def _posted(row: Celebration, person: Person) -> bool:
    """Whether it stands now; not while its person may be in danger, nor in a room that takes no card."""
    assert row.episode is not None  # noqa: S101 - the database holds it
    look = ladder_of(row.episode.program, LadderKind.WEEKS).finish
    wanted = list(row.places.values_list("group_id", flat=True))
    today = local_day(clock.now(), person.zone)
    if needs_quiet(person) or not still_speaks(row, person) or not posting.post(row, person, wanted, today, look):
        return False
    notices.settle(person=person, notice=ASK, about=row.pk)
    return True
