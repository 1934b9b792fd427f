"""Many at once on PostgreSQL: no mentor has more people than places, nobody two mentors, nobody waits in a circle."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from community.audit import services as audit
from community.audit.models import AuditHead
from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match
from community.matches.plans.codes import Reason, State
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.people.models import Person
from community.programs.models import Enrollment, Program
from groups.demo.services import World
from groups.pairs.models import PairRoom
from tests.browser.site import until
from tests.community.at_once import all_at_once, elsewhere
from tests.community.matches import EARLIER, afternoons, again, also_in, another, hoping, match_at, matched
from tests.community.mentoring import active, asked

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
PEOPLE, PLACES = 200, 5


def waiting(world: World, number: int, program: Program | None = None) -> MentorRequest:
    """Somebody who hopes for a mentor, as their rows stand."""
    person = Person.objects.create(alias=f"Guest {number}", zone=world.evening.zone, joined=clock.now(), password="!")
    return hoping(program or world.evening, person)


def card(request: MentorRequest, mentor: Mentor) -> Match:
    now = clock.now()
    return matched(request, mentor, State.SHORTLISTED, since=now - EARLIER, until=now + timedelta(days=14))


def test_two_hundred_choose_one_mentor_and_answer_two_hundred_times(world: World) -> None:
    mentor = active(world, capacity=PLACES)
    cards = [card(waiting(world, number), mentor) for number in range(PEOPLE)]
    chosen = all_at_once([partial(matches.choose, match=one, by=one.mentee) for one in cards])
    assert chosen == {"done": PLACES, "rules": PEOPLE - PLACES}
    offers = list(Match.objects.at(State.OFFERED).to_show())
    said = all_at_once([partial(matches.accept, match=one, by=world.ben) for one in offers * (PEOPLE // PLACES)])
    assert said == {"done": PLACES, "state": PEOPLE - PLACES}
    rooms = PairRoom.objects.select_related("group")
    assert sorted(room.group.memberships.current().count() for room in rooms) == [2] * PLACES


def test_two_hundred_asked_and_two_hundred_yeses_leave_no_mentor_over_their_places(world: World) -> None:
    """As when places became fewer after people were asked: ten mentors with one place or two, twenty offers each."""
    first, until = active(world, capacity=1), clock.now() + timedelta(days=3)
    mentors = [first, *(another(world, f"Mentor {number}") for number in range(9))]
    for number, mentor in enumerate(mentors):
        Mentor.objects.filter(pk=mentor.pk).update(capacity=1 + number % 2)
    offers = [
        matched(waiting(world, number), mentors[number % 10], State.OFFERED, until=until) for number in range(PEOPLE)
    ]
    assert all_at_once([partial(matches.accept, match=one, by=one.guide) for one in offers]) == {"done": PEOPLE}
    walking = Counter(Match.objects.walking().values_list("mentor", flat=True))
    assert walking == {mentor.pk: 1 + number % 2 for number, mentor in enumerate(mentors)}
    assert Match.objects.at(State.WITHDRAWN).count() == PEOPLE - walking.total()
    assert PairRoom.objects.count() == walking.total()


def test_two_hundred_yeses_in_two_processes_give_a_mentor_of_one_place_one_person_and_leave_nothing_half_done(
    world: World,
) -> None:
    mentor, until = active(world, capacity=1), clock.now() + timedelta(days=3)
    offers = [matched(waiting(world, number), mentor, State.OFFERED, until=until) for number in range(PEOPLE)]
    ids = [str(one.pk) for one in offers]
    answers = elsewhere("accepts", ids[: PEOPLE // 2], ids[PEOPLE // 2 :])
    assert [sum(one.values()) for one in answers] == [PEOPLE // 2] * 2
    one = Match.objects.walking().get()
    assert (one.mentor_id, one.state) == (mentor.pk, State.INTRODUCTORY)
    room = PairRoom.objects.select_related("group").get()
    assert (room.match_id, room.closed) == (one.pk, None)
    assert set(room.group.memberships.values_list("person", flat=True)) == {one.mentee_id, mentor.person_id}
    assert not Match.objects.placed().exclude(pk=one.pk).exists()
    assert set(MentorRequest.objects.open().values_list("pk", flat=True)) == {
        other.request_id for other in offers if other.pk != one.pk
    }  # all others wait as before
    assert audit.verify().broken is None


def test_none_of_these_and_a_yes_in_one_moment_leave_two_who_walk_together(world: World) -> None:
    mentors = [active(world, capacity=5), another(world, "Rue"), another(world, "Sol")]
    requests = [waiting(world, number) for number in range(12)]
    offered = [matched(one, mentors[number % 3], State.OFFERED, until=clock.now() + timedelta(days=3))
               for number, one in enumerate(requests)]  # fmt: skip
    cards = [card(one, mentors[(number + more) % 3]) for number, one in enumerate(requests) for more in (1, 2)]
    verbs: list[Callable[[], object]] = [partial(matches.accept, match=one, by=one.guide) for one in offered]
    verbs += [partial(matches.decline_all, by=one.person) for one in requests]
    random.Random(7).shuffle(verbs)  # noqa: S311 - can be repeated
    assert all_at_once(verbs) == {"done": 24}
    assert Match.objects.walking().count() == 12
    left = set(Match.objects.filter(pk__in=[one.pk for one in cards]).values_list("state", "reason"))
    assert left <= {(State.DECLINED, Reason.NOT_SAID), (State.EXPIRED, Reason.MATCHED)}


def test_two_who_are_suggested_to_each_other_from_both_sides_stand_once(world: World) -> None:
    active(world)
    rue, sol = another(world, "Rue"), another(world, "Sol")
    of_rue, of_sol = hoping(world.evening, rue.person), hoping(world.evening, sol.person)
    one_way, other_way = (
        partial(matches.propose, request=of_rue, mentor=sol),
        partial(matches.propose, request=of_sol, mentor=rue),
    )
    assert all_at_once([one_way, other_way] * 8) == {"done": 1, "rules": 15}
    matches.approve(match=Match.objects.get())  # nothing stands in its way


def beside(verbs: Sequence[Callable[[], object]], held: Callable[[], object]) -> Counter[str]:
    """While something is held by us each verb comes to wait for it, one after the other; then they go on."""
    with ThreadPoolExecutor(len(verbs)) as pool:
        with transaction.atomic():
            held()
            waits = []
            for number, verb in enumerate(verbs, start=1):
                waits.append(pool.submit(all_at_once, [verb]))
                until(partial(waiting_backends, number), lambda: "it did not wait")
        return sum((one.result(30) for one in waits), Counter[str]())


def waiting_backends(number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0] >= number)


def test_an_end_of_care_and_a_request_taken_back_take_the_person_first(world: World) -> None:
    """Each held its own row and waited for the other's while the end took the request's before the person's."""
    request = asked(world.ana, world.evening)
    episode = Enrollment.objects.of(world.ana.pk).open().get()
    ended = partial(mentoring.close_with_episode, enrollment_id=episode.pk)
    taken = partial(mentoring.withdraw, person=world.ana, request=request)
    held = Person.objects.select_for_update(no_key=True).filter(pk=world.ana.pk)
    assert beside([taken, ended], held.get) == {"done": 2}
    request = asked(world.ana, world.evening)
    taken = partial(mentoring.withdraw, person=world.ana, request=request)
    assert beside([ended, taken], held.get) == {"done": 2}


