"""What the desk says of it: on the page of a person, in the list, and as a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import clock
from community.foundation.registers import Further, Reminder, shared_rooms
from community.foundation.times import date_words
from community.keep_apart.models import KeepApart
from community.keep_apart.rules import kept_by_staff, may_decide_about
from community.people.models import Person
from community.programs.models import Enrollment


@dataclass(frozen=True, slots=True)
class ApartRow:
    """Two people, as a member of staff reads it; ``rooms``: those both sit in though they must not meet.

    ``episode``: of one of them, whose page says more.
    """

    row: KeepApart
    rooms: list[str]
    zone: str
    episode: UUID

    @property
    def since(self) -> str:
        return self._day(self.row.set_at)

    @property
    def review_by(self) -> str:
        return self._day(self.row.review_by)

    @property
    def is_due(self) -> bool:
        return self.row.is_due(clock.now())

    def _day(self, moment: datetime) -> str:
        return date_words(moment.astimezone(ZoneInfo(self.zone)).date())

    def beside(self, person: Person) -> Person:
        """The other one."""
        return self.row.other if self.row.one_id == person.pk else self.row.one


def rows_for(by: Person, found: Iterable[KeepApart]) -> list[ApartRow]:
    """Each with the rooms both sit in; as many questions for many as for one."""
    rows = list(found)
    shared = _rooms_of_both({row.two for row in rows if not row.meets})
    people = {person for row in rows for person in row.two}
    theirs = Enrollment.objects.of_staff(by.pk, clock.now()).filter(person__in=people)
    latest = dict(theirs.order_by("began", "pk").values_list("person", "pk"))
    pages = [next(latest[person] for person in row.two if person in latest) for row in rows]
    return [ApartRow(row, shared.get(row.two, []), by.zone, page) for row, page in zip(rows, pages, strict=True)]


def _rooms_of_both(pairs: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], list[str]]:
    found: dict[tuple[UUID, UUID], list[str]] = {}
    for names in shared_rooms if pairs else ():
        for two, rooms in names(pairs).items():
            found.setdefault(two, []).extend(rooms)
    return found


def of_a_person(viewer: Person, enrollment_id: UUID) -> list[Further]:
    """The way to that page, from the page of somebody's time in a program."""
    episode = Enrollment.objects.select_related("person").filter(pk=enrollment_id).first()
    if episode is None or not may_decide_about(viewer, episode.person):
        return []
    return [Further(icon="shield", title=_("Keep apart from somebody"), link="desk_apart")]


def at_the_desk(person: Person, now: datetime) -> list[Reminder]:
    """Two who sit in one room all the same; and what nobody has looked at for a year."""
    if not KeepApart.objects.standing().of_staff(person.pk, now).exists():  # as on most days: one question
        return []
    rows = rows_for(person, kept_by_staff(person))
    says = []
    if shared := sum(bool(one.rooms) for one in rows):
        words = ngettext("%(count)d pair still sits in one room.", "%(count)d pairs still sit in one room.", shared)
        says.append(words % {"count": shared})
    if due := sum(one.row.is_due(now) for one in rows):
        words = ngettext(
            "%(count)d has stood for a year: is it still needed?",
            "%(count)d have stood for a year: are they still needed?",
            due,
        )
        says.append(words % {"count": due})
    return [Reminder(icon="shield", title=_("Kept apart"), says=" ".join(says), link="desk_apart_all")] if says else []
