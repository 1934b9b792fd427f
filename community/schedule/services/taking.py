"""Who has a shift: taken with one press, answered, handed back."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock
from community.foundation.errors import Conflict, Missing
from community.foundation.events import publish
from community.people.models import Person
from community.programs.rules import runs_program
from community.schedule.desk import begin_asking, end, tell_it_is_open
from community.schedule.events import DutyAnswered, RosterChanged
from community.schedule.models import Duty, Heard, Shift
from community.schedule.plans import Ending, Way
from community.schedule.rules import may_be_on_call, shift_of


@transaction.atomic
def take(*, shift: Shift, by: Person) -> Duty:
    """Have a shift: one of all who press at once. They count once they answer the test page of its start.

    Before it begins, one that is planned for somebody is theirs to take. Raises Missing, and Conflict (``taken``,
    ``over``, ``planned``). Publishes RosterChanged, and DutyAsked where it has begun.
    """
    shift_of(by, shift.pk)
    row, now = Shift.objects.standing().locked_one(shift.pk), clock.now()
    if row is None:
        raise Missing
    if row.ends <= now:
        raise Conflict(_("This shift is over."), code="over")
    if row.begins > now and row.person_id not in {None, by.pk}:
        raise Conflict(_("This shift is planned for somebody else. Take it once it has begun."), code="planned")
    held = row.duties.lasting().select_for_update(no_key=True, of=("self",)).select_related("shift").first()
    if held is not None:
        if held.answer_by is None or held.answer_by > now:
            raise Conflict(_("Somebody has this shift already."), code="taken")
        end(held, Ending.SILENT)
    row.person = by
    row.save(update_fields=["person"])
    duty = Duty.objects.create(shift=row, person=by, taken=now, asks=max(now, row.begins))
    if row.begins <= now:
        begin_asking(duty, now)
    publish(RosterChanged(program_id=row.program_id))
    audit.record(action="shift.take", actor=by.pk, subject=f"shift:{row.pk}")
    return duty


@transaction.atomic
def answer(*, shift: Shift, by: Person, rang: bool = False) -> Duty:
    """I am here: the answer to a test page. ``rang``: it came by the paging service as well, which really was called.

    Raises Missing, and Conflict (``not_yours``, ``not_asked``, ``too_late``). Publishes DutyAnswered, RosterChanged.
    """
    shift_of(by, shift.pk)
    row, now = _theirs(shift, by), clock.now()
    if row.answer_by is None or row.asked is None:
        raise Conflict(_("No test page waits for an answer."), code="not_asked")
    if row.answer_by <= now:
        raise Conflict(_("The time for the answer is over. Take the shift again."), code="too_late")
    first = row.good_until is None or row.good_until <= now
    heard = [Way.UPDATE, *([Way.RING] if rang and row.rung is not None and row.rung >= row.asked else [])]
    row.answer(now)
    row.save()
    for way in heard:
        Heard.objects.update_or_create(person=by, way=way, defaults={"at": now})
    program = row.shift.program_id
    publish(DutyAnswered(duty_id=row.pk, person_id=by.pk, program_id=program, first=first))
    publish(RosterChanged(program_id=program))
    return row


@transaction.atomic
def hand_back(*, shift: Shift, by: Person) -> Shift:
    """Somebody cannot: the shift is open from now on, and who runs the program hears of it.

    Raises Missing, and Conflict (``not_yours``). Publishes RosterChanged.
    """
    shift_of(by, shift.pk)
    row = Shift.objects.standing().locked_one(shift.pk)
    if row is None:
        raise Missing
    duty = row.duties.lasting().select_related("shift").first()
    if duty is None and row.person_id == by.pk and row.ends > clock.now():
        row.person = None
        row.save(update_fields=["person"])
        publish(RosterChanged(program_id=row.program_id))
    elif duty is not None and (duty.person_id == by.pk or runs_program(by, row.program)):
        end(duty, Ending.HANDED_BACK)
    else:
        raise Conflict(_("This shift isn’t yours."), code="not_yours")
    tell_it_is_open(row, but=by)
    audit.record(action="shift.hand_back", actor=by.pk, subject=f"shift:{row.pk}")
    return row


@transaction.atomic
def leave(*, person: Person) -> int:
    """Somebody works somewhere no more: what they had or was planned for them there is open. Returns how many shifts.

    Publishes RosterChanged.
    """
    planned = Shift.objects.standing().ahead(clock.now()).filter(person=person)
    had = Shift.objects.standing().filter(duties__person=person, duties__ended=None)
    keys = sorted({*planned.values_list("pk", flat=True), *had.values_list("pk", flat=True)})
    return sum(_freed(row, person) for key in keys if (row := Shift.objects.standing().locked_one(key)) is not None)


def _freed(row: Shift, person: Person) -> bool:
    if may_be_on_call(person, row.program):
        return False
    duty = row.duties.lasting().filter(person=person).select_related("shift").first()
    if duty is not None:
        end(duty, Ending.LEFT)
    elif row.person_id == person.pk:
        row.person = None
        row.save(update_fields=["person"])
        publish(RosterChanged(program_id=row.program_id))
    tell_it_is_open(row, but=person)
    return True


def _theirs(shift: Shift, by: Person) -> Duty:
    """The duty of who has that shift, held against every other change. Raises Conflict (``not_yours``)."""
    Shift.objects.locked_one(shift.pk)
    mine = Duty.objects.lasting().filter(shift=shift, person=by)
    row = mine.select_for_update(no_key=True, of=("self",)).select_related("shift").first()
    if row is None:
        raise Conflict(_("This shift isn’t yours. Take it first."), code="not_yours")
    return row
