"""Two are kept apart in the moment in which one of them comes in: either that is refused, or the desk shows it."""

from functools import partial

import pytest

from community.keep_apart import services as apart
from community.keep_apart.models import KeepApart
from community.keep_apart.reading import rows_for
from community.keep_apart.rules import kept_by_staff
from community.people import services as people
from community.programs import services as programs
from community.programs.models import Enrollment
from groups.demo.services import World
from tests.community.test_on_call_at_once import at_once

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
RUNS = 12


def test_who_comes_in_meanwhile_is_refused_or_shown_and_nobody_waits_in_a_circle(world: World) -> None:
    for run in range(RUNS):
        kit = people.create(alias=f"Kit {chr(ord('a') + run)}")
        programs.withdraw(enrollment=programs.enroll(person=kit, cohort=world.cohort), at_once=True)
        keep = partial(apart.keep_apart, one=kit, other=world.ana, reason="An order.", by=world.dana)
        come = partial(programs.enroll, person=kit, cohort=world.cohort)
        done = at_once(keep, come)
        row = KeepApart.objects.standing().of(kit.pk).get()
        inside = Enrollment.objects.open().of(kit.pk).first()
        (shown,) = rows_for(world.dana, kept_by_staff(world.dana).of(kit.pk))
        assert (inside is None) == ("needs_another_room" in map(str, done)) == (not shown.rooms)
        if inside is not None:
            programs.withdraw(enrollment=inside, at_once=True)
        apart.lift(row=row, by=world.dana)