def test_who_takes_a_break_in_the_moment_they_begin_a_program_is_refused_nothing(world: World) -> None:
    mentor = active(world)
    rests = partial(mentoring.rest_in_care, person_id=world.ben.pk)
    assert beside([rests], partial(mentoring.pause, mentor=mentor, by=world.ben)) == {"done": 1}
    assert Mentor.objects.get(pk=mentor.pk).state == "paused"


def end_of_the_chain() -> AuditHead:
    """Held, so that whoever looked at the rules already waits there, and writes nothing down."""
    found: AuditHead = AuditHead.objects.select_for_update(no_key=True).get(id=1)
    return found


def in_two_programs(world: World, number: int) -> tuple[list[Mentor], list[MentorRequest]]:
    """Ben is a mentor in both, with one place; so many wait for somebody in each."""
    program = afternoons(world)
    mentor = active(world, capacity=1)
    mentors = [mentor, also_in(mentor, program)]
    return mentors, [waiting(world, one, mentors[one % 2].program) for one in range(2 * number)]


def test_two_programs_that_ask_for_one_place_in_one_moment_are_told_apart(world: World) -> None:
    mentors, requests = in_two_programs(world, 1)
    cards = [card(one, mentor) for one, mentor in zip(requests, mentors, strict=True)]
    for first, second in (cards, cards[::-1]):
        verbs = [partial(matches.choose, match=one, by=one.mentee) for one in (first, second)]
        assert beside(verbs, end_of_the_chain) == {"done": 1, "rules": 1}
        (asked,) = [one for one in (first, second) if again(one).state == State.OFFERED]  # either may be the earlier
        matches.withdraw(match=asked, by=asked.mentee)
        Match.objects.filter(pk=asked.pk).update(state=State.SHORTLISTED, since=asked.since, until=asked.until)


def test_two_yeses_in_two_programs_for_one_place_leave_one_who_walks_with_somebody(world: World) -> None:
    """As when places became fewer after people were asked: each yes saw the other's, and both were taken back."""
    mentors, requests = in_two_programs(world, 1)
    until = clock.now() + timedelta(days=3)
    offers = [matched(one, mentor, State.OFFERED, until=until) for one, mentor in zip(requests, mentors, strict=True)]
    verbs = [partial(matches.accept, match=one, by=world.ben) for one in offers]
    assert beside(verbs, end_of_the_chain) == {"done": 2}
    assert Counter(again(one).state for one in offers) == {State.WITHDRAWN: 1, State.INTRODUCTORY: 1}


