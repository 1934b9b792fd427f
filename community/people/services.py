"""What happens to accounts and devices."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs, words
from community.foundation.errors import Conflict, Missing, NotAllowed
from community.foundation.events import publish
from community.people.events import (
    AccountClosed,
    AccountOpened,
    PasswordChanged,
    PersonBlocked,
    PersonRenamed,
    PresenceChosen,
    SessionsEnded,
    ZoneChosen,
)
from community.people.models import (
    Block,
    Contrast,
    Enter,
    Font,
    Motion,
    Person,
    Session,
    TextSize,
    Theme,
)
from community.people.rules import clean_alias, clean_password, refuse_legal_name, require_password
from community.people.times import expires_of

CHOICES: dict[str, frozenset[str]] = {
    "language": frozenset(code for code, _label in settings.LANGUAGES),
    "enter": frozenset(Enter.values),
    "font": frozenset(Font.values),
    "theme": frozenset(Theme.values),
    "contrast": frozenset(Contrast.values),
    "motion": frozenset(Motion.values),
}
SWITCHES = frozenset({
    "language_of_device", "shows_typing", "shows_presence", "notes_open", "celebrations_quiet", "locks",
})  # fmt: skip
#: Before a password's hash: no password fits it (Django's own mark), and links that were made with it are over.
CLOSES = "!"
CHANGEABLE = frozenset({"alias", "zone", "text_size", *CHOICES, *SWITCHES})


@transaction.atomic
def create(
    *, alias: str, address: str | None = None, password: str | None = None, zone: str = "America/New_York"
) -> Person:
    """Make an account; ``password`` None means nobody can sign in with one. Raises Conflict if the address is taken."""
    cleaned = address.strip().lower() if address else None
    if cleaned and Person.objects.at(cleaned).exists():
        raise Conflict
    return Person.objects.create(
        alias=clean_alias(alias), address=cleaned, password=make_password(password), zone=zone, joined=clock.now()
    )


@transaction.atomic
def give_sign_in_name(*, person: Person) -> str:
    """Make a sign-in name for somebody without an address: two plain words and a number. One they have stays."""
    while not person.sign_in_name:
        made = words.some(2, person.language)
        if not Person.objects.called(made).exists():
            person.sign_in_name = made
            person.save(update_fields=["sign_in_name"])
    return person.sign_in_name


@transaction.atomic
def change(*, person: Person, wanted: dict[str, Any]) -> Person:
    """Change what a person chooses about themselves: their name, and how the place speaks to them. Raises Invalid.

    Whoever chooses a language no longer follows the device's. Publishes ZoneChosen when the zone is another one,
    PersonRenamed when the name is, PresenceChosen when that choice is.
    """
    inputs.known(wanted, CHANGEABLE)
    if "language" in wanted:
        wanted = {"language_of_device": False, **wanted}
    former, shown, zone = person.alias, person.shows_presence, person.zone
    for name, value in wanted.items():
        setattr(person, name, _judged(name, value))
    if person.alias != former:
        refuse_legal_name(person, person.alias)
    person.save(update_fields=sorted(wanted))
    if "locks" in wanted:
        _lock_devices(person)
    if person.zone != zone:  # heard before the rooms hear of a name: whoever holds a room waits for nobody's clock
        publish(ZoneChosen(person_id=person.pk))
    if person.alias != former:
        publish(PersonRenamed(person_id=person.pk))
    if person.shows_presence != shown:
        publish(PresenceChosen(person_id=person.pk, shown=person.shows_presence))
    return person


def _lock_devices(person: Person) -> None:
    """Wherever they are signed in, the clinic's tablet aside, which ends sooner by itself."""
    now = clock.now()
    for row in Session.objects.select_for_update(no_key=True).devices_of(person.pk, now):
        row.locks = person.locks
        row.expires = expires_of(row, now)
        row.save(update_fields=["locks", "expires"])


def _judged(name: str, value: Any) -> Any:
    at = f"/{name}"
    if name == "alias":
        return clean_alias(value)
    if name in CHOICES:
        return inputs.one_of(value, CHOICES[name], at=at)
    if name == "zone":
        return inputs.zone(value, at=at)
    if name == "text_size":
        if inputs.whole(value, at=at) not in TextSize.values:
            sizes = ", ".join(str(size) for size in TextSize.values)
            inputs.refuse(at, "choice", _("Choose one of: %(choices)s.") % {"choices": sizes})
    elif not isinstance(value, bool):
        inputs.refuse(at, "type", _("This must be true or false."))
    return value


@transaction.atomic
def end_sessions(*, person: Person, only: UUID | None = None, but: UUID | None = None) -> list[UUID]:
    """Sign out ``only`` one device, or every device ``but`` one, at once and for good. Publishes SessionsEnded."""
    rows = Session.objects.select_for_update(no_key=True).filter(person=person, ended=None)
    if only is not None:
        rows = rows.filter(pk=only)
    if but is not None:
        rows = rows.exclude(pk=but)
    ended = list(rows.values_list("pk", flat=True))
    Session.objects.filter(pk__in=ended).update(ended=clock.now(), data="")
    if ended:
        publish(SessionsEnded(person_id=person.pk, session_ids=tuple(ended)))
    return ended


