"""What the desk says of it: on the person's page, in the list, and as a line."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.deaths.models import Death, Telling
from community.deaths.rules import may_say, works_here
from community.foundation import clock
from community.foundation.registers import Further, Reminder
from community.people.models import Person
from community.programs.models import Enrollment


def deaths_of(person: Person, now: datetime) -> list[Death]:
    """Those this person may see to today, the newest on top."""
    rows = Death.objects.of_staff(person.pk, now).to_see_to(now).to_show()
    return [row for row in rows if may_say(person, row.person)]


def current_of(person: Person) -> Death | None:
    """That somebody has died, as it stands or waits today."""
    return Death.objects.of(person.pk).current(clock.now()).to_show().first()


def of_a_person(viewer: Person, enrollment_id: UUID) -> list[Further]:
    """The way to that page, from the page of somebody's time in a program."""
    episode = Enrollment.objects.select_related("person").filter(pk=enrollment_id).first()
    if episode is None or not may_say(viewer, episode.person) or works_here(episode.person):
        return []
    stands = current_of(episode.person) is not None
    title = _("They have died: what is done, and what is left") if stands else _("They have died")
    return [Further(icon="heart", title=title, link="desk_death")]


def at_the_desk(person: Person, now: datetime) -> list[Reminder]:
    """What waits for this person: to confirm, to tell, and to ask for extra cover."""
    told = [(row, _says(row, person, now)) for row in deaths_of(person, now)]
    return [Reminder(icon="heart", title=row.person.alias, says=says, link="desk_deaths") for row, says in told if says]


def _says(row: Death, reader: Person, now: datetime) -> str:
    if row.waits_at(now):
        return "" if row.said_by_id == reader.pk else _("A second person is asked to confirm something.")
    left = Telling.objects.left().filter(death=row).count()
    if left:
        return ngettext(
            "%(count)d person has to hear it from one of you.",
            "%(count)d people have to hear it from one of you.",
            left,
        ) % {"count": left}
    if row.care_until is not None and now < row.care_until:
        return _("Their rooms need somebody more often. Please put extra people on the roster.")
    return ""
