"""The verb of this room."""

from django.db import transaction

from community.audit import services as audit
from community.copies.rules import require_open
from community.foundation import limits
from community.notices import services as notices
from community.people.models import Person
from community.people.rules import require_password

TAKEN = "data_copied"


@transaction.atomic
def take(*, person: Person, password: object) -> None:
    """Before a copy leaves the house: the password once more, three in a day at most, and its person hears of it.

    That it was taken is noted, and nothing of what stands in it. Raises Missing for who was part of nothing here in
    the last 90 days, Invalid for another password, TooMany. Publishes NoticeWritten.
    """
    require_open(person)
    require_password(person, password)
    limits.spend_a(what="copy", who=str(person.pk))
    notices.tell(person=person, notice=TAKEN)
    audit.record(action="data.copied", actor=person.pk, subject=f"person:{person.pk}")
