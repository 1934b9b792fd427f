"""Get help now: the shortest way to somebody stands first, in both languages."""

import re
from collections.abc import Iterator
from unittest import mock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils.html import escape
from django.utils.translation import get_language
from pytest_django import DjangoAssertNumQueries, Settings

from community.people.models import Person, Session
from community.programs.models import Program, StaffRole, Track
from community.schedule import services as schedule
from community.schedule.models import Duty
from community.settings.environment import crisis_lines
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Kind
from groups.membership.reading import line_in
from tests.community.roster import HOUR, after, on_call, shift
from tests.doors import browser
from tests.groups.reports import worker

pytestmark = pytest.mark.django_db
QUERIES = 4  # session, person, rooms, who reads there
NOBODY = "No one is reading right now."
NOT_KNOWN = "We can’t tell right now who is reading."
WITHOUT_A_NETWORK = "Without a network, this page can’t know who is reading right now."


def links(language: str) -> Iterator[str]:
    """Where the page's links lead, from its heading on, in order."""
    page = Client().get("/help/", headers={"accept-language": language}).content.decode()
    yield from re.findall(r'href="([^"]+)"', page.split("<h1>")[1])


@pytest.mark.parametrize(
    ("language", "words"), [("en", "In danger right now?"), ("es", "¿Estás en peligro ahora mismo?")]
)
def test_in_danger_comes_before_everything_else(settings: Settings, language: str, words: str) -> None:
    settings.CRISIS_LINES = crisis_lines("988 Lifeline | 988 | 2026-11-01; Emergency | 911 | 2026-11-01")
    page = Client().get("/help/", headers={"accept-language": language}).content.decode()
    assert page.index(words) < page.index("<ul>")
    assert next(links(language)) == "tel:911"


def test_where_no_emergency_number_is_given_none_is_made_up(settings: Settings) -> None:
    settings.CRISIS_LINES = crisis_lines("988 Lifeline | 988 | 2026-11-01")
    page = Client().get("/help/").content.decode()
    assert "In danger right now?" not in page
    assert "911" not in page


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_page_in_spanish_leaves_no_spanish_behind(time: str) -> None:
    """Both start as this place speaks, whichever of them opened a page before."""
    assert get_language() == settings.LANGUAGE_CODE
    assert list(links("es"))
    assert get_language() == "es"


# --- who is reading now -----------------------------------------------------------------------------------------------


def shown(person: Person | None = None, path: str = "/help/") -> str:
    return browser(person).get(path).content.decode()


def test_it_says_who_is_on_call_in_the_words_of_ones_room(world: World) -> None:
    on_call(world.evening, world.dana)
    line = line_in(world.tuesday, world.ana)
    assert line is not None
    assert line.says.startswith("Dana is on call until")
    assert escape(line.says) in shown(world.ana)


def test_when_nobody_is_it_says_so_and_when_somebody_looks_in_again(world: World) -> None:
    assert f"{NOBODY} In danger: 988 or 911." in shown(world.ana)
    shift(world.evening, world.dana, starts=3 * HOUR)
    page = shown(world.ana)
    assert f"{NOBODY} Staff look in again" in page
    assert "Dana" not in page


def test_a_shift_that_nobody_answers_for_shows_no_name(world: World) -> None:
    taken = shift(world.evening, world.dana)
    schedule.take(shift=taken, by=world.dana)
    assert NOBODY in shown(world.ana)
    schedule.answer(shift=taken, by=world.dana)
    assert "Dana is on call until" in shown(world.ana)
    with after(hours=2, minutes=11):
        assert NOBODY in shown(world.ana)
        assert Duty.objects.lasting().exists(), "no task has run, and the name is gone"


def test_rooms_that_say_different_things_are_named(world: World) -> None:
    open_to_all = membership.open_group(name="Walkers", kind=Kind.INTEREST)
    membership.seat(person=world.ana, group=open_to_all, by=None)
    on_call(world.evening, world.dana)
    page = shown(world.ana)
    assert page.index(world.tuesday.name) < page.index("Dana is on call until")
    assert page.index("Walkers") < page.index(NOBODY)


def test_who_is_not_signed_in_reads_no_name(world: World) -> None:
    shift(world.evening, world.dana, starts=3 * HOUR)
    assert f"{NOBODY} In danger: 988 or 911." in shown(), "with several programs, nobody can say when for theirs"
    on_call(world.evening, world.dana)
    page = shown()
    assert "Somebody is on call right now, in some of the rooms. Sign in, and this page says" in page
    assert "Dana" not in page
    assert world.evening.name not in page


def test_where_there_is_one_program_everybody_reads_when_staff_look_in_again() -> None:
    only = Program.objects.create(name="Evenings", track=Track.DUAL)
    shift(only, worker("Fay", only, StaffRole.FACILITATOR), starts=3 * HOUR)
    assert f"{NOBODY} Staff look in again" in shown()


def test_somebody_without_a_room_is_told_what_is_true_for_all(world: World) -> None:
    reviewer = worker("Rae", world.evening, StaffRole.REVIEWER)
    on_call(world.evening, world.dana)
    page = shown(reviewer)
    assert "Somebody is on call right now, in some of the rooms. In danger: 988 or 911." in page
    assert "Sign in, and" not in page


def test_the_copy_for_when_there_is_no_network_says_that_it_cannot_know(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    on_call(world.evening, world.dana)
    client = browser(world.ana)
    with django_assert_num_queries(0):
        answer = client.get("/help/?kept")
    assert WITHOUT_A_NETWORK in answer.content.decode()
    assert "Dana" not in answer.content.decode()
    assert "kept" not in answer.content.decode(), "no link of it leads to the copy"
    spanish = Client().get("/help/?kept", headers={"accept-language": "es"}).content.decode()
    assert "Sin red, esta página no puede saber quién está leyendo" in spanish


def test_without_a_store_the_numbers_are_there_and_it_says_that_it_cannot_tell(world: World) -> None:
    with mock.patch("groups.membership.reading.Membership.objects.open_to", side_effect=OperationalError):
        answer = browser(world.ana).get("/help/")
    assert answer.status_code == 200
    assert NOT_KNOWN in answer.content.decode()
    assert 'href="tel:911"' in answer.content.decode()


def test_where_not_even_the_session_can_be_asked_for_the_numbers_are_there(world: World) -> None:
    client = browser(world.ana)
    with mock.patch("community.people.sessions.SessionStore.load", side_effect=OperationalError):
        answer = client.get("/help/")
    assert answer.status_code == 200
    assert NOT_KNOWN in answer.content.decode()
    assert 'href="tel:911"' in answer.content.decode()


def test_opening_it_is_written_nowhere(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(world.ana)
    seen = Session.objects.get(person=world.ana).last_seen
    with after(hours=1), django_assert_num_queries(QUERIES):
        answer = client.get("/help/")
    assert Session.objects.get(person=world.ana).last_seen == seen
    assert "no-store" in answer.headers["Cache-Control"]
