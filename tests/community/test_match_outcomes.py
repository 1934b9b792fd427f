"""How matching goes, in numbers of which no small one is told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.foundation import clock
from community.matches.models import Match
from community.matches.plans.codes import Reason, State
from community.matches.reading.outcomes import LEAST, _number, _small, declines_of, outcomes_of
from community.mentoring.models import Mentor, MentorRequest
from community.people.models import Person
from groups.demo.services import World
from tests.community.desk import words
from tests.community.matches import matched
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
    pairs(world, mentor, 2, State.DECLINED, reason=Reason.KNOWN)
    found = {one.question: one.answer for one in declines_of(world.evening)}
    assert found["No time for it now"] == "12"
    assert found["They know each other from elsewhere"] == "1 to 10"
    assert found["Not the right fit"] == "0"


@given(number=st.integers(min_value=0, max_value=500))
def test_no_number_from_one_to_ten_is_ever_told(number: int) -> None:
    assert _small(number) == (1 <= number <= 10)
    assert _number(number) == ("1 to 10" if _small(number) else str(number))


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_who_does_not_run_the_program_finds_no_numbers(world: World, who: str) -> None:
    assert browser(getattr(world, who)).get(f"/desk/matching/{world.evening.pk}/outcomes/").status_code == 404


def test_the_page_names_nobody(world: World) -> None:
    pairs(world, active(world), 12, accepted=clock.now() - 100 * DAY)
    page = words(world.dana, f"/desk/matching/{world.evening.pk}/outcomes/")
    assert "10 days" in page
    assert "Guest" not in page
    assert Match.objects.count() == 12
