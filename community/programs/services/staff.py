"""Who does what for a program, from when to when."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid, Missing
from community.foundation.events import publish
from community.people.models import Person
from community.programs import plans
from community.programs.events import Appointed, AppointmentEnded
from community.programs.models import Appointment, Cohort, Program, StaffRole
from community.programs.rules import may_appoint, may_dismiss

IN_ROOMS = frozenset({StaffRole.FACILITATOR, StaffRole.MODERATOR})


@transaction.atomic
def appoint(
    *,
    person: Person,
    program: Program | None,
    role: str,
    cohort: Cohort | None = None,
    ends: date | datetime | None = None,
    by: Person | None = None,
) -> Appointment:
    """Let ``person`` work for ``program`` (None: an administrator of the organization) from now until ``ends``, a

    moment or the last day in the program's zone.

    A facilitator or moderator may be for one ``cohort`` alone. The same again while it lasts is the one there is, until
    the new ``ends``. Raises NotAllowed (nobody hands out more than they hold) and Invalid. Publishes Appointed.
    """
    inputs.one_of(role, frozenset(StaffRole.values), at="/role")
    wanted = Appointment(person=person, program=program, cohort=cohort, role=role, began=clock.now())
    if by is not None:
        may_appoint.require(by, wanted)
    _refuse_no_place(wanted)
    wanted.ends = plans.end_ahead(ends, zone=program.zone if program else "UTC", now=wanted.began)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    held = Appointment.objects.of(person.pk).standing(wanted.began)
    same = held.filter(program=program, cohort=cohort, role=role).first()
    if same is not None:
        if same.ends != wanted.ends:
            same.ends = wanted.ends
            same.save(update_fields=["ends"])
            _record("staff.prolong", same, by)
        return same
    wanted.save(force_insert=True)
    publish(Appointed(appointment_id=wanted.pk, person_id=person.pk))
    _record("staff.appoint", wanted, by)
    return wanted


def _record(action: str, row: Appointment, by: Person | None) -> None:
    audit.record(action=action, actor=by.pk if by else None, subject=f"appointment:{row.pk}", reason=str(row.role))


def _refuse_no_place(wanted: Appointment) -> None:
    if wanted.program is None and wanted.role != StaffRole.ADMINISTRATOR:
        raise Invalid(FieldError("/program", "required", _("Choose the program this is for.")))
    if wanted.cohort is None:
        return
    if wanted.program is None or wanted.cohort.program_id != wanted.program.pk:
        raise Invalid(FieldError("/cohort", "not_found", _("This group is not one of the program's.")))
    if wanted.role not in IN_ROOMS:
        raise Invalid(FieldError("/cohort", "choice", _("Only facilitators and moderators are for one group alone.")))


@transaction.atomic
def dismiss(*, appointment: Appointment, by: Person | None = None) -> Appointment:
    """End an appointment now. Raises NotAllowed, and Conflict if it is over or nobody could run the organization then.

    Publishes AppointmentEnded.
    """
    if by is not None:
        may_dismiss.require(by, appointment)
    now = clock.now()
    others = _other_administrators(appointment, now) if appointment.program_id is None else []
    row = Appointment.objects.select_for_update(no_key=True).filter(pk=appointment.pk).first()
    if row is None:
        raise Missing
    if row.closed:
        raise Conflict(_("This has ended already."), code="ended")
    if row.program_id is None and not others:
        raise Conflict(_("Somebody has to run this. Appoint another administrator first."), code="last")
    row.ends = max(row.began, min(now, row.ends or now))
    _close(row)
    audit.record(action="staff.dismiss", actor=by.pk if by else None, subject=f"appointment:{row.pk}")
    return row


def _other_administrators(appointment: Appointment, now: datetime) -> list[Appointment]:
    """Who else runs the organization. All are locked, in one order and before anything else, so that two can neither

    dismiss each other at once nor wait for each other.
    """
    held = Appointment.objects.live(now).filter(program=None).select_for_update(no_key=True).order_by("pk")
    return [one for one in held if one.pk != appointment.pk]


def _close(row: Appointment) -> None:
    row.closed = True
    row.save(update_fields=["ends", "closed"])
    publish(AppointmentEnded(appointment_id=row.pk, person_id=row.person_id))


@transaction.atomic
def expire(*, appointment: Appointment) -> bool:
    """Tell the rooms of an appointment that is over by its own date; False when that is done.

    Publishes AppointmentEnded.
    """
    row = Appointment.objects.due(clock.now()).select_for_update(no_key=True).filter(pk=appointment.pk).first()
    if row is None:
        return False
    _close(row)
    audit.record(action="staff.over", actor=None, subject=f"appointment:{row.pk}")
    return True