def test_two_programs_that_suggest_one_mentor_in_one_moment_keep_to_the_lists_they_bear(world: World) -> None:
    mentors, requests = in_two_programs(world, 3)
    others = [another(world, "Rue"), also_in(another(world, "Sol"), mentors[1].program)]
    for number, one in enumerate(requests):
        card(one, others[number % 2])  # who has none may have one all the same
    for one in requests[:2]:
        card(one, mentors[requests.index(one)])
    verbs = [partial(matches.propose, request=one, mentor=mentors[requests.index(one) % 2]) for one in requests[2:4]]
    assert beside(verbs, end_of_the_chain) == {"done": 1, "crowded": 1}


def test_in_a_storm_over_two_programs_no_mentor_has_more_than_their_places(world: World) -> None:
    mentors, requests = in_two_programs(world, 8)
    rue = another(world, "Rue")
    pairs = [mentors, [rue, also_in(rue, mentors[1].program)]]
    cards = [card(one, rows[number % 2]) for number, one in enumerate(requests) for rows in pairs]
    verbs: list[Callable[[], object]] = []
    for one in cards:
        verbs += [
            partial(matches.choose, match=one, by=one.mentee),
            partial(matches.accept, match=one, by=one.guide),
            partial(matches.decline, match=one, by=one.guide),
            partial(matches.end, match=one, ask_again=True, by=one.mentee),
            partial(matches.let_go, match=one),
        ]
    verbs += [partial(matches.give_out, program=one.program, by=world.dana) for one in mentors] * 4
    verbs += [partial(matches.suggest, request=one, by=world.dana) for one in requests]
    verbs += [partial(mentoring.change, person=world.ben, mentor=one, wanted={"not_now": False}) for one in mentors] * 4
    random.Random(11).shuffle(verbs)  # noqa: S311 - a storm that can be repeated
    all_at_once(verbs * 2)  # a circle of locks would be an error of the database, which is no refusal
    placed = Match.objects.placed()
    assert max(Counter(placed.values_list("guide", flat=True)).values(), default=0) <= 1
    assert max(Counter(placed.values_list("mentee", flat=True)).values(), default=0) <= 1


def test_who_chooses_two_at_once_has_asked_one(world: World) -> None:
    request = waiting(world, 0)
    mentors = [active(world), another(world, "Rue")]
    cards = [card(request, mentor) for mentor in mentors]
    chosen = all_at_once([partial(matches.choose, match=one, by=request.person) for one in cards * 8])
    assert chosen["done"] == 1
    assert Match.objects.placed().get().mentee == request.person


def test_a_yes_and_a_withdrawal_in_one_moment_come_to_one_of_the_two(world: World) -> None:
    row = match_at(world, State.OFFERED)
    all_at_once([
        partial(matches.accept, match=row, by=world.ben),
        partial(mentoring.withdraw, person=world.ana, request=row.request),
    ])  # fmt: skip
    assert (again(row).state == State.INTRODUCTORY) == PairRoom.objects.filter(match=row, closed=None).exists()


def test_in_a_storm_every_promise_holds_and_nobody_waits_in_a_circle(world: World) -> None:
    mentors = [active(world, capacity=2), another(world, "Rue"), another(world, "Sol")]
    requests = [waiting(world, number) for number in range(12)]
    cards = [card(request, mentor) for request in requests for mentor in mentors]
    verbs: list[Callable[[], object]] = []
    for one in cards:
        verbs += [
            partial(matches.choose, match=one, by=one.mentee),
            partial(matches.accept, match=one, by=one.guide),
            partial(matches.decline, match=one, by=one.guide),
            partial(matches.pause, match=one, by=one.mentee),
            partial(matches.end, match=one, ask_again=True, by=one.mentee),
            partial(matches.let_go, match=one),
        ]
    verbs += [partial(matches.give_out, program=world.evening, by=world.dana)] * 6
    verbs += [partial(matches.suggest_again, request_id=one.pk) for one in requests]
    verbs += [partial(mentoring.withdraw, person=one.person, request=one) for one in requests[:4]]
    verbs += [partial(mentoring.retire, mentor=mentors[2], by=mentors[2].person)]
    random.Random(5).shuffle(verbs)  # noqa: S311 - a storm that can be repeated
    all_at_once(verbs * 2)  # a circle of locks would be an error of the database, which is no refusal
    placed = Match.objects.placed()
    assert all(placed.filter(mentor=one).count() <= 2 for one in mentors)
    assert not placed.filter(mentor=mentors[2]).exists()
    assert max(Counter(placed.values_list("mentee", flat=True)).values(), default=0) <= 1
    walking = Match.objects.walking()
    rooms = PairRoom.objects.open().values_list("match", flat=True)
    assert set(rooms) == set(walking.values_list("pk", flat=True))
    assert not MentorRequest.objects.open().filter(person__in=walking.values("mentee")).exists()
