"""What a person is shown of what they may share."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import date_words
from community.milestones.chips import Chip, chip_of
from community.milestones.desk import ladder_of_days, ladder_to_draw
from community.milestones.ladders import Ladder, Step
from community.milestones.models import Focus
from community.people.models import Person
from groups.celebrations.models import Celebration, State
from groups.celebrations.texts import card_of
from groups.chat.cards import words_under
from groups.chat.models import Kind, Message
from groups.chat.rows.reader import Reader, Row
from groups.chat.serializers import shape
from groups.membership.models import Group, Membership
from groups.membership.rules import reaches

WITH_YOU = "with_you"
WEEK = timedelta(days=7)
WALL_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question on Today: "Tomorrow: 30 days"."""

    celebration: Celebration
    chip: Chip
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One celebration on its owner's page: what became of it, in words, and the groups it stands in or goes to."""

    celebration: Celebration
    chip: Chip
    line: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWall:
    """One card of the week as this reader sees it: ``row`` is its message, ``beside`` says who is with them, if any."""

    row: Row
    group: Group
    beside: str
    mine: bool
    writes: bool


def week_of(person: Person) -> list[OnTheWall]:
    """The cards of the last seven days in one's rooms of today, the newest first; what was taken back is not there."""
    rooms = {room.group.pk: room for room in reaches(person) if room.seat is not None}
    found = Message.objects.shown_by(rooms.values()).celebrated_since(clock.now() - WEEK).to_show()[:WALL_MOST]
    blocked = set(person.blocks.values_list("blocked", flat=True))
    seats = Membership.objects.current().filter(group__in={one.group_id for one in found})
    shown = []
    for message in found:
        if message.author_id in blocked:
            continue
        room = rooms[message.group_id]
        names = {str(seat.member_id): seat.alias for seat in seats if seat.group_id == message.group_id}
        reader = Reader(me=str(room.member_id), zone=ZoneInfo(person.zone), names=names)
        (row,) = reader.rows([shape(message)])
        given = next((one for one in row.reactions if one.name == WITH_YOU), None)
        beside = _("With them: %(names)s") % {"names": given.names} if given else ""
        shown.append(
            OnTheWall(
                row=row,
                group=room.group,
                beside=beside,
                mine=given is not None and given.mine,
                writes=room.writes_at(clock.now()) and not row.own,
            )
        )
    return shown


def asked_of(person: Person) -> list[Asked]:
    """What waits for an answer today: the step of tomorrow, or of this very day."""
    today = clock.today(person.zone)
    found = list(Celebration.objects.of(person.pk).asking().due_from(today).order_by("due", "pk"))
    ladder = ladder_of_days(person) if found else None
    if ladder is None:
        return []
    chips = [(one, chip_in(ladder, one)) for one in found]
    return [Asked(celebration=one, chip=chip, title=when(one.due, today, chip.label)) for one, chip in chips]


def chip_in(ladder: Ladder, row: Celebration) -> Chip:
    """The chip of what is asked about; once it is shared, by the name it was shared under."""
    step = Step.of(row.code)
    look = ladder.look(step)
    return chip_of(step, look if row.posted is None else replace(look, label=row.label))


def when(due: date, today: date, label: str) -> str:
    """How a day that is asked about is called."""
    if due == today:
        return _("Today: %(time)s") % {"time": label}
    if due > today:
        return _("Tomorrow: %(time)s") % {"time": label}
    return _("%(day)s: %(time)s") % {"day": date_words(due), "time": label}


def shared_in(focus: Focus) -> list[Shared]:
    """What was asked about or shared of one count, the latest first."""
    rows = Celebration.objects.in_focus(focus.pk).to_show().order_by("-due", "pk")
    ladder = ladder_to_draw(focus.person)
    return [
        Shared(
            celebration=row,
            chip=chip_in(ladder, row),
            line=_line(row),
            groups=tuple(place.group for place in row.places.all()),
        )
        for row in rows
    ]


def _line(row: Celebration) -> str:
    names = ", ".join(place.group.name for place in row.places.all())
    match row.state:
        case State.ASKED:
            return _("Not answered yet. Nobody sees it.")
        case State.YES:
            return _("To be shared with %(groups)s.") % {"groups": names}
        case State.NOT_THIS_TIME:
            return _("Not this time. Only you see it.")
        case State.POSTED if still_stands(row):
            return _("Shared with %(groups)s.") % {"groups": names}
    return _("Taken back.")


def still_stands(row: Celebration) -> bool:
    """Whether anything of it is to be read in a room; one may have been removed there, too."""
    if row.state != State.POSTED:
        return False
    messages = [place.message for place in row.places.all() if place.message is not None]
    return any(one.removed is None or one.kind == Kind.SYSTEM for one in messages)


def words_in_room(row: Celebration) -> str:
    """Its person's own words, as they stand in a room; none in a line that many share, or once they were taken back."""
    messages = [place.message for place in row.places.all() if place.message is not None]
    return next((words_under(one) for one in messages if one.card is not None), "")


def preview(row: Celebration, person: Person, group: Group | None = None) -> dict[str, str]:
    """The card as the room would see it, in the language of the page or of the room."""
    language = group.language if group else get_language() or "en"
    ladder = ladder_to_draw(person)
    card: dict[str, str] = card_of(row.code, person.alias, language, ladder.look(Step.of(row.code)))
    return card
