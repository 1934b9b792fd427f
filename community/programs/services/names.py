"""What people are called in their cohort's room, for who works with them."""

from django.db import transaction

from community.programs.models import Enrollment


@transaction.atomic
def go_by(*, enrollment: Enrollment, alias: str) -> Enrollment:
    """Note the name somebody goes by in the cohort's room, empty for their own; the room has judged it already."""
    row = Enrollment.objects.locked_one(enrollment.pk)
    if row.alias != alias:
        row.alias = alias
        row.save(update_fields=["alias"])
    return row
