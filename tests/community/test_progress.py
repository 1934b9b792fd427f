"""Weeks in a program, finishing it, and the time since: one's own, by page and by script, whatever the end was."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from community.foundation import clock
from community.milestones import services as milestones
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment, Outcome
from groups.demo.services import World
from tests.doors import Script, browser

DAY = timedelta(days=1)
FINISHED = "Finished the program"


def somebody(cohort: Cohort, *, weeks_ago: int) -> Person:
    person = people.create(alias="Gwen", address="gwen@porchlight.test")
    began = clock.today(cohort.zone) - 7 * weeks_ago * DAY
    programs.enroll(person=person, cohort=cohort, began=began)
    return person


def episode(person: Person) -> Enrollment:
    return Enrollment.objects.of(person.pk).latest("began")


def path(person: Person) -> str:
    return browser(person).get("/my-path/").content.decode()


def test_while_it_goes_on_finishing_stands_at_the_end_without_a_date(world: World) -> None:
    page = path(somebody(world.cohort, weeks_ago=5))
    assert page.index("4 weeks") < page.index("6 weeks") < page.index(FINISHED) < page.index("When you finish")
    assert "Since you finished" not in page


def test_who_finishes_has_the_chip_with_its_day_and_their_weeks(world: World) -> None:
    gwen = somebody(world.cohort, weeks_ago=5)
    programs.graduate(enrollment=episode(gwen))
    page = path(gwen)
    assert "4 weeks" in page
    assert "6 weeks" not in page
    assert FINISHED in page
    assert "When you finish" not in page
    assert "Since you finished" in page
    assert page.index(FINISHED) < page.index("1 month")


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.TRANSFERRED, Outcome.OTHER])
def test_every_other_end_keeps_the_weeks_and_says_nothing(world: World, outcome: Outcome) -> None:
    gwen = somebody(world.cohort, weeks_ago=5)
    programs.withdraw(enrollment=episode(gwen), outcome=outcome)
    page = path(gwen)
    assert "4 weeks" in page
    assert "6 weeks" not in page
    assert FINISHED not in page
    assert "Since you finished" not in page
    for word in (outcome.value, str(outcome.label)):
        assert word not in page


def test_weeks_stop_with_the_last_day(world: World) -> None:
    gwen = somebody(world.cohort, weeks_ago=5)
    programs.graduate(enrollment=episode(gwen))
    with clock.turned(by=60 * DAY):
        page = path(gwen)
    assert "12 weeks" not in page
    assert "1 month" in page


def test_where_no_days_are_counted_finishing_stands_and_the_time_since_does_not(world: World) -> None:
    gwen = somebody(world.mornings, weeks_ago=5)
    programs.graduate(enrollment=episode(gwen))
    page, script = path(gwen), Script(gwen, ["care"]).get("milestones/programs").json()
    assert FINISHED in page
    assert "4 weeks" in page
    assert "Since you finished" not in page
    assert script["since"] is None
    assert script["results"][0]["finished"] == clock.today(world.mornings.zone).isoformat()


def test_who_finished_where_days_count_and_is_now_where_none_do_is_told_no_time_since(world: World) -> None:
    gwen = somebody(world.cohort, weeks_ago=5)
    programs.graduate(enrollment=episode(gwen))
    assert "Since you finished" in path(gwen)
    programs.enroll(person=gwen, cohort=world.mornings)
    page = path(gwen)
    assert "Since you finished" not in page
    assert FINISHED in page
    assert Script(gwen, ["care"]).get("milestones/programs").json()["since"] is None


def test_a_script_of_theirs_reads_how_far_they_came(world: World) -> None:
    gwen = somebody(world.cohort, weeks_ago=5)
    script = Script(gwen, ["care"])
    (found,) = script.get("milestones/programs").json()["results"]
    assert found["reached"] == ["w1", "w2", "w4"]
    assert found["next"] == {"code": "w6", "due": (episode(gwen).began + 42 * DAY).isoformat()}
    assert (found["goes_on"], found["finished"]) == (True, None)
    milestones.set_ladder(program=world.evening, kind="weeks", steps=[{"code": "w5"}])
    (found,) = script.get("milestones/programs").json()["results"]
    assert (found["reached"], found["next"]) == (["w5"], None)
    programs.graduate(enrollment=episode(gwen))
    answer = script.get("milestones/programs").json()
    assert answer["results"][0]["goes_on"] is False
    assert answer["since"]["next"]["code"] == "m1"
    assert Script(gwen, ["account"]).get("milestones/programs").status_code == 403


def test_the_path_asks_the_same_however_many_episodes_there_were(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    gwen = somebody(world.cohort, weeks_ago=5)
    for _number in range(4):
        programs.withdraw(enrollment=Enrollment.objects.open().of(gwen.pk).get())
        programs.enroll(person=gwen, cohort=world.cohort, began=clock.today(world.cohort.zone) - 7 * DAY)
    client = browser(gwen)
    with django_assert_max_num_queries(12):
        client.get("/my-path/")
