"""The ground under everything: each store is the one named, and answers."""

import os
import uuid

import pytest
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_named() -> None:
    named = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    assert connection.vendor == named
    with connection.cursor() as cursor:
        cursor.execute("SELECT 40 + 2")
        assert cursor.fetchone() == (42,)


@pytest.mark.django_db(transaction=True)
def test_the_embedded_database_is_a_durable_file_or_there_is_a_pool() -> None:
    if connection.vendor == "postgresql":
        assert connection.settings_dict["OPTIONS"]["pool"]
        return
    with connection.cursor() as cursor:
        names = ("journal_mode", "synchronous", "foreign_keys")
        said = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    assert said == ["wal", 2, 1]


def test_the_cache_gives_back_what_it_was_given() -> None:
    key = f"ground-{uuid.uuid4()}"
    cache.set(key, {"words": "See you Thursday."}, timeout=10)
    assert cache.get(key) == {"words": "See you Thursday."}
    assert cache.delete(key)


async def test_the_layer_carries_a_hint() -> None:
    layer = get_channel_layer()
    assert layer is not None
    assert ("Redis" in type(layer).__name__) == bool(os.environ.get("REDIS_URL"))
    group, ear = f"ground-{uuid.uuid4().hex}", await layer.new_channel()
    await layer.group_add(group, ear)
    await layer.group_send(group, {"type": "hint", "version": 7})
    assert await layer.receive(ear) == {"type": "hint", "version": 7}
    await layer.group_discard(group, ear)
