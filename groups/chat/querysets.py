"""Which words a person may read, said once for page, API, socket and rule alike."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Max, Q

if TYPE_CHECKING:
    from groups.chat.models import Message


class Between(Protocol):
    """Positions above ``after`` up to ``until``."""

    @property
    def after(self) -> int: ...
    @property
    def until(self) -> int | None: ...


class MessageQuerySet(models.QuerySet["Message"]):
    def within(self, spans: Iterable[Between]) -> Self:
        """Only what these spans of a group show; no span, nothing."""
        shown = Q(pk=None)
        for span in spans:
            some = Q(position__gt=span.after)
            shown |= some if span.until is None else some & Q(position__lte=span.until)
        return self.filter(shown)

    def of(self, group: UUID) -> Self:
        return self.filter(group_id=group)

    def changed_since(self, version: int) -> Self:
        """The log: rows whose last change is later than ``version``, in the order of change."""
        return self.filter(version__gt=version).order_by("version")

    def to_show(self) -> Self:
        """With all that one encoded message needs, in one statement."""
        return self.select_related("seat")

    def with_seats_counter(self) -> Self:
        """Each row with the group's ``seats`` as it was in the same statement."""
        return self.annotate(seats_then=F("group__seats"))

    def reached_before(self, moment: datetime) -> int:
        """The last position written before ``moment``, else 0."""
        return self.filter(created__lt=moment).aggregate(last=Max("position"))["last"] or 0
