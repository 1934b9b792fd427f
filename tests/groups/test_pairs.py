"""The room of two: it opens in the moment both have said yes, and is there to be read when they have parted."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from community.foundation import clock
from community.foundation.errors import Conflict, Missing, NotAllowed
from community.matches import services as matches
from community.matches.models import Match
from community.matches.plans.codes import State
from community.mentoring import services as mentoring
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Membership
from groups.membership.rules import reach
from groups.pairs import services as pairs
from groups.pairs import tasks
from groups.pairs.models import PairRoom
from tests.community.matches import again, match_at
from tests.community.roster import on_call, shift
from tests.doors import browser, say


def room_of(match: Match) -> Group:
    found: Group = PairRoom.objects.get(match=match).group
    return found


def test_both_are_in_their_room_in_the_moment_the_second_says_yes(world: World) -> None:
    row = match_at(world, State.OFFERED)
    assert not PairRoom.objects.exists()
    matches.accept(match=row, by=world.ben)
    room = room_of(row)
    assert (room.kind, room.name, room.program) == (Kind.PAIR, "Ana · Ben", world.evening)
    assert set(room.memberships.current().values_list("person", flat=True)) == {world.ana.pk, world.ben.pk}
    assert "You both said yes" in (Message.objects.of(room.pk).get().body or "")


def test_when_the_room_cannot_open_nobody_said_yes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = match_at(world, State.OFFERED)

    def refused(**_wanted: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(membership, "seat", refused)
    with pytest.raises(RuntimeError), transaction.atomic():
        matches.accept(match=row, by=world.ben)
    assert again(row).state == State.OFFERED
    assert not Group.objects.filter(kind=Kind.PAIR).exists()


def test_nobody_else_reads_it_neither_staff_nor_who_runs_the_program(world: World) -> None:
    room = room_of(match_at(world, State.ACTIVE))
    for person in (world.cy, world.dana, world.eli):
        with pytest.raises(Missing):
            reach(person, room.pk)
        assert browser(person).get(reverse("room", args=[room.pk])).status_code == 404


def test_two_who_go_by_one_name_may_walk_together(world: World) -> None:
    row = match_at(world, State.OFFERED)
    twin = people.create(alias="Ben")
    Match.objects.filter(pk=row.pk).update(mentee=twin)
    room = pairs.open_room(match_id=row.pk).group
    assert list(room.memberships.current().values_list("alias", flat=True)) == ["Ben", "Ben"]


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_a_room_of_two_is_left_by_ending_the_match(world: World, who: str) -> None:
    row, person = match_at(world, State.ACTIVE), getattr(world, who)
    with pytest.raises(Conflict):
        membership.unseat(person=person, group=room_of(row), by=person)
    matches.end(match=row, by=person)
    assert not room_of(row).memberships.current().exists()


def test_after_the_end_both_read_what_they_wrote_and_nobody_writes(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    room = room_of(row)
    said = say(world.ana, room, "See you on Tuesday.")
    matches.end(match=row, by=world.ana)
    for person in (world.ana, world.ben):
        assert reach(person, room.pk).spans[0].shows(said.position, tells_days=False)
        with pytest.raises((Missing, NotAllowed)):
            say(person, room, "One more.")
        assert "See you on Tuesday." in browser(person).get(reverse("room", args=[room.pk])).content.decode()
        assert str(room.pk) in browser(person).get(reverse("groups")).content.decode()
    assert PairRoom.objects.get(match=row).closed is not None


def test_when_the_mentor_leaves_the_room_is_there_to_be_read(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    mentoring.retire(mentor=row.mentor, by=world.ben)
    assert not room_of(row).memberships.current().exists()
    assert reach(world.ana, room_of(row).pk).seat is None


def test_a_new_name_is_the_rooms_as_well(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    people.change(person=world.ana, wanted={"alias": "Anouk"})
    assert room_of(row).name == "Anouk · Ben"


def test_that_two_talk_is_noted_to_the_hour_and_what_they_say_is_not(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    room = room_of(row)
    assert tasks.listen() == 0  # what the room says of itself is nobody's word
    say(world.ana, room, "Are you there?")
    assert tasks.listen() == 1
    assert again(row).talked is None
    say(world.ben, room, "I am.")
    assert [tasks.listen(), tasks.listen()] == [1, 0]
    found = again(row)
    assert found.talked is not None
    assert found.guide_wrote is not None
    assert (found.guide_wrote.minute, found.guide_wrote.second) == (0, 0)


def test_what_was_written_in_the_last_moment_counts_when_they_part(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    for person in (world.ana, world.ben):
        say(person, room_of(row), "Thank you.")
    matches.end(match=row, by=world.ana)
    assert again(row).talked is not None


def test_a_break_closes_no_door(world: World) -> None:
    row = match_at(world, State.PAUSED)
    say(world.ana, room_of(row), "Back next week.")
    assert room_of(row).memberships.current().count() == 2


def test_a_second_try_of_the_same_two_is_a_room_of_its_own(world: World) -> None:
    first = match_at(world, State.ENDED)
    with clock.turned(by=timedelta(hours=1)):
        request = matches.look_again(match=first, by=world.ana)
        second = matches.propose(request=request, mentor=first.mentor, by=world.dana)
        matches.approve(match=second, by=world.dana)
    with clock.turned(by=timedelta(hours=2)):
        matches.choose(match=second, by=world.ana)
        matches.accept(match=second, by=world.ben)
    assert room_of(second).pk != room_of(first).pk
    assert Membership.objects.current().filter(group=room_of(second)).count() == 2


def test_the_room_says_who_reads_it_whom_to_turn_to_and_how_it_is_left(world: World) -> None:
    room = room_of(match_at(world, State.ACTIVE))
    members = browser(world.ana).get(reverse("room_members", args=[room.pk])).content.decode()
    assert "You two, and nobody else in this place" in members
    assert "Dana" in members
    assert "Leave this group" not in members
    page = browser(world.ana).get(reverse("room", args=[room.pk])).content.decode()
    assert "What belongs to the two of you" in page
    assert "Dana" in page


def test_a_room_of_many_asks_nothing_more_for_that(world: World) -> None:
    page = browser(world.ana).get(reverse("room_members", args=[world.tuesday.pk])).content.decode()
    assert "Leave this group" in page
    assert "You two" not in page


def test_leaving_by_the_page_of_the_room_says_how_it_is_done(world: World) -> None:
    room = room_of(match_at(world, State.ACTIVE))
    seat = world.seat(world.ana, room)
    answer = browser(world.ana).post(reverse("room_end_seat", args=[room.pk, seat.member_id]))
    assert answer.status_code == 409
    assert room.memberships.current().count() == 2


def beside(person: Person, room: Group) -> str:
    return browser(person).get(reverse("room", args=[room.pk])).content.decode()


def test_the_room_says_who_is_on_call_and_that_they_do_not_read_it(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    room = room_of(row)
    for person in (world.ana, world.ben):
        shown = beside(person, room)
        assert "Nobody is on call right now, and nobody but you two reads this room." in shown
        assert "In danger:" in shown
    on_call(world.evening, world.dana)
    for person in (world.ana, world.ben):
        shown = beside(person, room)
        assert "Dana is on call until" in shown
        assert "and does not read this room" in shown
    with pytest.raises(Missing):
        reach(world.dana, room.pk)  # nor does she
    matches.end(match=row, by=world.ana)
    assert "on call" not in beside(world.ana, room)


def test_a_shift_to_come_is_told_without_a_name(world: World) -> None:
    room = room_of(match_at(world, State.ACTIVE))
    shift(world.evening, starts=timedelta(hours=2), person=world.dana)
    shown = beside(world.ana, room)
    assert "The next shift begins" in shown
    assert "Dana is on call" not in shown


def test_where_one_of_the_two_is_on_call_nobody_says_that_they_do_not_read(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    programs.appoint(person=world.ben, program=world.evening, role=StaffRole.FACILITATOR)
    on_call(world.evening, world.ben)
    shown = beside(world.ana, room_of(row))
    assert "Ben is on call until" in shown
    assert "does not read this room" not in shown


def test_where_a_program_says_sponsor_so_does_the_first_line_of_the_room(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"word": "sponsor"})
    room = room_of(match_at(world, State.ACTIVE))
    assert "Ben is the sponsor here" in (Message.objects.of(room.pk).get().body or "")
    people.change(person=world.ben, wanted={"alias": "Benno"})
    assert "Benno is the sponsor here" in (Message.objects.of(room.pk).get().body or "")
