"""Nobody carries it alone: a word to who supervises a mentor, and what supervisors keep in mind."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.mentoring.events import NotMineToCarry
from community.mentoring.models import NOTE_MOST, Mentor, SupervisionNote
from community.mentoring.rules import is_own_mentor, may_write_notes
from community.mentoring.rules.support import turned_to
from community.notices import services as notices
from community.people.models import Person

NOT_MINE = "mentor_not_mine"


@transaction.atomic
def not_mine(*, mentor: Mentor, by: Person) -> list[Person]:
    """Tell who supervises a mentor that something is not theirs to carry; no word of what. Returns who was told.

    Where nobody is named, or who is works here no more, everybody who coordinates the program is. Raises NotAllowed,
    and Conflict when they are a mentor no more, or nobody is there to be told. Publishes NotMineToCarry.
    """
    is_own_mentor.require(by, mentor)
    row = Mentor.objects.locked_one(mentor.pk)
    if not row.is_open:
        raise Conflict(_("That is over here. You can apply again."), code="state")
    people = turned_to(row)
    if not people:
        raise Conflict(_("Nobody is named who could be told. Please call the clinic."), code="nobody")
    for person in people:
        notices.tell(person=person, notice=NOT_MINE, about=row.pk)
    publish(NotMineToCarry(mentor_id=row.pk, person_id=row.person_id, program_id=row.program_id))
    audit.record(action="mentor.not_mine", actor=by.pk, subject=f"mentor:{row.pk}")
    return people


@transaction.atomic
def write_note(*, mentor: Mentor, body: object, by: Person) -> SupervisionNote:
    """Keep something in mind about a mentor: 1 to 4,000 characters. Raises NotAllowed and Invalid."""
    may_write_notes.require(by, mentor)
    words = inputs.text(body, at="/body", most=NOTE_MOST)
    note = SupervisionNote(mentor=mentor, author=by, written=clock.now())
    note.body = words
    note.save(force_insert=True)
    audit.record(action="mentor.note", actor=by.pk, subject=f"mentor:{mentor.pk}")
    return note


@transaction.atomic
def read_notes(*, mentor: Mentor, by: Person) -> list[SupervisionNote]:
    """What was kept in mind, the newest first. Who is not the mentor's supervisor leaves an entry that they looked.

    Raises NotAllowed.
    """
    may_write_notes.require(by, mentor)
    theirs = SupervisionNote.objects.read_by(by.pk, clock.now()).filter(mentor=mentor)
    found = list(theirs.select_related("author").newest_first())
    if found and mentor.supervisor_id != by.pk:
        audit.record(action="mentor.read_notes", actor=by.pk, subject=f"mentor:{mentor.pk}")
    return found
