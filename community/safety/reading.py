"""The card somebody reads about their own words, and what who looks into it reads of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.cases.models import Case
from community.foundation import clock
from community.foundation.crisis import HelpLine, help_lines
from community.foundation.registers import Evidence, places
from community.foundation.times import clock_time, date_words
from community.paging.models import Call
from community.paging.plans import ANEW_AFTER, Channel, Level, State
from community.paging.rules import called_about, on_call
from community.people.models import Person
from community.safety.cards import CARDS, Act, Card
from community.safety.models import Finding, Sign
from community.safety.plans import WRITTEN, Deed, Kind, Tier
from community.safety.serializers import shape_card
from community.schedule.rules import who_reads

ON_CALL = frozenset({Level.ON_CALL, Level.NEXT})
ON_ITS_WAY = frozenset({State.WAITING, State.LEASED})


def card_of(sign: Sign, *, further: Iterable[Act] = ()) -> Card:
    """Its card, in the language of who reads it; ``further`` is what the place of the words adds."""
    kind = Kind(sign.kind)
    words = CARDS[kind]
    return Card(
        id=sign.pk,
        kind=kind,
        title=str(words.title),
        text=tuple(str(one) for one in words.text),
        told=_told(sign),
        lines=tuple(_lines(emergency_first=words.emergency_first)),
        acts=(
            *further,
            Act(label=_("Open my safety plan"), href=reverse("safety_plan")),
            Act(label=_("Ask to talk with somebody here"), href=reverse("talk")),
            Act(label=_("I’m safe, it was a figure of speech"), href=reverse("care_safe", args=[sign.pk]), post=True),
            Act(label=_("Put this away"), href=reverse("care_away", args=[sign.pk]), post=True),
        ),
    )


def care_beside(sign: Sign | None) -> dict[str, Any]:
    """What an answer by REST carries for whoever wrote such words: the card as ``care``, or nothing."""
    return {"care": shape_card(card_of(sign))} if sign else {}


def _told(sign: Sign) -> str:
    """Who knows of it, and no more than is true."""
    case, now = sign.case, clock.now()
    if sign.tier != Tier.ALERT:
        looks_in = _(
            "Staff of your program see when they look in that this may be a hard time. You are not in trouble."
        )
        reads = case.program is not None and who_reads(case.program, cohort=case.cohort).person is not None
        return looks_in if reads else f"{_back(case, sign.person)} {looks_in}"
    if case.holder is not None and case.is_held_at(now):
        return _("%(name)s has this in hand.") % {"name": case.holder.alias}
    called, here = called_about(case), {person.pk for person in on_call(case, now)}
    reached = [call for call in called if call.person_id in here and call.level in ON_CALL]
    if reached:
        theirs = [call for call in reached if call.person_id == reached[-1].person_id]
        return _on_call(theirs, now, sign.person)
    nobody = [_back(case, sign.person)]
    if any(call.level == Level.LEAD for call in called):
        nobody.append(_("Who runs your program was told."))
    contact = {call.state for call in called if call.level == Level.CONTACT}
    if State.SENT in contact:
        nobody.append(_("The emergency contact of your program was called."))
    elif contact & ON_ITS_WAY:
        nobody.append(_("The emergency contact of your program is called now."))
    return " ".join(nobody)


def _on_call(calls: Sequence[Call], now: datetime, reader: Person) -> str:
    """What became of the calls to somebody who is on call still. Where nothing rings, they find it as an update."""
    rings = [call for call in calls if call.channel == Channel.RING and call.state != State.DEAD]
    last = max((call.created for call in rings), default=None)
    if last is None:
        said = _("%(name)s is on call and has an update about this. This is not an emergency service.")
    elif now - last < ANEW_AFTER:
        said = _("%(name)s is on call and is called now. This is not an emergency service.")
    else:
        said = _("%(name)s is on call and was called at %(time)s. This is not an emergency service.")
    person = calls[-1].person
    time = clock_time((last or now).astimezone(ZoneInfo(reader.zone)))
    return said % {"name": person.alias if person else "", "time": time}


def _back(case: Case, reader: Person) -> str:
    """That nobody reads now, and from when on somebody does, on the reader's clock."""
    back = who_reads(case.program, cohort=case.cohort).back if case.program else None
    if back is None:
        return _("No one is reading right now.")
    local = back.astimezone(ZoneInfo(reader.zone))
    when = {"day": date_words(local.date()), "time": clock_time(local)}
    return _("No one is reading right now. Staff look in again %(day)s at %(time)s.") % when


def _lines(*, emergency_first: bool) -> Iterable[Act]:
    lines = help_lines()
    lines.sort(key=lambda line: (line.kind == "emergency") != emergency_first)
    for line in lines:
        if line.tel:
            yield Act(label=_("Call %(number)s") % {"number": line.number}, href=f"tel:{line.tel}")
        if line.sms:
            yield _texting(line)


def _texting(line: HelpLine) -> Act:
    spanish = (get_language() or "").startswith("es")
    if line.number == "741741":
        word = "HOLA" if spanish else "HOME"
        return Act(label=_("Text %(word)s to 741741") % {"word": word}, href=f"sms:741741?&body={word}")
    body = "?&body=AYUDA" if spanish and line.sms == "988" else ""
    return Act(label=_("Text %(number)s") % {"number": line.number}, href=f"sms:{line.sms}{body}")


def evidence_of(_reader: Person, case_id: UUID) -> list[Evidence]:
    """What screening read, in its order: the words as they stood, and what it took them for."""
    signs = list(Sign.objects.of_case(case_id))
    rooms = {sign.room for sign in signs if sign.room}
    names = {room: name for register in places for room, name in register(rooms).items()} if rooms else {}
    read = [Evidence(where=_where(sign, names), told=[_taken_for(sign)], lines=sign.shown) for sign in signs]
    return read + [_done_by_rule(one) for one in Finding.objects.filter(case=case_id).order_by("made", "pk")]


def _done_by_rule(one: Finding) -> Evidence:
    said = _("A rule did this by itself (%(rule)s): %(deed)s. It may be wrong, and what you decide stands.")
    told = said % {"rule": ", ".join(one.labels), "deed": Deed(one.deed).label}
    return Evidence(where="", told=[told], lines=one.shown)


def _where(sign: Sign, names: dict[UUID, str]) -> str:
    if sign.room is not None:
        return names.get(sign.room, "")
    return str(WRITTEN.get(sign.about.partition(":")[0], ""))


def _taken_for(sign: Sign) -> str:
    said = _("Screening took these words for a sign: %(kind)s. It is often wrong, so please read them yourself.")
    return said % {"kind": Kind(sign.kind).label}
