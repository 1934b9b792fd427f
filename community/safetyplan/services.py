"""Writing a safety plan a step at a time, looking at it again, showing it to somebody, erasing it: all one's own."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Missing
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.safetyplan.events import SafetyPlanChanged, SafetyPlanShared
from community.safetyplan.models import PlanShare, PlanWords, SafetyPlan
from community.safetyplan.plans import EARLIER_MOST, WORDS_MOST, Part
from community.safetyplan.rules import Tie, as_it_was_seen, tie_of

SHARED = "safety_plan_shared"


@transaction.atomic
def write(*, person: Person, part: Part, words: Any, seen: str | None = None) -> SafetyPlan:
    """Let a part of ``person``'s plan say this, at most 2,000 characters; nothing empties it.

    The same again is no change. What stood there is kept for them alone, the newest fifty of a part. ``seen``: what
    they looked at as they wrote (:attr:`PlanWords.seen`, "" for nothing); what another device wrote since is not
    replaced. Whoever was shown the plan reads it as it stands. Raises Invalid, and Conflict "stale". Publishes
    SafetyPlanChanged.
    """
    said = inputs.text(words, at="/words", most=WORDS_MOST, blank=True)
    said = said if inputs.visible(said) else ""
    plan, now = _mine(person), clock.now()
    stands = plan.words.standing().filter(part=part).first() if plan else None
    if (stands.words if stands else "") == said:
        return _looked(person, plan)
    if seen is not None:
        as_it_was_seen(stands, seen)
    plan = _looked(person, plan)
    if stands is not None:
        stands.replaced = now
        stands.save(update_fields=["replaced"])
        kept = plan.words.earlier().filter(part=part).values_list("pk", flat=True)[:EARLIER_MOST]
        plan.words.earlier().filter(part=part).exclude(pk__in=list(kept)).delete()
    if said:
        row = PlanWords(plan=plan, part=part, at=now)
        row.words = said
        row.save(force_insert=True)
    publish(SafetyPlanChanged(plan_id=plan.pk, person_id=person.pk))
    return plan


@transaction.atomic
def look(*, person: Person) -> SafetyPlan:
    """``person`` looked at it again, and it is right as it is. Raises Missing where there is none."""
    plan = _mine(person)
    if plan is None:
        raise Missing
    return _looked(person, plan)


@transaction.atomic
def ask_craving(*, person: Person, asks: Any) -> SafetyPlan:
    """Let ``person``'s check-ins ask how strong cravings are, or (False) no more; off until they turn it on.

    What they said while it was on stays in their days. Raises Invalid, and Missing where there is no plan.
    """
    wanted, plan = inputs.flag(asks, at="/asks"), _mine(person)
    if plan is None:
        raise Missing
    plan.asks_craving = wanted
    plan.save(update_fields=["asks_craving"])
    return plan


def _looked(person: Person, plan: SafetyPlan | None) -> SafetyPlan:
    plan = plan or SafetyPlan(person=person)
    plan.looked = clock.now()
    plan.save()
    return plan


@transaction.atomic
def forget_earlier(*, person: Person) -> int:
    """Forget what the plan said before; what it says now stays. Returns how many words that were."""
    plan = _mine(person)
    return plan.words.earlier().delete()[0] if plan else 0


@transaction.atomic
def erase(*, person: Person) -> None:
    """Forget the whole plan, what it said before, and whom it was shown to. Raises Missing where there is none."""
    plan = _mine(person)
    if plan is None:
        raise Missing
    for share in plan.shares.select_related("reader").order_by("reader_id", "pk"):
        notices.settle(person=share.reader, notice=SHARED, about=share.tie)
    plan.delete()


@transaction.atomic
def share(*, person: Person, tie_id: UUID, reader_id: UUID) -> PlanShare:
    """Let one person read the plan as it stands, now and after changes; again is the same. They are told that there is

    something to read. Raises Missing unless they lead a group of ``person``'s or are their mentor today, and where
    there is no plan. Publishes SafetyPlanShared.
    """
    tie, plan = tie_of(person, tie_id, reader_id), _mine(person)
    if plan is None or not plan.words.standing().exists():
        raise Missing
    made, fresh = PlanShare.objects.get_or_create(
        plan=plan, reader=tie.reader, enrollment=tie.enrollment, match=tie.match, defaults={"at": clock.now()}
    )
    if fresh:
        _told(plan, tie)
    return made


def _told(plan: SafetyPlan, tie: Tie) -> None:
    notices.tell(person=tie.reader, notice=SHARED, about=tie.id)
    publish(SafetyPlanShared(plan_id=plan.pk, person_id=plan.person_id, reader_id=tie.reader.pk))
    audit.record(action="safety_plan.share", actor=plan.person_id, subject=f"person:{tie.reader.pk}")


@transaction.atomic
def take_back(*, person: Person, tie_id: UUID, reader_id: UUID) -> None:
    """Let that person read it no more; again is the same. Nobody is told."""
    plan = _mine(person)
    for row in plan.shares.by(tie_id).filter(reader=reader_id).select_related("reader") if plan else ():
        notices.settle(person=row.reader, notice=SHARED, about=tie_id)
        row.delete()
        audit.record(action="safety_plan.take_back", actor=person.pk, subject=f"person:{reader_id}")


@transaction.atomic
def end_shares(*, tie_id: UUID) -> int:
    """An episode or a match is over: nobody reads what was shown in it any more. Returns how many that were."""
    return PlanShare.objects.filter(Q(enrollment=tie_id) | Q(match=tie_id)).delete()[0]


def _mine(person: Person) -> SafetyPlan | None:
    """Their plan, if there is one, while nothing else changes it: two devices at once write one after the other."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    found: SafetyPlan | None = SafetyPlan.objects.of(person.pk).first()
    return found
