"""From two people who break no rule to a card the mentee may choose: proposed, approved by staff, taken back in time.

``by=None`` is the program itself (a batch that staff took over, seeding, commands).
"""

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches import events
from community.matches.desk.holding import happened, held, held_anyway, move, stand, subject
from community.matches.desk.line import lists_of
from community.matches.desk.pair import allowed, places_of, unsettled, weighed
from community.matches.models import NOTE_MOST, Match
from community.matches.plans.codes import (
    CARD_LASTS,
    CARDS,
    LISTS_A_PLACE,
    Action,
    Kind,
    Reason,
    State,
)
from community.matches.rules import may_coordinate, may_propose, may_suggest
from community.matching.codes import Code
from community.mentoring.models import Mentor, MentorRequest
from community.people.models import Person


@transaction.atomic
def propose(*, request: MentorRequest, mentor: Mentor, note: object = "", by: Person | None = None) -> Match:
    """Suggest a mentor for who waits; staff alone see it until they approve it. ``note``: why, up to 1,000 characters.

    Raises NotAllowed, Invalid, and Conflict: when the request waits no more, somebody walks with them ("settled"), a
    rule is broken ("rules", with the codes that staff may know), or there are cards enough. Publishes MatchProposed.
    """
    if by is not None:
        may_propose.require(by, request)
        may_suggest.require(by, mentor)
    words = inputs.text(note, at="/note", most=NOTE_MOST, blank=True)
    guide = Mentor.objects.locked_whole(mentor.pk)
    waiting = MentorRequest.objects.locked_one(request.pk)
    if not waiting.is_open:
        raise Conflict(_("This request is not waiting any more."), code="state")
    allowed(waiting, guide, to_staff=True)
    unsettled(waiting)
    _enough(waiting, guide)
    now, fit = clock.now(), weighed(waiting, guide)
    row = Match(
        request=waiting, mentor=guide, mentee=waiting.person, guide=guide.person, program=waiting.program,
        made=now, since=now, fit=fit.total, parts=asdict(fit),
    )  # fmt: skip
    row.note = words if inputs.visible(words) else ""
    _keep(row)
    publish(happened(events.MatchProposed, row))
    audit.record(action="match.propose", actor=by.pk if by else None, subject=subject(row.pk))
    return row


@transaction.atomic
def propose_cover(*, match: Match, mentor: Mentor, by: Person | None = None) -> Match:
    """Suggest somebody who stands in for two weeks, while the mentor is silent or away; the mentee chooses, as always.

    Who agreed to stand in may bear one more than their places. Raises as :func:`propose`. Publishes MatchProposed.
    """
    if by is not None:
        may_coordinate.require(by, match)
        may_suggest.require(by, mentor)
    guide = Mentor.objects.locked_whole(mentor.pk)
    request = MentorRequest.objects.locked_one(match.request_id)
    covered = Match.objects.locked_one(match.pk)
    _without_cover(covered)
    allowed(request, guide, covering=True, to_staff=True)
    now, fit = clock.now(), weighed(request, guide)
    row = Match(
        request=request, mentor=guide, mentee=request.person, guide=guide.person, program=covered.program,
        kind=Kind.COVER, covers=covered, made=now, since=now, fit=fit.total, parts=asdict(fit),
    )  # fmt: skip
    _keep(row)
    publish(happened(events.MatchProposed, row))
    audit.record(action="match.propose_cover", actor=by.pk if by else None, subject=subject(row.pk))
    return row


@transaction.atomic
def approve(*, match: Match, by: Person | None = None) -> Match:
    """Give the mentee this card for 14 days, from ten seconds on. Raises NotAllowed, and Conflict, also when a rule is

    broken by now, or somebody walks with them. Publishes MatchApproved.
    """
    _may_coordinate(match, by)
    row = held(match, Action.APPROVE)
    allowed(row.request, row.mentor, besides=row, to_staff=True)
    if row.kind == Kind.PRIMARY:
        unsettled(row.request)
    row.approved_by = by
    move(row, Action.APPROVE, "approved_by", until=clock.now() + CARD_LASTS)
    publish(happened(events.MatchApproved, row))
    audit.record(action="match.approve", actor=by.pk if by else None, subject=subject(row.pk))
    return row


@transaction.atomic
def reject(*, match: Match, reason: Reason = Reason.STAFF, by: Person | None = None) -> Match:
    """Not these two; neither learns that it was thought of. Raises NotAllowed, Conflict. Publishes MatchFellThrough."""
    _may_coordinate(match, by)
    row = held(match, Action.REJECT)
    row.approved_by = by
    move(row, Action.REJECT, "approved_by", reason=reason)
    publish(happened(events.MatchFellThrough, row))
    audit.record(action="match.reject", actor=by.pk if by else None, subject=subject(row.pk), reason=reason)
    return row


@transaction.atomic
def take_back(*, match: Match, by: Person) -> Match:
    """Undo one's own yes or no to a card, within the ten seconds in which nobody has seen it.

    Raises NotAllowed, and Conflict when it is too late, or a rule is broken by now. Publishes MatchProposed.
    """
    may_coordinate.require(by, match)
    row = held_anyway(match)
    if not row.may_be_undone(by.pk, clock.now()):
        raise Conflict(_("That is out by now. Nothing was changed."), code="too_late")
    if row.state == State.WITHDRAWN:
        _again_possible(row)
    row.approved_by = None
    stand(row, State.PROPOSED, "approved_by")
    publish(happened(events.MatchProposed, row))
    audit.record(action="match.take_back", actor=by.pk, subject=subject(row.pk))
    return row


def _again_possible(row: Match) -> None:
    """Raises Conflict where what was refused a moment ago may not be suggested any more."""
    if row.covers is not None:
        _without_cover(Match.objects.locked_one(row.covers.pk))
    elif not row.request.is_open:
        raise Conflict(_("This request is not waiting any more."), code="state")
    allowed(row.request, row.mentor, besides=row, to_staff=True)
    if row.covers is None:
        unsettled(row.request)
        _enough(row.request, row.mentor)


def _without_cover(covered: Match) -> None:
    """Raises Conflict unless these two walk together, and nobody stands in or is suggested to."""
    if not covered.is_walking or covered.kind != Kind.PRIMARY:
        raise Conflict(_("These two do not walk together any more."), code="state")
    if Match.objects.open().filter(covers=covered).exists():
        raise Conflict(_("Somebody is suggested to stand in, or does."), code="enough")


def _keep(row: Match) -> None:
    """Save it, unless these two were suggested to each other the other way round in this moment."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        told = [str(Code.ALREADY_MATCHED)]
        raise Conflict(_("These two cannot be matched just now."), code="rules", rules=told) from error


def _may_coordinate(match: Match, by: Person | None) -> None:
    if by is not None:
        may_coordinate.require(by, match)


def _enough(request: MentorRequest, mentor: Mentor) -> None:
    """Three cards a mentee, and a mentor on three lists a free place; who has no card yet may have one all the same."""
    theirs = Match.objects.filter(request=request).at(State.PROPOSED, State.SHORTLISTED).count()
    if theirs >= CARDS:
        raise Conflict(_("There are three suggestions for them already."), code="enough")
    lists = lists_of([mentor.person_id]).get(mentor.person_id, 0)
    if theirs and lists >= LISTS_A_PLACE * max(places_of(mentor), 1):
        raise Conflict(_("They are suggested to as many people as they can bear already."), code="crowded")
