"""What somebody told us of in the demo's rooms: something of every urgency, some of it in somebody's hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from community.cases import services as cases
from community.cases.models import Case
from community.cases.plans import Outcome, Reason
from community.foundation import clock
from community.people.models import Person
from groups.chat.models import Kind, Message
from groups.membership.models import Group, Role
from groups.moderation import services as moderation
from groups.moderation.models import Danger

PLAIN = (Role.MEMBER, Role.CO_HOST)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody told us of the newest words of another in a ``room``, ``ago`` from now.

    ``by`` has it since then; ``ends``: and closed it.
    """

    room: str
    reason: Reason
    ago: timedelta
    note: str = ""
    danger: str = ""
    by: str = ""
    ends: str = ""


TOLD = (
    Told("tuesday", Reason.WORRIED, timedelta(minutes=4), "They sounded so tired today.", danger=Danger.UNSURE),
    Told("tuesday", Reason.IDENTITY, timedelta(minutes=50), "That is where my sister works."),
    Told("alumni", Reason.SOURCING, timedelta(hours=2), by="Dana"),
    Told("alumni", Reason.HARASSMENT, timedelta(hours=5), "It is the third time this week."),
    Told("harbor", Reason.HATE, timedelta(hours=20)),
    Told("harbor", Reason.SPAM, timedelta(days=2)),
    Told("tuesday", Reason.OTHER, timedelta(days=3), by="Dana", ends=Outcome.TALKED),
)


def fill(groups: Mapping[str, Group], people: Mapping[str, Person]) -> int:
    """Tell us of all of that, each at its time; returns how many cases there are then."""
    for one in TOLD:
        with clock.turned(-one.ago):
            _tell(one, groups[one.room], people)
    return Case.objects.count()


def _tell(one: Told, group: Group, people: Mapping[str, Person]) -> None:
    message, reporter = _somebody(group, skip=Case.objects.filter(room=group.pk).count())
    meant = moderation.Meant(group_id=group.pk, message_id=message.pk)
    report, _new = moderation.report(reporter=reporter, meant=meant, reason=one.reason, note=one.note)
    if one.danger:
        moderation.say_more(report=report, by=reporter, note=one.note, danger=one.danger)
    if one.by:
        case = cases.take(case=report.case, by=people[one.by], version=1)
        case = cases.talked(case=case, by=people[one.by], version=case.version, reached=True)
        if one.ends:
            cases.resolve(case=case, by=people[one.by], version=case.version, outcome=one.ends)


def _somebody(group: Group, *, skip: int) -> tuple[Message, Person]:
    """A late message of a plain member, an earlier one each time, and another plain member who was there then."""
    seats = group.memberships.current().filter(role__in=PLAIN).select_related("person").order_by("began", "pk")
    said = Message.objects.of(group.pk).filter(kind=Kind.TEXT, removed=None, author__in=seats.values("person"))
    message = said.order_by("-position")[skip]
    others = [seat for seat in seats if seat.person_id != message.author_id and seat.reads_from < message.position]
    return message, others[0].person
