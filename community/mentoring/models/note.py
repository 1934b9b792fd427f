import uuid
from typing import override

from django.db import models

from community.foundation import crypto
from community.mentoring.models.mentor import Mentor
from community.mentoring.querysets import SupervisionNoteQuerySet
from community.people.models import Person

NOTE_MOST = 4000


class SupervisionNote(models.Model):
    """What a supervisor keeps in mind about a mentor. Encrypted; no mentor, mentee or other member reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written = models.DateTimeField()
    body_sealed = models.TextField()

    objects = SupervisionNoteQuerySet.as_manager()
    body = crypto.Sealed()

    @override
    def __str__(self) -> str:
        return str(self.pk)
