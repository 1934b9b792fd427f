"""A page: something that cannot wait goes to one person after the other until somebody answers. It holds no words."""

import uuid
from typing import ClassVar, override

from django.db import models
from django.db.models import Q

from community.cases.models import Case
from community.paging.plans import Channel, Level, State, Why
from community.paging.querysets import CallQuerySet, PageQuerySet
from community.people.models import Person
from community.schedule.models import Duty


class Page(models.Model):
    """``case`` is what it is about, and ``entry`` the case's version then; a test page is about a ``duty`` instead.

    ``next_due`` is when it goes to the next on call, ``contact_due`` when to the program's contact; None: it does not,
    or went already. ``settled`` when somebody answered (``by``; None: it was no longer needed).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="pages")
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, null=True, related_name="pages")
    entry = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=8, choices=Why)
    created = models.DateTimeField()
    next_due = models.DateTimeField(null=True)
    contact_due = models.DateTimeField(null=True)
    settled = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, duty=None) | Q(case=None, duty__isnull=False, why=Why.TEST),
                name="page_is_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(by=None) | Q(settled__isnull=False), name="page_answered_is_settled"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_due"], condition=Q(settled=None), name="page_goes_on"),
            models.Index(fields=["contact_due"], condition=Q(settled=None), name="page_to_contact"),
            models.Index(fields=["case", "-created"], name="page_of_case"),
            models.Index(fields=["settled"], name="page_settled"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Call(models.Model):
    """One way to one person (None: the program's contact), as an outbox: whoever sends it holds it until ``lease``.

    An update needs no carrier: it is written in the same transaction, and its mail has an outbox of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="calls")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    level = models.CharField(max_length=8, choices=Level)
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due = models.DateTimeField()
    lease = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)
    created = models.DateTimeField()
    settled = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due"], condition=Q(state__in=["waiting", "leased"]), name="call_due"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)
