from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from community.checkins.models import CheckIn, Reminder, Share
    from community.programs.querysets import EnrollmentQuerySet


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def on(self, day: date) -> Self:
        return self.filter(day=day)

    def made_on(self, day: date) -> Self:
        """Said of this day on this day itself, by the clock of its person: nothing that was filled in later."""
        return self.on(day).filter(on_its_day=True)

    def between(self, first: date, last: date) -> Self:
        """Of these days, both ends counted."""
        return self.filter(day__gte=first, day__lte=last)

    def shared_in(self, enrollment: UUID) -> Self:
        """Those that are shared with who leads the cohort of this episode."""
        return self.filter(shares__enrollment=enrollment)

    def newest_first(self) -> Self:
        return self.order_by("-day", "pk")

    def to_show(self) -> Self:
        """With whom each is shared."""
        return self.prefetch_related("shares")


class ShareQuerySet(models.QuerySet["Share"]):
    def read_by(self, person: UUID, now: datetime) -> Self:
        """Those this person may read: they lead the cohort, and the episode goes on."""
        episodes: EnrollmentQuerySet = apps.get_model("programs", "Enrollment").objects.all()
        return self.filter(enrollment__in=episodes.led_by(person, now).values("pk"))

    def of(self, person: UUID) -> Self:
        """Of this person's check-ins."""
        return self.filter(check_in__person_id=person)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def due(self, now: datetime) -> Self:
        """Whose time has come, who waits longest first; nobody who has died is reminded, and nobody who is away."""
        episodes: EnrollmentQuerySet = apps.get_model("programs", "Enrollment").objects.all()
        quiet = episodes.wholly_away().filter(person=models.OuterRef("person"))
        return self.filter(~models.Exists(quiet), due__lte=now, person__closed=None).order_by("due", "pk")
