"""What somebody says to what they reach: yes, not this time, back again. Nothing is shared otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing, NotAllowed, Refusal
from community.foundation.times import date_words
from community.milestones.dates import Sharing
from community.milestones.models import Focus, Run
from community.milestones.rules import counts_days
from community.notices import services as notices
from community.people.models import Person
from community.safety import services as safety
from community.safety.models import Sign
from community.safety.rules import card_in
from community.safety.screening.normalizer import LIMIT
from groups.celebrations import posting
from groups.celebrations.models import ANNOUNCED, WORDS_MOST, Celebration, Place, Standing, State, Watch
from groups.celebrations.rules import (
    celebration_of,
    has_ended,
    last_day_for,
    late_after,
    late_after_its_own,
    rooms_to_share,
    seats_to_share,
    words_of,
)
from groups.celebrations.services.asking import ASK, drop
from groups.chat import cards
from groups.membership.models import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of a yes: it stands, or why not; ``sign``: of danger in its words."""

    refusal: Refusal | None = None
    sign: Sign | None = None


@transaction.atomic
def mark(
    *, person: Person, celebration: Celebration, groups: Sequence[Any], words: Any = "", later: Any = None
) -> Answered:
    """:func:`answer`; why it may not stand now is in what comes back, and its words are heeded all the same.

    Raises Missing, NotAllowed.
    """
    try:
        with transaction.atomic():
            row = answer(person=person, celebration=celebration, groups=groups, words=words, later=later)
        return Answered(sign=card_in(words_of(row, person, row.words)) if row.words else None)
    except (Missing, NotAllowed):
        raise
    except Refusal as refusal:
        return Answered(refusal=refusal, sign=heed(person=person, celebration=celebration, words=words))


@transaction.atomic
def try_on(*, person: Person, celebration: Celebration, groups: Sequence[Any], words: Any = "") -> Answered:
    """Whether these words may stand on a card in these groups; nothing of it is kept, and they are heeded as a yes is.

    Raises Missing.
    """
    row, refusal = celebration_of(person, celebration.pk), None
    try:
        said = inputs.text(words, at="/words", most=WORDS_MOST, blank=True).strip()
        _refuse_unfit(row, person, said, _rooms(person, groups, tells_days=row.tells_days))
    except Refusal as found:
        refusal = found
    return Answered(refusal=refusal, sign=heed(person=person, celebration=row, words=words))


@transaction.atomic
def heed(*, person: Person, celebration: Celebration, words: Any) -> Sign | None:
    """Words that are not kept, whatever is wrong with them, are read for danger all the same, as far as that reads.

    Raises Missing.
    """
    row = celebration_of(person, celebration.pk)
    said = words[:LIMIT].encode(errors="replace").decode().strip() if isinstance(words, str) else ""
    return safety.heed_written(written=words_of(row, person, said)) if said else None


@transaction.atomic
def answer(
    *, person: Person, celebration: Celebration, groups: Sequence[Any], words: Any = "", later: Any = None
) -> Celebration:
    """Say yes: share it with these of one's own ``groups`` (ids, at least one), with ``words`` (300 characters).

    It is posted at nine on its day, or now if that has come, or on a ``later`` one, up to 14 days after its own and
    before the next step of its count; until then the answer may be another one. Raises Missing, Invalid, and Conflict
    when it is shared already, its day is too far back or its count has ended. Invalid as well for words that a rule of
    one of these rooms would ask about or let wait.
    """
    row = _mine(person, celebration)
    said = inputs.text(words, at="/words", most=WORDS_MOST, blank=True).strip()
    chosen = _rooms(person, groups, tells_days=row.tells_days)
    if not chosen:
        inputs.refuse("/groups", "required", _("Choose at least one group, or say “Not this time”."))
    if has_ended(row):
        raise Conflict(_("This count has ended. The day stands on your own path."), code="ended")
    if row.state in ANNOUNCED:
        raise Conflict(_("This is shared already."), code="shared")
    if clock.today(person.zone) > late_after(row):
        raise Conflict(_("This day has passed. It stands on your own path."), code="too_late")
    _refuse_unfit(row, person, said, chosen)
    _put_off(row, person, later)
    row.state, row.words = State.YES, said
    row.next_at = clock.now() if row.episode else None
    row.save(update_fields=["state", "words_sealed", "next_at", "later", "said_on"])
    row.places.exclude(group__in=chosen).delete()
    Place.objects.bulk_create([Place(celebration=row, group=one) for one in chosen], ignore_conflicts=True)
    Watch.objects.filter(run=row.run_id).look_at(clock.now())
    notices.settle(person=person, notice=ASK, about=row.pk)
    safety.heed_written(written=words_of(row, person, said))
    return row


