"""Whose signs, and which cards are still open."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from community.cases.plans import State

if TYPE_CHECKING:
    from community.safety.models import Sign


class SignQuerySet(models.QuerySet["Sign"]):
    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def of_case(self, case: UUID) -> Self:
        """What joined one case, in its order."""
        return self.filter(case_id=case).order_by("made", "pk")

    def about(self, thing: str) -> Self:
        return self.filter(about=thing).order_by("-made", "pk")

    def with_open_card(self) -> Self:
        """Those whose author has not put the card away, the newest first."""
        return self.filter(put_away=None).order_by("-made", "pk")

    def unsettled(self) -> Self:
        """Those whose card is open and whose case is: neither its author nor who looks after it has put it behind."""
        return self.with_open_card().exclude(case__state=State.RESOLVED)

    def to_show(self) -> Self:
        return self.select_related("case__program", "case__holder", "person")
