"""A day that is posted while something else lets go of it stands, and can be found."""

import threading

import pytest
from django.db import connection, transaction

from community.foundation import clock
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, State
from groups.demo.services import World
from tests.browser.site import until

BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED)
        return bool(cursor.fetchone()[0])


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_what_is_posted_at_this_moment_is_not_let_go_of(world: World) -> None:
    run = world.ana.focuses.get().runs.get()
    row = Celebration.objects.create(run=run, code="d30", due=clock.today("UTC"), state=State.YES, created=clock.now())

    def let_go() -> None:
        try:
            celebrations.let_go(run_id=run.pk)
        finally:
            connection.close()

    other = threading.Thread(target=let_go)
    with transaction.atomic():  # as a look does: the row is "posted", and not yet for others
        Celebration.objects.filter(pk=row.pk).update(
            state=State.POSTED, posted=clock.now(), posted_on=clock.today("UTC")
        )
        other.start()
        until(somebody_waits_for_us, lambda: "it did not wait for the row")
    other.join(10)
    assert Celebration.objects.get(pk=row.pk).state == State.POSTED
