"""What people are called in their cohort's room, and by who works with them."""

from django.db import transaction

from community.audit import services as audit
from community.foundation import inputs
from community.people.models import ALIAS_MOST, Person
from community.programs.models import Enrollment
from community.programs.rules import may_name


@transaction.atomic
def go_by(*, enrollment: Enrollment, alias: str) -> Enrollment:
    """Note the name somebody goes by in the cohort's room, empty for their own; the room has judged it already."""
    row = Enrollment.objects.locked_one(enrollment.pk)
    if row.alias != alias:
        row.alias = alias
        row.save(update_fields=["alias"])
    return row


@transaction.atomic
def keep_card_name(*, enrollment: Enrollment, name: str, by: Person | None = None) -> Enrollment:
    """Note what staff call somebody, as on the card they came in with (one line of at most 40 characters; empty: none),

    so that whoever works with them later can tell who chose which name. None is the card itself. Raises NotAllowed, and
    Invalid at /name.
    """
    if by is not None:
        may_name.require(by, enrollment)
    row = Enrollment.objects.locked_one(enrollment.pk)
    row.card_name = inputs.line(name, at="/name", most=ALIAS_MOST, blank=True)
    row.save(update_fields=["card_name_sealed"])
    if by is not None:
        audit.record(action="enrollment.card_name", actor=by.pk, subject=f"enrollment:{row.pk}")
    return row
