"""Before the last day a mentor is offered, once, to who has none."""

from datetime import timedelta

import pytest

from community.foundation import clock
from community.matches import services as matches
from community.matches.plans.codes import State
from community.mentoring import services as mentoring
from community.mentoring import tasks
from community.mentoring.models import HandOff
from community.notices.models import Notice
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment, PhaseKind
from groups.demo.services import World
from tests.community.matches import match_at
from tests.community.mentoring import asked

OFFERED = "mentor_offered"


def ends_in(world: World, days: int) -> None:
    Cohort.objects.filter(pk=world.cohort.pk).update(ends=clock.now().date() + timedelta(days=days))


def offered(world: World) -> int:
    return Notice.objects.of(world.ana.pk).filter(kind=OFFERED).count()


@pytest.mark.parametrize(("days", "times"), [(15, 0), (14, 1), (1, 1)])
def test_it_is_offered_fourteen_days_before_the_last_day(world: World, days: int, times: int) -> None:
    ends_in(world, days)
    tasks.handoffs_due()
    assert offered(world) == times


def test_it_is_offered_once(world: World) -> None:
    ends_in(world, 10)
    assert tasks.handoffs_due() >= 1
    Notice.objects.all().delete()
    assert tasks.handoffs_due() == 0
    assert offered(world) == 0


def test_who_steps_down_is_asked_whenever_that_is(world: World) -> None:
    episode = Enrollment.objects.of(world.ana.pk).open().get()
    programs.move_phase(enrollment=episode, phase=PhaseKind.TAPER, by=world.dana)
    assert tasks.handoffs_due() == 1
    assert offered(world) == 1


def test_who_waits_for_one_is_not_asked(world: World) -> None:
    asked(world.ana, world.evening)
    ends_in(world, 10)
    tasks.handoffs_due()
    assert offered(world) == 0
    assert not HandOff.objects.exists()


def test_whose_mentor_is_gone_before_that_day_is_asked_then(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    ends_in(world, 10)
    assert tasks.handoffs_due() == 0
    matches.end(match=row, by=world.ben)
    assert tasks.handoffs_due() == 1
    assert offered(world) == 1


def test_who_waits_again_because_their_mentor_left_is_not_asked_beside(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    ends_in(world, 10)
    mentoring.retire(mentor=row.mentor, by=world.ben)
    assert tasks.handoffs_due() == 0


def test_nobody_whose_time_goes_on_without_an_end_is_asked(world: World) -> None:
    Cohort.objects.filter(pk=world.cohort.pk).update(admission="rolling", ends=None)
    assert tasks.handoffs_due() == 0
