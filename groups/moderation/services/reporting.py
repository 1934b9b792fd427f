"""Telling us: the words are kept as they stand, and a case with a clock opens, in one transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.cases import services as cases
from community.cases.plans import TOLD, Reach, Reason
from community.foundation import clock, inputs
from community.foundation.errors import FieldError, Invalid
from community.foundation.events import publish
from community.people.models import Person
from groups.chat.heeding import lines_around
from groups.chat.models import Message
from groups.membership.models import Group, Kind, Membership
from groups.membership.rules import reach
from groups.moderation.events import Reported
from groups.moderation.models import NOTE_MOST, Danger, Report
from groups.moderation.rules import member_shown, message_shown, own_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What somebody tells us of: a message, or a member, in a group."""

    group_id: UUID
    message_id: UUID | None = None
    member_id: UUID | None = None


@transaction.atomic
def report(*, reporter: Person, meant: Meant, reason: object, note: object = "") -> tuple[Report, bool]:
    """Keep what stands there and open a case, or join the one that is open; (the report, whether it is a new one).

    The same person, thing and reason is one report while its case is open: further words are added to it, and told.
    Never refused for how often somebody tells us. Raises Missing for what they don't see, Invalid for themselves.
    Publishes Reported.
    """
    why = Reason(inputs.one_of(reason, frozenset(TOLD), at="/reason"))
    said = inputs.text(note or "", at="/note", most=NOTE_MOST, blank=True)
    reached = reach(reporter, meant.group_id)
    message = None if meant.message_id is None else message_shown(reached, meant.message_id)
    seat = _whom(message) if message else member_shown(reached, _member(meant))
    if seat.person_id == reporter.pk:
        kind = _("This is about yourself. To talk to somebody, use Get help now, or ask to talk on Today.")
        raise Invalid(FieldError("/message" if message else "/member", "yourself", kind))
    Person.objects.select_for_update(no_key=True).get(pk=reporter.pk)  # two presses of one person are one report
    told = _telling(reporter, reached.group, seat, message, why)
    known = Report.objects.of(reporter.pk).of_open_cases().filter(seat=seat, message=message, reason=why).to_show()
    if row := known.first():
        return _more(row, told, said), False
    return _made(told, reached.group, seat, message, said), True


def _telling(reporter: Person, group: Group, seat: Membership, message: Message | None, why: Reason) -> cases.Telling:
    return cases.Telling(
        reason=why,
        subject=seat.person,
        about=f"message:{message.pk}" if message else f"member:{seat.member_id}",
        program=group.program,
        cohort=group.cohort,
        room=group.pk,
        reporter=reporter,
        reach=_reach(group, seat),
    )


def _more(row: Report, told: cases.Telling, said: str) -> Report:
    """What they did not write before stands below it, and counts as being told once more; a press alone does not."""
    if said and said != row.note and not row.note.endswith(f"\n\n{said}"):
        row.note = f"{row.note}\n\n{said}".strip()
        row.save(update_fields=["note_sealed"])
        cases.open_case(told=told)
    return row


def _made(told: cases.Telling, group: Group, seat: Membership, message: Message | None, said: str) -> Report:
    row = Report(
        case=cases.open_case(told=told),
        reporter=told.reporter,
        group=group,
        seat=seat,
        message=message,
        reason=told.reason,
        made=clock.now(),
    )
    row.note = said
    row.keep(lines_around(message) if message else [])
    row.save(force_insert=True)
    publish(Reported(report_id=row.pk, case_id=row.case_id, group_id=group.pk))
    return row


def _member(meant: Meant) -> UUID:
    if meant.member_id is None:
        raise Invalid(FieldError("/message", "required", _("Say which message or which member you mean.")))
    return meant.member_id


def _whom(message: Message) -> Membership:
    assert message.seat is not None  # noqa: S101 - message_shown found none without
    return message.seat


def _reach(group: Group, seat: Membership) -> Reach:
    """Who may look at most: nobody who keeps a room with somebody decides about them, and rooms of two are nobody's."""
    if seat.keeps:
        return Reach.LEAD
    return Reach.STAFF if group.kind == Kind.PAIR else Reach.ROOM


@transaction.atomic
def say_more(*, report: Report, by: Person, note: object = "", danger: object = "", named: object = False) -> Report:
    """Add to what one told us while somebody still looks at it: more words, whether there is danger, who may know.

    "No" to danger makes a worry that nobody looked at yet less urgent; nothing else does. Raises Missing and Invalid.
    """
    row = Report.objects.select_for_update(no_key=True, of=("self",)).get(pk=own_report(by, report.pk).pk)
    said = inputs.text(note or "", at="/note", most=NOTE_MOST, blank=True)
    answer = inputs.one_of(danger or "", frozenset({*Danger.values, ""}), at="/danger")
    if not row.case.is_open:
        raise Invalid(FieldError("/note", "closed", _("Somebody has looked at this by now. Please tell us anew.")))
    row.note, row.danger, row.named = said or row.note, answer or row.danger, bool(named)
    row.save(update_fields=["note_sealed", "danger", "named"])
    if row.reason == Reason.WORRIED and row.danger == Danger.NO:
        cases.ease(case=row.case)
    return row
