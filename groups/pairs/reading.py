"""What stands beside a room of two."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from community.foundation.registers import Leading
from community.foundation.times import date_words
from community.mentoring.rules.support import turned_to
from community.people.models import Person
from community.schedule.reading import beside_two
from groups.pairs.models import PairRoom


def beside_the_room(person: Person, group_id: UUID) -> list[Leading]:
    """Where the two find what is theirs, whom they can turn to, and who is on call and does not read it."""
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
    if room.match.aims:
        shown.append(Leading(title=_("What you two want from this"), says=room.match.aims))
    if room.match.is_walking and room.match.planned_end is not None:
        shown.append(Leading(title=_("You two go on until"), says=date_words(room.match.planned_end)))
    shown += _goodbye(room)
    names = ", ".join(one.alias for one in turned_to(room.match.mentor, room.match.mentee_id))
    says = names or _("Nobody is named yet. Please call the clinic.")
    shown.append(Leading(title=_("If something is not right here, talk to"), says=says))
    if room.closed is None:
        match = room.match
        says = beside_two(match.program_id, person, two={match.mentee_id, match.guide_id})
        shown.append(Leading(title=_("On call for your program"), says=says))
    return shown


def to_write_to(person: Person) -> list[Leading]:
    """The mentor of each match in which somebody is the mentee, as long as their room is open to words."""
    rooms = PairRoom.objects.open().filter(match__mentee=person).to_show().order_by("opened", "pk")
    return [
        Leading(
            icon="heart-handshake",
            title=_("Write to %(name)s") % {"name": room.match.guide.alias},
            says="",
            href=reverse("room", args=[room.group_id]),
        )
        for room in rooms
    ]


def goodbye(person: Person, match_id: UUID) -> list[Leading]:
    """Where one may leave a word to say goodbye, in the last days before the end that the two planned."""
    room = PairRoom.objects.parting(person.pk).filter(match=match_id).first()
    return [] if room is None else _goodbye(room)


def _goodbye(room: PairRoom) -> list[Leading]:
    if not room.parts_soon:
        return []
    says = _("If you like, in your own words")
    return [
        Leading(icon="hand", title=_("Say goodbye"), says=says, href=reverse("match_goodbye", args=[room.match_id]))
    ]


def room_of_two(person: Person, match_id: UUID) -> list[Leading]:
    """The room of two who walk together, or did."""
    room = PairRoom.objects.of(person.pk).filter(match=match_id).first()
    if room is None:
        return []
    says = _("Only you two read it.") if room.closed is None else _("It stays for both of you to read.")
    href = reverse("room", args=[room.group_id])
    return [Leading(icon="message-square", title=_("Your room"), says=says, href=href)]
