"""The honest line of a room: who is on call until when, or that nobody reads and when somebody looks in again."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.crisis import emergency_line, line_to_call
from community.foundation.registers import Leading
from community.people.models import Person
from community.programs.models import Program
from community.schedule.rules import Reading, on_call_staff, readings
from community.schedule.times import when_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a room says, in the reader's language and on their clock. ``turns``: when it is another by itself."""

    reads: bool
    says: str
    turns: datetime | None


def line_of(
    program: UUID | None,
    reader: Person,
    *,
    cohort: UUID | None = None,
    known_as: Callable[[Person], str] = lambda person: person.alias,
) -> Line:
    """What stands in a room of ``program`` for ``reader``; where there is none, nobody is on call.

    ``known_as`` is the name by which somebody goes in that room.
    """
    now = clock.now()
    nobody = Reading(person=None, until=None, back=None)
    reading = readings([program], now, cohort=cohort)[program] if program else nobody
    name = known_as(reading.person) if reading.person else ""
    words = says(reading, name=name, zone=reader.zone, now=now)
    return Line(reads=reading.person is not None, says=words, turns=reading.until or reading.back)


def says(reading: Reading, *, name: str, zone: str, now: datetime) -> str:
    """The words of :class:`Line`, in the language that is active."""
    if reading.person is not None and reading.until is not None:
        return _(
            "%(name)s is on call until %(time)s and looks in from time to time. This is not an emergency service."
        ) % {"name": name, "time": when_words(reading.until, zone, now)}
    nobody, danger = _("No one is reading right now."), _danger()
    if reading.back is None:
        return f"{nobody} {danger}"
    again = _("Staff look in again %(time)s.") % {"time": _at(reading.back, zone, now)}
    return f"{nobody} {again} {danger}"


def of_the_house(reader: Person | None) -> str:
    """What is true for whoever asks and reads no room here, so that nobody is named; for Get help now.

    Where there is but one program, it is also said when staff look in again.
    """
    now = clock.now()
    programs = list(Program.objects.order_by("pk"))
    found = readings([one.pk for one in programs], now).values()
    if any(reading.person is not None for reading in found):
        said = [_("Somebody is on call right now, in some of the rooms.")]
        if reader is None:
            said.append(_("Sign in, and this page says who reads in yours."))
        return " ".join([*said, _danger()])
    back = next(iter(found)).back if len(programs) == 1 else None
    nobody = Reading(person=None, until=None, back=back)
    zone = reader.zone if reader else programs[0].zone if programs else "UTC"
    return says(nobody, name="", zone=zone, now=now)


def beside_two(program: UUID, reader: Person, *, two: Collection[UUID]) -> str:
    """Who is on call for a program, said in a room that nobody but ``two`` people read: that nobody waits there."""
    now = clock.now()
    reading = readings([program], now)[program]
    if reading.person is not None and reading.until is not None:
        told = {"name": reading.person.alias, "time": when_words(reading.until, reader.zone, now)}
        if reading.person.pk in two:
            return _("%(name)s is on call until %(time)s.") % told
        words = _("%(name)s is on call until %(time)s, and does not read this room.")
        return f"{words % told} {_danger()}"
    nobody = _("Nobody is on call right now, and nobody but you two reads this room.")
    if reading.back is None:
        return f"{nobody} {_danger()}"
    next_one = _("The next shift begins %(time)s.") % {"time": _at(reading.back, reader.zone, now)}
    return f"{nobody} {next_one} {_danger()}"


def _danger() -> str:
    return _("In danger: %(numbers)s.") % {"numbers": get_text_list(_numbers(), _("or"))}


def _at(moment: datetime, zone: str, now: datetime) -> str:
    words = when_words(moment, zone, now)
    return words if " " in words else _("today at %(time)s") % {"time": words}


def _numbers() -> list[str]:
    """Whom to call: the line for somebody to talk with, then the one for emergencies."""
    return [line.number for line in (line_to_call(), emergency_line()) if line is not None]


def on_call_here(person: Person, now: datetime) -> list[Leading]:
    """Who is on call for the programs for which somebody may be, each with its roster; for the desk."""
    held = on_call_staff(now).filter(person=person)
    theirs = Program.objects.filter(Exists(held.filter(Q(program=OuterRef("pk")) | Q(program=None))))
    programs = list(theirs.order_by("name", "pk"))
    reads, found = readings([one.pk for one in programs], now), []
    for program in programs:
        reading = reads[program.pk]
        if reading.person is not None and reading.until is not None:
            until = when_words(reading.until, person.zone, now)
            words = _("%(name)s is on call until %(time)s.") % {"name": reading.person.alias, "time": until}
        elif reading.back is not None:
            words = _("Nobody is on call. The next shift begins %(time)s.") % {
                "time": _at(reading.back, person.zone, now)
            }
        else:
            words = _("Nobody is on call, and nobody is planned.")
        icon = "check" if reading.person else "circle-alert"
        href = reverse("desk_roster", args=[program.pk])
        found.append(Leading(icon=icon, title=program.name, says=words, href=href))
    return found
