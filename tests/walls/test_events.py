"""Every fact has somebody who hears it, or a reason why nobody does; and it carries no words."""

import dataclasses
import typing
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import models

from community.foundation.events import Event, kinds
from realtime.audience import AUDIENCE, SILENT, group_address, person_address

PLAIN: tuple[object, ...] = (UUID, int, bool, tuple[UUID, ...])
KINDS = sorted(
    (kind for kind in kinds() if kind.__module__.startswith(("community.", "groups.", "realtime."))),
    key=lambda kind: kind.__name__,
)


def test_there_are_events() -> None:
    assert len(KINDS) >= 8


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_fact_is_heard_or_its_silence_has_a_reason(kind: type[Event]) -> None:
    assert (kind in AUDIENCE) != (kind in SILENT)
    assert len(SILENT.get(kind, "a reason of some length")) > 20


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_fact_is_frozen_and_holds_ids_and_counts_alone(kind: type[Event]) -> None:
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]  # dataclasses' own
    assert kind.__doc__
    for name, held in typing.get_type_hints(kind).items():
        assert held in PLAIN, f"{kind.__name__}.{name}"
        assert not (isinstance(held, type) and issubclass(held, models.Model))


def test_no_row_is_for_a_fact_that_is_not() -> None:
    assert set(AUDIENCE) | set(SILENT) == set(KINDS)


def _made(kind: type[Event]) -> Event:
    values: dict[object, object] = {UUID: uuid4(), int: 7, bool: True, tuple[UUID, ...]: (uuid4(),)}
    return kind(**{name: values[held] for name, held in typing.get_type_hints(kind).items()})


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(AUDIENCE), ids=lambda kind: kind.__name__)
def test_a_hint_says_where_to_look_and_nothing_else(kind: type[Event]) -> None:
    event = _made(kind)
    told = {str(value) for value in dataclasses.asdict(event).values()}
    for hint in AUDIENCE[kind](event):
        assert hint.address in {place(one) for one in told for place in (group_address, person_address)}
        assert all(isinstance(value, int | bool) for value in hint.what.values())


def test_every_event_stands_in_a_room_for_events() -> None:
    assert {Path(kind.__module__.replace(".", "/")).name for kind in KINDS} == {"events"}
