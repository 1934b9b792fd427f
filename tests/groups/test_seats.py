"""Seats: given, taken, changed."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Invalid, Missing, NotAllowed
from community.people import services as people
from community.people.models import Person
from community.people.rules import look_alike
from community.programs import services as programs
from community.programs.models import Track
from groups.chat.desk import Muted
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Membership, Role
from groups.membership.rules import reach
from tests.doors import Script, say

WEEK = timedelta(days=7)


def newcomer(alias: str = "Fay") -> Person:
    return people.create(alias=alias)


def bodies(person: Person, group: Group) -> list[str | None]:
    """What somebody reads by REST."""
    return [row["body"] for row in Script(person).get(f"groups/{group.pk}/messages").json()["results"]]


def test_a_new_seat_shows_the_seven_days_before_it_began(world: World) -> None:
    with clock.turned(-WEEK - timedelta(minutes=1)):
        say(world.ben, world.tuesday, "Eight days ago.")
    with clock.turned(-WEEK + timedelta(minutes=1)):
        say(world.ben, world.tuesday, "Six days ago.")
    fay = newcomer()
    membership.seat(person=fay, group=world.tuesday, by=world.dana)
    say(world.ben, world.tuesday, "Today.")
    assert bodies(fay, world.tuesday) == ["Six days ago.", "Today."]


def test_a_seat_in_a_teen_program_shows_nothing_of_before(db: None) -> None:
    teens = programs.open_program(name="After school", track=Track.TEEN, age_band="13-17")
    lead, fay = newcomer("Lee"), newcomer()
    room = membership.open_group(name="After school", kind=Kind.COHORT, program=teens, by=lead)
    say(lead, room, "Before.")
    membership.seat(person=fay, group=room, by=lead)
    say(lead, room, "Since.")
    assert bodies(fay, room) == ["Since."]


def test_a_seat_that_ended_shows_nothing_later(world: World) -> None:
    say(world.ben, world.tuesday, "While Ana was here.")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    say(world.ben, world.tuesday, "After Ana left.")
    assert bodies(world.ana, world.tuesday) == ["While Ana was here."]


def test_who_left_a_cohort_keeps_reading_their_own_time(world: World) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    shown = Script(world.ana).get(f"groups/{world.tuesday.pk}")
    assert shown.status_code == 200
    assert shown.json()["role"] is None


def test_who_left_an_interest_group_reads_nothing_there_any_more(world: World) -> None:
    room = membership.open_group(name="Running", kind=Kind.INTEREST, by=world.dana)
    membership.seat(person=world.ana, group=room, by=world.dana)
    membership.unseat(person=world.ana, group=room, by=world.ana)
    assert Script(world.ana).get(f"groups/{room.pk}").status_code == 404


@pytest.mark.parametrize("path", ["", "/messages", "/changes", "/members"])
def test_whose_seat_a_moderator_took_reads_nothing_there_any_more(world: World, path: str) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.cy)
    assert Script(world.ana).get(f"groups/{world.tuesday.pk}{path}").status_code == 404


def test_who_comes_back_keeps_the_member_id_and_both_times(world: World) -> None:
    first = world.seat(world.ana, world.tuesday)
    say(world.ben, world.tuesday, "First time.")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with clock.turned(timedelta(days=20)):
        say(world.ben, world.tuesday, "Meanwhile.")
    with clock.turned(timedelta(days=40)):
        second = membership.seat(person=world.ana, group=world.tuesday, by=world.dana)
        say(world.ben, world.tuesday, "Second time.")
        assert bodies(world.ana, world.tuesday) == ["First time.", "Second time."]
    assert second.pk != first.pk
    assert second.member_id == first.member_id


def test_leaving_and_coming_back_lifts_no_restriction(world: World) -> None:
    until = clock.now() + timedelta(days=2)
    seat = world.seat(world.ana, world.tuesday)
    membership.restrict(membership=seat, by=world.cy, muted_until=until, hold_next=3, slow_seconds=60)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    membership.seat(person=world.ana, group=world.tuesday)
    with pytest.raises(Muted):
        say(world.ana, world.tuesday, "Back again.")
    again = world.seat(world.ana, world.tuesday).restriction
    assert (again.muted_until, again.hold_next, again.slow_seconds) == (until, 3, 60)


def test_who_comes_back_after_a_seat_was_taken_reads_both_times_while_seated(world: World) -> None:
    say(world.ben, world.tuesday, "First time.")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.cy)
    membership.seat(person=world.ana, group=world.tuesday, by=world.dana)
    assert bodies(world.ana, world.tuesday) == ["First time."]
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with pytest.raises(Missing):
        reach(world.ana, world.tuesday.pk)


def test_a_member_id_is_another_one_in_every_group(world: World) -> None:
    assert world.seat(world.ben, world.tuesday).member_id != world.seat(world.ben, world.alumni).member_id


def test_a_seat_given_twice_is_one_seat(world: World) -> None:
    seats = world.tuesday.memberships.count()
    again = membership.seat(person=world.ana, group=world.tuesday, by=world.dana)
    assert again.pk == world.seat(world.ana, world.tuesday).pk
    assert world.tuesday.memberships.count() == seats


def test_a_seat_given_again_without_a_role_keeps_its_role(world: World) -> None:
    assert membership.seat(person=world.ben, group=world.tuesday, by=world.dana).role == Role.CO_HOST


def test_the_database_keeps_a_person_to_one_seat_at_a_time(world: World) -> None:
    seat = world.seat(world.ana, world.tuesday)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(group=world.tuesday, person=world.ana, alias="Ana", began=seat.began)


@pytest.mark.parametrize("who", ["ana", "ben", "eli"])
def test_who_does_not_keep_the_room_gives_no_seat(world: World, who: str) -> None:
    fay = newcomer()
    with pytest.raises(NotAllowed):
        membership.seat(person=fay, group=world.tuesday, by=getattr(world, who))
    assert not fay.memberships.exists()


@pytest.mark.parametrize("who", ["cy", "dana"])
def test_who_keeps_the_room_gives_seats(world: World, who: str) -> None:
    seat = membership.seat(person=newcomer(), group=world.tuesday, by=getattr(world, who))
    assert seat.role == Role.MEMBER


def test_a_moderator_makes_nobody_a_facilitator(world: World) -> None:
    for person in (world.ana, world.cy, newcomer()):
        with pytest.raises(NotAllowed):
            membership.seat(person=person, group=world.tuesday, role=Role.FACILITATOR, by=world.cy)


def test_a_facilitator_makes_another_one(world: World) -> None:
    assert membership.seat(person=world.cy, group=world.tuesday, role=Role.FACILITATOR, by=world.dana).role == (
        Role.FACILITATOR
    )


def test_a_moderator_neither_demotes_nor_unseats_a_facilitator(world: World) -> None:
    with pytest.raises(NotAllowed):
        membership.seat(person=world.dana, group=world.tuesday, role=Role.MEMBER, by=world.cy)
    with pytest.raises(NotAllowed):
        membership.unseat(person=world.dana, group=world.tuesday, by=world.cy)
    assert world.seat(world.dana, world.tuesday).role == Role.FACILITATOR


@pytest.mark.parametrize("who", ["ben", "eli"])
def test_who_does_not_keep_the_room_takes_nobodys_seat(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        membership.unseat(person=world.ana, group=world.tuesday, by=getattr(world, who))
    assert world.seat(world.ana, world.tuesday).ended is None


def test_a_seat_ends_once(world: World) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with pytest.raises(Missing):
        membership.unseat(person=world.ana, group=world.tuesday, by=world.dana)


def test_every_change_of_who_may_read_raises_the_seats(world: World) -> None:
    counts = []

    def count() -> None:
        world.tuesday.refresh_from_db()
        counts.append(world.tuesday.seats)

    count()
    fay = newcomer()
    seat = membership.seat(person=fay, group=world.tuesday, by=world.dana)
    count()
    membership.seat(person=fay, group=world.tuesday, role=Role.CO_HOST, by=world.dana)
    count()
    membership.restrict(membership=seat, by=world.dana, hold_next=2)
    count()
    people.change(person=fay, wanted={"alias": "Faye"})
    count()
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    count()
    membership.unseat(person=fay, group=world.tuesday, by=world.dana)
    count()
    assert counts == list(range(counts[0], counts[0] + 7))


@pytest.mark.parametrize(
    "alias",
    ["Ben", "ben", " BEN ", "\uff22\uff45\uff4e", "\u0412\u0435n", "Ben\ufe0f", "Ben.", "B en", "(Ben)", "B-e-n"],
)
def test_nobody_gets_a_name_that_reads_like_anothers(world: World, alias: str) -> None:
    with pytest.raises(Invalid) as refused:
        membership.seat(person=newcomer(alias), group=world.tuesday, by=world.dana)
    assert refused.value.code == "taken"


@pytest.mark.parametrize("alias", ["Ben T", "Ben 2", "T. Ben", "Benny", "Benjamin", "Be", "Ben Ray"])
def test_an_initial_tells_two_who_take_part_apart(world: World, alias: str) -> None:
    assert membership.seat(person=newcomer(alias), group=world.tuesday, by=world.dana).alias == alias


@pytest.mark.parametrize("alias", ["Dana T", "Dana T.", "dana 2", "Dana2", "T Dana", "D\u0430na-T", "Cy B", "Cy 10"])
def test_nobody_goes_by_the_name_of_who_keeps_the_room_with_an_initial(world: World, alias: str) -> None:
    with pytest.raises(Invalid) as refused:
        membership.seat(person=newcomer(alias), group=world.tuesday, by=world.dana)
    assert refused.value.code == "taken"
    with pytest.raises(Invalid):
        people.change(person=world.ana, wanted={"alias": alias})


@pytest.mark.parametrize("alias", ["Dana Ray", "Bordana", "Danae", "Cyrus", "Nacy"])
def test_another_whole_name_is_another_name_beside_who_keeps_the_room(world: World, alias: str) -> None:
    assert membership.seat(person=newcomer(alias), group=world.tuesday, by=world.dana).alias == alias


def test_a_colleague_may_share_a_first_name_with_who_keeps_the_room(world: World) -> None:
    colleague = newcomer("Dana T")
    assert membership.seat(person=colleague, group=world.tuesday, role=Role.FACILITATOR, by=world.dana).keeps


def test_who_comes_to_keep_the_room_is_not_stopped_by_a_name_like_theirs(world: World) -> None:
    membership.seat(person=newcomer("Finn T"), group=world.tuesday, by=world.dana)
    finn = people.create(alias="Finn", address="finn@porchlight.test")
    assert membership.seat(person=finn, group=world.tuesday, role=Role.MODERATOR, by=world.dana).keeps


@given(st.text(max_size=12), st.text(max_size=12))
def test_names_are_compared_the_same_way_round_and_with_themselves(one: str, other: str) -> None:
    assert look_alike(one, one)
    assert look_alike(one, other) == look_alike(other, one)


def test_nobody_renames_themselves_to_look_like_another(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        people.change(person=world.ana, wanted={"alias": "b\u0435n"})
    assert refused.value.code == "taken"
    world.ana.refresh_from_db()
    assert world.ana.alias == "Ana"
    assert world.seat(world.ana, world.tuesday).alias == "Ana"


def test_a_name_is_free_again_once_its_owner_left(world: World) -> None:
    membership.unseat(person=world.ben, group=world.tuesday, by=world.ben)
    assert membership.seat(person=newcomer("Ben"), group=world.tuesday, by=world.dana).alias == "Ben"


def test_a_new_name_goes_into_every_seat_held_today(world: World) -> None:
    people.change(person=world.ben, wanted={"alias": "Benny"})
    assert {seat.alias for seat in world.ben.memberships.all()} == {"Benny"}


def test_another_name_in_one_group_stays_another_name(world: World) -> None:
    membership.seat(person=world.ana, group=world.harbor, alias="Quiet River")
    people.change(person=world.ana, wanted={"alias": "Anna"})
    assert world.seat(world.ana, world.harbor).alias == "Quiet River"
    assert world.seat(world.ana, world.tuesday).alias == "Anna"


def test_another_name_keeps_the_rule_of_names(world: World) -> None:
    with pytest.raises(Invalid):
        membership.seat(person=world.ana, group=world.harbor, alias="Ana \u202e")
    assert not world.harbor.memberships.of(world.ana.pk).exists()


def test_acts_on_seats_leave_an_entry_and_own_words_none(world: World) -> None:
    before = AuditEntry.objects.count()
    fay = newcomer()
    membership.seat(person=fay, group=world.tuesday, by=world.dana)
    membership.unseat(person=fay, group=world.tuesday, by=world.cy)
    say(world.ana, world.tuesday)
    rows = list(AuditEntry.objects.filter(number__gt=before))
    assert [(row.action, row.actor) for row in rows] == [("seat.give", world.dana.pk), ("seat.take", world.cy.pk)]


def test_an_observer_reads_and_does_not_write(world: World) -> None:
    fay = newcomer()
    membership.seat(person=fay, group=world.tuesday, role=Role.OBSERVER, by=world.dana)
    message = say(world.ben, world.tuesday)
    assert bodies(fay, world.tuesday) == [message.body]
    with pytest.raises(NotAllowed):
        say(fay, world.tuesday)


def test_a_seat_may_close_for_writing_before_it_ends(world: World) -> None:
    Membership.objects.of(world.ana.pk).update(writes_until=clock.now() + timedelta(days=30))
    say(world.ana, world.tuesday)
    with clock.turned(timedelta(days=31)):
        with pytest.raises(NotAllowed):
            say(world.ana, world.tuesday)
        assert len(bodies(world.ana, world.tuesday)) == Message.objects.of(world.tuesday.pk).count()


@pytest.mark.parametrize("who", ["ana", "ben", "eli"])
def test_who_does_not_keep_the_room_restricts_nobody(world: World, who: str) -> None:
    seat = world.seat(world.ben, world.tuesday)
    with pytest.raises(NotAllowed):
        membership.restrict(membership=seat, by=getattr(world, who), hold_next=1)
    with pytest.raises(NotAllowed):
        membership.hold_room(group=world.tuesday, by=getattr(world, who), held=True)


def test_nobody_restricts_who_keeps_the_room(world: World) -> None:
    with pytest.raises(NotAllowed):
        membership.restrict(membership=world.seat(world.dana, world.tuesday), by=world.cy, hold_next=1)


def test_people_of_one_room_are_told_apart_by_color_as_far_as_there_are_colors(world: World) -> None:
    room = membership.open_group(name="Walks", kind=Kind.INTEREST)
    for number in range(24):
        membership.seat(person=people.create(alias=f"Guest {number:02}"), group=room)
    worn = Counter(seat.hue for seat in room.memberships.current())
    assert max(worn.values()) <= 3  # of 12 colors; left to chance, four or more wear one of them


def test_who_comes_back_has_the_color_they_had(world: World) -> None:
    before = world.seat(world.ana, world.tuesday).hue
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    assert membership.seat(person=world.ana, group=world.tuesday).hue == before
