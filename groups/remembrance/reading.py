"""The way to the note, from the page of a death."""

from uuid import UUID

from django.utils.translation import gettext as _

from community.deaths.models import Death
from community.foundation.registers import Further
from community.people.models import Person
from groups.remembrance.rules import rooms_of_both


def note_of(viewer: Person, death_id: UUID) -> list[Further]:
    """For who keeps a room they belonged to."""
    died = Death.objects.standing().filter(pk=death_id).values_list("person", flat=True).first()
    if died is None or not rooms_of_both(viewer, died):
        return []
    return [Further(icon="message-square", title=_("A note to their rooms"), link="remembrance")]
