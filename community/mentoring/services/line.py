"""A place in the line: given up for a mentor, kept while they walk together, and taken again when that ends."""

from django.db import IntegrityError, transaction

from community.audit import services as audit
from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock
from community.foundation.events import publish
from community.mentoring.events import MentorRequested, RequestClosed
from community.mentoring.models import Closing, MentorRequest
from community.mentoring.rules import may_ask
from community.mentoring.rules.standing import agreement_subject
from community.people.models import Person

SAID_AGAIN = (
    "languages", "gender", "wish_kind", "wish_of", "pathways", "style", "zone", "hours", "across", "life_stages",
    "values", "hopes",
)  # fmt: skip


@transaction.atomic
def matched(*, request: MentorRequest) -> MentorRequest:
    """They have a mentor: it waits no more, and what it says is kept for a new try. Publishes RequestClosed."""
    row = MentorRequest.objects.locked_one(request.pk)
    if row.is_open:
        row.closed, row.closing = clock.now(), Closing.MATCHED
        row.save(update_fields=["closed", "closing"])
        publish(RequestClosed(request_id=row.pk, person_id=row.person_id, program_id=row.program_id))
        audit.record(action="mentor_request.close", actor=None, subject=f"mentor_request:{row.pk}", reason=row.closing)
    return row


@transaction.atomic
def parted(*, request: MentorRequest) -> MentorRequest:
    """Their time with that mentor ended: what the request says is kept 90 days from now (upkeep), for a new try."""
    row = MentorRequest.objects.locked_one(request.pk)
    if row.closing == Closing.MATCHED:
        row.closed, row.closing = clock.now(), Closing.DONE
        row.save(update_fields=["closed", "closing"])
    return row


@transaction.atomic
def back_in_line(*, request: MentorRequest) -> MentorRequest | None:
    """Wait again with the same answers, in the place of then. The one that waits already where there is one.

    None where they no longer agree that staff look, or may not ask any more. Publishes MentorRequested.
    """
    person = request.person
    there = MentorRequest.objects.of(person.pk).open().to_show().filter(program=request.program_id).first()
    if there is not None:
        return there
    if not (_agrees(person, request) and may_ask(person, request.program)):
        return None
    row = MentorRequest(
        person=person, program=request.program, asked_at=request.asked_at, changed=clock.now(), urgent=request.urgent
    )
    row.say({name: getattr(request, name) for name in SAID_AGAIN})
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # they asked themselves in this moment
        return MentorRequest.objects.of(person.pk).open().to_show().filter(program=request.program_id).get()
    publish(MentorRequested(request_id=row.pk, person_id=person.pk, program_id=request.program_id))
    audit.record(action="mentor_request.again", actor=None, subject=f"mentor_request:{row.pk}")
    return row


def _agrees(person: Person, request: MentorRequest) -> bool:
    live = ConsentRecord.objects.live().of(person.pk)
    return live.about(Purpose.MATCHED, agreement_subject(request.program_id)).exists()
