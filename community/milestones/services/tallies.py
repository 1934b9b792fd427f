"""How often a person did something is theirs to say, to mend and to forget. It is a number, and nobody is told."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.milestones.models import NAME_MOST, TALLY_MOST, Tally, TallyKind
from community.people.models import Person

TALLIES_MOST = 8


@transaction.atomic
def begin_tally(*, person: Person, kind: str, name: object = "") -> Tally:
    """Count how often, from nothing on. A goal needs the ``name`` its person gives it (40 characters).

    The same kind under the same name again is the same tally. Raises Invalid; Conflict beyond eight.
    """
    found = TallyKind(inputs.one_of(kind, frozenset(TallyKind.values), at="/kind"))
    words = _name(name, found)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    counted = list(Tally.objects.of(person.pk).to_show())
    for one in counted:
        if (one.kind, one.name) == (found, words):
            return one
    if len(counted) >= TALLIES_MOST:
        raise Conflict(_("You count eight things already. Forget one of them first."), code="full")
    tally = Tally(person=person, kind=found, created=clock.now())
    tally.name = words
    tally.save(force_insert=True)
    return tally


@transaction.atomic
def count_times(*, person: Person, tally: Tally, count: object) -> Tally:
    """It was done so often by now (0 to 9,999): said twice, it counts once. Raises Missing, Invalid."""
    times = inputs.whole(count, at="/count", most=TALLY_MOST)
    row = _held(person, tally)
    row.count = times
    row.save(update_fields=["count"])
    return row


@transaction.atomic
def change_tally(*, person: Person, tally: Tally, name: object, count: object) -> Tally:
    """Call it something else, or mend its number. Raises Missing, Invalid."""
    times = inputs.whole(count, at="/count", most=TALLY_MOST)
    row = _held(person, tally)
    row.name, row.count = _name(name, TallyKind(row.kind)), times
    row.save(update_fields=["name_sealed", "count"])
    return row


@transaction.atomic
def forget_tally(*, person: Person, tally: Tally) -> None:
    """Count this no more, and keep nothing of it. Raises Missing."""
    _held(person, tally).delete()


def _name(name: object, kind: TallyKind) -> str:
    return inputs.text(name, at="/name", most=NAME_MOST, blank=kind != TallyKind.GOAL).strip()


def _held(person: Person, tally: Tally) -> Tally:
    row = Tally.objects.select_for_update(no_key=True).of(person.pk).filter(pk=tally.pk).first()
    if row is None:
        raise Missing
    return row
