"""Which words a person may read, said once for page, API, socket and rule alike."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, Max, Q, Value

from groups.chat.search import Says

if TYPE_CHECKING:
    from groups.chat.models import Message, Pin
    from groups.membership.rules import Reach


class Between(Protocol):
    """Positions above ``after`` up to ``until``; without ``days``, none that tells of days."""

    @property
    def after(self) -> int: ...
    @property
    def until(self) -> int | None: ...
    @property
    def days(self) -> bool: ...


def _inside(spans: Iterable[Between]) -> Q:
    shown = Q(pk=None)
    for span in spans:
        some = Q(position__gt=span.after)
        if span.until is not None:
            some &= Q(position__lte=span.until)
        shown |= some if span.days else some & Q(tells_days=False)
    return shown


class MessageQuerySet(models.QuerySet["Message"]):
    def within(self, spans: Iterable[Between]) -> Self:
        """Only what these spans of a group show; no span, nothing."""
        return self.filter(_inside(spans))

    def shown_by(self, rooms: "Iterable[Reach]") -> Self:
        """What a person reads in all their rooms; where their seat ended, only what still stands as they left it."""
        shown = Q(pk=None)
        for room in rooms:
            here = Q(group_id=room.group.pk) & _inside(room.spans)
            if room.sees_until is not None:
                here &= Q(released=None) | Q(released__lte=room.sees_until)
                here &= ~Q(wordings__until__gt=room.sees_until)
            shown |= here
        return self.filter(shown)

    def saying(self, words: Sequence[str]) -> Self:
        """Those that say all of these words (search.py); what is removed or held says nothing."""
        return self.filter(Says(words))

    def written_before(self, created: datetime, pk: UUID) -> Self:
        """Before a place between two messages; those of one moment stand in the order of their ids."""
        return self.filter(Q(created__lt=created) | Q(created=created, pk__lt=pk))

    def written_after(self, created: datetime, pk: UUID) -> Self:
        return self.filter(Q(created__gt=created) | Q(created=created, pk__gt=pk))

    def celebrated_since(self, moment: datetime) -> Self:
        """Celebrations that stand, from this moment on, the newest first."""
        return self.filter(kind="celebration", removed=None, created__gte=moment).order_by("-created", "pk")

    def pinned(self) -> Self:
        """Those that are pinned and stand, the one pinned last on top."""
        return self.filter(pin__isnull=False, removed=None).order_by("-pin__at", "-position")

    def unless(self, something: models.QuerySet[Any]) -> Self:
        """All of these, or none if there is ``something``."""
        return self.filter(~Exists(something))

    def of(self, group: UUID) -> Self:
        return self.filter(group_id=group)

    def above(self, group: UUID, position: int) -> Self:
        """What stands further on in a group."""
        return self.of(group).filter(position__gt=position)

    def changed_since(self, version: int) -> Self:
        """The log: rows whose last change is later than ``version``, in the order of change."""
        return self.filter(version__gt=version).order_by("version")

    def to_show(self) -> Self:
        """With all that one encoded message needs, in one statement, and not what it is found by.

        ``answers_days``: whether it answers a message that tells of days; None if it answers none.
        """
        return self.annotate(answers_days=F("reply_to__tells_days")).select_related("seat").defer("sought")

    def and_pinned(self, pinned: Self) -> Self:
        """These and, in the same question, those ``pinned``: they alone bear when they were (``pinned_at``)."""
        never = Value(None, output_field=models.DateTimeField())
        return self.annotate(pinned_at=never).union(pinned.order_by().annotate(pinned_at=F("pin__at")), all=True)

    def with_seats_counter(self) -> Self:
        """Each row with the group's ``seats`` as it was in the same statement."""
        return self.annotate(seats_then=F("group__seats"))

    def reached_before(self, moment: datetime) -> int:
        """The last position written before ``moment``, else 0."""
        return self.filter(created__lt=moment).aggregate(last=Max("position"))["last"] or 0


class PinQuerySet(models.QuerySet["Pin"]):
    def of(self, group: UUID) -> Self:
        """Those of one room whose words stand."""
        return self.filter(message__group=group, message__removed=None)

    def on(self, message: UUID) -> Self:
        return self.filter(message=message)
