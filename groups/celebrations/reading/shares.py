"""What a person is shown of what they may share."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import date_words
from community.milestones.chips import Chip
from community.milestones.desk import ladder_of, ladder_of_days, ladder_to_draw
from community.milestones.ladders import NO_DAYS, Ladder, LadderKind, Look, Step
from community.milestones.models import Focus, Run
from community.milestones.rules import programs_deciding
from community.people.models import Person
from community.programs.models import Program
from groups.celebrations.models import Celebration, Standing, State
from groups.celebrations.querysets import CelebrationQuerySet
from groups.celebrations.reading.saving import standing_names
from groups.celebrations.rules import card_it_waits_for, seats_to_share
from groups.celebrations.texts import card_of, chip_for
from groups.chat.cards import words_in, words_under
from groups.chat.models import Kind
from groups.membership.models import Group

WITH_YOU = "with_you"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question on Today: "Tomorrow: 30 days". ``of``: the name of the count, where its person gave it one.

    ``standing``: the groups that hear of it without an answer, if its person checks in that day.
    """

    celebration: Celebration
    chip: Chip
    title: str
    of: str
    standing: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One celebration on its owner's page: what became of it, in words, and the groups it stands in or goes to."""

    celebration: Celebration
    chip: Chip
    line: str
    groups: tuple[Group, ...]


def asks_of(person: Person) -> CelebrationQuerySet:
    """What waits for an answer at all; for one question to the database together with others."""
    return Celebration.objects.of(person.pk).asking()


def asked_of(
    person: Person, today: date | None = None, deciding: Sequence[Program] | None = None, *, speaks: bool = True
) -> list[Asked]:
    """What waits for an answer: the step of tomorrow, or of this very day; and a program that was finished.

    ``today``: the day the page around it is of, where that is not the calendar's. ``deciding``: the programs by which
    days are counted for them, where they are at hand. ``speaks``: whether a check-in may speak for any of it.
    """
    today = today or clock.today(person.zone)
    about = asks_of(person).due_from(today).select_related("episode__program", "run__focus__person")
    rows = about.order_by("due", "pk")
    if rows and deciding is None:
        deciding = programs_deciding(person)
    counted = all(program.profile.counts_days for program in deciding or ())
    ladder = ladder_of_days(person, deciding) if any(one.run_id for one in rows) else None
    found = [(one, chip_in(ladder or NO_DAYS, one)) for one in rows if counted or not one.tells_days]
    return [
        Asked(
            celebration=one,
            chip=chip,
            title=title_of(one, today, chip.label),
            of=one.run.focus.name if one.run else "",
            standing=standing_names(one, one.run.standing.to_show()) if one.run and speaks else [],
        )
        for one, chip in found
    ]


def chip_in(ladder: Ladder, row: Celebration) -> Chip:
    """The chip of what is asked about; once it is shared, by the name it was shared under."""
    look = look_of(ladder, row)
    return chip_for(row.code, look if row.posted is None else replace(look, label=row.label))


def look_of(ladder: Ladder, row: Celebration) -> Look:
    """How it is called and drawn: as a step of its person's ladder, or as its program wants finishing it."""
    if row.episode is None:
        return ladder.look(Step.of(row.code))
    return ladder_of(row.episode.program, LadderKind.WEEKS).finish


def title_of(row: Celebration, today: date, label: str) -> str:
    """How what is asked about is called to its person: a day with how soon it comes; finishing a program by itself."""
    return when(row.due, today, label) if row.episode is None else _("You finished the program")


def when(due: date, today: date, label: str) -> str:
    """How a day that is asked about is called."""
    if due == today:
        return _("Today: %(time)s") % {"time": label}
    if due == today + DAY:
        return _("Tomorrow: %(time)s") % {"time": label}
    return _("%(day)s: %(time)s") % {"day": date_words(due), "time": label}


def shared_in(focus: Focus) -> list[Shared]:
    """What was asked about or shared of one count, the latest first."""
    chosen = Standing.objects.filter(run__in=Run.objects.open().filter(focus=focus)).to_show()
    return _shared(Celebration.objects.in_focus(focus.pk), focus.person, ladder_to_draw(focus.person), list(chosen))


