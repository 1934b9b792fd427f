"""What a check-in of today shares, for whoever chose that once and for all: said before it is saved."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from community.checkins.rules import today_of
from community.foundation.registers import Leading
from community.milestones.desk import ladder_of_days
from community.milestones.ladders import Ladder, Step
from community.milestones.models import Run
from community.milestones.querysets import RunQuerySet
from community.people.models import Person
from groups.celebrations.models import Celebration, Standing, State
from groups.celebrations.rules import chosen_by, has_ended, shows_life
from groups.celebrations.texts import chip_for
from groups.celebrations.times import ahead, day_of_life
from groups.membership.models import Group


def told_by_saving(person: Person, day: date) -> list[Leading]:
    """Each day of a count that this check-in would share, with whom, and the way to say "not today".

    One question for who has nothing of the kind. What only waits because somebody may be in danger is said as ever: it
    is no page's to tell that others spoke of them.
    """
    if person.suspended:
        return []
    about = speaking(person).select_related("focus__person")
    runs = list(about.prefetch_related("standing__group", "celebrations__places__group"))
    ladder = ladder_of_days(person) if runs else None
    if ladder is None:
        return []
    return [one for run in runs for one in _of_run(run, ladder, day)]


def standing_names(row: Celebration, chosen: Iterable[Standing]) -> list[str]:
    """The groups of those ``chosen`` for its count that hear of a day not answered, if its person checks in on it."""
    if row.run is None or row.state != State.ASKED or has_ended(row):
        return []
    person = row.run.focus.person
    day = day_of_life(row.due, person.zone)
    if day < today_of(person) and not shows_life(person, day):
        return []
    return [one.group.name for one in chosen_by(day, person.zone, chosen)]


def speaking(person: Person) -> RunQuerySet:
    """Counts of which a check-in may speak: with groups chosen once and for all, or a yes said far ahead."""
    put_off = Celebration.objects.filter(run=OuterRef("pk"), state=State.YES, later__isnull=False)
    speaks = Exists(Standing.objects.filter(run=OuterRef("pk"))) | Exists(put_off)
    return Run.objects.open().filter(speaks, focus__person=person)


def _of_run(run: Run, ladder: Ladder, day: date) -> Iterator[Leading]:
    person = run.focus.person
    rows = {row.code: row for row in run.celebrations.all()}
    for said in rows.values():
        if said.state == State.YES and said.said_far_ahead and day_of_life(said.day, person.zone) == day:
            yield _line(ladder, Step.of(said.code), [place.group for place in said.places.all()], _page(run, said))
    for step, due in ahead(run.start, run.entered, ladder):
        if due > day:
            return
        row = rows.get(step.code)
        if day_of_life(due, person.zone) == day and (row is None or row.state == State.ASKED):
            groups = [one.group for one in chosen_by(day, person.zone, run.standing.all())]
            if groups:
                yield _line(ladder, step, groups, _page(run, row))


def _page(run: Run, row: Celebration | None) -> str:
    return reverse("celebration", args=[row.pk]) if row else reverse("my_path_sharing", args=[run.focus_id])


def _line(ladder: Ladder, step: Step, groups: Iterable[Group], href: str) -> Leading:
    said = {"groups": ", ".join(group.name for group in groups)}
    return Leading(
        title=_("Today: %(time)s") % {"time": chip_for(step.code, ladder.look(step)).label},
        says=_("Saving this check-in shares it with %(groups)s, unless you say that the day is hard.") % said,
        href=href,
        icon="users",
    )
