"""How somebody gets back in without a mailbox: single-use codes on a sheet of paper."""

import json
import uuid
from dataclasses import dataclass
from typing import ClassVar, Self, override

from django.db import models

from community.foundation import codes, crypto
from community.people.models import Person
from community.recovery.querysets import RecoveryCodeQuerySet, RenewalQuerySet

CODES = 8
SYMBOLS = 12  # 55 random bits and a check: too many to guess within the limits, so a keyed digest is enough
GROUP = 4
RENEWAL_SYMBOLS = 10  # 45 random bits and a check; it lives for 15 minutes
RENEWAL_GROUP = 5


class RecoveryCode(models.Model):
    """One line of a person's recovery sheet. The code stands on paper alone; here stands its keyed digest."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=128, unique=True)
    made = models.DateTimeField()
    spent = models.DateTimeField(null=True)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "spent"], name="recovery_person_spent")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Renewal(models.Model):
    """A way back in that staff opened for somebody who sits in front of them; good once, for 15 minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="renewals")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=128, unique=True)
    opened = models.DateTimeField()
    used = models.DateTimeField(null=True)

    objects = RenewalQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed: codes as they are shown once. Between two pages it travels sealed, and only to its owner."""

    codes: tuple[str, ...]

    def sealed(self, person: Person) -> str:
        return crypto.seal(json.dumps(self.codes), bound_to=_bound(person))

    @classmethod
    def opened(cls, sealed: str, person: Person) -> Self:
        """Raises crypto.Unreadable if it is another person's."""
        return cls(codes=tuple(json.loads(crypto.unseal(sealed, bound_to=_bound(person)))))


def as_printed(code: str) -> str:
    return codes.shown(code, GROUP)


def renewal_as_printed(code: str) -> str:
    return codes.shown(code, RENEWAL_GROUP)


def renewal_digest_of(code: str) -> str:
    return crypto.digest(code, bound_to="recovery_renewal:digest")


def renewal_digests_of(typed: object) -> list[str]:
    return crypto.digests(codes.read(typed, RENEWAL_SYMBOLS) or "", bound_to="recovery_renewal:digest")


def digest_of(code: str) -> str:
    return crypto.digest(code, bound_to="recovery_code:digest")


def digests_of(typed: object) -> list[str]:
    """What the code somebody typed may be kept as; what cannot be a code is looked for all the same."""
    return crypto.digests(codes.read(typed, SYMBOLS) or "", bound_to="recovery_code:digest")


def _bound(person: Person) -> str:
    return f"recovery_sheet:{person.pk}:codes"
