"""What a celebration does in its rooms: a card each, one line for those beyond three a day, and back again.

Called by the verbs of services.py inside their transactions, with the count held.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.conf import settings

from community.foundation import clock
from community.milestones.ladders import Look
from community.people.models import Person
from groups.celebrations.models import Celebration, Place, State
from groups.celebrations.querysets import CelebrationQuerySet
from groups.celebrations.rules import takes_a_card
from groups.celebrations.texts import card_of, line_of
from groups.chat import cards
from groups.chat.models import Kind, Message
from groups.membership.models import Group, Membership

PLAIN = Look()
CARDS_A_DAY = 3  # in one group; more share a line


def post(row: Celebration, person: Person, wanted: Iterable[UUID], today: date, look: Look = PLAIN) -> bool:
    """Put it into all of these groups that take it now, and note that it stands; False if none did, or it stood.

    ``look`` is how its program wants the step called and drawn.
    """
    groups = Group.objects.locked(wanted)
    seats = [
        seat for seat in _seats(person, groups) if takes_a_card(groups[seat.group_id], seat, tells_days=row.tells_days)
    ]
    words = row.words
    claimed = _claim(row, today, look.label) if seats else None
    if claimed is None:
        return False
    for seat in seats:
        _tell(claimed, seat, words, look)
    claimed.places.waiting().delete()
    return True


def take_back(row: Celebration) -> None:
    """Its cards go, and its part of a line; needs its groups locked, and the row withdrawn already."""
    for place in row.places.posted().to_rewrite().order_by("group"):
        if place.message is not None and place.message.kind == Kind.CELEBRATION:
            cards.take_back(message=place.message)
        else:
            _say_line(_line_at(place))


def take_away(rows: CelebrationQuerySet) -> None:
    """What was shared of these goes from every room for good, for whoever left one as well; no row says where it stood.

    Needs their counts held.
    """
    stood = Place.objects.filter(celebration__in=rows.announced()).posted()
    Group.objects.locked(stood.values_list("group_id", flat=True))
    found = list(stood.to_rewrite().order_by("group", "pk"))
    rows.announced().update(state=State.WITHDRAWN)
    for place in found:
        if place.message is not None and place.message.kind == Kind.CELEBRATION:
            cards.erase(message=place.message)
        else:
            line, before = _line_at(place), line_of([], place.group.language)
            cards.say_line_alone(group=line.group, key=line.key, body=_names(line), before=before)
    Place.objects.filter(pk__in=[place.pk for place in found]).delete()


def rename(person_id: UUID) -> None:
    """Cards and lines of somebody say the name they go by in each room now; no other name of theirs stays printed."""
    shared = Place.objects.of(person_id).posted()
    groups = Group.objects.locked(shared.values_list("group_id", flat=True))
    for place in shared.to_rewrite().order_by("group", "pk"):
        message = place.message
        if place.group_id not in groups or message is None:
            continue
        if message.kind == Kind.CELEBRATION and message.seat is not None:
            said = Look(label=place.celebration.label)
            card = card_of(place.celebration.code, message.seat.alias, place.group.language, said)
            cards.rename(message=message, title=card["title"])
        else:
            _say_line(_line_at(place))


def _seats(person: Person, groups: Iterable[UUID]) -> list[Membership]:
    seats = Membership.objects.open_to(person.pk).filter(group__in=list(groups)).order_by("group")
    return list(seats.select_related("group__program", "group__cohort__program", "person", "restriction"))


def _claim(row: Celebration, today: date, label: str) -> Celebration | None:
    """Whoever makes the row "posted" posts it; whoever comes second finds it so, and does nothing."""
    kept = row
    if row._state.adding:  # noqa: SLF001 - documented, and asks nothing
        kept, _fresh = Celebration.objects.get_or_create(
            run=row.run,
            code=row.code,
            defaults={"id": row.pk, "person": row.person, "due": row.due, "created": row.created},
        )
    done = {"state": State.POSTED, "posted": clock.now(), "posted_on": today, "words_sealed": "", "label": label}
    done |= {"later": None, "said_on": None}
    return kept if Celebration.objects.open().filter(pk=kept.pk).update(**done) else None


def _tell(row: Celebration, seat: Membership, words: str, look: Look) -> None:
    """A card of its own, or, where three stand already that day, a place in the line they share.

    What reaches everybody counts only what does, too: a line over cards that somebody is not shown would tell of them.
    """
    group = seat.group
    day = clock.today(group.program.zone if group.program else settings.TIME_ZONE)
    card = card_of(row.code, seat.alias, group.language, look)
    stood = Place.objects.on(group.pk, day)
    many = (stood if row.tells_days else stood.reaching_everybody()).count() >= CARDS_A_DAY
    more = (seat.alias, row.code, look.label)
    key = uuid5(row.run_id or row.episode_id or row.pk, f"{row.code} {group.pk}")
    message = (
        _say_line(Line(group=group, day=day, tells_days=row.tells_days), more)
        if many
        else cards.show(seat=seat, key=key, card=card, words=cards.words_in(words, seat), tells_days=row.tells_days)
    )
    stands = {"message": message, "day": day}
    if not Place.objects.filter(celebration=row, group=group).update(**stands):  # its count is held: nobody else may
        Place.objects.create(celebration=row, group=group, **stands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line that many share on a group's day: one of who counts days, one that reaches everybody."""

    group: Group
    day: date | None
    tells_days: bool

    @property
    def key(self) -> UUID:
        return uuid5(self.group.pk, f"{'celebrated' if self.tells_days else 'finished'} {self.day}")


def _line_at(place: Place) -> Line:
    """The line in which somebody's part stands."""
    return Line(group=place.group, day=place.day, tells_days=place.message is None or place.message.tells_days)


def _say_line(line: Line, *more: tuple[str, str, str]) -> Message:
    """Let the line of a group's day say who shares it now."""
    body = _names(line, *more)
    return cards.say_line(group=line.group, key=line.key, body=body, tells_days=line.tells_days)


def _names(line: Line, *more: tuple[str, str, str]) -> str:
    """Everybody who stands in it, and has not taken it back."""
    shared = Place.objects.in_line(line.group.pk, line.day, tells_days=line.tells_days)
    said = [
        (_name_in(line.group, person), code, label)
        for code, label, person in shared.values_list("celebration__code", "celebration__label", "celebration__person")
    ]
    return line_of([*said, *more], line.group.language)


def _name_in(group: Group, person_id: UUID) -> str:
    """How somebody is called in a room, or was when they left it."""
    seat = group.memberships.latest_of(person_id)
    return seat.alias if seat else ""
