"""Of a room of two, who keeps people safe reads what one of the two told us of, in its case, and nothing else."""

import pytest
from django.urls import reverse

from community.cases.models import Case
from community.matches.plans.codes import State
from community.people.models import Person
from community.programs.models import StaffRole
from groups.demo.services import World
from groups.membership.models import Group
from groups.pairs.models import PairRoom
from tests.community.matches import match_at
from tests.doors import Script, browser, problem, say
from tests.groups.reports import closed, told_of, worker

SAID = [f"Between us {number:02}." for number in range(14)]


@pytest.fixture
def room(world: World) -> Group:
    """Ana's and Ben's, and what they wrote."""
    found: Group = PairRoom.objects.get(match=match_at(world, State.ACTIVE)).group
    for words in SAID:
        say(world.ben, found, words)
    return found


def reads_nothing(person: Person, room: Group) -> None:
    """By page, by script, by search: as if there were no such room."""
    for path in (reverse("room", args=[room.pk]), reverse("room_members", args=[room.pk])):
        assert browser(person).get(path).status_code == 404
    script = Script(person)
    for path in (f"groups/{room.pk}/messages", f"groups/{room.pk}/members"):
        problem(script.get(path), 404, "not_found")
    assert "Between us" not in script.get("search?q=Between").content.decode()
    assert str(room.pk) not in browser(person).get(reverse("groups")).content.decode()


def told(world: World, room: Group) -> Case:
    """Ana tells us of the eighth thing that Ben wrote."""
    case: Case = told_of(world.ana, room.messages.get(body=SAID[7])).case
    return case


def test_before_anybody_told_us_nobody_who_works_here_reads_a_word_of_it(world: World, room: Group) -> None:
    keeper = worker("Mo", world.evening, StaffRole.MODERATOR)
    coordinator = worker("Val", world.evening, StaffRole.COORDINATOR)
    for person in (world.dana, world.cy, keeper, coordinator):
        reads_nothing(person, room)


def test_who_looks_into_the_case_reads_what_stands_around_the_words_and_never_opens_the_room(
    world: World, room: Group
) -> None:
    page = browser(world.dana).get(reverse("desk_case", args=[told(world, room).pk])).content.decode()
    assert [words for words in SAID if words in page] == SAID[2:13]
    reads_nothing(world.dana, room)


def test_who_keeps_rooms_with_others_finds_no_case_about_a_room_of_two(world: World, room: Group) -> None:
    case, keeper = told(world, room), worker("Mo", world.evening, StaffRole.MODERATOR)
    for person in (world.cy, keeper, world.eli):
        assert browser(person).get(reverse("desk_case", args=[case.pk])).status_code == 404
        problem(Script(person).get(f"cases/{case.pk}"), 404, "not_found")
        reads_nothing(person, room)


def test_what_is_written_after_the_case_is_closed_stays_between_the_two(world: World, room: Group) -> None:
    case = closed(told(world, room), world.dana)
    say(world.ana, room, "And this is ours again.")
    page = browser(world.dana).get(reverse("desk_case", args=[case.pk])).content.decode()
    assert "And this is ours again." not in page
    reads_nothing(world.dana, room)
