"""Many pairs proposed at once, by the same rules as one, in as many questions however many there are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import IntegrityError, transaction

from community.audit import services as audit
from community.foundation import clock, ties
from community.foundation.events import publish
from community.matches import events
from community.matches.desk.facts import bonds_among, coming_week, mentees_of, mentors_of, policies_for, policy_for
from community.matches.desk.holding import subject
from community.matches.desk.line import lists_of, ready_for, settled_among
from community.matches.models import Match
from community.matches.plans.codes import CARDS, LISTS_A_PLACE, State
from community.matching import fit as fitting
from community.matching.codes import broken
from community.matching.solver.ties import tie
from community.mentoring.models import Mentor, MentorRequest
from community.people.models import Person

type Pairs = Iterable[tuple[UUID, UUID]]


def best_for(request: MentorRequest, *, besides: Collection[UUID] = ()) -> list[UUID]:
    """The mentors who fit one request best, up to three; no solver is needed for one. Needs ``to_show()``.

    ``besides``: people who are not to be among them.
    """
    policy, week = policy_for(request.program), coming_week()
    ready = [one for one in ready_for(request, policy) if one.person_id not in besides]
    (mentee,), mentors = mentees_of([request]), mentors_of(ready)
    bonds = bonds_among({request.person_id, *(one.person_id for one in ready)})
    fair = [one for one in mentors if not broken(mentee, one, bonds=bonds, policy=policy, week_of=week)]
    weighed = sorted(fair, key=lambda one: _rank(fitting.fit(mentee, one, week).total, mentee.person, one.person))
    first = {one.person: one for one in reversed(weighed)}  # of each person the row that fits best
    return [UUID(one.id) for one in weighed if first[one.person] is one][:CARDS]


def _rank(fit: int, mentee: str, mentor: str) -> tuple[int, int]:
    return -fit, -tie(mentee, mentor)


def proposed(pairs: Pairs, *, by: Person | None) -> list[Match]:
    """Propose these, by the ids of requests and mentors, in their order; what breaks a rule by now is passed over.

    Also who walks with somebody by now, and what is one too many: three cards a mentee, and a mentor on three lists a
    free place, save for who has no card. Rows are held mentors first, each side in the order of their ids.
    """
    wanted = list(pairs)
    mentors = Mentor.objects.locked_whole_many({mentor for _request, mentor in wanted})
    requests = _held({request for request, _mentor in wanted})
    week = coming_week()
    mentees = {UUID(one.id): one for one in mentees_of(requests.values())}
    guides = {UUID(one.id): one for one in mentors_of(mentors.values())}
    people = {one.person_id for one in requests.values()} | {one.person_id for one in mentors.values()}
    bonds = bonds_among(people)
    policies = policies_for({one.program for one in requests.values()})
    cards, lists = _cards_of(requests), Counter(lists_of(one.person_id for one in mentors.values()))
    own = _own(by)
    made: list[Match] = []
    together: set[frozenset[UUID]] = set()
    for request_id, mentor_id in wanted:
        request, mentor = requests.get(request_id), mentors.get(mentor_id)
        if request is None or mentor is None or not own.isdisjoint((request.person_id, mentor.person_id)):
            continue
        mentee, guide = mentees[request_id], guides[mentor_id]
        two = frozenset({request.person_id, mentor.person_id})
        crowded = cards[request_id] and lists[mentor.person_id] >= LISTS_A_PLACE * guide.free
        if cards[request_id] >= CARDS or crowded or two in together:
            continue
        if broken(mentee, guide, bonds=bonds, policy=policies[mentee.program], week_of=week):
            continue
        made.append(_row(request, mentor, fitting.fit(mentee, guide, week)))
        cards[request_id] += 1
        lists[mentor.person_id] += 1
        together.add(two)
    return _written(made, by)


def for_others(pairs: Pairs, by: Person) -> list[tuple[UUID, UUID]]:
    """Those of two people of whom neither is ``by`` or has a tie to them."""
    wanted, own = list(pairs), _own(by)
    requests = MentorRequest.objects.filter(pk__in={one for one, _mentor in wanted}, person__in=own)
    mentors = Mentor.objects.filter(pk__in={one for _request, one in wanted}, person__in=own)
    mine = {*requests.values_list("pk", flat=True), *mentors.values_list("pk", flat=True)}
    return [two for two in wanted if mine.isdisjoint(two)]


def _own(by: Person | None) -> set[UUID]:
    return {by.pk, *ties.own(by.pk)} if by is not None else set()


def _held(wanted: set[UUID]) -> dict[UUID, MentorRequest]:
    """Those of these that wait, and with whose person nobody walks."""
    rows = MentorRequest.objects.open().select_for_update(no_key=True, of=("self",)).filter(pk__in=wanted)
    held = list(rows.to_show().order_by("pk"))
    settled = settled_among(one.person_id for one in held)
    return {one.pk: one for one in held if one.person_id not in settled}


def _cards_of(requests: Iterable[UUID]) -> Counter[UUID]:
    theirs = Match.objects.at(State.PROPOSED, State.SHORTLISTED).filter(request__in=list(requests))
    return Counter(theirs.values_list("request_id", flat=True))


def _row(request: MentorRequest, mentor: Mentor, fit: fitting.Fit) -> Match:
    now = clock.now()
    return Match(
        request=request, mentor=mentor, mentee=request.person, guide=mentor.person, program=request.program,
        made=now, since=now, fit=fit.total, parts=asdict(fit),
    )  # fmt: skip


def kept(made: Sequence[Match]) -> list[Match]:
    """Save them in one order of pairs; one that was suggested the other way round in this moment is passed over."""
    ordered = sorted(made, key=lambda row: sorted((row.mentee_id, row.guide_id)))
    try:
        with transaction.atomic():
            Match.objects.bulk_create(ordered)
    except IntegrityError:
        gone = {row.pk for row in ordered if not _alone(row)}
        return [row for row in made if row.pk not in gone]
    return list(made)


def _alone(row: Match) -> bool:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _written(made: Sequence[Match], by: Person | None) -> list[Match]:
    rows = kept(made)
    for program_id, ids in by_program(rows).items():
        publish(events.ManyProposed(match_ids=ids, program_id=program_id))
    audit.record_all(action="match.propose", actor=by.pk if by else None, subjects=[subject(row.pk) for row in rows])
    return rows


def by_program(rows: Iterable[Match]) -> dict[UUID, tuple[UUID, ...]]:
    """Their ids, by the program of each."""
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        found[row.program_id].append(row.pk)
    return {program: tuple(ids) for program, ids in found.items()}
