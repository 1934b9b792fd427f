"""Asking that a decision about oneself is looked at again: once, within fourteen days, by somebody else."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, NotAllowed
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.safety import services as safety
from groups.moderation.events import AppealDecided, Appealed
from groups.moderation.models import Appeal, Decision
from groups.moderation.plans import APPEAL_DECIDED, APPEAL_MOST, Answer
from groups.moderation.posting import DECIDED, lift, lighten
from groups.moderation.rules import appeal_for, asked_in, is_anothers, own_decision


@transaction.atomic
def appeal(*, decision: Decision, by: Person, words: object) -> Appeal:
    """Ask for it, in one's own words (1 to 2,000 characters). Raises Missing, Invalid, and Conflict: a second time, or

    more than fourteen days after one was told. Publishes Appealed.
    """
    said = inputs.text(words, at="/words", most=APPEAL_MOST)
    own_decision(by, decision.pk)
    row = Decision.objects.select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)
    now = clock.now()
    if Appeal.objects.filter(decision=row).exists():
        raise Conflict(_("You asked for this already. Somebody else looks at it."), code="again")
    if row.instead_of_id is not None:
        raise Conflict(_("Somebody else looked at this again already."), code="again")
    if now > row.appeal_until:
        raise Conflict(_("This can be asked within 14 days. You can still ask to talk on Today."), code="late")
    made = Appeal(decision=row, made=now, due=now + APPEAL_DECIDED)
    made.words = said
    made.save(force_insert=True)
    safety.heed_written(written=asked_in(row, said, by))
    publish(Appealed(decision_id=row.pk, person_id=by.pk))
    audit.record(action="appeal.make", actor=by.pk, subject=f"decision:{row.pk}")
    return made


@transaction.atomic
@audit.at_the_end()
def decide_appeal(
    *, decision: Decision, by: Person, answer: object, words: object, instead: object = None, amount: object = None
) -> Appeal:
    """Look at it again, and answer in words (1 to 2,000 characters): it stands, in part, or it is lifted from now on.

    Of what stands in part ``instead`` and ``amount`` say how much: shorter than what is left, or something lighter, in
    the words of the answer (1,000 characters at most then). Never who decided it first, nor who may not look into the
    case. What was hidden stays hidden: its words are gone. Raises Missing, NotAllowed, Invalid and Conflict (answered
    already). Publishes AppealDecided, and Decided for a part.
    """
    chosen = Answer(inputs.one_of(answer, frozenset(Answer.values), at="/answer"))
    said = inputs.text(words, at="/words", most=APPEAL_MOST)
    if not is_anothers(by, decision):
        raise NotAllowed(_("Somebody else looks at what you decided."))
    appeal_for(by, decision.pk)
    row = (
        Decision.objects.select_for_update(no_key=True, of=("self",))
        .select_related("seat", "person")
        .get(pk=decision.pk)
    )
    asked = Appeal.objects.filter(decision=row).first()
    if asked is None or asked.decided is not None:
        raise Conflict(_("This was answered already."), code="again")
    asked.answer, asked.decided, asked.decided_by = chosen, clock.now(), by
    asked.answer_words = said
    asked.save()
    if chosen == Answer.LIFTED:
        lift(row)
    elif chosen == Answer.PARTLY:
        lighten(row, by=by, instead=instead, amount=amount, words=said)
    publish(AppealDecided(decision_id=row.pk, person_id=row.person_id))
    if chosen != Answer.PARTLY:  # else they were told of what stands now, which leads there
        notices.tell(person=row.person, notice=DECIDED, about=row.pk)
    audit.record(action=f"appeal.{chosen}", actor=by.pk, subject=f"decision:{row.pk}")
    return asked
