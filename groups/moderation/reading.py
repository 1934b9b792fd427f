"""What who looks into a case reads of the room: the words as they were kept, and what we were told."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.cases.models import Case
from community.cases.reading import SaidLine, moment_words
from community.foundation import clock
from community.foundation.registers import Evidence, Further, Reminder
from community.people.models import Person
from community.programs.models import Appointment, Program
from community.programs.querysets import LEADS, RUNS
from groups.membership.models import Group, Kind
from groups.moderation.models import Danger, Proposal, Report
from groups.moderation.rules import appeals_for, may_decide, proposals_for

TWO = 2  # people, each for themselves


def evidence_of(_reader: Person, case_id: UUID) -> list[Evidence]:
    """All that joined one case, each once: the words as we were first told of them. Never who told us."""
    shown, words = [], set()
    for report in Report.objects.about(case_id).to_show():
        lines = report.shown if report.message_id not in words else []
        words.add(report.message_id)
        told = [said for said in (report.note, _danger(report)) if said]
        shown.append(Evidence(where=room_name(report.group), told=told, lines=lines))
    return shown


def following(person: Person, case: Case) -> list[Further]:
    """What may follow from it, for who has it."""
    if not may_decide(person, case):
        return []
    return [Further(icon="shield", title=_("What follows"), link="desk_case_choose")]


def _danger(report: Report) -> str:
    if not report.danger:
        return ""
    return _("Could they be in danger right now? %(answer)s.") % {"answer": Danger(report.danger).label}


def names_of(rooms: Collection[UUID]) -> dict[UUID, str]:
    """What these rooms are called at the desk; one of two is called by nobody's name there."""
    return {group.pk: room_name(group) for group in Group.objects.filter(pk__in=rooms)}


def room_name(group: Group) -> str:
    return _("A room of two") if group.kind == Kind.PAIR else group.name


def appeals_at_the_desk(person: Person, now: datetime) -> list[Reminder]:
    """How many decisions of others wait to be looked at again, as one reminder."""
    waiting = appeals_for(person).count()
    if not waiting:
        return []
    says = ngettext("%(count)d decision is asked about.", "%(count)d decisions are asked about.", waiting)
    return [Reminder(icon="undo-2", title=_("To look at again"), says=says % {"count": waiting}, link="desk_appeals")]


def proposals_at_the_desk(person: Person, now: datetime) -> list[Reminder]:
    """How much waits for this person's yes or no, as one reminder."""
    waiting = proposals_for(person).waiting().filter(until__gt=now).count()
    if not waiting:
        return []
    says = ngettext("%(count)d decision needs a second person.", "%(count)d decisions need a second person.", waiting)
    return [Reminder(icon="users", title=_("Two people decide"), says=says % {"count": waiting}, link="desk_proposals")]


def cannot_promise(program: Program) -> list[str]:
    """What is missing while too few people decide here, in sentences."""
    held = Appointment.objects.for_program(program.pk)
    leads = set(held.live(clock.now()).filter(role__in=[*LEADS, *RUNS]).values_list("person_id", flat=True))
    looks = set(held.live(clock.now()).values_list("person_id", flat=True))
    reviews = set(held.reviewing(clock.now()).values_list("person_id", flat=True))
    missing = []
    if len(leads | reviews) < TWO:
        missing.append(
            _("Nobody is taken out of every room for good: a second person has to say yes, and there is none.")
        )
        missing.append(_("A suspension lasts 72 hours at most, and is renewed by hand each time."))
    if len(looks | reviews) < TWO:
        missing.append(_("Nobody can look at a decision again: somebody else than who decided it has to."))
    return missing


def evidence_for(proposal: Proposal, reader: Person) -> list[SaidLine]:
    """The words it is about, as they were kept; of what else we were told a second person needs nothing."""
    zone = ZoneInfo(reader.zone)
    return [SaidLine(line, moment_words(line.at, zone)) for line in proposal.report.shown]
