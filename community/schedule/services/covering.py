"""What a program says of its hours, and whom it pages when nobody here answers."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import FieldError, Invalid
from community.foundation.events import publish
from community.people.models import Person
from community.programs.models import Program
from community.schedule.events import RosterChanged
from community.schedule.models import Coverage
from community.schedule.plans import CONTACT_MOST, Hours, lack_words
from community.schedule.rules import coverage_of, lacks, may_set_coverage

CHANGEABLE = frozenset({"hours", "contact_name", "contact_mail", "contact_rings"})


@transaction.atomic
def set_coverage(*, program: Program, wanted: Mapping[str, Any], by: Person | None = None) -> Coverage:
    """Change a program's ``hours`` and its emergency contact (``contact_name``, ``contact_mail``, ``contact_rings``).

    Round the clock is refused, with what is missing, unless two people and two ways passed a test page this week.
    Raises NotAllowed and Invalid. Publishes RosterChanged.
    """
    if by is not None:
        may_set_coverage.require(by, program)
    inputs.known(dict(wanted), CHANGEABLE)
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    row = coverage_of(program)
    if "hours" in wanted:
        _set_hours(row, inputs.one_of(wanted["hours"], frozenset(Hours.values), at="/hours"))
    if "contact_name" in wanted:
        row.contact_name = inputs.line(wanted["contact_name"], at="/contact_name", most=CONTACT_MOST, blank=True)
    if "contact_mail" in wanted:
        row.contact_mail = inputs.address(wanted["contact_mail"], at="/contact_mail", blank=True)
    if "contact_rings" in wanted:
        row.contact_rings = inputs.flag(wanted["contact_rings"], at="/contact_rings")
    row.save()
    publish(RosterChanged(program_id=program.pk))
    audit.record(action="program.coverage", actor=by.pk if by else None, subject=f"program:{program.pk}")
    return row


def _set_hours(row: Coverage, hours: str) -> None:
    if hours == Hours.ROUND and row.hours != Hours.ROUND:
        missing = lacks(row.program, clock.now())
        if missing:
            raise Invalid(*(FieldError("/hours", f"lacks_{one}", str(lack_words(one))) for one in missing))
    row.hours = hours
