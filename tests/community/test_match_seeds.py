"""The same rows give the same proposal to the byte: in whatever order they are kept, in whatever process."""

import json
import random

import pytest

from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.plans.codes import PATHWAYS
from groups.demo.services import World
from tests.community.at_once import elsewhere
from tests.community.matches import another
from tests.community.mentoring import active, asked
from tests.community.test_match_batches import others

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SEEDS = ("0", "1", "4294967295")


def a_town(world: World) -> None:
    """Twenty who wait and eight mentors, of whom many fit equally well."""
    chance = random.Random(5)  # noqa: S311 - people of a test
    first = asked(world.ana, world.evening)
    active(world, capacity=1)
    for number in range(7):
        another(world, f"Guest {number}")
    others(world, 19, first)
    for row in (*MentorRequest.objects.order_by("asked_at"), *Mentor.objects.order_by("applied", "pk")):
        row.pathways = sorted(chance.sample(PATHWAYS, 2))
        row.languages = chance.choice([["en"], ["en", "es"], ["es"]])
        row.save()


def kept_the_other_way_round() -> None:
    for model in (Mentor, MentorRequest):
        rows = list(model.objects.order_by("-pk"))
        model.objects.all().delete()
        for row in rows:
            row.save(force_insert=True)


def test_the_same_rows_in_any_order_and_any_process_give_the_same_proposal_to_the_byte(world: World) -> None:
    a_town(world)
    told = []
    for seed in SEEDS:
        (found,) = elsewhere("proposes", str(world.evening.pk), PYTHONHASHSEED=seed)
        told.append(json.dumps(found))
        kept_the_other_way_round()
    assert json.loads(told[0])[1]["matched"] > 5
    assert set(told) == {told[0]}
