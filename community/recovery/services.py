"""Codes on paper: made once, each good for one new password."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, codes
from community.foundation.errors import Invalid
from community.foundation.events import publish
from community.people import services as people
from community.people.models import Person
from community.people.rules import clean_password, require_password
from community.recovery.events import SheetUsed
from community.recovery.models import (
    CODES,
    RENEWAL_SYMBOLS,
    SYMBOLS,
    RecoveryCode,
    Renewal,
    Sheet,
    as_printed,
    digest_of,
    digests_of,
    renewal_digest_of,
    renewal_digests_of,
)
from community.recovery.rules import may_renew


@transaction.atomic
def make_sheet(*, person: Person) -> Sheet:
    """Make 8 fresh codes; those of an older sheet stop working. Somebody without an address gets a sign-in name too.

    The codes are shown once: here only their digests are kept. Pressed twice at once, the second sheet is the one.
    """
    _hold(person)
    if person.address is None:
        people.give_sign_in_name(person=person)
    fresh = [codes.make(SYMBOLS) for _ in range(CODES)]
    RecoveryCode.objects.of(person.pk).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, digest=digest_of(code), made=clock.now()) for code in fresh
    )
    audit.record(action="recovery.sheet", actor=person.pk, subject=f"person:{person.pk}")
    return Sheet(codes=tuple(as_printed(code) for code in fresh))


@transaction.atomic
def renew_sheet(*, person: Person, password: str) -> Sheet:
    """As :func:`make_sheet`, for somebody who is signed in and gives their ``password`` once more. Raises Invalid."""
    require_password(person, password)
    return make_sheet(person=person)


@transaction.atomic
def come_back(*, login: str, code: str, password: str) -> Person:
    """Choose a new ``password`` with a code of one's sheet: the code is spent, every device is signed out.

    Raises Invalid: for a weak password at its field, and for anything else in the same words, whatever was wrong.
    Publishes SessionsEnded and SheetUsed.
    """
    clean_password(password)
    mine = Person.objects.signing_in_as(login)
    rows = RecoveryCode.objects.unspent().filter(person__in=mine, digest__in=digests_of(code))
    row = rows.select_related("person").first()
    if row is None or not _spent_now(row):
        raise Invalid(detail=_("This name and code don't go together. Please check both, or try another code."))
    people.set_password(person=row.person, password=password)
    left = RecoveryCode.objects.of(row.person_id).unspent().count()
    publish(SheetUsed(person_id=row.person_id, left=left))
    audit.record(action="recovery.use", actor=row.person_id, subject=f"person:{row.person_id}")
    return row.person


def _hold(person: Person) -> None:
    """Whoever changes somebody's ways in waits for who does already; the person's row comes before any code's."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _spent_now(code: RecoveryCode) -> bool:
    """Spend it; False when somebody else just did, or a newer sheet ended it."""
    _hold(code.person)
    return bool(RecoveryCode.objects.unspent().filter(pk=code.pk).update(spent=clock.now()))


@transaction.atomic
def open_renewal(*, person: Person, by: Person, password: str) -> str:
    """Open a way back in for ``person``, who sits in front of ``by``; ``password`` is that of ``by``, once more.

    Returns a code that is shown once and works for 15 minutes; an older one stops working. Raises NotAllowed, Invalid.
    """
    may_renew.require(by, person)
    require_password(by, password)
    _hold(person)
    code = codes.make(RENEWAL_SYMBOLS)
    Renewal.objects.of(person.pk).filter(used=None).delete()
    row = Renewal.objects.create(person=person, by=by, digest=renewal_digest_of(code), opened=clock.now())
    audit.record(action="recovery.open", actor=by.pk, subject=f"person:{person.pk}", reason=f"renewal:{row.pk}")
    return code


@transaction.atomic
def renew(*, code: str, password: str) -> tuple[Person, Sheet]:
    """Choose a new ``password`` with the code staff gave out: it is spent, every device is signed out, and the person

    is told. Returns them with a fresh sheet, which is shown once.

    Raises Invalid: for a weak password at its field, for anything else in the same words. Publishes SessionsEnded.
    """
    clean_password(password)
    rows = Renewal.objects.usable(clock.now()).filter(digest__in=renewal_digests_of(code))
    row = rows.select_related("person", "by").first()
    if row is None or not may_renew(row.by, row.person) or not _used_now(row):
        raise Invalid(detail=_("This code opens nothing. Please check it, or ask for a new one."))
    people.set_password(person=row.person, password=password)
    sheet = make_sheet(person=row.person)
    audit.record(
        action="recovery.renew", actor=row.by_id, subject=f"person:{row.person_id}", reason=f"renewal:{row.pk}"
    )
    return row.person, sheet


def _used_now(renewal: Renewal) -> bool:
    """Use it; False when somebody else just did, or a newer code ended it."""
    _hold(renewal.person)
    now = clock.now()
    return bool(Renewal.objects.usable(now).filter(pk=renewal.pk).update(used=now))
