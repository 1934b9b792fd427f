"""Inviting somebody, taking it back, and coming in."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.consent import services as consent
from community.foundation import clock, codes, inputs
from community.foundation.errors import FieldError, Invalid, Missing
from community.foundation.events import publish
from community.foundation.mail import next_try
from community.joining.events import PersonJoined
from community.joining.models import GOOD_FOR, NAME_MOST, SYMBOLS, Card, Invitation, digest_of, token_of
from community.joining.rules import parts_of, require_may_invite, subject_of
from community.notices import services as notices
from community.people import services as people
from community.people.models import Person
from community.people.rules import clean_password
from community.programs import services as programs
from community.programs.models import Cohort, Program
from community.recovery import services as recovery
from community.recovery.models import Sheet

NEEDS_ROOM = "card_needs_another_room"
KEPT = timedelta(days=30)  # so that staff can see for a while what became of a card
LANGUAGES = frozenset(code for code, _label in settings.LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an invitation leads: into a cohort, or to a role in a program, for one cohort alone or all of them."""

    program: Program
    cohort: Cohort | None = None
    role: str = ""


@transaction.atomic
def invite(
    *, by: Person, place: Place, name: str, address: str = "", language: str = "en", site: str = ""
) -> tuple[Invitation, Card | None]:
    """Invite one person for seven days: by mail when there is an ``address``, else with a card that is returned once.

    ``name`` (1 to 40 characters that can be seen) is how staff call them, and stands on the card. Raises NotAllowed
    and Invalid.
    """
    require_may_invite(by, program=place.program, cohort=place.cohort, role=place.role)
    now = clock.now()
    row = Invitation(
        program=place.program,
        cohort=place.cohort,
        role=place.role,
        by=by,
        language=inputs.one_of(language, LANGUAGES, at="/language"),
        site=site,
        created=now,
        expires=now + GOOD_FOR,
    )
    sent_to = inputs.address(address, at="/address", blank=True)
    row.keep(name=_called(name), address=sent_to)
    card = None if row.by_mail else _card(row)
    row.save(force_insert=True)
    audit.record(action="invitation.make", actor=by.pk, subject=f"invitation:{row.pk}", reason=place.role)
    return row, card


def _called(name: str) -> str:
    words = inputs.line(name, at="/name", most=NAME_MOST, blank=True)
    if not words:
        inputs.refuse("/name", "blank", _("Write what you call them."))
    return words


def _card(row: Invitation) -> Card:
    card = Card(invitation_id=str(row.pk), token=secrets.token_urlsafe(32), code=codes.make(SYMBOLS))
    row.token_digest, row.code_digest = digest_of(card.token), digest_of(card.code)
    return card


@transaction.atomic
def mail_failed(*, invitation: Invitation) -> None:
    """Its mail did not leave: it is tried again after a pause, which grows with how long it waits."""
    Invitation.objects.filter(pk=invitation.pk).update(mail_due=next_try(invitation.created))


@transaction.atomic
def mail_left(*, invitation: Invitation) -> bool:
    """Its mail is on its way: from now on its link opens it, and the address is dropped. False when it waits no more.

    A mail that did not leave keeps its address; who is killed before this leaves it to the next, with the same link.
    """
    rows = Invitation.objects.select_for_update(no_key=True).usable(clock.now()).waiting()
    row = rows.filter(pk=invitation.pk).first()
    if row is None:
        return False
    row.token_digest, row.address_sealed = digest_of(token_of(row)), ""
    row.save(update_fields=["token_digest", "address_sealed"])
    return True


@transaction.atomic
def revoke(*, by: Person, invitation: Invitation) -> Invitation:
    """Take an invitation back; what was used or taken back stays as it is. Raises NotAllowed."""
    require_may_invite(by, program=invitation.program, cohort=invitation.cohort, role=invitation.role)
    row = _locked(invitation)
    if row.used is None and row.revoked is None:
        row.revoked, row.address_sealed = clock.now(), ""
        row.save(update_fields=["revoked", "address_sealed"])
        audit.record(action="invitation.revoke", actor=by.pk, subject=f"invitation:{row.pk}")
    return row


