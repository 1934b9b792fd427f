"""Invitations: a card handed over in the room, or a mail; good once, for seven days."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, override

from django.db import models
from django.db.models import F, Q

from community.foundation import codes, crypto
from community.joining.querysets import InvitationQuerySet
from community.people.models import Person
from community.programs.models import Cohort, Program, StaffRole

GOOD_FOR = timedelta(days=7)  # PRODUCT.md 3.7
NAME_MOST = 40
SYMBOLS = 10  # 45 random bits and a check; within the limits nobody finds one of a thousand in a lifetime
GROUP = 5
KEYED = "joining_invitation:key"


class Invitation(models.Model):
    """A way in for one person: into a cohort, or (``role``) to work for a program, for one cohort alone or all.

    What opens it stands on the card or in the mail alone; here are keyed digests. ``name_sealed`` is how staff called
    the person when they wrote it. ``address_digest`` is of the mail address it goes to, if it does; ``address_sealed``
    holds that address until the mail has left, and ``site`` is where its link leads; ``mail_due`` is when a mail that
    did not leave is tried again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="invitations")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, null=True, related_name="invitations")
    role = models.CharField(max_length=14, choices=StaffRole, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name_sealed = models.TextField(blank=True, default="")
    address_digest = models.CharField(max_length=128, blank=True, default="")
    address_sealed = models.TextField(blank=True, default="")
    site = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=5)
    token_digest = models.CharField(max_length=128, unique=True, null=True)  # noqa: DJ001 - made when a mail leaves
    code_digest = models.CharField(max_length=128, unique=True, null=True)  # noqa: DJ001 - only cards have a code
    created = models.DateTimeField()
    mail_due = models.DateTimeField(null=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="invitations")

    objects = InvitationQuerySet.as_manager()
    name = crypto.Sealed()
    address = crypto.Sealed()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role="", cohort__isnull=False) | Q(role__in=StaffRole.values),
                name="invitation_leads_somewhere",
            ),
            models.CheckConstraint(condition=Q(expires__gt=F("created")), name="invitation_lasts"),
            models.CheckConstraint(condition=Q(used=None) | Q(revoked=None), name="invitation_ends_one_way"),
            models.CheckConstraint(
                condition=Q(used=None, person=None) | Q(used__isnull=False, person__isnull=False),
                name="invitation_is_used_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "created"], name="invitation_program_created")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def keep(self, *, name: str, address: str) -> None:
        """Seal what is given; the row is not saved here."""
        if name:
            self.name = name
        if address:
            self.address = address
            self.address_digest = digest_of(address)

    @property
    def by_mail(self) -> bool:
        return bool(self.address_digest)

    @property
    def waits_for_mail(self) -> bool:
        return bool(self.address_sealed)

    @property
    def zone(self) -> str:
        """The clock of the place it leads to."""
        return self.cohort.zone if self.cohort else self.program.zone

    def is_for(self, address: str) -> bool:
        """Whether this is the mail address it was sent to."""
        return self.address_digest in crypto.digests(address.strip().lower(), bound_to=KEYED)

    def usable_at(self, moment: datetime) -> bool:
        return self.used is None and self.revoked is None and moment < self.expires


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed and handed over. It is shown to who made it for a while, and kept nowhere in clear."""

    invitation_id: str
    token: str
    code: str


def as_printed(code: str) -> str:
    return codes.shown(code, GROUP)


def digest_of(words: str) -> str:
    return crypto.digest(words, bound_to=KEYED)


def token_of(invitation: Invitation) -> str:
    """What the link of its mail holds: made of its id under our key, so that a mail sent twice holds the same."""
    return crypto.digest(str(invitation.pk), bound_to="joining_invitation:token").rpartition(":")[2]


def digests_of(typed: str) -> list[str]:
    """What a link or a typed code may be kept as; what cannot be one is looked for all the same."""
    return crypto.digests(codes.read(typed, SYMBOLS) or typed, bound_to=KEYED)
