"""The one door for what comes in: whatever is thrown at it, it keeps it whole or refuses it by name."""

import json
import unicodedata
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.foundation import inputs
from community.foundation.errors import Invalid, Malformed, Refusal

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def depth(found: object) -> int:
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(any_text)
def test_text_is_kept_to_the_letter_or_refused(words: str) -> None:
    try:
        kept = inputs.text(words, at="/body", most=50)
    except Invalid:
        kept = ""
    if not kept:
        assert inputs.CONTROLS.search(words) or len(words.replace("\r\n", "\n")) > 50 or not inputs.visible(words)
        return
    assert kept == words.replace("\r\n", "\n").replace("\r", "\n")
    assert kept.encode()
    assert not {char for char in kept if ord(char) < 32} - {"\n", "\t"}
    assert len(kept) <= 50


@given(any_text)
def test_what_was_kept_is_kept_again_the_same(words: str) -> None:
    try:
        kept = inputs.text(words, at="/body", most=50)
    except Invalid:
        return
    assert inputs.text(kept, at="/body", most=50) == kept


@pytest.mark.parametrize("code", [*range(9), 11, 12, *range(14, 32), 0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_every_control_and_lone_surrogate_is_refused(code: int) -> None:
    with pytest.raises(Invalid) as refused:
        inputs.text(f"a{chr(code)}b", at="/body", most=50)
    assert refused.value.code == "characters"


@pytest.mark.parametrize("code", [9, 10, 13, 0x7F, 0x85, 0x200B, 0x202E, 0xFEFF, 0xFFFD, 0x1F331, 0x10FFFF])
def test_every_other_character_is_kept(code: int) -> None:
    assert inputs.text(f"a{chr(code)}b", at="/body", most=50)


@pytest.mark.parametrize(
    "blank",
    ["", " ", "\n\n", "\t", "\u00a0", "\u2003", "\u200b", "\u200d", "\u2060", "\ufeff", "\u2028", "\u00ad", "\u3164",
     "\u115f", "\u2800", "\ue000", "\u180e", "\u202e\u202c", "\ufe0f", "\U000e0100"],
)  # fmt: skip
def test_what_cannot_be_seen_is_blank(blank: str) -> None:
    for words in (blank, blank * 3):
        with pytest.raises(Invalid) as refused:
            inputs.text(words, at="/body", most=50)
        assert refused.value.code == "blank"


@pytest.mark.parametrize("seen", [".", "👍", "❤️", "é", "e\u0301", "\u200bx", "0", "ㅤa", "\u0e01\u0e33"])
def test_one_visible_sign_is_enough(seen: str) -> None:
    assert inputs.text(seen, at="/body", most=50) == seen


def test_limits_count_code_points_after_line_ends_are_folded() -> None:
    assert inputs.text("🌱" * 50, at="/body", most=50)
    assert inputs.text("a\r\n" * 25, at="/body", most=50) == "a\n" * 25
    with pytest.raises(Invalid):
        inputs.text("a" * 51, at="/body", most=50)


@given(st.dictionaries(st.text(max_size=8), values, max_size=5))
def test_an_object_is_read_as_any_json_reader_would(found: dict[str, object]) -> None:
    raw = json.dumps(found)
    if depth(found) <= inputs.DEPTH:
        assert inputs.decode(raw) == inputs.decode(raw.encode()) == json.loads(raw)
    else:
        with pytest.raises(Malformed):
            inputs.decode(raw)


@given(st.binary(max_size=60) | any_text)
def test_whatever_comes_is_an_object_or_malformed(raw: bytes | str) -> None:
    with suppress(Malformed):
        assert isinstance(inputs.decode(raw), dict)


@pytest.mark.parametrize("levels", [8, 9, 100, 100_000])
@pytest.mark.parametrize("form", ['{{"a": {}}}', "[{}]"])
def test_eight_levels_are_read_and_nine_are_not(levels: int, form: str) -> None:
    opening, closing = form.format("|").split("|")
    inner = levels - 1
    raw = '{"top": ' + opening * inner + "1" + closing * inner + "}"
    if levels == 8:
        assert inputs.decode(raw)
    else:
        with pytest.raises(Malformed):
            inputs.decode(raw)


@pytest.mark.parametrize(
    "raw",
    ['{"a": 1, "a": 1}', '{"a": {"b": 1, "b": 2}}', '{"a": 1, "\\u0061": 2}', '{"a": NaN}', '{"a": -Infinity}',
     '{"a": ' + "1" * 19 + "}", '{"a": -' + "1" * 19 + "}", '{"a": 0.' + "1" * 40 + "}", '{"a": 01}', "{'a': 1}",
     '{"a": 1,}', "{} {}", "[]", "1", "null", "", " ", "\ufeff{}", '{"a": "\n"}', "{a: 1}", "/**/{}"],
)  # fmt: skip
def test_what_json_readers_disagree_on_is_malformed(raw: str) -> None:
    with pytest.raises(Malformed):
        inputs.decode(raw)


def test_a_number_as_large_as_the_database_keeps_is_read() -> None:
    assert inputs.decode('{"a": ' + "9" * 18 + "}") == {"a": 10**18 - 1}


@pytest.mark.parametrize("raw", ['{"a": 1e999}', '{"a": -1e999}'])
def test_a_number_too_large_to_be_one_is_malformed(raw: str) -> None:
    with pytest.raises(Malformed):
        inputs.decode(raw)


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None, [], 2**53 + 1, -1])
def test_a_whole_number_is_a_whole_number(value: object) -> None:
    with pytest.raises(Invalid):
        inputs.whole(value, at="/n")


def test_an_id_is_36_characters_in_any_case() -> None:
    one = uuid4()
    assert inputs.uuid(str(one).upper(), at="/id") == one
    for wrong in (one.hex, f"{{{one}}}", f"urn:uuid:{one}", f" {one}", f"{one}\n", str(UUID(int=0)), one, None, 5):
        with pytest.raises(Invalid):
            inputs.uuid(wrong, at="/id")


@given(any_text)
def test_a_line_is_one_line_each_sign_of_which_can_be_seen(words: str) -> None:
    try:
        kept = inputs.line(words, at="/label", most=1000, blank=True)
    except Refusal:
        return
    assert kept == " ".join(words.split())
    assert {unicodedata.category(char) for char in kept}.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    assert inputs.line(kept, at="/label", most=1000, blank=True) == kept


@pytest.mark.parametrize("wrong", ["a\u202eb", "a\u2066b", "a\u200bb", "\ufeffa", "\u3164", "a\u00adb", "a\U000e0041"])
def test_a_sign_that_turns_or_hides_others_is_refused_in_a_line(wrong: str) -> None:
    with pytest.raises(Refusal):
        inputs.line(wrong, at="/label", most=40, blank=True)


@pytest.mark.parametrize("right", ["Año nuevo", "שלום", "\U0001f331 thirty", "a  b\nc", ""])
def test_words_of_any_script_are_a_line(right: str) -> None:
    assert inputs.line(right, at="/label", most=40, blank=True) == " ".join(right.split())


@given(any_text)
def test_a_name_nobody_asked_for_is_refused_in_words_that_can_be_sent(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        inputs.known({name: 1}, frozenset())
    json.dumps(refused.value.problem(), ensure_ascii=False).encode()
