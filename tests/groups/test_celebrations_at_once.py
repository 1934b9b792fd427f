"""A day that is posted while something else lets go of it stands, and can be found."""

import threading
from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
from django.db import connection, transaction

from community.foundation import clock
from community.foundation.errors import Conflict
from community.milestones import services as milestones
from community.milestones.models import Focus
from community.programs import services as programs
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, State, Watch
from groups.celebrations.tasks import look_at_due
from groups.demo.services import World
from tests.browser.site import until
from tests.community.desk import episode
from tests.groups.days import cards, it_is, says_yes

BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED)
        return bool(cursor.fetchone()[0])


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_what_is_posted_at_this_moment_is_not_let_go_of(world: World) -> None:
    run = world.ana.focuses.get().runs.get()
    row = Celebration.objects.create(
        person=world.ana, run=run, code="d30", due=clock.today("UTC"), state=State.YES, created=clock.now()
    )

    other = beside(lambda: celebrations.let_go(run_id=run.pk))
    with transaction.atomic():  # as a look does: the row is "posted", and not yet for others
        Celebration.objects.filter(pk=row.pk).update(
            state=State.POSTED, posted=clock.now(), posted_on=clock.today("UTC")
        )
        other.start()
        until(somebody_waits_for_us, lambda: "it did not wait for the row")
    other.join(10)
    assert Celebration.objects.get(pk=row.pk).state == State.POSTED


@pytest.fixture
def tomorrow(world: World) -> Iterator[Focus]:
    """Ana said yes to tomorrow's thirty days in the Tuesday group; it is noon of that day."""
    with it_is(world.ana, 0, time(5)):
        Watch.objects.update(next_at=clock.now())
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 1):
        yield world.ana.focuses.get()


@pytest.fixture
def finisher(world: World) -> Iterator[Celebration]:
    """Ana finished today at noon, and said yes."""
    with it_is(world.ana, 0):
        programs.graduate(enrollment=episode(world.ana))
        one = Celebration.objects.of(world.ana.pk).get(code="graduation")
        yield celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_new_count_while_its_day_is_posted_comes_after_it_and_leaves_it_standing(
    world: World, tomorrow: Focus
) -> None:
    run = tomorrow.runs.get()
    other = beside(lambda: milestones.begin_anew(person=world.ana, focus=tomorrow))
    with transaction.atomic():
        assert celebrations.look(run_id=run.pk)
        other.start()
        until(somebody_waits_for_us, lambda: "the new count did not wait for the look")
    other.join(10)
    run.refresh_from_db()
    assert run.ended is not None
    assert len(cards(world.tuesday)) == 1
    assert not Celebration.objects.of(world.ana.pk).open().exists()


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_look_while_a_new_count_begins_posts_nothing_then_and_nothing_after(world: World, tomorrow: Focus) -> None:
    run, looked = tomorrow.runs.get(), list[bool]()
    with transaction.atomic():
        milestones.begin_anew(person=world.ana, focus=tomorrow)
        other = beside(lambda: looked.append(celebrations.look(run_id=run.pk)))
        other.start()
        other.join(10)  # it goes on to the next one, and waits for nobody
        assert looked == [False]
    look_at_due()
    assert cards(world.tuesday) == []
    assert not Celebration.objects.filter(run=run).exists()


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_who_puts_a_day_off_in_the_moment_it_is_posted_hears_that_it_is_shared(world: World, tomorrow: Focus) -> None:
    run, heard = tomorrow.runs.get(), list[str]()
    one = run.celebrations.get()

    def put_off() -> None:
        try:
            celebrations.answer(
                person=world.ana, celebration=one, groups=[world.tuesday.pk], later=one.due + timedelta(days=5)
            )
        except Conflict as conflict:
            heard.append(conflict.code)

    other = beside(put_off)
    with transaction.atomic():
        assert celebrations.look(run_id=run.pk)
        other.start()
        until(somebody_waits_for_us, lambda: "the answer did not wait for the look")
    other.join(10)
    assert heard == ["shared"]
    assert len(cards(world.tuesday)) == 1
    one.refresh_from_db()
    assert (one.state, one.later) == (State.POSTED, None)


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_look_in_the_moment_a_day_is_put_off_posts_nothing_and_nothing_before_its_new_day(
    world: World, tomorrow: Focus
) -> None:
    run, looked = tomorrow.runs.get(), list[bool]()
    one = run.celebrations.get()
    with transaction.atomic():
        celebrations.answer(
            person=world.ana, celebration=one, groups=[world.tuesday.pk], later=one.due + timedelta(days=1)
        )
        other = beside(lambda: looked.append(celebrations.look(run_id=run.pk)))
        other.start()
        other.join(10)
        assert looked == [False]
    look_at_due()
    assert cards(world.tuesday) == []
    with it_is(world.ana, 1):
        look_at_due()
        assert len(cards(world.tuesday)) == 1


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_eight_who_look_at_one_who_finished_share_it_once(world: World, finisher: Celebration) -> None:
    looked = list[bool]()
    others = [
        beside(lambda: looked.append(celebrations.look_at_finished(celebration_id=finisher.pk))) for _each in range(8)
    ]
    for other in others:
        other.start()
    for other in others:
        other.join(10)
    assert sum(looked) == 1
    assert len(cards(world.tuesday)) == 1


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_what_is_shared_in_the_moment_its_person_comes_where_no_days_are_counted_goes(
    world: World, finisher: Celebration
) -> None:
    other = beside(lambda: programs.enroll(person=world.ana, cohort=world.mornings))
    with transaction.atomic():
        assert celebrations.look_at_finished(celebration_id=finisher.pk)
        other.start()
        until(somebody_waits_for_us, lambda: "the new program did not wait for the look")
    other.join(10)
    assert [card.body for card in cards(world.tuesday)] == [None]
    assert Celebration.objects.get(pk=finisher.pk).state == State.WITHDRAWN


def beside(verb: Callable[[], object]) -> threading.Thread:
    """On a line of its own to the database."""

    def run() -> None:
        try:
            verb()
        finally:
            connection.close()

    return threading.Thread(target=run)
