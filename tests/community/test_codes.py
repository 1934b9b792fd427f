"""Codes read from paper, and names made of plain words."""

import math
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.foundation import codes, words

SYMBOLS = 12
symbol = st.sampled_from(codes.ALPHABET)


def test_a_code_is_read_as_it_was_printed() -> None:
    code = codes.make(SYMBOLS)
    assert codes.read(codes.shown(code, 4), SYMBOLS) == code
    assert codes.shown("ABCDEFGHJK", 5) == "ABCDE-FGHJK"


@given(st.text(codes.ALPHABET, min_size=SYMBOLS - 1, max_size=SYMBOLS - 1), st.data())
def test_look_alikes_case_and_gaps_make_no_difference(body: str, data: st.DataObject) -> None:
    code = body + codes._check(body)
    drawn = {"0": "0Oo\uff2f", "1": "1IiLl\uff29"}
    gaps = ["", " ", "-", "\u2013", "  ", "_", "\u00a0", "."]
    typed = "".join(
        data.draw(st.sampled_from(gaps)) + data.draw(st.sampled_from(drawn.get(one, one + one.lower()))) for one in code
    )
    assert codes.read(f" {typed} ", SYMBOLS) == (code if len(typed) <= codes.TYPED_MOST - 2 else None)


@given(st.text(codes.ALPHABET, min_size=SYMBOLS - 1, max_size=SYMBOLS - 1), st.integers(0, SYMBOLS - 1), symbol)
def test_one_wrong_symbol_is_always_noticed(body: str, place: int, other: str) -> None:
    code = body + codes._check(body)
    slip = code[:place] + other + code[place + 1 :]
    assert codes.read(slip, SYMBOLS) == (code if slip == code else None)


@pytest.mark.parametrize(
    "typed", [None, 5, "", " ", "ABCD", "U" * 12, "É" * 12, "A" * 13, "A" * 100_000, "\x00" * 12, "🏠" * 12, ["A"]]
)
def test_what_cannot_be_a_code_is_none(typed: object) -> None:
    assert codes.read(typed, SYMBOLS) is None


@pytest.mark.parametrize("language", list(words.WORDS))
def test_words_are_plain_short_and_many_enough(language: str) -> None:
    found = words.WORDS[language]
    assert len(set(found)) == len(found)
    assert all(3 <= len(word) <= 9 and set(word) <= set(string.ascii_lowercase) for word in found)
    assert 4 * math.log2(len(found)) + math.log2(len(words.NUMBERS)) > 40  # bits of a password of four words


def test_words_come_in_the_language_of_the_person() -> None:
    assert set(words.some(4, "es").split("-")[:4]) <= set(words.WORDS["es"])
    assert set(words.some(2, "en-us").split("-")[:2]) <= set(words.WORDS["en"])
    assert set(words.some(2, "xx").split("-")[:2]) <= set(words.WORDS["en"])


@pytest.mark.parametrize(
    "typed", ["maple-otter-42", " Maple Otter 42 ", "MAPLE_OTTER\u201342", "máple  ótter, 42", "maple.otter.42"]
)
def test_a_name_of_words_is_found_however_it_is_typed(typed: str) -> None:
    assert words.folded(typed) == "maple-otter-42"