@transaction.atomic
def forget_names() -> int:
    """Drop how staff called the person, and where a mail would have gone, 30 days after a way in closed. How many."""
    old = Invitation.objects.filter(expires__lt=clock.now() - KEPT).exclude(name_sealed="", address_sealed="")
    return old.update(name_sealed="", address_sealed="")


@transaction.atomic
def join(
    *, invitation: Invitation, alias: str, password: str, agreed: Collection[str], language: str, address: str = ""
) -> tuple[Person, Sheet]:
    """Come in: a person is made, has agreed, and holds what they were invited to; all of it, or nothing.

    ``address`` is kept as theirs when it is the one the invitation was sent to. Raises Missing when the invitation is
    used, taken back or too old, Conflict when the place is full or over meanwhile, Invalid at /alias or /password.
    Publishes PersonJoined. Returns the person with their recovery sheet, which is shown once.
    """
    clean_password(password)
    row = _usable(invitation)
    person = people.create(alias=alias, address=_own_address(row, address), password=password, zone=row.zone)
    people.change(person=person, wanted={"language": row.language})
    _take_place(row, person, agreed, language)
    return person, recovery.make_sheet(person=person)


@transaction.atomic
def join_again(
    *, invitation: Invitation, person: Person, agreed: Collection[str], language: str, alias: str = ""
) -> None:
    """Come in as somebody who is here already: in another room, or back again. Raises and publishes as :func:`join`.

    ``alias`` is another name for that room alone, empty for their own.
    """
    _take_place(_usable(invitation), person, agreed, language, alias if alias != person.alias else "")


@transaction.atomic
def tell_who_invited(*, invitation: Invitation) -> None:
    """Whoever comes with this card needs another room; why, they can look up. The card stays good for a while."""
    notices.tell(person=invitation.by, notice=NEEDS_ROOM, about=invitation.pk)


def _own_address(row: Invitation, address: str) -> str | None:
    """An address that nobody has shown to be theirs would let a stranger in when it was mistyped."""
    if not address:
        return None
    if not row.is_for(address):
        inputs.refuse(
            "/address", "address", _("Please use the address this invitation was sent to, or leave this empty.")
        )
    if Person.objects.at(address).exists():  # told only to who has shown that the mailbox is theirs
        inputs.refuse(
            "/address", "known", _("You sign in with this address already. Sign in, then open the mail again.")
        )
    return address


def _take_place(row: Invitation, person: Person, agreed: Collection[str], language: str, alias: str = "") -> None:
    """Locks go by groups first and the audit's head last, so seats come before agreements."""
    if missing := [part for part in parts_of(row) if part not in agreed]:
        raise Invalid(
            *(FieldError(f"/{part}", "required", _("Please agree to this, or stay out.")) for part in missing)
        )
    if row.role:
        programs.appoint(person=person, program=row.program, role=row.role, cohort=row.cohort, by=row.by)
    elif row.cohort is not None:
        enrollment = programs.enroll(person=person, cohort=row.cohort, alias=alias, by=row.by)
        if name := row.name:
            programs.keep_card_name(enrollment=enrollment, name=name)
    for part in parts_of(row):
        consent.give(person=person, purpose=part, subject=subject_of(part, row), language=language)
    row.used, row.person = clock.now(), person
    row.save(update_fields=["used", "person"])
    publish(PersonJoined(invitation_id=row.pk, person_id=person.pk))
    audit.record(action="invitation.use", actor=person.pk, subject=f"invitation:{row.pk}")


def _usable(invitation: Invitation) -> Invitation:
    row = _locked(invitation)
    if not row.usable_at(clock.now()):
        raise Missing
    return row


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("program", "cohort", "by")
    row = rows.filter(pk=invitation.pk).first()
    if row is None:
        raise Missing
    return row
