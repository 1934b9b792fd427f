"""Each of two people is asked alone how it goes, and the answer stays between them and staff."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, NotAllowed
from community.matches import services as matches
from community.matches import tasks
from community.matches.models import Match, MatchCheckIn
from community.matches.plans import asking as plans
from community.matches.plans.codes import State
from community.mentoring.models import MentorRequest
from community.people.models import Person
from groups.demo.services import World
from tests.community.matches import TWELFTH_DAY, again, match_at

DAY = timedelta(days=1)


def question(person: Person) -> MatchCheckIn:
    """The newest one somebody was asked."""
    found: MatchCheckIn = MatchCheckIn.objects.of(person.pk).select_related("match").newest_first()[0]
    return found


def asked_on(days: float) -> None:
    with clock.turned(by=timedelta(days=days)):
        tasks.to_ask()


@pytest.mark.parametrize(("days", "step"), [(2.9, None), (3, "d3"), (11.9, "d3"), (12, "d12"), (40, "d12")])
def test_in_the_first_days_both_are_asked_on_the_third_and_the_twelfth(
    world: World, days: float, step: str | None
) -> None:
    match_at(world, State.INTRODUCTORY)
    asked_on(days + 0.01)
    asked = {(one.person_id, one.step) for one in MatchCheckIn.objects.all()}
    assert asked == ({(world.ana.pk, step), (world.ben.pk, step)} if step else set())


def test_nobody_is_asked_twice(world: World) -> None:
    match_at(world, State.INTRODUCTORY)
    for days in (3.1, 3.2, 12.1, 12.2, 13):
        asked_on(days)
    assert MatchCheckIn.objects.of(world.ana.pk).count() == 2


def test_who_walks_on_is_asked_in_week_two_and_four_and_then_every_month(world: World) -> None:
    match_at(world, State.ACTIVE)
    for days in (14.1, 28.1, 58.1, 88.1, 89):
        asked_on(days)
    found = MatchCheckIn.objects.of(world.ben.pk).order_by("asked").values_list("step", "number")
    assert list(found) == [("w2", 0), ("w4", 0), ("m", 1), ("m", 2)]


def test_a_worker_that_was_away_asks_the_last_question_alone(world: World) -> None:
    match_at(world, State.ACTIVE)
    asked_on(60)
    assert list(MatchCheckIn.objects.values_list("step", "number").distinct()) == [("m", 1)]


def test_nobody_is_asked_in_a_break_and_the_break_does_not_count(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=DAY):
        matches.pause(match=row, by=world.ana)
    asked_on(9)
    assert not MatchCheckIn.objects.exists()
    with clock.turned(by=9 * DAY):
        matches.resume(match=row, by=world.ana)
    asked_on(10.5)
    assert not MatchCheckIn.objects.exists()
    asked_on(11.1)
    assert question(world.ana).step == "d3"


def test_two_yes_on_the_twelfth_day_make_it_last(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        tasks.to_ask()
        matches.answer(checkin=question(world.ana), answer="yes", by=world.ana)
        assert again(row).state == State.INTRODUCTORY
        matches.answer(checkin=question(world.ben), answer="yes", by=world.ben)
    assert again(row).state == State.ACTIVE


def test_somebody_else_parts_them_without_fault_and_keeps_the_place(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        tasks.to_ask()
        matches.answer(checkin=question(world.ana), answer="another", by=world.ana)
    assert again(row).state == State.ENDED
    assert MentorRequest.objects.open().get().asked_at == row.request.asked_at
    with clock.turned(by=TWELFTH_DAY), pytest.raises(Conflict):
        matches.answer(checkin=question(world.ben), answer="yes", by=world.ben)


@pytest.mark.parametrize(("answer", "wants", "waits"), [("talk", False, 1), ("yes", True, 1), ("yes", False, 0)])
def test_who_wants_to_talk_waits_for_staff_until_somebody_did(
    world: World, answer: str, *, wants: bool, waits: int
) -> None:
    match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        tasks.to_ask()
        row = matches.answer(checkin=question(world.ana), answer=answer, wants_staff=wants, by=world.ana)
        assert MatchCheckIn.objects.for_staff().count() == waits
        with pytest.raises(NotAllowed):
            matches.see_to(checkin=row, by=world.ben)
        matches.see_to(checkin=row, by=world.dana)
    assert not MatchCheckIn.objects.for_staff().exists()


@pytest.mark.parametrize("answer", ["", "good", "no", None, 3, ["yes"]])
def test_what_was_not_asked_is_no_answer(world: World, answer: object) -> None:
    match_at(world, State.INTRODUCTORY)
    asked_on(3.1)
    with pytest.raises(Invalid):
        matches.answer(checkin=question(world.ana), answer=answer, by=world.ana)
    assert question(world.ana).answered is None


def test_an_answer_is_given_once_and_by_who_was_asked(world: World) -> None:
    match_at(world, State.INTRODUCTORY)
    asked_on(3.1)
    with pytest.raises(NotAllowed):
        matches.answer(checkin=question(world.ana), answer="yes", by=world.ben)
    matches.answer(checkin=question(world.ana), answer="not_yet", by=world.ana)
    with pytest.raises(Conflict):
        matches.answer(checkin=question(world.ana), answer="yes", by=world.ana)


def test_talking_is_kept_to_the_hour_and_begins_when_both_wrote(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    now = clock.now()
    assert matches.note_talk(match=row, by=world.ana, at=now)
    assert not matches.note_talk(match=row, by=world.ana, at=now - timedelta(hours=3))
    assert again(row).talked is None
    matches.note_talk(match=row, by=world.ben, at=now)
    row = again(row)
    assert row.talked == now
    assert row.guide_wrote == now.replace(minute=0, second=0, microsecond=0)


@given(together=st.timedeltas(min_value=timedelta(), max_value=timedelta(days=2000)), deciding=st.booleans())
def test_the_next_question_always_comes_later_and_is_then_the_last_one(together: timedelta, *, deciding: bool) -> None:
    after = plans.following(together, deciding=deciding)
    if after is None:
        assert deciding
        assert together >= plans.AFTER[plans.DAY_12]
    else:
        assert after > together
        assert plans.latest(after, deciding=deciding) != plans.latest(together, deciding=deciding)
        assert plans.latest(after - timedelta(microseconds=1), deciding=deciding) == plans.latest(
            together, deciding=deciding
        )


def test_who_coordinates_reads_of_a_pair_what_waits_and_members_read_nothing_of_each_other(world: World) -> None:
    match_at(world, State.INTRODUCTORY)
    asked_on(3.1)
    assert not Match.objects.of_staff(world.cy.pk, clock.now()).exists()
    assert Match.objects.of_staff(world.dana.pk, clock.now()).count() == 1
    assert set(MatchCheckIn.objects.of(world.ben.pk).values_list("person", flat=True)) == {world.ben.pk}
