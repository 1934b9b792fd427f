"""Two people are kept apart, it is said that it is still needed, and it is lifted. Nobody but staff hears of it.

Locks: both people in the order of their ids, as whoever enrolls somebody holds theirs; then the audit head.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid
from community.keep_apart.models import KeepApart, Kind
from community.keep_apart.plans import REASON_MOST, REVIEWED_EVERY
from community.keep_apart.rules import kept_one, may_keep_apart
from community.people.models import Person


@transaction.atomic
def keep_apart(*, one: Person, other: Person, reason: object, by: Person, kind: object = Kind.APART) -> KeepApart:
    """From now on these two are let into no room, match or case's desk together; a reason of 1 to 500 characters.

    A tie (any other ``kind``) leaves rooms as they are, and its reason may be empty: neither mentors the other, nor
    decides about what has to do with them.

    Rooms both sit in already stay as they are: who is moved, and how, people decide. Raises NotAllowed, Invalid, and
    Conflict when it stands already.
    """
    may_keep_apart.require(by, (one, other))
    if one.pk == other.pk:
        raise Invalid(FieldError("/other", "same", _("Choose somebody else.")))
    what = Kind(inputs.one_of(kind, frozenset(Kind.values), at="/kind"))
    words = inputs.text(reason, at="/reason", most=REASON_MOST, blank=True).strip()
    if what == Kind.APART and not inputs.visible(words):
        inputs.refuse("/reason", "blank", _("Write why. Only who leads or runs their programs reads it."))
    first, second = _held(one, other)
    standing = KeepApart.objects.standing().between(first.pk, second.pk).first()
    if standing is not None and standing.meets:
        said = _("Something else is written down about these two. Say first that it is needed no more.")
        raise Conflict(said, code="stands")
    if standing is not None:
        raise Conflict(_("These two are kept apart already."), code="stands")
    now = clock.now()
    row = KeepApart(one=first, other=second, kind=what, set_by=by, set_at=now, review_by=now + REVIEWED_EVERY)
    row.reason = words
    row.save(force_insert=True)
    _record("set", row.pk, by)
    return row


@transaction.atomic
def renew(*, row: KeepApart, by: Person) -> KeepApart:
    """It is still needed: somebody looks at it again in a year. Raises Missing."""
    found = _at_hand(row, by)
    found.review_by = clock.now() + REVIEWED_EVERY
    found.save(update_fields=["review_by"])
    _record("renew", found.pk, by)
    return found


@transaction.atomic
def lift(*, row: KeepApart, by: Person) -> KeepApart:
    """It is needed no more. It is kept who said so; nothing is opened by itself. Raises Missing."""
    found = _at_hand(row, by)
    found.lifted_by, found.lifted_at = by, clock.now()
    found.save(update_fields=["lifted_by", "lifted_at"])
    _record("lift", found.pk, by)
    return found


def _at_hand(row: KeepApart, by: Person) -> KeepApart:
    """The row as it stands now, if this person may decide about it. Raises Missing."""
    _held(row.one, row.other)
    return kept_one(by, row.pk)


def _held(one: Person, other: Person) -> tuple[Person, Person]:
    """Both, in the order of their ids: whoever is seated meanwhile waits."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in={one.pk, other.pk}).order_by("pk")
    first, second = rows
    return first, second


def _record(what: str, row: UUID, by: Person) -> None:
    audit.record(action=f"keep_apart.{what}", actor=by.pk, subject=f"keep_apart:{row}")
