from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from community.notices.models import Inbox, Notice


class InboxQuerySet(models.QuerySet["Inbox"]):
    def locked_for(self, person: UUID) -> "Inbox":
        """The inbox of ``person``, made if there is none, locked until the end of the transaction."""
        self.get_or_create(person_id=person)
        return self.select_for_update(no_key=True).get(person_id=person)

    def counted(self, person: UUID) -> dict[str, int]:
        """How far the inbox of ``person`` is, and how many words wait in it: ``version`` and ``unseen``."""
        unseen = models.Count("person__notices", filter=models.Q(person__notices__seen=None))
        mine = self.filter(person=person).values_list("version").annotate(unseen=unseen)
        version, count = next(iter(mine), (0, 0))
        return {"version": version, "unseen": count}

    def versions(self, people: Iterable[UUID]) -> dict[UUID, int]:
        """How far the inboxes of ``people`` are; who was never told anything is left out."""
        return dict(self.filter(person__in=list(people)).values_list("person_id", "version"))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def unseen(self) -> Self:
        return self.filter(seen=None)

    def changed_since(self, version: int) -> Self:
        """Written or seen after ``version``, in that order."""
        return self.filter(version__gt=version).order_by("version", "number")

    def older_than(self, number: int | None) -> Self:
        """Written before the one with this ``number``; None: all."""
        return self if number is None else self.filter(number__lt=number)

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def seen_before(self, moment: datetime) -> Self:
        return self.filter(seen__lt=moment)
