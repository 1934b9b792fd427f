"""The worker's part: take a letter, send it, say how it went. Nothing here runs inside a transaction."""

import logging
import smtplib

from django.conf import settings

from community.foundation import clock
from community.foundation.outbound import Refused, post_signed
from community.letters import services as letters
from community.letters.models import Channel, Kind, Letter
from community.letters.rules import is_wanted, may_go
from community.letters.serializers import mail_of, subject
from community.people.models import Person

log = logging.getLogger(__name__)
MOST = 200  # letters at a time, so that other work is done too


def deliver() -> int:
    """Send what is due. Returns how many letters left the house."""
    count = 0
    if not Letter.objects.ready(clock.now()).exists():  # asked every second: no lock is taken for nothing
        return count
    for _turn in range(MOST):
        letter = letters.claim()
        if letter is None:
            break
        count += _carry(letter)
    return count


def longest_wait() -> float:
    """Seconds that the letter waits which may go and was due first; 0 where none is."""
    now = clock.now()
    first = Letter.objects.ready(now).values_list("due", flat=True).first()
    return (now - first).total_seconds() if first else 0.0


def _carry(letter: Letter) -> bool:
    """Send one letter, if it is still wanted and may go now. Whatever goes wrong is this letter's alone."""
    try:
        person = _reader(letter)
        if person is None:
            letters.drop(letter=letter)
            return False
        moment = clock.now() if letter.always else may_go(clock.now(), person)
        if moment > clock.now():
            letters.postpone(letter=letter, until=moment)
            return False
        _send(letter, person)
    except Exception as error:  # noqa: BLE001 - a letter nobody can send must not keep others waiting
        fault, lasting = fault_of(error)
        letters.fail(letter=letter, fault=fault, lasting=lasting)
        log.warning("a letter was not sent", extra={"letter": str(letter.pk), "fault": fault, "tries": letter.tries})
        return False
    return letters.sent(letter=letter)


def _reader(letter: Letter) -> Person | None:
    """Whose letter it is; None when nobody waits for it (any more)."""
    if letter.kind == Kind.NEW_PASSWORD:
        return Person.objects.open().at(letter.address).first()
    person = letter.person if letter.person and letter.person.closed is None else None
    if letter.kind == Kind.FORMER_ADDRESS:
        return person
    return person if person and is_wanted(letter, person, letters.reach_of(person=person)) else None


def _send(letter: Letter, person: Person) -> None:
    if letter.channel == Channel.MAIL:
        mail_of(letter, person).send()
        return
    words = {"to": letters.reach_of(person=person).phone, "text": f"{subject(person)}."}
    post_signed(settings.SMS_URL, settings.SMS_SECRET, words, key=str(letter.pk))


def fault_of(error: Exception) -> tuple[str, bool]:
    """What went wrong as a code without an address in it, and whether trying again would not help."""
    name = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _why in error.recipients.values()]
        return f"{name} {max(codes)}", min(codes) >= 500
    if isinstance(error, smtplib.SMTPDataError):
        return f"{name} {error.smtp_code}", error.smtp_code >= 500
    if isinstance(error, smtplib.SMTPResponseException):  # our own account or sender: an operator can mend that
        return f"{name} {error.smtp_code}", False
    if isinstance(error, Refused):
        return f"{name} {error.status}", error.lasting
    return name, False
