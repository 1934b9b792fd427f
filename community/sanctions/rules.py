"""Whether somebody is out of every room for now: one question, of their row, for page, API, socket and task alike."""

from community.foundation.errors import Suspended
from community.foundation.registers import Answer
from community.foundation.rules import rule
from community.people.models import Person
from community.sanctions.models import Suspension
from community.sanctions.plans import HEARD, KEPT

#: What staff do for somebody, and what somebody asks of staff, goes on.
GOES_ON = frozenset({"message", "safety", "check_ins"})


@rule
def is_suspended(person: Person, _everything: None) -> bool:
    """As their row said when it was read: by this request, or in this transaction."""
    return person.suspended


def stands_longest(person: Person) -> Suspension | None:
    """Of those that stand, the one that ends last."""
    return Suspension.objects.of(person.pk).standing().longest_first().first()


def refuse_suspended(person: Person, address: str | None) -> None:
    """Raises Suspended for who is out of every room, unless the address of this name stays open to them, or

    reads what they write for danger before it refuses.
    """
    if is_suspended(person, None) and address not in KEPT | HEARD:
        raise Suspended


def shuts(viewer: Person, subject: Person, purpose: str) -> Answer:
    """A ground: who is suspended sees nobody in a room, is seen as around by nobody, and meets nobody new."""
    out = is_suspended(viewer, None) or (is_suspended(subject, None) and purpose in {"presence", "match"})
    return Answer.SHUT if out and purpose not in GOES_ON else Answer.SILENT
