"""A note to a room that somebody there has died; its words stand in the room alone, under the name of their author."""

import uuid
from typing import ClassVar, override

from django.db import models

from community.deaths.models import Death
from community.people.models import Person
from groups.chat.models import Message
from groups.membership.models import Group
from groups.remembrance.querysets import NoteQuerySet


class Note(models.Model):
    """One a room, posted by staff once everybody on the list was told by a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["death", "group"], name="remembrance_once_a_room")]

    @override
    def __str__(self) -> str:
        return str(self.pk)
