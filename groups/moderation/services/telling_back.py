"""Who told us hears that it was looked at: later, so that nobody can tell from the hour who told."""

from uuid import UUID

from django.db import transaction

from community.foundation import clock
from community.notices import services as notices
from groups.moderation.models import Report
from groups.moderation.plans import a_little_later

LOOKED_AT = "report_looked_at"


@transaction.atomic
def set_telling_back(*, case_id: UUID) -> int:
    """A case was closed: each who told us hears of it once, at a moment of its own; returns how many will."""
    waiting = Report.objects.select_for_update(no_key=True).filter(case=case_id, tell_back=None).order_by("pk")
    for row in (rows := list(waiting)):
        row.tell_back = clock.now() + a_little_later()
        row.save(update_fields=["tell_back"])
    return len(rows)


@transaction.atomic
def tell_back(*, report_id: UUID) -> bool:
    """Tell one who may hear by now; False if it is not so."""
    due = Report.objects.to_tell_back(clock.now())
    row = due.select_for_update(no_key=True, of=("self",), skip_locked=True).filter(pk=report_id).first()
    if row is None:
        return False
    row.told_back = clock.now()
    row.save(update_fields=["told_back"])
    notices.tell(person=row.reporter, notice=LOOKED_AT, about=row.pk)
    return True
