"""That somebody has died: two people say so, or that it was an error; and who is told by a person.

Locks: the person, the death, then what each room holds, inboxes, the audit head.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.deaths.models import Death, Telling, Why, subject
from community.deaths.plans import SOURCE_MOST
from community.deaths.rules import may_say, works_here
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.matches import services as matches
from community.matches.models import Match
from community.notices import services as notices
from community.people import services as people
from community.people.models import Person


@transaction.atomic
def say(*, person: Person, by: Person, day: object, source: object) -> Death:
    """Say that ``person`` died on a day, as far as one knows, and from whom one knows it (300 characters).

    Nothing follows until a second person confirms it. Raises NotAllowed, Invalid, and Conflict when that was said
    already, or the person works here.
    """
    may_say.require(by, person)
    known = inputs.text(source, at="/source", most=SOURCE_MOST).strip()
    if not inputs.visible(known):
        inputs.refuse("/source", "blank", _("Write from whom you know it."))
    died = inputs.day(day, at="/day")
    if died > clock.today(by.zone):
        inputs.refuse("/day", "range", _("This day is still to come."))
    row = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _refuse_staff(row)
    now = clock.now()
    Death.objects.of(row.pk).unconfirmed(now).delete()
    if Death.objects.of(row.pk).current(now).exists():
        raise Conflict(_("Somebody has said so already. Look at the page again."), code="said")
    death = Death(person=row, day=died, said_by=by, said=now)
    death.source = known
    death.save(force_insert=True)
    audit.record(action="death.say", actor=by.pk, subject=subject(death.pk), reason=f"person:{row.pk}")
    return death


@transaction.atomic
def take_back(*, death: Death, by: Person) -> None:
    """It is not so, or not known: gone, as long as no second person confirmed it. Raises NotAllowed and Conflict."""
    row = _held(death, by)
    if row.confirmed is not None:
        raise Conflict(_("A second person has confirmed it. If it was an error, two of you undo it."), code="confirmed")
    pk = row.pk
    row.delete()
    audit.record(action="death.take_back", actor=by.pk, subject=subject(pk))


@transaction.atomic
def confirm(*, death: Death, by: Person) -> Death:
    """A second person knows it too. With this transaction every notice, letter, reminder, celebration, question and

    request stops, their devices and tokens end, and nobody signs in as them. Nobody is told anything.

    Raises Missing, NotAllowed, and Conflict: ``confirmed``, ``lapsed``, ``same`` person, ``first_gone`` and
    ``works_here``. Publishes AccountClosed, and what the rooms make of it.
    """
    row, now = _held(death, by), clock.now()
    if row.confirmed is not None:
        raise Conflict(_("A second person has confirmed it already."), code="confirmed")
    if not row.waits_at(now):
        raise Conflict(_("A day has passed since it was said. Please say it anew."), code="lapsed")
    _refuse_same(row.said_by, by, row.person)
    _refuse_staff(row.person)
    row.confirmed_by, row.confirmed = by, now
    row.save(update_fields=["confirmed_by", "confirmed"])
    _note_whom_to_tell(row)
    people.close_account(person=row.person)
    notices.close(person_id=row.person_id)
    audit.record(action="death.confirm", actor=by.pk, subject=subject(row.pk))
    return row


def _note_whom_to_tell(row: Death) -> None:
    """Who walks with them, or asked to; before any of that falls silent."""
    found: dict[UUID, Why] = {}
    for match in Match.objects.placed().touching(row.person_id).order_by("pk"):
        hoped = match.mentee_id == row.person_id
        if match.is_walking:
            found[match.guide_id if hoped else match.mentee_id] = Why.MENTOR if hoped else Why.MENTEE
        elif not hoped:
            found.setdefault(match.mentee_id, Why.ASKED)
    Telling.objects.bulk_create(Telling(death=row, person_id=person, why=why) for person, why in found.items())


@transaction.atomic
def tell(*, telling: Telling, by: Person) -> Telling:
    """Somebody was told, by a person. Where the two walked together, that ends now, and no machine says so.

    Again changes nothing. Raises Missing, NotAllowed and Conflict. Publishes MatchEnded.
    """
    death = _held(telling.death, by)
    if not death.stands:
        raise Conflict(_("This was taken back. Look at the page again."), code="undone")
    row = Telling.objects.select_for_update(no_key=True).get(pk=telling.pk)
    if row.told is not None:
        return row
    row.told_by, row.told = by, clock.now()
    row.save(update_fields=["told_by", "told"])
    matches.end_with_death(person_id=death.person_id, other_id=row.person_id)
    audit.record(action="death.tell", actor=by.pk, subject=subject(death.pk), reason=f"person:{row.person_id}")
    return row


@transaction.atomic
def doubt(*, death: Death, by: Person) -> Death:
    """It was an error. The account opens again when a second person says so too, within a day.

    Raises Missing, NotAllowed, and Conflict when it does not stand or somebody said so already.
    """
    row, now = _held(death, by), clock.now()
    _insist_stands(row)
    if row.is_doubted_at(now):
        raise Conflict(_("Somebody has said so already. Look at the page again."), code="said")
    _keep_doubt(row, by, now)
    audit.record(action="death.doubt", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def keep(*, death: Death, by: Person) -> Death:
    """It was no error after all. Raises Missing, NotAllowed and Conflict."""
    row = _held(death, by)
    _insist_stands(row)
    _keep_doubt(row, None, None)
    audit.record(action="death.keep", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def undo(*, death: Death, by: Person) -> Death:
    """A second person says that it was an error: the account is theirs as before, with the password of then.

    What was asked or waited then is gone; they sign in on each device anew. Raises Missing, NotAllowed and Conflict.
    Publishes AccountOpened.
    """
    row, now = _held(death, by), clock.now()
    _insist_stands(row)
    if row.doubted_by is None or not row.is_doubted_at(now):
        raise Conflict(_("Nobody has said in the last day that it was an error."), code="lapsed")
    _refuse_same(row.doubted_by, by, row.person)
    row.undone_by, row.undone = by, now
    row.save(update_fields=["undone_by", "undone"])
    people.open_account(person=row.person)
    notices.reopen(person_id=row.person_id)
    audit.record(action="death.undo", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def forget_unconfirmed() -> int:
    """Drop what no second person confirmed in a day. Returns how many."""
    return Death.objects.unconfirmed(clock.now()).delete()[0]


def _held(death: Death, by: Person) -> Death:
    row = Death.objects.locked_one(death.pk)
    may_say.require(by, row.person)
    return row


def _keep_doubt(row: Death, by: Person | None, at: datetime | None) -> None:
    row.doubted_by, row.doubted = by, at
    row.save(update_fields=["doubted_by", "doubted"])


def _insist_stands(row: Death) -> None:
    if row.undone is not None:
        raise Missing
    if row.confirmed is None:
        raise Conflict(_("Nobody has confirmed it yet. It can be taken back."), code="unconfirmed")


def _refuse_same(first: Person, by: Person, person: Person) -> None:
    if first.pk == by.pk:
        raise Conflict(_("It takes a second person. You said it first."), code="same")
    if not may_say(first, person):
        raise Conflict(_("Who said it first does not work with them any more. Say it anew."), code="first_gone")


def _refuse_staff(person: Person) -> None:
    if works_here(person):
        raise Conflict(_("They work here too. End that work first, on the page of the program."), code="works_here")