@transaction.atomic
def decline(*, person: Person, celebration: Celebration) -> Celebration:
    """Say "not this time": nobody hears of it. Raises Missing, and Conflict when it is shared already."""
    row = _mine(person, celebration)
    if row.state in ANNOUNCED:
        raise Conflict(_("This is shared already. You can take it back."), code="shared")
    row.state, row.words, row.later, row.said_on = State.NOT_THIS_TIME, "", None, None
    row.save(update_fields=["state", "words_sealed", "later", "said_on"])
    row.places.all().delete()
    notices.settle(person=person, notice=ASK, about=row.pk)
    return row


@transaction.atomic
def withdraw(*, person: Person, celebration: Celebration) -> Celebration:
    """Take it back, at any time: its words leave every room, and nobody is told; again changes nothing.

    Raises Missing.
    """
    row = _mine(person, celebration)
    if row.state not in ANNOUNCED:
        return decline(person=person, celebration=row)
    Group.objects.locked(row.places.values_list("group_id", flat=True))
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    posting.take_back(row)
    return row


@transaction.atomic
def share(*, person: Person, focus: Focus, groups: Sequence[Any] = (), asks: Any = True, sharing: Any = None) -> None:
    """Who hears of what this count reaches: nobody at all, its person alone, or these ``groups`` (rules.sharing_of).

    Groups are a standing yes, for days on which its person was here; none is silence, and private. ``asks``: ask me the
    day before at all; without it, a question that waits is let go, and with no group nothing of it is shared any more,
    what was said yes to before included. ``sharing`` says one of the three by its name, and ``asks`` counts with groups
    alone then. Raises NotAllowed, Missing, Invalid.
    """
    counts_days.require(person, None)
    run = _open_run(person, focus)
    chosen, wanted = _rooms(person, groups), inputs.flag(asks, at="/asks")
    if sharing is not None:
        wanted = _asks(Sharing(inputs.one_of(sharing, frozenset(Sharing), at="/sharing")), chosen, asks=wanted)
    run.standing.exclude(group__in=chosen).delete()
    given = [Standing(run=run, group=one, since=clock.now()) for one in chosen]
    Standing.objects.bulk_create(given, ignore_conflicts=True)
    Watch.objects.filter(run=run).update(asks=wanted, next_at=clock.now())
    if not wanted:
        drop(rows=run.celebrations.asking() if chosen else run.celebrations.all())


def _asks(sharing: Sharing, chosen: Sequence[Group], *, asks: bool) -> bool:
    """Whether to ask the day before, for who chose one of the three. Raises Invalid where groups do not go with it."""
    if sharing is Sharing.GROUP:
        if not chosen:
            inputs.refuse("/groups", "required", _("Choose at least one group."))
        return asks
    if chosen:
        inputs.refuse("/groups", "choice", _("Groups go with “These groups” alone."))
    return sharing is Sharing.PRIVATE


def _put_off(row: Celebration, person: Person, later: Any) -> None:
    """The day it is to be shared on, as its person says now; its own without one. Raises Invalid, and Conflict."""
    today, wanted = clock.today(person.zone), None if later is None else inputs.day(later, at="/later")
    row.later = row.said_on = None
    if wanted is None or wanted == row.due:
        if today > late_after_its_own(row):
            raise Conflict(_("This day has passed. Choose a later one."), code="too_late")
        return
    if wanted < max(row.due, today):
        inputs.refuse("/later", "past", _("Choose a day that is still to come."))
    if wanted > (last := last_day_for(row, person)):
        inputs.refuse("/later", "range", _("It can wait until %(day)s at most.") % {"day": date_words(last)})
    row.later, row.said_on = wanted, today


def _refuse_unfit(row: Celebration, person: Person, words: str, chosen: Sequence[Group]) -> None:
    """Raises Invalid for words that a rule of one of these rooms would ask about or let wait."""
    if words:
        seats = seats_to_share(person, tells_days=row.tells_days)
        cards.refuse_unfit(words, [one for one in seats if one.group in chosen])


def _mine(person: Person, celebration: Celebration) -> Celebration:
    """The row, held with its count against another device, a new count and the scan. Raises Missing."""
    found = celebration_of(person, celebration.pk)
    if found.run is not None:
        Focus.objects.select_for_update(no_key=True).filter(pk=found.run.focus_id).first()
    held = Celebration.objects.select_for_update(no_key=True, of=("self",)).select_related("run", "episode__program")
    row = held.filter(pk=celebration.pk).first()
    if row is None:
        raise Missing
    return row


def _open_run(person: Person, focus: Focus) -> Run:
    row = Focus.objects.select_for_update(no_key=True).of(person.pk).filter(pk=focus.pk).first()
    if row is None:
        raise Missing
    return Run.objects.open().get(focus=row)


def _rooms(person: Person, groups: Sequence[Any], *, tells_days: bool = True) -> list[Group]:
    """These of one's own rooms. Raises Invalid for any other, there or not."""
    wanted = {inputs.uuid(str(one), at=f"/groups/{number}") for number, one in enumerate(groups)}
    own = [one for one in rooms_to_share(person, tells_days=tells_days) if one.pk in wanted]
    if len(own) != len(wanted):
        inputs.refuse("/groups", "choice", _("You can share with groups you write in today."))
    return own
