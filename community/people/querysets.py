from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from community.foundation import words

if TYPE_CHECKING:
    from community.people.models import Block, Person, Session

TOLD_FOR = timedelta(days=1)


class PersonQuerySet(models.QuerySet["Person"]):
    def at(self, address: str) -> Self:
        """Whoever signs in with ``address``, in whatever case it is typed."""
        return self.filter(address=address.strip().lower())

    def open(self) -> Self:
        """Those whose account is open: anybody, until staff know that they have died."""
        return self.filter(closed=None)

    def signing_in_as(self, login: str) -> Self:
        """Whoever signs in with ``login``: an address has an @ in it, a sign-in name never."""
        return self.open().called(login)

    def called(self, login: str) -> Self:
        """Whose that is, whether or not anybody may still sign in with it."""
        return self.at(login) if "@" in login else self.filter(sign_in_name=words.folded(login))

    def named(self, words: str) -> Self:
        """Whose name among people holds these words, in whatever case."""
        return self.filter(alias__icontains=words)

    def get_by_natural_key(self, username: str) -> "Person":
        """How Django's own sign-in asks."""
        return self.at(username).get()


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self, now: datetime) -> Self:
        """Not ended, not past its time."""
        return self.filter(ended=None, expires__gt=now)

    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def forgettable(self, now: datetime) -> Self:
        """Past their time; those that end sooner a day longer, so that the way in can say why they are signed out."""
        gone = (
            models.Q(staff_since=None, locks=False)
            | models.Q(ended__isnull=False)
            | models.Q(expires__lte=now - TOLD_FOR)
        )
        return self.filter(gone, expires__lte=now)

    def devices_of(self, person: UUID, now: datetime) -> Self:
        """Where somebody is signed in, the device used last on top."""
        return self.of(person).live(now).order_by("-last_seen", "-created")


class BlockQuerySet(models.QuerySet["Block"]):
    def between(self, one: UUID, other: UUID) -> Self:
        return self.filter(models.Q(blocker_id=one, blocked_id=other) | models.Q(blocker_id=other, blocked_id=one))

    def touching(self, person: UUID) -> Self:
        """Of or against somebody."""
        return self.filter(models.Q(blocker=person) | models.Q(blocked=person))

    def among(self, people: Collection[UUID]) -> Self:
        return self.filter(blocker__in=people, blocked__in=people)
