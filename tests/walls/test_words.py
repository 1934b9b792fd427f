"""The word check finds what is never said, in both languages, and nothing else (tools/words.py)."""

import pytest

from tools import words
from tools.words import Text, nevers, of_template

NEVER_EN = [
    "addict", "alcoholics", "user", "patients", "case", "relapse", "relapsed", "lapse", "failed", "abstinence",
    "discharged", "no-show", "non-compliant", "monitored", "watched", "anonymous", "confidential", "oops",
]  # fmt: skip
NEVER_ES = [
    "adictas", "alcohólico", "usuarios", "paciente", "caso", "recaída", "desliz", "fracasó", "abstinencia",
    "inasistente", "monitoreado", "vigilada", "anónimo", "confidencial",
]  # fmt: skip
SENTENCES = [
    ("en", "A dual diagnosis is fine."),
    ("en", "You are clean for 90 days."),
    ("en", "You lost your streak."),
    ("en", "Reset my count"),
    ("en", "He left AMA."),
    ("en", "Ask about MAT."),
    ("en", "We are here 24/7."),
    ("en", "HIPAA compliant and clinically proven."),
    ("en", "It detects suicide."),
    ("en", "This is not a medical device."),
    ("en", "Your sponsor or mentor"),
    ("en", "Invalid input."),
    ("en", "Are you sure?"),
    ("en", "We miss you!"),
    ("en", "You have 27 unread."),
    ("es", "Un diagnóstico dual"),
    ("es", "Estás limpia."),
    ("es", "Perdiste tu racha."),
    ("es", "La dieron de alta médica."),
    ("es", "Siempre estamos aquí."),
    ("es", "Tu padrino o mentor"),
    ("es", "¿Estás segura?"),
    ("es", "Te echamos de menos."),
]
FINE = [
    ("en", "In any case, in lower case, in case you wonder."),
    ("en", "Relapse prevention, Tuesdays"),
    ("en", "Alcoholics Anonymous meets on Friday."),
    ("en", "It stays confidential as the law allows."),
    ("en", "Reading the user_id, or a no-case-here name"),
    ("en", "What is the matter with my mat?"),
    ("es", "En caso de peligro, llama al 988."),
    ("es", "Prevención de recaídas"),
    ("es", "Es confidencial, según permite la ley."),
    ("es", "Acceso a los grupos"),
]


def found(said: str, *, language: str = "en", staff: bool = False) -> list[tuple[int, str]]:
    text = Text("somewhere", 1, language, said, staff=staff)
    return [one for never in nevers() for one in never.found_in(text)]


@pytest.mark.parametrize("word", NEVER_EN)
def test_a_word_is_found_in_english(word: str) -> None:
    assert found(f"This {word.capitalize()} is said.") != []


@pytest.mark.parametrize("word", NEVER_ES)
def test_a_word_is_found_in_spanish(word: str) -> None:
    assert found(f"Aquí se dice {word}.", language="es") != []


@pytest.mark.parametrize(("language", "said"), SENTENCES)
def test_a_sentence_is_found(language: str, said: str) -> None:
    assert found(said, language=language) != []


@pytest.mark.parametrize(("language", "said"), FINE)
def test_a_fine_sentence_is_left_alone(language: str, said: str) -> None:
    assert found(said, language=language) == []


def test_a_fine_phrase_hides_no_word_beside_it() -> None:
    assert found("Relapse prevention is for who had a relapse.") == [(1, "relapse")]


def test_case_is_said_on_screens_of_staff_alone() -> None:
    assert found("Take this case.", staff=True) == []
    assert found("The patient of this case.", staff=True) == [(1, "patient")]


def test_of_a_template_only_what_people_read_or_hear_is_searched() -> None:
    text = of_template(
        "templates/room.html",
        '{% comment %}the user{% endcomment %}\n<p class="user">{{ user.alias }}</p>\n'
        '<button aria-label="Call the patient">{% translate "Ask the user" %}</button>\n<i>relapse</i>',
    )
    assert [one for never in nevers() for one in never.found_in(text)] == [(3, "patient"), (3, "user"), (4, "relapse")]


def test_nothing_of_that_is_said_here() -> None:
    assert words.findings() == []
