"""What somebody says is their address, until the mail that went there was opened."""

from datetime import UTC
from typing import override

from django.db import models

from community.addresses.querysets import ClaimQuerySet
from community.foundation import crypto
from community.people.models import Person


class Claim(models.Model):
    """One a person, good for three days. The token stands in the mail alone; here is its keyed digest.

    ``mail_due`` is when a mail that did not leave is tried again.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    address_sealed = models.TextField()
    token_digest = models.CharField(max_length=128, unique=True, null=True)  # noqa: DJ001 - made when the mail leaves
    site = models.CharField(max_length=200)
    made = models.DateTimeField()
    mail_due = models.DateTimeField(null=True)

    objects = ClaimQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def keep(self, address: str) -> None:
        """Seal it; the row is not saved here."""
        self.address_sealed = crypto.seal(address, bound_to=self._bound)

    @property
    def address(self) -> str:
        return crypto.unseal(self.address_sealed, bound_to=self._bound)

    @property
    def _bound(self) -> str:
        return f"addresses_claim:{self.pk}:address"


def token_of(claim: Claim) -> str:
    """What the link of its mail holds: made of whose it is and when, under our key; sent twice it is the same."""
    made = f"{claim.pk}:{claim.made.astimezone(UTC).isoformat()}"
    return crypto.digest(made, bound_to="addresses_claim:mail").rpartition(":")[2]


def digests_of(token: str) -> list[str]:
    return crypto.digests(token, bound_to="addresses_claim:token")
