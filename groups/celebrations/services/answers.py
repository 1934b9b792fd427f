"""What somebody says to what they reach: yes, not this time, back again. Nothing is shared otherwise."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.milestones.dates import GRACE
from community.milestones.models import Focus, Run
from community.milestones.rules import counts_days
from community.notices import services as notices
from community.people.models import Person
from groups.celebrations import posting
from groups.celebrations.models import ANNOUNCED, WORDS_MOST, Celebration, Place, Standing, State, Watch
from groups.celebrations.rules import rooms_to_share
from groups.celebrations.times import DAY
from groups.membership.models import Group

ASK = "celebration_ask"  # the word about it


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
    Watch.objects.filter(run=row.run_id).look_at(clock.now())
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
