"""How matching goes, in numbers of which no small one is told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.foundation import clock
from community.matches.models import Match
from community.matches.plans.codes import Reason, State
from community.matches.reading.outcomes import LEAST, declines_of, hidden_of, load_of, outcomes_of
from community.mentoring.models import Mentor, MentorRequest
from community.people.models import Person
from groups.demo.services import World
from tests.community.desk import words
from tests.community.matches import another, matched
from tests.community.mentoring import active
from tests.doors import browser

DAY = timedelta(days=1)
TOO_FEW = "too few to tell"


def pairs(world: World, mentor: Mentor, number: int, state: State = State.ACTIVE, **more: object) -> None:
    now = clock.now()
    for _one in range(number):
        person: Person = Person.objects.create(alias="Guest", zone="UTC", joined=now, password="!")
        request: MentorRequest = MentorRequest.objects.create(
            person=person, program=world.evening, asked_at=now - 110.1 * DAY, changed=now, zone="UTC"
        )
        matched(request, mentor, state, **more)


def answers(world: World) -> list[str]:
    return [one.answer for one in outcomes_of(world.evening)]


def test_too_few_are_not_told(world: World) -> None:
    pairs(world, active(world), LEAST - 1, accepted=clock.now() - 100 * DAY)
    assert answers(world) == [TOO_FEW] * 4


def test_enough_are_told_in_days_and_counts(world: World) -> None:
    began = clock.now() - 100 * DAY
    pairs(world, active(world), 12, accepted=began, talked=began + 2 * DAY)
    assert answers(world) == ["10 days", "12 of 12", "12 of 12", "12 of 12"]


def test_a_small_rest_is_hidden_with_its_whole(world: World) -> None:
    began, mentor = clock.now() - 100 * DAY, active(world)
    pairs(world, mentor, 30, accepted=began)
    pairs(world, mentor, 3, State.ENDED, accepted=began, since=began + 5 * DAY)
    assert answers(world)[2:] == [TOO_FEW, TOO_FEW]
    pairs(world, mentor, 8, State.ENDED, accepted=began, since=began + 40 * DAY)
    assert answers(world)[2:] == [TOO_FEW, "30 of 41"]


def test_the_load_of_mentors_is_told_where_it_is_of_enough_of_them(world: World) -> None:
    mentor = active(world)
    pairs(world, mentor, 4)
    assert [one.answer for one in load_of(world.evening)] == [TOO_FEW] * 4
    for number in range(LEAST):
        another(world, f"Guest {number}")
    assert [(one.answer, one.told) for one in load_of(world.evening)] == [
        (TOO_FEW, False), ("0", True), ("0", True), (TOO_FEW, False),
    ]  # fmt: skip
    Mentor.objects.filter(pk=mentor.pk).update(state="retired")
    assert load_of(world.evening)[0].answer == "11"
    assert "Mentors who walk with nobody" in words(world.dana, f"/desk/matching/{world.evening.pk}/outcomes/")


def test_a_second_try_says_nothing_of_how_long_the_first_mentor_took(world: World) -> None:
    began, mentor = clock.now() - 100 * DAY, active(world)
    pairs(world, mentor, 12, State.ENDED, accepted=began, since=began + 40 * DAY)
    for one in list(Match.objects.select_related("request", "mentor")):
        matched(one.request, one.mentor, accepted=clock.now() - 9 * DAY)
    assert answers(world)[0] == "10 days"


def test_what_began_yesterday_says_nothing_of_a_month(world: World) -> None:
    pairs(world, active(world), 20, accepted=clock.now() - DAY)
    assert answers(world)[1:] == [TOO_FEW] * 3


def test_reasons_are_counted_where_there_are_enough(world: World) -> None:
    mentor = active(world)
    pairs(world, mentor, 12, State.DECLINED, reason=Reason.NO_TIME)
    pairs(world, mentor, 20, State.DECLINED, reason=Reason.SOMEBODY_ELSE)
    assert sorted(one.answer for one in declines_of(world.evening)) == ["0", "0", "0", "12", "20"]
    pairs(world, mentor, 2, State.DECLINED, reason=Reason.KNOWN)
    found = {one.question: one.answer for one in declines_of(world.evening)}
    assert found["They know each other from elsewhere"] == found["No time for it now"] == TOO_FEW
    assert found["Not the right fit"] == "0"
    assert sorted(found.values()) == ["0", "0", "20", TOO_FEW, TOO_FEW]


COUNTS = st.lists(
    st.integers(min_value=0, max_value=14) | st.integers(min_value=0, max_value=300), min_size=2, max_size=6
)


def shown(counts: list[int]) -> list[int | None]:
    hidden = hidden_of(counts)
    return [None if one in hidden else one for one in counts]


def near(counts: list[int], at: int) -> Iterator[list[int]]:
    """Tables of the same whole with another number there."""
    for other in range(len(counts)):
        swapped, moved, gathered = list(counts), list(counts), [one - 1 for one in counts]
        swapped[at], swapped[other] = counts[other], counts[at]
        moved[at], moved[other] = counts[at] - 1, counts[other] + 1
        gathered[other] += len(counts)
        yield from (one for one in (swapped, moved, gathered) if one[at] != counts[at] and min(one) >= 0)


@given(counts=COUNTS)
def test_no_number_from_one_to_ten_is_ever_told(counts: list[int]) -> None:
    told = [one for one in shown(counts) if one is not None]
    assert not [one for one in told if 1 <= one <= 10]
    assert (len(told) == len(counts)) == (not [one for one in counts if 1 <= one <= 10])


@given(counts=COUNTS)
def test_what_is_hidden_is_not_found_by_who_knows_the_whole_and_the_rule(counts: list[int]) -> None:
    told = shown(counts)
    for at in (at for at, one in enumerate(told) if one is None):
        assert any(sum(one) == sum(counts) and shown(one) == told for one in near(counts, at)), (counts, at)
    assert not told.count(None) or told.count(None) == len(told) or sum(counts) - sum(one or 0 for one in told) >= LEAST


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_who_does_not_run_the_program_finds_no_numbers(world: World, who: str) -> None:
    assert browser(getattr(world, who)).get(f"/desk/matching/{world.evening.pk}/outcomes/").status_code == 404


def test_the_page_names_nobody(world: World) -> None:
    pairs(world, active(world), 12, accepted=clock.now() - 100 * DAY)
    page = words(world.dana, f"/desk/matching/{world.evening.pk}/outcomes/")
    assert "10 days" in page
    assert "Guest" not in page
    assert Match.objects.count() == 12
