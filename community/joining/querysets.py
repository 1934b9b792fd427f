"""Which invitations are whose, and which still open a door."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from community.programs.models import Cohort, Program

if TYPE_CHECKING:
    from community.joining.models import Invitation


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, now: datetime) -> Self:
        """Neither used, nor taken back, nor too old."""
        return self.filter(used=None, revoked=None, expires__gt=now)

    def waiting(self) -> Self:
        """Whose mail has not left yet."""
        return self.exclude(address_sealed="")

    def due(self, now: datetime) -> Self:
        """Whose mail may be tried now: for the first time, or after a pause."""
        return self.filter(Q(mail_due=None) | Q(mail_due__lte=now))

    def opened_by(self, digests: list[str]) -> Self:
        """Those that a link or a typed code opens."""
        return self.filter(Q(token_digest__in=digests) | Q(code_digest__in=digests))

    def into(self, cohort: UUID) -> Self:
        """Into this cohort, or to work for it alone."""
        return self.filter(cohort=cohort)

    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Invitations to what this person leads or runs today."""
        led = Q(role="", cohort__in=Cohort.objects.of_staff(person, now).values("pk"))
        run = Q(program__in=Program.objects.run_by(person, now).values("pk")) & ~Q(role="")
        return self.filter(led | run)

    def to_show(self) -> Self:
        """With where they lead and who wrote them, the newest first."""
        return self.select_related("program", "cohort", "by", "person").order_by("-created", "pk")
