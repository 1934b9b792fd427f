"""Words back and forth about an appeal until it is decided: at most three each way, first words and answer included."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, Missing
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.safety import services as safety
from community.safety.models import Sign
from community.safety.rules import card_in
from groups.moderation.events import AppealContinued
from groups.moderation.models import Appeal, AppealMessage, Decision
from groups.moderation.plans import APPEAL_MOST, Side
from groups.moderation.posting import DECIDED
from groups.moderation.rules import appeal_for, asked_in, left_to, own_decision, still_looking

WROTE_ON = "appeal_continued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What became of words: a ``message``, or a ``refusal``; and the card of who wrote them, if they tell of danger."""

    message: AppealMessage | None = None
    refusal: Conflict | None = None
    sign: Sign | None = None


@transaction.atomic
@audit.at_the_end()
def write_on(*, decision: Decision, by: Person, words: object) -> Said:
    """Say something more about one's own appeal (1 to 2,000 characters); who wrote back while they look is told.

    What is refused stands in the outcome, and is read for danger all the same. Raises Missing and Invalid. Publishes
    AppealContinued.
    """
    said = inputs.text(words, at="/words", most=APPEAL_MOST)
    own_decision(by, decision.pk)
    asked = _locked(decision)
    written = asked_in(asked.decision, said, by)
    safety.heed_written(written=written)
    sign, refusal = card_in(written), _refusal(asked, Side.ASKED, said)
    if refusal is not None:
        return Said(refusal=refusal, sign=sign)
    made = _write(asked, Side.ASKED, by, said)
    for one in still_looking(asked.decision):
        notices.tell(person=one, notice=WROTE_ON, about=decision.pk)
    return Said(message=made, sign=sign)


@transaction.atomic
@audit.at_the_end()
def ask_back(*, decision: Decision, by: Person, words: object) -> AppealMessage:
    """Ask or tell who asked something (1 to 2,000 characters) before it is decided; its clock goes on.

    For whoever may decide it, up to two between them, so that the answer is the third. Raises Missing, Invalid and
    Conflict: answered already (``again``), too many (``most``), or the same words once more (``said``). Publishes
    AppealContinued.
    """
    said = inputs.text(words, at="/words", most=APPEAL_MOST)
    appeal_for(by, decision.pk)
    asked = _locked(decision)
    refusal = _refusal(asked, Side.LOOKS, said)
    if refusal is not None:
        raise refusal
    made = _write(asked, Side.LOOKS, by, said)
    notices.tell(person=asked.decision.person, notice=DECIDED, about=decision.pk)
    return made


def _locked(decision: Decision) -> Appeal:
    """Its appeal, while nobody else writes or decides. Raises Missing."""
    rows = Decision.objects.select_for_update(no_key=True, of=("self",)).select_related("case__program", "person")
    row = rows.get(pk=decision.pk)
    asked = Appeal.objects.filter(decision=row).first()
    if asked is None:
        raise Missing
    asked.decision = row
    return asked


def _refusal(asked: Appeal, side: Side, said: str) -> Conflict | None:
    if asked.decided is not None:
        return Conflict(_("This was answered already."), code="again")
    theirs = [one.words for one in asked.messages.filter(side=side)]
    if said in theirs or (side == Side.ASKED and said == asked.words):
        return Conflict(_("This was said already, and is kept."), code="said")
    if left_to(side, asked) < 1:
        return Conflict(_("There were three messages by now. What you wrote before is kept."), code="most")
    return None


def _write(asked: Appeal, side: Side, by: Person, said: str) -> AppealMessage:
    number = asked.messages.count() + 1
    made = AppealMessage(appeal=asked, number=number, side=side, by=by, at=clock.now())
    made.words = said
    made.save(force_insert=True)
    publish(AppealContinued(decision_id=asked.decision_id, person_id=asked.decision.person_id))
    audit.record(action=f"appeal.message_{side}", actor=by.pk, subject=f"decision:{asked.decision_id}")
    return made
