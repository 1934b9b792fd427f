"""Something follows from a case: in the exact words the person reads, and never from how somebody is."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.cases import services as cases
from community.cases.models import Case
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.people.models import Person
from groups.moderation.desk import amount_of, hold, insist_beyond, report_in
from groups.moderation.models import Decision
from groups.moderation.plans import BEYOND_A_ROOM, WORDS_MOST, Action
from groups.moderation.posting import DECIDED, follow, tell
from groups.moderation.rules import needs_two

__all__ = ["DECIDED", "decide", "tell_decided"]


@transaction.atomic
@audit.at_the_end()
def decide(*, case: Case, by: Person, version: int, action: object, words: object, amount: object = None) -> Decision:
    """Do something about the words or the person a case is about, and tell them in ``words`` (1 to 1,000 characters).

    ``amount``: how many messages wait (1 to 50), for how many days they do not write (1 to 30), or for how many hours
    they are out of every room (1 to 72 by one person). What they feel at once they are told at once; else between ten
    and sixty minutes later, so that nobody can tell from the hour who told us. Raises Missing, Invalid, NotAllowed for
    what reaches beyond a room, and Conflict: without holding the case, in one of care, about somebody who works here,
    where a second person has to say yes (``second``: propose it), or where it is done already. Publishes Decided.
    """
    chosen = Action(inputs.one_of(action, frozenset(Action.values), at="/action"))
    said = inputs.text(words, at="/words", most=WORDS_MOST)
    number = amount_of(chosen, amount)
    hold(chosen, case.subject_id, case.room)
    row = cases.done(case=case, by=by, version=version, what=chosen)
    report = report_in(row, chosen)
    if chosen in BEYOND_A_ROOM:
        insist_beyond(row, by)
        if needs_two(row, chosen, number, by):
            raise Conflict(_("A second person has to say yes to this. Propose it."), code="second")
    return follow(about=report, action=chosen, words=said, number=number, by=by)


@transaction.atomic
def tell_decided(*, decision_id: UUID) -> bool:
    """Tell somebody of a decision about them, once its moment has come; False if it is not so."""
    due = Decision.objects.to_tell(clock.now())
    row = due.select_for_update(no_key=True, of=("self",), skip_locked=True).filter(pk=decision_id).first()
    if row is None:
        return False
    tell(row)
    return True
