"""Which words are whose."""

from uuid import UUID

from community.foundation.errors import Missing
from community.notices.models import Notice
from community.people.models import Person


def notice_of(person: Person, notice_id: UUID) -> Notice:
    """One of ``person``'s own. Anybody else's, and none at all, is Missing."""
    found = Notice.objects.of(person.pk).filter(pk=notice_id).first()
    if found is None:
        raise Missing
    return found
