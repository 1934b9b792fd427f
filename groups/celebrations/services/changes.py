"""What a change elsewhere makes of what waits to be asked or shared, in the same transaction."""

from uuid import UUID

from django.db import transaction

from community.foundation import clock
from community.milestones.dates import due_on
from community.milestones.ladders import Step
from community.milestones.models import Focus, Run
from community.milestones.rules import counts_days
from community.notices import services as notices
from community.people.models import Person
from community.programs.models import Enrollment
from groups.celebrations import posting
from groups.celebrations.models import Celebration, Place, Standing, State, Watch
from groups.celebrations.querysets import CelebrationQuerySet
from groups.celebrations.services.answers import ASK


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
    moved = [row for row in run.celebrations.all() if row.due != due_on(run.start, Step.of(row.code))]
    for row in moved:
        if not row.waits:
            Celebration.objects.filter(pk=row.pk).update(due=due_on(run.start, Step.of(row.code)))
    drop(rows=run.celebrations.filter(pk__in=[row.pk for row in moved if row.waits]))
    Watch.objects.filter(run=run_id).look_at(clock.now())


@transaction.atomic
def let_go(*, run_id: UUID) -> None:
    """A run ended: what waits to be asked or posted is gone with this transaction, and nothing looks at it again."""
    drop(rows=Celebration.objects.filter(run=run_id))
    Watch.objects.filter(run=run_id).delete()


@transaction.atomic
def undo(*, run_id: UUID) -> None:
    """A run is taken back as if it had never been: nothing is asked of it, no room shows it. Needs its focus held."""
    _erase(Celebration.objects.filter(run=run_id))


@transaction.atomic
def forget(*, focus_id: UUID) -> None:
    """Its dates are kept nowhere any more: nothing is asked of them, and no room shows one. Needs its focus held."""
    _erase(Celebration.objects.in_focus(focus_id))


@transaction.atomic
def leave_room(*, person_id: UUID, group_id: UUID) -> None:
    """Whoever leaves a room shares nothing there any more."""
    Standing.objects.of(person_id).filter(group=group_id).delete()
    Place.objects.of(person_id).waiting().filter(group=group_id).delete()


@transaction.atomic
def settle_track(*, person_id: UUID) -> None:
    """Where no days are counted any more, what waits is let go."""
    waiting = Celebration.objects.of(person_id).open()
    if waiting.exists() and not _counts_days(person_id):
        drop(rows=waiting)


@transaction.atomic
def hush(*, person_id: UUID) -> None:
    """Where no days are counted any more, none of theirs stands in a room: they could not take it back themselves."""
    if not _counts_days(person_id):
        list(Focus.objects.select_for_update(no_key=True).of(person_id).order_by("pk"))
        posting.take_away(Celebration.objects.of(person_id))


@transaction.atomic
def look_again(*, person_id: UUID) -> None:
    """Something about a person changed that may make a day come sooner: look at all their counts."""
    Watch.objects.of(person_id).look_at(clock.now())


@transaction.atomic
def look_again_in(*, program_id: UUID) -> None:
    """Other days count in a program: look at the counts of everybody who is or was in it."""
    theirs = Enrollment.objects.filter(program=program_id).values("person")
    held = Watch.objects.filter(run__focus__person__in=theirs).select_for_update(no_key=True, of=("self",))
    Watch.objects.filter(pk__in=[row.pk for row in held.order_by("pk")]).look_at(clock.now())


@transaction.atomic
def carry_name(*, person_id: UUID) -> None:
    """What somebody shared goes by the name they go by now."""
    posting.rename(person_id)


def _erase(rows: CelebrationQuerySet) -> None:
    drop(rows=rows)
    posting.take_away(rows.all())


def _counts_days(person_id: UUID) -> bool:
    return counts_days(Person.objects.filter(pk=person_id).get(), None)


@transaction.atomic
def drop(*, rows: CelebrationQuerySet) -> None:
    """Of these, what still waits is asked no more: the word about it counts as seen, since it would lead nowhere.

    The rows are held first: one that a look posts at this moment stands, and does not wait any more.
    """
    held = list(rows.open().select_for_update(no_key=True, of=("self",)).select_related("run__focus").order_by("pk"))
    Celebration.objects.filter(pk__in=[row.pk for row in held]).delete()
    for row in held:
        if row.state == State.ASKED:
            notices.settle(person=Person(pk=row.run.focus.person_id), notice=ASK, about=row.pk)
