"""What a phone that is only one person's keeps is sealed with a key; here the key waits until they sign in."""

from typing import override

from django.db import models

from community.foundation import crypto
from community.people.models import Person, Session
from community.phones.querysets import PhoneKeyQuerySet


class PhoneKey(models.Model):
    """The key of what one phone keeps for one person. The phone chose the id, and keeps it beside what is sealed.

    It outlives a session whose time is over, so that words not sent yet survive it; a session that is signed out takes
    it along, and what the phone still holds can never be read again. ``used`` is when a page last asked for it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="+")
    sealed = models.TextField()
    used = models.DateTimeField()

    objects = PhoneKeyQuerySet.as_manager()

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def seal(self, key: str) -> None:
        """Keep ``key``, 32 random bytes in base64; the row is not saved here."""
        self.sealed = crypto.seal(key, bound_to=self._bound)

    @property
    def key(self) -> str:
        return crypto.unseal(self.sealed, bound_to=self._bound)

    @property
    def _bound(self) -> str:
        return f"phones_phonekey:{self.pk}:sealed"
