"""A page that says no, or that something broke, is calm: what happened, what is kept, what to do, and help."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from community.foundation.web import broken
from groups.demo.services import World
from tests.doors import browser, say

type Press = Callable[[World], Any]


def unreadable(world: World) -> Any:
    return browser(world.ana).get("/groups/", headers={"content-type": "text/plain; charset=latin-1"})


def too_long(world: World) -> Any:
    sent = "body=" + "word+" * 60_000
    room = f"/groups/{world.tuesday.pk}/post/"
    return browser(world.ana).post(room, sent, content_type="application/x-www-form-urlencoded")


def forbidden(world: World) -> Any:
    said = say(world.ben, world.tuesday)
    return browser(world.ana).post(f"/groups/{world.tuesday.pk}/messages/{said.pk}/pin/")


def nothing(world: World) -> Any:
    return browser(world.ana).get("/nowhere/")


@pytest.mark.parametrize(
    ("press", "status", "happened", "kept", "then"),
    [
        (unreadable, 400, "We could not read that", "Nothing was changed.", "Go back and try once more."),
        (forbidden, 403, "You can&#x27;t do that here", "Nothing was changed.", "Ask your facilitator"),
        (nothing, 404, "Not found", "There is nothing here for you", "The address may be old"),
        (too_long, 413, "That is too long", "What you wrote is still there", "make it shorter"),
    ],
)
def test_it_says_what_happened_what_is_kept_what_to_do_and_where_help_is(
    world: World, press: Press, status: int, happened: str, kept: str, then: str
) -> None:
    answer = press(world)
    page = answer.content.decode()
    assert answer.status_code == status
    for words in (happened, kept, then, "Is it urgent? Get help now, above, is open all the same", 'href="/help/"'):
        assert words in page, words
    assert "JSON" not in page


def test_when_something_breaks_the_page_asks_nothing_that_may_be_broken_too(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = broken(RequestFactory().get("/"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "<title>Evening</title>" in page
    for words in ("Something broke on our side", "What was saved is still saved.", "Go back to where you were"):
        assert words in page


def test_nobody_is_told_more_of_a_refusal_than_somebody_signed_in(world: World) -> None:
    assert Client().get("/nowhere/").content == browser(world.ana).get("/nowhere/").content
