"""What people are called in their cohort's room, and by who works with them."""

from django.db import transaction

from community.foundation import inputs
from community.people.models import ALIAS_MOST
from community.programs.models import Enrollment


@transaction.atomic
def go_by(*, enrollment: Enrollment, alias: str) -> Enrollment:
    """Note the name somebody goes by in the cohort's room, empty for their own; the room has judged it already."""
    row = Enrollment.objects.locked_one(enrollment.pk)
    if row.alias != alias:
        row.alias = alias
        row.save(update_fields=["alias"])
    return row


@transaction.atomic
def keep_card_name(*, enrollment: Enrollment, name: str) -> Enrollment:
    """Note what staff called somebody on the card they came in with (at most 40 characters), so that whoever works

    with them later can tell who chose which name. Raises Invalid at /name.
    """
    row = Enrollment.objects.locked_one(enrollment.pk)
    row.card_name = inputs.text(name, at="/name", most=ALIAS_MOST, blank=True).strip()
    row.save(update_fields=["card_name_sealed"])
    return row
