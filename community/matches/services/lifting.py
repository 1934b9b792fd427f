"""Two who were not to be suggested to each other again, and may be by now."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock
from community.foundation.errors import Conflict
from community.matches.desk.holding import held_anyway, subject
from community.matches.models import Match
from community.matches.rules import may_coordinate
from community.people.models import Person


@transaction.atomic
def lift(*, match: Match, by: Person) -> Match:
    """Let these two be suggested to each other again, after who coordinates talked with them; neither is told.

    In every program that ``by`` runs, whichever of the two had asked for it. Raises NotAllowed, and Conflict where
    nothing stands between them.
    """
    may_coordinate.require(by, match)
    row = held_anyway(match)
    if not row.not_again:
        raise Conflict(_("Nobody asked for that any more. Look at the page again."), code="state")
    theirs = Match.objects.of_staff(by.pk, clock.now()).between(row.mentee_id, row.guide_id)
    theirs.kept_from_again().update(not_again=False)
    row.not_again = False
    audit.record(action="match.lift", actor=by.pk, subject=subject(row.pk))
    return row
