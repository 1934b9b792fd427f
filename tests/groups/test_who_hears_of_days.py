"""Who is in a program that counts no days hears of nobody else's either: in any room, held or left, by any door."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.foundation import clock
from community.foundation.errors import Missing, Refusal
from community.milestones.rules import counts_days
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment, Track
from groups.celebrations.texts import card_of, line_of
from groups.chat import cards
from groups.chat import services as chat
from groups.chat.finding import find
from groups.chat.models import Message
from groups.chat.reading import as_seen, to_change
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Kind
from groups.membership.reading import beside, seats_of
from groups.membership.rules import reach
from tests import quick
from tests.browser.site import until
from tests.doors import Script
from tests.groups.test_celebrations_at_once import somebody_waits_for_us

WORDS = "Ana has 30 days"


@pytest.fixture
def trail(world: World) -> Group:
    """A room of no program: Ana, Ben and Eli walk. Where Eli is, no days are counted."""
    return room_of(world.dana, world.ana, world.ben, world.eli)


def room_of(*people: Person, kind: Kind = Kind.INTEREST) -> Group:
    group = membership.open_group(name="Walking together", kind=kind)
    for person in people:
        membership.seat(person=person, group=group)
    return group


def card(person: Person, group: Group) -> Message:
    seat = group.memberships.current().of(person.pk).get()
    return cards.show(seat=seat, key=uuid4(), card=card_of("d30", seat.alias, "en"), words="Mine.")


def line(group: Group) -> Message:
    return cards.say_line(group=group, key=uuid4(), body=line_of([("Ana", "d30", "")], "en"))


def says(person: Person, group: Group, body: str) -> Message:
    return chat.post(author=person, group=group, key=uuid4(), body=body)


def read_by(person: Person, group: Group) -> list[str]:
    """What somebody reads in a room, in its order; nothing where they find no room."""
    try:
        reached = reach(person, group.pk)
    except Refusal:
        return []
    rows = Message.objects.of(group.pk).within(reached.spans).to_show().order_by("position")
    return [str(one["body"]) for one in as_seen(list(rows), reached)]


def willow(track: Track = Track.EATING_DISORDER) -> Cohort:
    program = programs.open_program(name=f"Willow {uuid4()}", track=track)
    wanted = {"name": "Willow", "admission": "rolling", "starts": clock.today(program.zone), "capacity": 12}
    return programs.open_cohort(program=program, wanted={**wanted, "where": ""}, slots=())


def comes_to(person: Person, track: Track = Track.EATING_DISORDER) -> Enrollment:
    return programs.enroll(person=person, cohort=willow(track))


def unread(person: Person, group: Group) -> int:
    return next(int(one["unread"]) for one in beside(seats_of(person.pk)) if one["id"] == group.pk)


def test_what_tells_of_days_is_a_place_that_seat_does_not_show(world: World, trail: Group) -> None:
    says(world.ben, trail, "Morning.")
    card(world.ana, trail)
    line(trail)
    says(world.ben, trail, "See you Saturday.")
    assert read_by(world.eli, trail) == ["Morning.", "See you Saturday."]
    assert [words.split("\n")[0] for words in read_by(world.ben, trail)] == [
        "Morning.",
        WORDS,
        f"Also today: {WORDS}.",
        "See you Saturday.",
    ]


def test_no_search_no_change_and_no_answer_finds_it(world: World, trail: Group) -> None:
    shown = card(world.ana, trail)
    assert find(world.ben, "days", limit=50).found
    assert not find(world.eli, "days", limit=50).found
    with pytest.raises(Missing):
        to_change(world.eli, trail.pk, shown.pk)
    with pytest.raises(Missing):
        chat.react(person=world.eli, message=shown, name="hug")
    script = Script(world.eli)
    said = {"key": str(uuid4()), "body": "For you.", "reply_to": str(shown.pk)}
    assert script.post(f"groups/{trail.pk}/messages", said).status_code == 422
    for path in (f"groups/{trail.pk}/messages", f"groups/{trail.pk}/changes?since=0"):
        assert WORDS not in script.get(path).content.decode()


@pytest.mark.parametrize("track", [Track.EATING_DISORDER, Track.MENTAL_HEALTH])
def test_whoever_comes_to_such_a_program_keeps_their_seats_and_reads_on_without(world: World, track: Track) -> None:
    says(world.dana, world.tuesday, "Good evening.")
    card(world.ana, world.tuesday)
    version = Group.objects.get(pk=world.tuesday.pk).seats
    comes_to(world.ben, track)
    says(world.dana, world.tuesday, "See you.")
    assert read_by(world.ben, world.tuesday)[-2:] == ["Good evening.", "See you."]
    assert WORDS not in str(read_by(world.ben, world.tuesday))
    assert Group.objects.get(pk=world.tuesday.pk).seats > version  # every open socket reads the seats anew


def test_in_a_room_that_was_left_it_is_gone_as_well(world: World) -> None:
    card(world.ana, world.tuesday)
    membership.unseat(person=world.ben, group=world.tuesday, by=world.ben)
    assert WORDS in str(read_by(world.ben, world.tuesday))
    comes_to(world.ben)
    assert WORDS not in str(read_by(world.ben, world.tuesday))


def test_a_seat_that_begins_later_shows_none_of_before(world: World) -> None:
    group = room_of(world.dana, world.ana)
    says(world.dana, group, "Hello.")
    card(world.ana, group)
    membership.seat(person=world.eli, group=group)
    assert read_by(world.eli, group) == ["Hello."]


def test_where_days_are_counted_again_they_are_shown_again(world: World) -> None:
    card(world.ana, world.tuesday)
    episode = comes_to(world.ben)
    programs.withdraw(enrollment=episode)
    assert WORDS not in str(read_by(world.ben, world.tuesday))  # the program of last decides
    programs.enroll(person=world.ben, cohort=world.cohort)
    assert WORDS in str(read_by(world.ben, world.tuesday))


def test_what_is_not_shown_is_not_new(world: World, trail: Group) -> None:
    said = says(world.ben, trail, "Morning.")
    chat.mark_read(person=world.eli, group_id=trail.pk, position=said.position)
    card(world.ana, trail)
    line(trail)
    assert (unread(world.eli, trail), unread(world.dana, trail)) == (0, 3)


def test_reading_the_last_that_is_shown_is_reading_to_the_end(world: World, trail: Group) -> None:
    said = says(world.ben, trail, "Morning.")
    card(world.ana, trail)
    assert unread(world.eli, trail) == 2
    chat.mark_read(person=world.eli, group_id=trail.pk, position=said.position)
    assert unread(world.eli, trail) == 0
    chat.mark_read(person=world.eli, group_id=trail.pk, position=said.position - 1)
    assert unread(world.eli, trail) == 2  # marked as unread, by choice


def test_nobody_who_counts_days_misses_one_because_somebody_else_counts_none(world: World, trail: Group) -> None:
    card(world.ana, trail)
    for person in (world.ana, world.ben, world.dana):
        assert WORDS in str(read_by(person, trail))


STEPS = ("card", "line", "says", "comes", "goes", "returns", "sits", "leaves")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(["ben", "eli"])), min_size=3, max_size=12))
def test_whatever_happens_in_whatever_order_a_seat_shows_days_only_to_who_counts_them(
    db: None, steps: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        world = quick.world()
        group = room_of(world.dana, world.ana, world.ben, world.eli, kind=Kind.COHORT)  # readable after
        for act, key in steps:
            does(world, group, act, getattr(world, key))
            for person in (world.ben, world.eli):
                rows = Message.objects.of(group.pk).within(reach(person, group.pk).spans)
                told = rows.filter(tells_days=True)
                hears = counts_days(person, None)
                assert hears or not told.exists()
                inside = [one for seat in group.memberships.of(person.pk) for one in shown_in(group, seat, hears=hears)]
                assert sorted(rows.values_list("position", flat=True)) == sorted(inside)
        transaction.set_rollback(True)


def shown_in(group: Group, seat: Any, *, hears: bool) -> list[int]:
    rows = Message.objects.of(group.pk).filter(position__gt=seat.reads_from)
    if seat.reads_until is not None:
        rows = rows.filter(position__lte=seat.reads_until)
    return [row.position for row in rows if hears or not row.tells_days]


def does(world: World, group: Group, act: str, person: Person) -> None:
    sits = group.memberships.current().of(person.pk).exists()
    open_ones = Enrollment.objects.open().of(person.pk)
    match act:
        case "card":
            card(world.ana, group)
        case "line":
            line(group)
        case "says":
            says(world.dana, group, "Words.")
        case "comes" if not open_ones.exists():
            comes_to(person)
        case "goes":
            for episode in open_ones:
                programs.withdraw(enrollment=episode)
        case "returns" if not open_ones.exists():
            programs.enroll(person=person, cohort=world.cohort)
        case "sits":
            membership.seat(person=person, group=group)
        case "leaves" if sits:
            membership.unseat(person=person, group=group, by=person)


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_seat_and_a_program_that_begin_at_one_moment_find_each_other(world: World) -> None:
    group, cohort = room_of(world.dana, world.ana), willow()
    card(world.ana, group)

    def enrolls() -> None:
        try:
            programs.enroll(person=world.ben, cohort=cohort)
        finally:
            connection.close()

    other = threading.Thread(target=enrolls)
    with transaction.atomic():
        membership.seat(person=world.ben, group=group)
        other.start()
        until(somebody_waits_for_us, lambda: "nobody enrolled meanwhile")  # the seat is not there for it yet
    other.join(10)
    assert read_by(world.ben, group) == []
