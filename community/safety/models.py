"""Words that may mean danger: what was read, what it may be a sign of, and what its author did with the card."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q

from community.cases.models import Case, Kept
from community.people.models import Person
from community.safety.plans import Deed, Kind, Tier
from community.safety.querysets import SignQuerySet

ABOUT_MOST = 60
PACK_MOST = 40


class Sign(Kept):
    """What screening read in somebody's own words. The same ``key`` (of the draft, or of the changed words) is one.

    ``about`` is what holds the words, as ``kind:id``; ``room`` the group's id. ``frames`` (``category:frame``) and
    ``pack`` say what spoke, and which version; there is no probability. ``put_away``: when its author
    closed the card; ``meant_otherwise``: when they said that they are safe and meant it in another way.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signs")
    kind = models.CharField(max_length=12, choices=Kind)
    tier = models.CharField(max_length=8, choices=Tier)
    frames = models.JSONField()
    pack = models.CharField(max_length=PACK_MOST)
    about = models.CharField(max_length=ABOUT_MOST)
    room = models.UUIDField(null=True)
    made = models.DateTimeField()
    put_away = models.DateTimeField(null=True)
    meant_otherwise = models.DateTimeField(null=True)

    objects = SignQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="sign_once_a_key"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="sign_kind_is_known"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="sign_tier_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-made"], condition=Q(put_away=None), name="sign_with_an_open_card"),
            models.Index(fields=["about"], name="sign_about"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Finding(Kept):
    """What a rule did with a message that then needs a person: which ``labels`` spoke, and the words as they came.

    Whoever looks into it reads what the rule did and by which label; what they decide stands over it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    deed = models.CharField(max_length=5, choices=Deed)
    labels = models.JSONField()
    room = models.UUIDField()
    made = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key", "deed"], name="finding_once_a_key_and_deed"),
            models.CheckConstraint(condition=Q(deed__in=Deed.values), name="finding_deed_is_known"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)