def finished_by(person: Person, *, counts: bool) -> list[Shared]:
    """What somebody was asked about or shared of programs they finished, the latest first.

    ``counts``: whether days are counted for them.
    """
    mine = Celebration.objects.of(person.pk).of_episodes()
    return _shared(mine if counts else mine.without_days(), person, NO_DAYS)


def _shared(
    rows: CelebrationQuerySet, person: Person, ladder: Ladder, standing: Sequence[Standing] = ()
) -> list[Shared]:
    return [
        Shared(
            celebration=row,
            chip=chip_in(ladder, row),
            line=_line(row, person, standing),
            groups=tuple(place.group for place in row.places.all()),
        )
        for row in rows.to_show().order_by("-due", "pk")
    ]


def _line(row: Celebration, person: Person, standing: Sequence[Standing]) -> str:
    names = ", ".join(place.group.name for place in row.places.all())
    match row.state:
        case State.ASKED:
            return _line_unanswered(standing_names(row, standing))
        case State.YES:
            return _line_to_come(row, person, names)
        case State.NOT_THIS_TIME:
            return _("Not this time. Only you see it.")
        case State.POSTED if still_stands(row):
            return _("Shared with %(groups)s.") % {"groups": names}
    return gone(row)


def gone(row: Celebration) -> str:
    """Why nothing of it stands in a room any more, to its person: they took it back, or it was removed there."""
    if row.state == State.WITHDRAWN and row.places.all():
        return _("You took this back.")
    return _("It was taken out of the room.")


def _line_unanswered(names: Sequence[str]) -> str:
    if names:
        return _(
            "Not answered yet. If you check in that day and do not say that it is hard, it goes to %(groups)s."
        ) % {"groups": ", ".join(names)}
    return _("Not answered yet. Nobody sees it.")


def _line_to_come(row: Celebration, person: Person, names: str) -> str:
    if not names:
        return _("You left the group it was for. Nobody sees it.")
    if card_it_waits_for(row, person):
        return _("We wait with this until you have put the other card away.")
    if row.later:
        return _("To be shared with %(groups)s on %(day)s.") % {"groups": names, "day": date_words(row.later)}
    return _("To be shared with %(groups)s.") % {"groups": names}


def still_stands(row: Celebration) -> bool:
    """Whether anything of it is to be read in a room; one may have been removed there, too."""
    if row.state != State.POSTED:
        return False
    messages = [place.message for place in row.places.all() if place.message is not None]
    return any(one.removed is None or one.kind == Kind.SYSTEM for one in messages)


def shares_line(row: Celebration) -> bool:
    """Whether it stands in a room as a name among others, and as no card."""
    messages = [place.message for place in row.places.all() if place.message is not None]
    return still_stands(row) and any(one.kind == Kind.SYSTEM for one in messages)


def any_stands(focus_id: UUID) -> bool:
    """Whether anything that was shared of a count is to be read in a room."""
    return any(still_stands(row) for row in Celebration.objects.in_focus(focus_id).announced().to_show())


def words_in_room(row: Celebration) -> str:
    """Its person's own words, as they stand in a room; none in a line that many share, or once they were taken back."""
    messages = [place.message for place in row.places.all() if place.message is not None]
    return next((words_under(one) for one in messages if one.card is not None), "")


def preview(row: Celebration, person: Person, chosen: Collection[str], words: str) -> tuple[dict[str, str], str]:
    """The card and the words below it as a room would see them, the card in the language of the page.

    The room is the first of those they ``chose`` (ids), or could choose: the card says the name its person goes by
    there, and what that room covers is covered.
    """
    seats = seats_to_share(person, tells_days=row.tells_days)
    seat = next(iter(sorted(seats, key=lambda one: str(one.group_id) not in chosen)), None)
    look = look_of(ladder_to_draw(person) if row.episode is None else NO_DAYS, row)
    card: dict[str, str] = card_of(row.code, seat.alias if seat else person.alias, get_language() or "en", look)
    return card, words_in(words, seat) if seat else words
