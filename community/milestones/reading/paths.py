"""What a person is shown of their own paths: chips reached, the next one, totals. Worked out as it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import clock
from community.foundation.times import date_words
from community.milestones import dates
from community.milestones.chips import Chip, chip_of, finished_chip
from community.milestones.desk import EpisodeProgress, Ways, ladder_of_days, progress_along
from community.milestones.ladders import Ladder
from community.milestones.models import Focus, Run
from community.milestones.rules import counts_days
from community.people.models import Person
from community.programs.models import Program

AHEAD = 3  # chips that are still to come, at least
IN_A_ROW = 7  # so many stand beside each other on a wide screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One step of a path. ``when`` is its day in words, or how soon it comes; ``ahead``: it is still to come."""

    chip: Chip
    when: str
    ahead: bool
    is_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A count that a new one ended: from when to when, how long in words, and what was reached in it."""

    title: str
    line: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathShown:
    """One path. ``focus`` is None where a program counts by itself; ``line`` says how far it is, in words.

    ``earlier``: what was lived before a new count, the latest first; ``longest`` of all of them, in words.
    """

    title: str
    line: str
    marks: tuple[Mark, ...]
    focus: Focus | None = None
    total: str = ""
    earlier: tuple[Lived, ...] = ()
    longest: str = ""
    undoes: bool = False


def paths_of(person: Person, ways: Ways) -> list[PathShown]:
    """All the paths of ``person``: their own counts, the weeks in each program, the time since finishing one."""
    today, ladder = clock.today(person.zone), ways.days
    shown = [_counted(focus, ladder, today) for focus in Focus.objects.of(person.pk).to_show()] if ladder else []
    progress = progress_along(ways, today)
    weeks = [_in_program(one) for one in progress.weeks if one.goes_on or one.finished or one.way.reached]
    since = [_since(progress.since)] if progress.since else []
    return [*shown, *weeks, *since]


def counts(person: Person) -> bool:
    """Whether days are counted for this person at all."""
    return counts_days(person, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What comes next of one count, for who wants to see it on Today."""

    title: str
    mark: Mark


def coming(person: Person, deciding: Sequence[Program] | None = None) -> list[Coming]:
    """The next chip of each count whose person asked to see it on Today; mostly none, in one question then.

    ``deciding``: the programs by which days are counted for them, where they are at hand.
    """
    wanted = list(Focus.objects.of(person.pk).on_today().to_show())
    ladder = ladder_of_days(person, deciding) if wanted else None
    if ladder is None:
        return []
    today, found = clock.today(person.zone), list[Coming]()
    for focus in wanted:
        way = dates.path(focus.history[-1].start, ladder, today)
        found += [Coming(title=focus.name or _("My days"), mark=mark) for mark in _marks(way) if mark.is_next]
    return found


def _counted(focus: Focus, ladder: Ladder, today: date) -> PathShown:
    *before, run = focus.history
    way = dates.path(run.start, ladder, today)
    numbers = bool(before) and not focus.hides_count
    return PathShown(
        title=focus.name or _("My days"),
        line="" if focus.hides_count else _today(focus, way.count),
        marks=_marks(way),
        focus=focus,
        total=_total(focus.lived(today), way.count) if numbers else "",
        earlier=tuple(_lived(one, ladder, numbers=numbers) for one in reversed(before)),
        longest=_("Longest: %(days)s.") % {"days": _days(focus.longest(today))} if numbers else "",
        undoes=run.undoes_until is not None and run.undoes_until > clock.now(),
    )


def _lived(run: Run, ladder: Ladder, *, numbers: bool) -> Lived:
    """A run that ended. What is called reached goes by the steps that count today, as on the path that goes on."""
    ended = run.ended or run.start
    return Lived(
        title=_("%(first)s to %(last)s") % {"first": date_words(run.start), "last": date_words(ended)},
        line=_days(run.days(ended)) if numbers else "",
        marks=tuple(one for one in _marks(dates.path(run.start, ladder, ended)) if not one.ahead),
    )


def _today(focus: Focus, count: int) -> str:
    return _("Day %(number)s") % {"number": count + 1} if focus.says_day else _days(count)


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _total(lived: int, now: int) -> str:
    return _("%(total)s in all, %(now)s of them in this count. Nothing you lived is lost.") % {
        "total": _days(lived),
        "now": now,
    }


def _in_program(progress: EpisodeProgress) -> PathShown:
    """The weeks of one episode, and finishing it: still to come while it goes on, with the day once it was."""
    marks = _marks(progress.way) if progress.goes_on else tuple(one for one in _marks(progress.way) if not one.ahead)
    if progress.goes_on or progress.finished:
        words = date_words(progress.finished) if progress.finished else _("When you finish")
        chip = finished_chip(progress.way.ladder.finish)
        marks = (*marks, Mark(chip=chip, when=words, ahead=progress.goes_on, is_next=False))
    line = _("Weeks in the program")
    if not progress.goes_on:
        line = _("Weeks in the program, until %(day)s") % {"day": date_words(progress.way.today)}
    return PathShown(title=progress.program.name, line=line, marks=marks)


def _since(progress: EpisodeProgress) -> PathShown:
    return PathShown(title=progress.program.name, line=_("Since you finished"), marks=_marks(progress.way))


def _marks(way: dates.Path) -> tuple[Mark, ...]:
    """What is reached, then a few of what is to come: of a path that begins, as many as make a row."""
    marks = []
    left = max(AHEAD, IN_A_ROW - len(way.reached))
    for step in dates.in_order(way.start, way.ladder):
        day = dates.due_on(way.start, step)
        ahead = day > way.today
        if ahead and not left:
            break
        left -= ahead
        words = _soon(day, way.today) if step == way.next else date_words(day)
        marks.append(Mark(chip=chip_of(step, way.ladder.look(step)), when=words, ahead=ahead, is_next=step == way.next))
    return tuple(marks)


def _soon(day: date, today: date) -> str:
    return _("Tomorrow") if day - today == timedelta(days=1) else date_words(day)


def totals(focus: Focus) -> str:
    """All days lived in a focus so far, in words."""
    return _days(focus.lived(clock.today(focus.person.zone)))
