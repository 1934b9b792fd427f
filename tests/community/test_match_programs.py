"""Somebody in several programs is one person: a mentor's places and lists are theirs, whatever program they are in."""

from groups.demo.services import World
from tests.community.desk import words
from tests.community.matches import also_in, matched
from tests.community.mentoring import active, applied, asked

PEOPLE = "/mentoring/people/"


def test_a_mentor_of_two_programs_reads_one_number_of_places_and_each_person_once(world: World) -> None:
    mentor = active(world)
    also_in(mentor, world.other, capacity=1)
    matched(asked(world.ana, world.evening), mentor)
    assert "Places taken: 1 of 2." in words(world.ben, PEOPLE)


def test_who_is_no_mentor_yet_has_no_places(world: World) -> None:
    applied(world)
    assert "Places taken" not in words(world.ben, PEOPLE)
