from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from community.paging.models import Call, Page


class PageQuerySet(models.QuerySet["Page"]):
    def open(self) -> Self:
        """Those that nobody answered yet."""
        return self.filter(settled=None)

    def of_case(self, case: UUID) -> Self:
        return self.filter(case=case)

    def going_on(self, now: datetime) -> Self:
        """Those that were not answered in time, and are somebody else's to hear now."""
        return self.open().filter(Q(next_due__lte=now) | Q(contact_due__lte=now))

    def locked_one(self, page_id: UUID) -> "Page | None":
        return self.select_for_update(no_key=True, of=("self",)).filter(pk=page_id).first()

    def settled_before(self, moment: datetime) -> Self:
        return self.filter(settled__lt=moment)


class CallQuerySet(models.QuerySet["Call"]):
    def lost(self, now: datetime) -> Self:
        """Held by somebody who is gone: the lease has passed."""
        return self.filter(state="leased", lease__lte=now)

    def ready(self, now: datetime) -> Self:
        """What may go now: what waits and is due, and what somebody else left behind.

        What rings stands first, since a mail server may be slow; then what is due the longest.
        """
        ready = self.filter(state="waiting", due__lte=now) | self.lost(now)
        return ready.order_by(models.Case(models.When(channel="ring", then=0), default=1), "due", "pk")

    def unsent(self) -> Self:
        return self.filter(state__in=("waiting", "leased"))
