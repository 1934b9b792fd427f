"""What is wrong in a form is said in our own words, in the reader's language, and changes nothing."""

from typing import Any

import pytest
from django import forms
from django.utils import translation

from community.foundation.forms import DayField, Form
from community.people import services as people
from community.programs.models import Phase
from groups.demo.services import World
from tests.community.desk import at, sent


class Asked(Form):
    """One question of each kind, none with words of its own but the last."""

    name = forms.CharField(max_length=3)
    place = forms.ChoiceField(choices=[("here", "Here")])
    own = forms.CharField(max_length=3, error_messages={"required": "Ours.", "max_length": "Ours too."})


def said(name: str, typed: str) -> list[str]:
    form = Asked({"name": "a", "place": "here", "own": "b", name: typed})
    return [str(words) for words in form.errors.get(name, ())]


@pytest.mark.parametrize(
    ("language", "name", "typed", "words"),
    [
        ("en", "name", "long", "This can be 3 characters at most."),
        ("es", "name", "long", "Puede tener 3 caracteres como máximo."),
        ("en", "name", "", "This is needed."),
        ("es", "name", "", "Esto hace falta."),
        ("en", "name", "a\0", "There is a character here that we can't keep."),
        ("en", "place", "there", "Choose one of the answers here."),
        ("es", "place", "there", "Elige una de las respuestas de aquí."),
        ("en", "own", "", "Ours."),
        ("es", "own", "long", "Ours too."),
    ],
)
def test_a_question_without_words_of_its_own_speaks_as_the_place_does(
    language: str, name: str, typed: str, words: str
) -> None:
    with translation.override(language):
        assert said(name, typed) == [words]


def test_what_is_right_is_said_nothing_of() -> None:
    assert said("name", "abc") == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("1900-01-01", "Please check the year. It can be 2000 to 2100."),
        ("0026-11-17", "Please check the year. It can be 2000 to 2100."),
        ("2101-01-01", "Please check the year. It can be 2000 to 2100."),
        ("2026-02-30", "Enter the day as year, month, day."),
    ],
)
def test_a_day_of_another_century_is_asked_about_by_its_year(day: str, words: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(day)
    assert refused.value.messages == [words]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Please check the year. It can be 2000 to 2100."),
        ("es", "Comprueba el año. Puede ser de 2000 a 2100."),
    ],
)
def test_staff_read_it_beside_the_question(world: World, language: str, words: str) -> None:
    people.change(person=world.dana, wanted={"language": language})
    before = Phase.objects.count()
    answer: Any = sent(world.dana, at(world.ana, "phase"), phase="taper", since="1900-01-01")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Phase.objects.count() == before
