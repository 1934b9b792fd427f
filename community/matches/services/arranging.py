"""What two who walk together arrange: what they want from this, the day it ends, calls; and that they talk."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches import events
from community.matches.desk.heeding import aims_of
from community.matches.desk.holding import for_longer, happened, held_anyway, subject
from community.matches.desk.silence import end_silence
from community.matches.desk.telling import tell
from community.matches.models import AIMS_MOST, Match
from community.matches.plans.codes import GOING, Kind
from community.matches.rules import is_one_of_two
from community.people.models import Person
from community.safety import services as safety


@transaction.atomic
def plan_end(*, match: Match, day: object, by: Person) -> Match:
    """Wish for a day on which it comes to its end; it stands once both have wished for the same one.

    From tomorrow, in the program's zone. The same wish again changes nothing. Raises NotAllowed, Invalid, and Conflict,
    also for who stands in, which has its end. Publishes MatchChanged.
    """
    is_one_of_two.require(by, match)
    wished = inputs.day(day, at="/day")
    row = _walking(match)
    for_longer(row)
    if wished <= clock.today(row.program.zone):
        inputs.refuse("/day", "range", _("Choose a day that is still to come."))
    if wished == row.planned_end or (wished == row.end_wished and row.end_wished_by_id == by.pk):
        return row
    if wished == row.end_wished:
        row.planned_end, row.end_wished, row.end_wished_by, row.goodbye_asked = wished, None, None, None
    else:
        row.end_wished, row.end_wished_by = wished, by
    row.save(update_fields=["planned_end", "end_wished", "end_wished_by", "goodbye_asked"])
    _changed(row, "match.plan_end", by)
    return row


@transaction.atomic
def aim(*, match: Match, words: object, by: Person) -> Match:
    """Say what the two want from this, in 1 to 300 characters; it stands once both have said the same words.

    The same again changes nothing. Staff do not read it, save words of danger right now. Raises NotAllowed, Invalid,
    and Conflict, also for who stands in. Publishes MatchChanged.
    """
    is_one_of_two.require(by, match)
    said = inputs.text(words, at="/words", most=AIMS_MOST).strip()
    row = _walking(match)
    for_longer(row)
    mine = row.aims_wished_by_id == by.pk
    if said == (row.aims_wished if mine else row.aims):
        return row
    if said == row.aims_wished:
        row.aims, row.aims_wished, row.aims_wished_by = said, "", None
    elif said == row.aims:  # as it stands, after all
        row.aims_wished, row.aims_wished_by = "", None
    else:
        row.aims_wished, row.aims_wished_by = said, by
        safety.heed_written(written=aims_of(row, said, by))
    row.save(update_fields=["aims_sealed", "aims_wished_sealed", "aims_wished_by"])
    _changed(row, "match.aim", by)
    return row


@transaction.atomic
def ask_goodbye(*, match: Match) -> bool:
    """The end they planned is near: tell both, once, that a word to say goodbye has its time; False if it is not so.

    None in a break. Publishes NewsForOne for each.
    """
    row = Match.objects.locked_one(match.pk)
    near = row.kind == Kind.PRIMARY and row.state in GOING and row.parts_soon(clock.today(row.program.zone))
    if row.goodbye_asked is not None or not near:
        return False
    row.goodbye_asked = clock.now()
    row.save(update_fields=["goodbye_asked"])
    tell(row, row.mentee, row.guide)
    return True


@transaction.atomic
def call(*, match: Match, wants: object, number: object = None, by: Person) -> Match:
    """Say whether one would like to call; numbers show to the two alone, and only while both would.

    ``number`` is for this match alone: none stays what it is, and whoever would not like to call has none. Raises
    NotAllowed, Invalid, Conflict. Publishes MatchChanged, if it is another answer.
    """
    is_one_of_two.require(by, match)
    wanted = inputs.flag(wants, at="/wants")
    typed = None if number is None else inputs.phone(number, at="/number")
    row = _walking(match)
    side = "mentee" if by.pk == row.mentee_id else "guide"
    before = getattr(row, f"{side}_calls"), getattr(row, f"{side}_number")
    after = wanted, "" if not wanted else before[1] if typed is None else typed
    if before != after:
        setattr(row, f"{side}_calls", after[0])
        setattr(row, f"{side}_number", after[1])
        row.save(update_fields=[f"{side}_calls", f"{side}_number_sealed"])
        _changed(row, "match.call", by)
    return row


@transaction.atomic
def note_talk(*, match: Match, by: Person, at: datetime) -> bool:
    """``by`` wrote in their room; kept to the hour, and never for an earlier one. Once both have, they have talked."""
    is_one_of_two.require(by, match)
    row = Match.objects.locked_one(match.pk)
    field = "mentee_wrote" if by.pk == row.mentee_id else "guide_wrote"
    hour, known = at.replace(minute=0, second=0, microsecond=0), getattr(row, field)
    if known is not None and known >= hour:
        return False
    setattr(row, field, hour)
    if field == "guide_wrote":
        end_silence(row, at)
    if row.talked is None and row.mentee_wrote is not None and row.guide_wrote is not None:
        row.talked = at
    row.save(update_fields=[field, "talked"])
    return True


def _walking(match: Match) -> Match:
    row = held_anyway(match)
    if not row.is_walking:
        raise Conflict(_("You two do not walk together any more."), code="state")
    return row


def _changed(row: Match, action: str, by: Person) -> None:
    publish(happened(events.MatchChanged, row))
    tell(row, row.other(by.pk))
    audit.record(action=action, actor=by.pk, subject=subject(row.pk))
