"""Adding an e-mail address to sign in with, and taking it away."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.addresses.models import Claim, digests_of, token_of
from community.addresses.querysets import GOOD_FOR
from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.foundation.mail import next_try
from community.letters import services as letters
from community.notices import services as notices
from community.people import services as people
from community.people.models import Person
from community.people.rules import require_password


@transaction.atomic
def claim(*, person: Person, address: str, password: str, site: str) -> Claim:
    """Say that ``address`` is one's own: a mail goes there, whether or not somebody signs in with it already.

    It replaces what was said before. ``password`` is asked once more. Raises Invalid.
    """
    words = inputs.address(address, at="/address")
    require_password(person, password)
    Claim.objects.of(person.pk).delete()
    row = Claim(person=person, site=site, made=clock.now())
    row.keep(words)
    row.save(force_insert=True)
    return row


@transaction.atomic
def mail_failed(*, claim: Claim) -> None:
    """Its mail did not leave: it is tried again after a pause, which grows with how long it waits."""
    Claim.objects.filter(pk=claim.pk).update(mail_due=next_try(claim.made))


@transaction.atomic
def mail_left(*, claim: Claim) -> bool:
    """Its mail is on its way: from now on its link is good. False when it left before, is too old or was replaced.

    Who is killed before this leaves the mail to the next, with the same link.
    """
    rows = Claim.objects.select_for_update(no_key=True).live(clock.now()).waiting()
    row = rows.filter(pk=claim.pk, made=claim.made).first()
    if row is None:
        return False
    row.token_digest = digests_of(token_of(row))[0]
    row.save(update_fields=["token_digest"])
    return True


@transaction.atomic
def confirm(*, person: Person, token: str) -> Person:
    """Sign in with the address from now on: who is signed in has opened the mail that went there.

    Raises Missing for any token that is not theirs and good, Conflict when somebody else signs in with it already.
    """
    rows = Claim.objects.select_for_update(no_key=True).of(person.pk).live(clock.now())
    row = rows.filter(token_digest__in=digests_of(token)).first()
    if row is None:
        raise Missing
    address = row.address
    row.delete()
    if Person.objects.at(address).exclude(pk=person.pk).exists():  # told only to who has the mailbox
        raise Conflict(_("Somebody signs in with this address already."), code="taken")
    return _change(person, address)


@transaction.atomic
def remove(*, person: Person, password: str) -> Person:
    """Sign in with a name that is made, and no longer with an address. ``password`` is asked once more. Raises Invalid.

    Whatever was claimed meanwhile is dropped too.
    """
    require_password(person, password)
    Claim.objects.of(person.pk).delete()
    return _change(person, None)


def _change(person: Person, address: str | None) -> Person:
    """The person is told on their page, and at the address that signed them in until now."""
    former = Person.objects.select_for_update(no_key=True).get(pk=person.pk).address
    people.set_address(person=person, address=address)
    notices.tell(person=person, notice="address_changed")
    if former and former != person.address:
        letters.tell_former(person=person, address=former)
    audit.record(action="person.address", actor=person.pk, subject=f"person:{person.pk}")
    return person


@transaction.atomic
def forget_old() -> int:
    """Drop what nobody confirmed in three days. Returns how many."""
    return Claim.objects.filter(made__lte=clock.now() - GOOD_FOR).delete()[0]
