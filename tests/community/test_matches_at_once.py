"""Many at once on PostgreSQL: no mentor has more people than places, nobody two mentors, nobody waits in a circle."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from community.consent import services as consent
from community.consent.models import Purpose
from community.foundation import clock
from community.foundation.errors import Refusal
from community.matches import services as matches
from community.matches.models import Match
from community.matches.plans.codes import State
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules.standing import agreement_subject
from community.people.models import Person
from groups.demo.services import World
from groups.pairs.models import PairRoom
from tests.community.matches import EARLIER, again, another, match_at, matched
from tests.community.mentoring import active

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
AT_ONCE = 16  # connections
PEOPLE, PLACES = 200, 5


def all_at_once(verbs: Sequence[Callable[[], object]]) -> Counter[str]:
    """Do all of these, many at a time; how many of them came to what: "done", or why they were refused."""

    def done(verb: Callable[[], object]) -> str:
        try:
            verb()
        except Refusal as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(done, verbs))


def waiting(world: World, number: int) -> MentorRequest:
    """Somebody who hopes for a mentor, as their rows stand."""
    now = clock.now()
    person: Person = Person.objects.create(alias=f"Guest {number}", zone=world.evening.zone, joined=now, password="!")
    request: MentorRequest = MentorRequest.objects.create(
        person=person, program=world.evening, asked_at=now, changed=now, zone=person.zone, languages=["en"],
        hours=[[1, 1080, 1260]],
    )  # fmt: skip
    consent.give(person=person, purpose=Purpose.MATCHED, subject=agreement_subject(world.evening.pk))
    return request


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
        ]
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
