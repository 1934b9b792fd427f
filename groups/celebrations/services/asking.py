"""The word that asks about a day to come, how it is asked no more, and how it is put by and brought back."""

from django.db import transaction

from community.foundation import clock
from community.milestones.models.count import UNDO_FOR
from community.notices import services as notices
from community.notices.models import Notice
from community.people.models import Person
from groups.celebrations.models import Celebration, State
from groups.celebrations.querysets import CelebrationQuerySet

ASK = "celebration_ask"


@transaction.atomic
def drop(*, rows: CelebrationQuerySet) -> None:
    """Of these, what still waits is asked no more: the word about it counts as seen, since it would lead nowhere.

    The rows are held first: one that a look posts at this moment stands, and does not wait any more.
    """
    held = _held(rows)
    Celebration.objects.filter(pk__in=[row.pk for row in held]).delete()
    _settle(held)


@transaction.atomic
def put_by(*, rows: CelebrationQuerySet) -> None:
    """As :func:`drop`, and kept for :func:`bring_back`: with its words, its rooms and what was answered."""
    held, now = _held(rows), clock.now()
    Celebration.objects.filter(pk__in=[row.pk for row in held]).update(let_go=now)
    _settle(held)


@transaction.atomic
def bring_back(*, rows: CelebrationQuerySet) -> None:
    """Of these, what was put by waits as it did: asked or answered. A word that had not been seen is left anew.

    Needs their count held.
    """
    put = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    Celebration.put_by.filter(pk__in=[row.pk for row in put]).update(let_go=None)
    for row in put:
        person = Person(pk=row.person_id)
        unseen = Notice.objects.of(person.pk).filter(kind=ASK, about=row.pk, seen__gte=row.let_go)
        if row.state == State.ASKED and unseen.exists():
            notices.tell(person=person, notice=ASK, about=row.pk)


@transaction.atomic
def forget_put_by() -> int:
    """Let go for good of what no undo brings back any more. Returns how many rows went."""
    gone, _kinds = Celebration.put_by.filter(let_go__lt=clock.now() - UNDO_FOR).delete()
    return gone


def _held(rows: CelebrationQuerySet) -> list[Celebration]:
    return list(rows.open().select_for_update(no_key=True, of=("self",)).order_by("pk"))


def _settle(held: list[Celebration]) -> None:
    for row in held:
        if row.state == State.ASKED:
            notices.settle(person=Person(pk=row.person_id), notice=ASK, about=row.pk)
