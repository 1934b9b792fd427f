"""Somebody would like to talk: who leads their group hears that, and no reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.foundation.errors import Conflict
from community.notices import services as notices
from community.people.models import Person
from community.programs.rules import leaders_of

WOULD_TALK = "would_talk"


@transaction.atomic
def ask_to_talk(*, person: Person) -> tuple[str, ...]:
    """Leave a neutral word with everybody who leads a group ``person`` is in. Returns their names.

    It names a page of the desk and no reason: the same word comes from every door, so that no door is told by it. While
    it waits to be seen, asking again is the same word. Raises Conflict where nobody leads.
    """
    leads = leaders_of(person)
    if not leads:
        raise Conflict(
            _("Nobody leads a group of yours right now. Get help now is open day and night."), code="no_lead"
        )
    for one, episode in leads:
        notices.tell(person=one, notice=WOULD_TALK, about=episode.pk)
    return tuple(one.alias for one, _episode in leads)
