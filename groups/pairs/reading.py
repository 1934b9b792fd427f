"""What stands beside a room of two."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from community.foundation.registers import Leading
from community.mentoring.rules.support import turned_to
from community.people.models import Person
from groups.pairs.models import PairRoom


def beside_the_room(person: Person, group_id: UUID) -> list[Leading]:
    """Where the two find what is theirs, and who works here that they can turn to."""
    room = PairRoom.objects.of(person.pk).to_show().filter(group=group_id).first()
    if room is None:
        return []
    shown = [
        Leading(
            title=_("What belongs to the two of you"),
            says=_("A break, a planned end, and ending it without a reason"),
            href=reverse("match", args=[room.match_id]),
        )
    ]
    names = ", ".join(one.alias for one in turned_to(room.match.mentor))
    says = names or _("Nobody is named yet. Please call the clinic.")
    return [*shown, Leading(title=_("If something is not right here, talk to"), says=says)]


def room_of_two(person: Person, match_id: UUID) -> list[Leading]:
    """The room of two who walk together, or did."""
    room = PairRoom.objects.of(person.pk).filter(match=match_id).first()
    if room is None:
        return []
    says = _("Only you two read it.") if room.closed is None else _("It stays for both of you to read.")
    href = reverse("room", args=[room.group_id])
    return [Leading(icon="message-square", title=_("Your room"), says=says, href=href)]
