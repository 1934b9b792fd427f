"""Whoever runs the site sees how it stands, in numbers of nobody; nobody else sees that there are any."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from community.foundation import clock
from community.foundation.metrics import OF_PROXIES
from community.foundation.registers import Figure, figures
from community.letters import services as letters
from groups.celebrations import services as celebrations
from groups.celebrations.models import Watch
from groups.celebrations.tasks import look_at_due
from groups.demo.services import World

TOKEN = "t" * 32


def elsewhere() -> Client:
    return Client(REMOTE_ADDR="192.0.2.7")


def read(client: Client) -> dict[str, float]:
    """Every figure by its name."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.content.decode())
    return {one.name: one.value for family in families for one in family.samples if not one.labels}


def test_from_this_machine_it_says_how_the_house_stands(world: World) -> None:
    look_at_due()
    found = read(Client())
    assert abs(found["porchlight_celebrations_last_look_timestamp_seconds"] - clock.now().timestamp()) < 60
    assert found["porchlight_celebrations_stand_still"] == 0
    assert found["porchlight_celebrations_longest_wait_seconds"] == 0
    assert found["porchlight_letters_longest_wait_seconds"] == 0
    assert found["porchlight_sockets"] == 0
    assert found["porchlight_tasks_waiting"] >= 0
    assert found["porchlight_figures_silent"] == 0
    assert found["process_resident_memory_bytes"] > 0


def test_a_worker_that_never_ran_is_seen_as_one_that_ran_long_ago(world: World) -> None:
    assert read(Client())["porchlight_celebrations_last_look_timestamp_seconds"] == 0


def test_a_count_that_cannot_be_looked_at_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(celebrations, "look", lambda *, run_id: 1 / 0)
    due = Watch.objects.update(next_at=clock.now())
    look_at_due()
    assert read(Client())["porchlight_celebrations_failed_looks"] == due > 0


def test_a_letter_that_waits_is_seen(world: World) -> None:
    letters.ask_for_password(address="ana@porchlight.test", site="http://testserver")
    with clock.turned(by=timedelta(minutes=5)):
        assert 299 < read(Client())["porchlight_letters_longest_wait_seconds"] < 400


def test_one_that_cannot_be_asked_is_counted_and_hides_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> float:
        raise OSError("no answer")

    monkeypatch.setitem(figures._kept, "broken", Figure("One that cannot be asked.", fail))
    found = read(Client())
    assert found["porchlight_figures_silent"] == 1
    assert "porchlight_broken" not in found
    assert "porchlight_sockets" in found


def refused(client: Client, **headers: str) -> bool:
    answer, nothing = (client.get(path, headers=headers) for path in ("/metrics", "/nothing-here"))
    return (answer.status_code, answer.content) == (nothing.status_code, nothing.content) and answer.status_code == 404


@pytest.mark.parametrize(
    "come",
    [
        lambda: (elsewhere(), {}),
        *(lambda name=name: (Client(), {name: "127.0.0.1"}) for name in OF_PROXIES),
        lambda: (Client(REMOTE_ADDR=""), {}),
        lambda: (elsewhere(), {"Authorization": "Bearer "}),
    ],
    ids=["from elsewhere", *OF_PROXIES, "from nowhere", "with no token"],
)
def test_to_anybody_else_it_is_not_there(db: None, come: Callable[[], tuple[Client, dict[str, str]]]) -> None:
    client, headers = come()
    assert refused(client, **headers)


def test_its_token_opens_it_from_elsewhere_and_a_wrong_one_does_not(db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    right = elsewhere().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert right.status_code == 200
    assert refused(elsewhere(), Authorization="Bearer " + "u" * 32)
    assert refused(elsewhere(), Authorization=f"Basic {TOKEN}")
    assert refused(elsewhere(), Authorization="Bearer ünïcode")
