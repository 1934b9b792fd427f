"""What I told us of, and what I asked to be looked at again, in the copy of my own; no word of whom it was about."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.pieces import in_pages
from community.foundation.registers import Entry
from community.foundation.times import at_words
from community.people.models import Person
from groups.membership.copying import room_name
from groups.moderation.models import Appeal, Report
from groups.moderation.plans import Side
from groups.moderation.rules import said_in


def reports(person: Person) -> Iterator[Entry]:
    """When, in which room, for which reason, and what I wrote beside it."""
    for one in in_pages(Report.objects.of(person.pk).select_related("group").order_by("made", "pk")):
        about = _("A message") if one.message_id else _("A member")
        yield Entry(
            data={
                "group": str(one.group_id),
                "room": room_name(one.group),
                "about": "message" if one.message_id else "member",
                "reason": one.reason,
                "danger": one.danger or None,
                "named": one.named,
                "note": one.note,
                "made": clock.moment(one.made),
            },
            title=at_words(one.made, person.zone),
            lines=tuple(
                line for line in (room_name(one.group), about, str(one.get_reason_display()), one.note) if line
            ),
        )


def appeals(person: Person) -> Iterator[Entry]:
    """What I wrote to have a decision about me looked at again. What came back is somebody else's words."""
    asked = Appeal.objects.filter(decision__person=person).prefetch_related("messages")
    for one in in_pages(asked.order_by("made", "pk")):
        mine = [turn for turn in said_in(one) if turn.side == Side.ASKED]
        further = [{"words": turn.words, "at": clock.moment(turn.at)} for turn in mine[1:]]
        yield Entry(
            data={
                "decision": str(one.decision_id),
                "words": one.words,
                "made": clock.moment(one.made),
                "further": further,
            },
            title=at_words(one.made, person.zone),
            lines=tuple(turn.words for turn in mine),
        )
