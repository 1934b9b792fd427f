"""A note to the rooms, when the family agrees and everybody who hears it from a person has."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.deaths.models import Death, Telling
from community.deaths.rules import may_say
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.people.models import Person
from groups.chat import services as chat
from groups.membership import services as membership
from groups.membership.models import Group
from groups.remembrance.models import Note
from groups.remembrance.plans import QUIET, WORDS_MOST
from groups.remembrance.rules import rooms_of_both


@transaction.atomic
def post(
    *, death: Death, by: Person, groups: Sequence[Any], words: object, agreed: object, quiet_days: object = 0
) -> list[Note]:
    """Say it in these rooms, as a message of ``by`` (1,500 characters), and celebrate no day there for so many days.

    ``agreed``: the family agrees with these words, and they tell neither cause nor method. One a room; a room that has
    one gets no second. Raises NotAllowed, Invalid, and Conflict: ``undone``, or ``tell_first`` while somebody has still
    to hear it from a person. Publishes MessagesChanged.
    """
    row = Death.objects.locked_one(death.pk)
    may_say.require(by, row.person)
    if not row.stands:
        raise Conflict(_("This was taken back. Look at the page again."), code="undone")
    if Telling.objects.left().filter(death=row).exists():
        raise Conflict(_("Somebody has not heard it from one of you yet. Tell them first."), code="tell_first")
    said, days = _said(words, agreed), inputs.whole(quiet_days, at="/quiet_days", most=max(QUIET))
    chosen = _rooms(row, by, groups)
    if days:
        membership.keep_quiet(groups=[one.pk for one in chosen], until=clock.now() + timedelta(days=days))
    notes = [_posted(row, by, one, said) for one in sorted(chosen, key=lambda group: group.pk)]
    audit.record(action="death.note", actor=by.pk, subject=f"death:{row.pk}", words=said)
    return notes


def _said(words: object, agreed: object) -> str:
    said = inputs.text(words, at="/words", most=WORDS_MOST).strip()
    if not inputs.visible(said):
        inputs.refuse("/words", "blank", _("Write what the room should read."))
    if not inputs.flag(agreed, at="/agreed"):
        inputs.refuse("/agreed", "required", _("Tick this when the family agrees. The words tell neither how nor why."))
    return said


def _rooms(row: Death, by: Person, groups: Sequence[Any]) -> list[Group]:
    wanted = {inputs.uuid(str(one), at=f"/groups/{number}") for number, one in enumerate(groups)}
    chosen = [one for one in rooms_of_both(by, row.person_id) if one.pk in wanted]
    if not wanted or len(chosen) != len(wanted):
        inputs.refuse("/groups", "choice", _("Choose rooms that you keep and that they belonged to."))
    return chosen


def _posted(row: Death, by: Person, group: Group, said: str) -> Note:
    known = Note.objects.of(row.pk).filter(group=group).first()
    if known is not None:
        return known
    message = chat.post(author=by, group=group, key=uuid5(row.pk, str(group.pk)), body=said)
    return Note.objects.create(death=row, group=group, message=message, by=by, at=clock.now())
