"""What is thought of before something follows."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from community.cases.models import Case
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid
from community.people.models import Person
from community.programs.rules import works_here
from community.sanctions.models import Suspension
from groups.chat.models import Kind, Message
from groups.membership.models import Group, Membership, Restriction
from groups.moderation.models import Decision, Report
from groups.moderation.plans import BEYOND_A_ROOM, HOLD_MOST, MUTE_MOST, TOGETHER_MOST, Action
from groups.moderation.rules import may_reach_beyond

MOST = {Action.HOLD: HOLD_MOST, Action.MUTE: MUTE_MOST, Action.SUSPEND: TOGETHER_MOST}


def amount_of(action: Action, amount: object) -> int:
    """How much of it, where it has an amount. Raises Invalid."""
    most = MOST.get(action)
    if most is None:
        return 0
    if amount is None:
        raise Invalid(FieldError("/amount", "required", _("Say for how many days, hours or messages.")))
    return inputs.whole(amount, at="/amount", least=1, most=most)


def report_in(case: Case, action: Action) -> Report:
    """What we were told, with words where there are some; nothing follows from how somebody is. Raises Conflict."""
    if case.care:
        raise Conflict(_("This is about how somebody is. Nothing follows from it but care."), code="care")
    report = Report.objects.about(case.pk).to_show().order_by("message", "made").first()
    if report is None or (action == Action.HIDE and report.message is None):
        raise Conflict(_("There is no message here to hide."), code="nothing")
    return report


def hold(action: Action, person: UUID, room: UUID | None) -> None:
    """Hold whom it is about, and then each room it changes, before the case: so does whoever writes there, or keeps it.

    What reaches beyond a room changes all of theirs.
    """
    if action == Action.WARN:
        return
    Person.objects.select_for_update(no_key=True).get(pk=person)
    rooms = set() if room is None else {room}
    if action in BEYOND_A_ROOM:
        rooms |= set(Membership.objects.current().of(person).values_list("group_id", flat=True))
    Group.objects.locked(rooms)


def asked_with(made: Decision, now: Restriction | None) -> dict[str, Any]:
    """What the seat is asked from now on: never less than it was."""
    if made.action == Action.HOLD:
        return {"hold_next": max(made.count or 0, now.hold_next if now else 0)}
    before = now.muted_until if now else None
    return {"muted_until": max(filter(None, (made.until, before)))}


def asked_without(row: Decision, now: Restriction) -> dict[str, Any]:
    """What the seat is asked once ``row`` is gone: the most of what else was decided and stands.

    Nothing changes where somebody has asked something else of it since.
    """
    beside = list(Decision.objects.standing_beside(row).select_related("seat"))
    if row.action == Action.HOLD:
        left = {one.pk: waits_still(one) for one in (row, *beside)}
        if now.hold_next > left.pop(row.pk):
            return {}
        return {"hold_next": min(now.hold_next, max(left.values(), default=0))}
    if row.action != Action.MUTE or now.muted_until != row.until:
        return {}
    moment = clock.now()
    return {"muted_until": max((one.until for one in beside if one.until and one.until > moment), default=None)}


def waits_still(row: Decision) -> int:
    """How many messages a hold still waits for: each one written since counts, whatever became of it."""
    since = Message.objects.of(row.seat.group_id).filter(author=row.person_id, kind=Kind.TEXT, created__gte=row.at)
    return max(0, (row.count or 0) - since.count())


def seat_now(row: Decision) -> Membership | None:
    """The seat they hold today in the room it is about: what was asked of one goes with them to the next."""
    rows = Membership.objects.current().of(row.person_id).filter(group=row.seat.group_id)
    return rows.select_related("restriction").first()


def insist_beyond(case: Case, by: Person) -> None:
    """What reaches beyond a room is for who leads or runs the program, not about a colleague, and not done twice.

    Raises NotAllowed and Conflict.
    """
    may_reach_beyond.require(by, case)
    if works_here(case.subject, None):
        raise Conflict(_("They work here. End what they do here first, under Program."), code="works_here")
    if Suspension.objects.of(case.subject_id).standing().filter(until=None).exists():
        raise Conflict(_("They are out of every room for good already."), code="nothing")
