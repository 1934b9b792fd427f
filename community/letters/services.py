"""Letters on their way out: written, taken by one who sends, settled. At least once each, and never quite forgotten.

A letter is taken under a lease and sent outside of any transaction. Whoever is killed in between leaves it to the next
one; then the same line may come twice, with the same Message-ID.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from community.foundation import clock, inputs
from community.letters.models import Kind, Letter, Reach, State
from community.letters.rules import MOST, channel_for, due, pause_after
from community.people.models import Person

KEPT = timedelta(days=14)  # after it was settled
CHANGEABLE = frozenset({"mail", "sms", "phone"})


@transaction.atomic
def choose(*, person: Person, wanted: dict[str, Any]) -> Reach:
    """Change how ``person`` hears of updates while away: mail, sms, phone. Raises Invalid."""
    inputs.known(wanted, CHANGEABLE)
    reach = reach_of(person=person)
    if "phone" in wanted:
        reach.phone = inputs.phone(wanted["phone"], at="/phone")
    for name in ("mail", "sms"):
        if name in wanted:
            setattr(reach, name, inputs.flag(wanted[name], at=f"/{name}"))
    if reach.mail and not person.address:
        inputs.refuse("/mail", "missing", _("You have no e-mail address here."))
    if reach.sms and not (settings.SMS_URL and reach.phone_sealed):
        inputs.refuse("/phone", "missing", _("Give a phone number for text messages."))
    reach.save()
    return reach


@transaction.atomic
def reach_of(*, person: Person) -> Reach:
    """What ``person`` chose; nothing yet is everything off."""
    return Reach.objects.filter(person=person).first() or Reach(person=person)


@transaction.atomic
def ask_for_password(*, address: str, site: str) -> Letter:
    """Somebody asked for a new password at ``site``. The same for every address: the worker looks who it is."""
    now = clock.now()
    return Letter.objects.create(kind=Kind.NEW_PASSWORD, address=address, site=site, always=True, due=now, created=now)


@transaction.atomic
def tell_former(*, person: Person, address: str) -> Letter:
    """A last line to an address that signs ``person`` in no longer: whoever took it away cannot hide that."""
    now = clock.now()
    return Letter.objects.create(
        kind=Kind.FORMER_ADDRESS, person=person, address=address, always=True, due=now, created=now
    )


@transaction.atomic
def announce(*, person: Person, always: bool) -> Letter | None:
    """Let ``person`` hear that there is an update: one line for all that wait; none if they want none.

    Called with the inbox locked, so that two updates at once are one letter.
    """
    channel = channel_for(person, reach_of(person=person), always=always)
    if channel is None:
        return None
    mine = Letter.objects.of(person.pk).updates()
    letter = mine.waiting().first()
    if letter is None:
        last = mine.filter(state=State.SENT).order_by("-settled").values_list("settled", flat=True).first()
        at = clock.now() if always else due(person, last)
        return Letter.objects.create(
            kind=Kind.UPDATE, channel=channel, person=person, always=always, due=at, created=clock.now()
        )
    if always and not letter.always:
        letter.always, letter.due = True, clock.now()
        letter.save(update_fields=["always", "due"])
    return letter


@transaction.atomic
def claim() -> Letter | None:
    """Take the next letter that may go, for as long as a lease; None when there is none.

    One that was lost again and again is given up: perhaps it is what ends who sends it.
    """
    now = clock.now()
    Letter.objects.lost(now).filter(tries__gte=MOST).update(state=State.DEAD, fault="lost", lease=None, **_over())
    letter = Letter.objects.ready(now).select_for_update(no_key=True, skip_locked=True).first()
    if letter is None:
        return None
    letter.state, letter.lease, letter.tries = State.LEASED, now + settings.LETTER_LEASE, letter.tries + 1
    letter.save(update_fields=["state", "lease", "tries"])
    return letter


@transaction.atomic
def sent(*, letter: Letter) -> bool:
    """It left the house. False when the lease had passed and the letter is somebody else's now."""
    return _settle(letter, state=State.SENT, fault="", **_over())


@transaction.atomic
def drop(*, letter: Letter) -> bool:
    """Nobody waits for it any more."""
    return _settle(letter, state=State.DROPPED, fault="", **_over())


@transaction.atomic
def drop_all(*, person_id: UUID) -> int:
    """Nobody waits for any letter to somebody any more; returns how many waited. One that is under way is dropped by

    who carries it.
    """
    mine = Letter.objects.of(person_id).waiting()
    return mine.update(state=State.DROPPED, fault="", lease=None, **_over())


@transaction.atomic
def postpone(*, letter: Letter, until: datetime) -> bool:
    """It is a quiet hour where its person is, or they are away; this was no try."""
    return _settle(letter, state=State.WAITING, due=until, tries=letter.tries - 1)


@transaction.atomic
def fail(*, letter: Letter, fault: str, lasting: bool) -> bool:
    """It could not be sent: again after a pause that grows, or, if that would not help or was tried enough, never."""
    pause = None if lasting else pause_after(letter.tries)
    if pause is None:
        return _settle(letter, state=State.DEAD, fault=fault, **_over())
    return _settle(letter, state=State.WAITING, fault=fault, due=clock.now() + pause)


def _over() -> dict[str, Any]:
    return {"settled": clock.now(), "address": "", "site": ""}


def _settle(letter: Letter, **changes: Any) -> bool:
    held = Letter.objects.filter(pk=letter.pk, state=State.LEASED, lease=letter.lease)
    return bool(held.update(lease=None, **changes))


@transaction.atomic
def forget_settled() -> int:
    """Drop the rows of letters that were settled 14 days ago. Returns how many."""
    gone, _kinds = Letter.objects.settled_before(clock.now() - KEPT).delete()
    return gone
