"""Telling us of words, and somebody at the desk who looks into it."""

from typing import Any

from community.cases import services as cases
from community.cases.models import Case
from community.cases.plans import Reason
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Program, StaffRole
from groups.chat.models import Message
from groups.demo.services import World
from groups.moderation import services as moderation
from groups.moderation.models import Decision, Report
from groups.moderation.plans import WORDS, Action


def told_of(reporter: Person, message: Message, reason: Reason = Reason.HARASSMENT, note: str = "") -> Report:
    meant = moderation.Meant(group_id=message.group_id, message_id=message.pk)
    made, _new = moderation.report(reporter=reporter, meant=meant, reason=reason, note=note)
    return made


def taken(case: Case, by: Person) -> Case:
    case.refresh_from_db()
    return cases.take(case=case, by=by, version=case.version)


def closed(case: Case, by: Person, outcome: str = "no_action", **more: Any) -> Case:
    case = taken(case, by)
    return cases.resolve(case=case, by=by, version=case.version, outcome=outcome, **more)


def worker(alias: str, program: Program | None, role: StaffRole) -> Person:
    """Somebody who works here."""
    person = people.create(alias=alias, address=f"{alias.lower()}@porchlight.test")
    programs.appoint(person=person, program=program, role=role)
    return person


def decided(world: World, report: Report, action: Action = Action.WARN, **more: Any) -> Decision:
    """Dana has it, and decided."""
    case = taken(report.case, world.dana)
    words = str(WORDS[action])
    return moderation.decide(case=case, by=world.dana, version=case.version, action=action, words=words, **more)
