"""Get help now: the shortest way to somebody stands first, in both languages."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import get_language
from pytest_django import Settings

from community.settings.environment import crisis_lines


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