@transaction.atomic
def end_every_session() -> int:
    """Sign out everybody everywhere. Returns how many devices that were. Publishes SessionsEnded for each person."""
    people = Person.objects.filter(pk__in=Session.objects.live(clock.now()).values("person"))
    return sum(len(end_sessions(person=person)) for person in people)


@transaction.atomic
def close_account(*, person: Person) -> bool:
    """Nobody signs in to it any more, by any way: whoever tries finds what they find where nobody has an account.

    Every device is signed out, and links that were sent lead nowhere. False when it is closed already. Publishes
    SessionsEnded and AccountClosed.
    """
    row = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if row.closed is not None:
        return False
    row.closed, row.password = clock.now(), CLOSES + row.password
    row.save(update_fields=["closed", "password"])
    end_sessions(person=row)
    publish(AccountClosed(person_id=row.pk))
    return True


@transaction.atomic
def open_account(*, person: Person) -> bool:
    """It was closed by an error: its person signs in with the password of then. False when it is open.

    Publishes AccountOpened.
    """
    row = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if row.closed is None:
        return False
    row.closed, row.password = None, row.password.removeprefix(CLOSES)
    row.save(update_fields=["closed", "password"])
    publish(AccountOpened(person_id=row.pk))
    return True


@transaction.atomic
def say_whose(*, person: Person, session_id: UUID, only_mine: bool) -> Session:
    """Note whether nobody but ``person`` uses this device. Raises Missing unless they are signed in on it,

    and NotAllowed on the clinic's tablet, which is nobody's.
    """
    row = Session.objects.devices_of(person.pk, clock.now()).filter(pk=session_id).first()
    if row is None:
        raise Missing
    if row.tablet:
        raise NotAllowed
    row.only_mine = only_mine
    row.save(update_fields=["only_mine"])
    return row


@transaction.atomic
def bind_devices(*, person_id: UUID) -> int:
    """Let the devices of ``person_id`` end as those of staff do, counted from now. Returns how many were not bound."""
    now = clock.now()
    loose = Session.objects.select_for_update(no_key=True).devices_of(person_id, now).filter(staff_since=None)
    rows = list(loose)
    for row in rows:
        row.staff_since = now
        row.expires = min(row.expires, expires_of(row, now))
        row.save(update_fields=["staff_since", "expires"])
    return len(rows)


@transaction.atomic
def free_devices(*, person_id: UUID) -> int:
    """Let them last as a member's again, from the next time they are used. Returns how many."""
    return Session.objects.devices_of(person_id, clock.now()).exclude(staff_since=None).update(staff_since=None)


@transaction.atomic
def forget_ended_devices() -> int:
    """Drop the rows of devices whose time is over, signed out or not. Returns how many."""
    gone, _kinds = Session.objects.forgettable(clock.now()).delete()
    return gone


@transaction.atomic
def set_password(*, person: Person, password: str, but: UUID | None = None) -> None:
    """A new password signs out every device, save ``but`` one: whoever had the old one is gone.

    Publishes SessionsEnded and PasswordChanged.
    """
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person=person, but=but)
    publish(PasswordChanged(person_id=person.pk))
    audit.record(action="person.password", actor=person.pk, subject=f"person:{person.pk}")


@transaction.atomic
def change_password(*, person: Person, known: str, password: str, here: UUID | None) -> None:
    """Choose a new ``password`` while signed in, with the one that is ``known``: the device that is ``here`` goes on,

    every other one is signed out. Raises Invalid at /known or /password. Publishes as :func:`set_password`.
    """
    require_password(person, known, at="/known")
    set_password(person=person, password=clean_password(password), but=here)


@transaction.atomic
def set_address(*, person: Person, address: str | None) -> Person:
    """Sign in with ``address`` from now on, or without one, by a name that is made. Raises Conflict if it is taken."""
    person.address = address.strip().lower() if address else None
    try:
        with transaction.atomic():
            person.save(update_fields=["address"])
    except IntegrityError as error:
        raise Conflict from error
    if person.address is None:
        give_sign_in_name(person=person)
    return person


@transaction.atomic
def block(*, person: Person, other: Person) -> Block:
    """Stop meeting ``other``; silent, one way, again is the same. Publishes PersonBlocked."""
    if person.pk == other.pk:
        raise NotAllowed
    row, fresh = Block.objects.get_or_create(blocker=person, blocked=other, defaults={"at": clock.now()})
    if fresh:
        publish(PersonBlocked(blocker_id=person.pk))
    return row


@transaction.atomic
def unblock(*, person: Person, other: Person) -> None:
    """Take a block back. Publishes PersonBlocked if there was one."""
    gone, _kinds = Block.objects.filter(blocker=person, blocked=other).delete()
    if gone:
        publish(PersonBlocked(blocker_id=person.pk))
