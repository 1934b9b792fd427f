"""When nothing was heard of a mentor, or they take a break: what each of the two finds on their page, and never the

other's part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from community.matches.desk.silence import is_away, stand_in_is_away
from community.matches.models import Match, Silence
from community.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """``hoping``: who reads is the mentee, who is offered cover; ``asked``: they asked for it, or the mentor did.

    ``away``: the mentor takes a break of their own; ``covered``: somebody stands in, or is suggested to.
    ``stands_in``: it is who stands in that takes a break, and staff look for somebody else.
    """

    name: str
    hoping: bool
    asked: bool
    away: bool = False
    covered: bool = False
    stands_in: bool = False

    @property
    def cover(self) -> str | None:
        """How it stands with somebody to stand in, for programs; nothing for the mentor, who learns nothing of it."""
        if self.covered or not self.hoping:
            return None
        return "asked" if self.asked else "offered"


def quiet_among(reader: Person, matches: Iterable[Match]) -> dict[UUID, Quiet]:
    """Of the reader's own, those with a silence, until somebody stands in or is suggested to; and for the mentee those

    whose mentor takes a break, as long as it lasts. Needs ``to_show()``.
    """
    rows = {one.pk: one for one in matches if one.is_walking}
    silent = Silence.objects.standing().filter(match__in=rows) if rows else ()
    wished = {one.match_id: one.cover_wished is not None for one in silent}
    away = {one.pk for one in rows.values() if is_away(one)}
    asked = wished.keys() | away
    covered = set(Match.objects.open().filter(covers__in=asked).values_list("covers", flat=True)) if asked else set()
    found = {}
    for match_id in asked:
        match, gone = rows[match_id], match_id in away
        hoping, stood_in = match.mentee_id == reader.pk, match_id in covered
        if (not hoping and gone) or (hoping and stood_in and not gone):
            continue
        found[match_id] = Quiet(
            name=match.other(reader.pk).alias,
            hoping=hoping,
            asked=wished.get(match_id, False) or (gone and match.mentor.wishes_cover),
            away=gone,
            covered=hoping and stood_in,
        )
    return found | {one.pk: _without_stand_in(one, reader) for one in _stand_ins_away(reader, rows.values())}


def _stand_ins_away(reader: Person, rows: Iterable[Match]) -> list[Match]:
    return [one for one in rows if one.mentee_id == reader.pk and stand_in_is_away(one)]


def _without_stand_in(match: Match, reader: Person) -> Quiet:
    return Quiet(name=match.other(reader.pk).alias, hoping=True, asked=False, away=True, covered=True, stands_in=True)


def quiet_between(reader: Person, match: Match) -> Quiet | None:
    """The same of one."""
    return quiet_among(reader, [match]).get(match.pk)
