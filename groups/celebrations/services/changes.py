"""What a change elsewhere makes of what waits to be asked or shared, in the same transaction."""

from uuid import UUID

from django.db import transaction

from community.foundation import clock
from community.milestones.dates import due_on
from community.milestones.ladders import Step
from community.milestones.models import Focus, Run
from community.milestones.models.count import UNDO_FOR
from community.milestones.rules import counts_days
from community.people.models import Person
from community.programs.models import Enrollment
from groups.celebrations import posting
from groups.celebrations.models import Celebration, Place, Standing, Watch
from groups.celebrations.querysets import CelebrationQuerySet
from groups.celebrations.services.asking import bring_back, drop, put_by


@transaction.atomic
def watch(*, run_id: UUID) -> None:
    """Look at a run from now on. A new one asks, whatever was wished for the one before; what is set is kept."""
    Watch.objects.update_or_create(run_id=run_id, defaults={"next_at": clock.now()})


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
    """A run ended: what waits to be asked or posted is gone with this transaction, and nothing is asked of it.

    It is put by for who takes the new count back (:func:`undo`). So is whether its person wished to be asked: the watch
    stays until no undo brings the run back, and goes with the first look after that.
    """
    put_by(rows=Celebration.objects.filter(run=run_id))
    now, kept = clock.now(), Watch.objects.filter(run=run_id)
    if Run.objects.filter(pk=run_id, followed_by__created__gte=now - UNDO_FOR).exists():
        kept.update(next_at=now + UNDO_FOR, failed=None)
    else:
        kept.delete()


@transaction.atomic
def undo(*, run_id: UUID, before_id: UUID) -> None:
    """A run is taken back as if it had never been: nothing is asked of it, no room shows it. Needs its focus held.

    What waited of the run ``before_id`` waits again, as it was answered.
    """
    _erase(Celebration.objects.filter(run=run_id))
    bring_back(rows=Celebration.put_by.filter(run=before_id))


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
    theirs, put = Celebration.objects.of(person_id), Celebration.put_by.of(person_id)
    if not (theirs.exists() or put.exists()) or _counts_days(person_id):
        return
    drop(rows=theirs.telling_days())
    put.delete()
    theirs.of_episodes().telling_days().update(next_at=clock.now())  # what stands goes with its look, if not before


@transaction.atomic
def hush(*, person_id: UUID) -> None:
    """Where no days are counted any more, none of theirs stands in a room: they could not take it back themselves."""
    if not _counts_days(person_id):
        list(Focus.objects.select_for_update(no_key=True).of(person_id).order_by("pk"))
        theirs = Celebration.objects.of(person_id).telling_days()
        list(theirs.of_episodes().select_for_update(no_key=True, of=("self",)).order_by("pk"))
        posting.take_away(theirs)


@transaction.atomic
def end_with_life(*, person_id: UUID) -> None:
    """Somebody has died: what waits to be asked or shared is gone with this transaction. What was shared stays."""
    list(Focus.objects.select_for_update(no_key=True).of(person_id).order_by("pk"))
    _drop_all(person_id)


@transaction.atomic
def call_off(*, person_id: UUID) -> None:
    """Somebody is out of every room: what waits to be asked or shared is let go."""
    _drop_all(person_id)


@transaction.atomic
def look_again(*, person_id: UUID) -> None:
    """Something about a person changed that may make a day come sooner: look at all their counts.

    And at a program they finished, where they said of a day to come that it is to be shared.
    """
    Watch.objects.of(person_id).look_at(clock.now())
    Celebration.objects.of(person_id).of_episodes().put_off().update(next_at=clock.now())


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


def _drop_all(person_id: UUID) -> None:
    """What waits, and what an undo would bring back."""
    drop(rows=Celebration.objects.of(person_id))
    Celebration.put_by.of(person_id).delete()


def _erase(rows: CelebrationQuerySet) -> None:
    drop(rows=rows)
    posting.take_away(rows.all())


def _counts_days(person_id: UUID) -> bool:
    return counts_days(Person.objects.filter(pk=person_id).get(), None)
