"""Rows of an older release: an approval that was to outlast its clearance ends with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from groups.demo.services import World
from tests.community.mentoring import active, again

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = ("mentoring", "0003_offered_before_the_end")


def brought_to(*targets: tuple[str, str]) -> Any:
    """The models of then, once the database is there."""
    executor = MigrationExecutor(connection)
    return executor.migrate(list(targets) or executor.loader.graph.leaf_nodes()).apps


def test_an_approval_of_then_ends_with_its_clearance_and_every_other_stays(world: World) -> None:
    row = active(world)
    ends = row.cleared_until
    assert ends is not None
    try:
        then = brought_to(BEFORE).get_model("mentoring", "Mentor").objects.filter(pk=row.pk)
        then.update(approved_until=ends + timedelta(days=30))
        brought_to()
        assert again(row).approved_until == ends
        then = brought_to(BEFORE).get_model("mentoring", "Mentor").objects.filter(pk=row.pk)
        shorter = ends - timedelta(days=30)
        then.update(approved_until=shorter)
    finally:
        brought_to()
    assert again(row).approved_until == shorter
