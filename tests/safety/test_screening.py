import io
import json
import re
from pathlib import Path
from typing import override

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from community.safety.models import PACK_MOST
from community.safety.screening import corpus, features, frames, training
from community.safety.screening.board import Board
from community.safety.screening.clauses import cut
from community.safety.screening.context import Said
from community.safety.screening.engine import screen
from community.safety.screening.frames import ALERTS, heard, stood
from community.safety.screening.labelled import RULES
from community.safety.screening.labels import labels, needles, spans, windows
from community.safety.screening.lines import screened
from community.safety.screening.model import MODEL, load
from community.safety.screening.normalizer import LIMIT, read
from community.safety.screening.packs import Choice, Pattern, patterns
from groups.demo import script

ASKED_OF_A_PLACE = 16  # lists of the packs that a clause may be asked for

TIERS = {
    "alert": [
        "i want to kill myself",
        "k i l l  m y s e l f tonight",
        "im gonna k1ll myself",
        "I'm okay, really, but I keep thinking about ending my life",
        "Voy a matarme esta noche",
        "ya no quiero vivir",
        "my brother says he is going to kill himself tonight",
        "he's not breathing and his lips are blue",
        "how many of them would it take to die",
        "stopped drinking two days ago and I am seeing bugs on the wall",
        "he is outside my door with a knife",
        "my stepdad hits my little brother",
        "goodbye everyone. i gave away my dog",
        "been sitting here with the bottle of pills counting them",
        "is it gonna hurt if i take them all",
        "I'm not suicidal. but I want to die",
    ],
    "concern": [
        "i wish i would not wake up",
        "i relapsed after 90 days",
        "everyone would be better off without me",
        "started cutting again",
        "estoy cansada de vivir",
        "i am going to drink tonight",
        "i'm worried about my sister, she seems so hopeless",
    ],
    "none": [
        "Im not suicidal at all",
        "this homework makes me want to die lol",
        "when i was 19 i tried to kill myself. today im sober",
        "the poster says call if you are thinking about suicide",
        "i killed myself three times on that level of the game",
        "no quiero morir",
        "goodbye everyone, see you next week",
        "took all my meds this morning like a good boy",
        "I want to die my hair blue",
        "see you thursday!",
    ],
}


@pytest.mark.parametrize(("tier", "text"), [(tier, text) for tier, texts in TIERS.items() for text in texts])
def test_each_kind_of_line_reaches_its_tier(tier: str, text: str) -> None:
    assert screen(text).tier == tier


def test_a_short_answer_counts_with_its_question() -> None:
    asked = [Said("Are you thinking about killing yourself?")]
    assert screen("yes", before=asked).tier == "alert"
    assert screen("no", before=asked).tier == "none"
    assert screen("yes", before=[Said("Coffee after group?")]).tier == "none"


def test_a_sentence_sent_in_pieces_is_read_as_one() -> None:
    assert screen("myself", before=[Said("i want to", by_author=True), Said("kill", by_author=True)]).tier == "alert"


@pytest.mark.parametrize(
    ("before", "text", "tier"),
    [
        ("Take care of my plants.", "I am about to use", "concern"),
        ("Take care of my plants.", "today was so hard", "none"),
        ("I want to kill myself", "thanks, see you on Thursday", "none"),
        ("Take care of my plants.", "I can't do this anymore", "alert"),
        ("Take care of my dog", "I won't be here", "alert"),
        ("I took my pills", "all of them", "alert"),
    ],
)
def test_what_was_said_before_makes_words_graver_only_where_they_add_to_it(before: str, text: str, tier: str) -> None:
    found = screen(text, before=[Said(before, by_author=True)])
    assert found.tier == tier
    assert (found.frames == ()) == (tier == "none")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("text me 555-201-3344", "pii_phone"),
        ("ana@example.com", "pii_email"),
        ("anyone selling percs around here", "sourcing"),
        ("join our discord.gg/abc", "invite_link"),
        ("my ssn is 078-05-1120", "pii_ssn"),
        ("being on suboxone is not really sober", "harassment"),
    ],
)
def test_what_is_better_not_sent_is_named_with_its_place(text: str, label: str) -> None:
    found = next(span for span in spans(text) if span.label == label)
    assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "call 988 or text HOME to 741741",
        "i take 100 mg of my own zoloft every morning",
        "i ran into my old dealer and kept walking",
        "90 days today, room 214",
    ],
)
def test_helplines_own_prescriptions_and_old_dealers_are_never_held(text: str) -> None:
    assert not labels(text)


def test_numbers_count_only_where_the_track_cares_for_them() -> None:
    assert labels("i ate 900 calories", track="eating_disorder") == ("numbers_ed",)
    assert labels("i ate 900 calories", track="addiction") == ()


def test_a_bad_line_is_answered_with_its_number_and_the_rest_goes_on() -> None:
    answers = list(screened(["{", '{"id": 1, "text": "hello"}', "[]", '{"text": "a", "context": 3}']))
    assert [answer.get("line") for answer in answers] == [1, None, 3, 4]
    assert answers[1] == {"id": 1, "tier": "none", "labels": [], "frames": []}


def test_the_command_screens_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": "a", "text": "i want to die"}\n'))
    call_command("screen")
    assert json.loads(capsys.readouterr().out)["tier"] == "alert"


def test_the_evaluation_prints_shares_with_intervals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('{"text": "i want to die", "tier": "alert", "category": "active_ideation"}\n')
    call_command("screen", evaluate=[path])
    assert "1.000 (0.207-1.000)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    ["a" * 4000, "i " * 2000, "z\u0363\u0300\u0489" * 1000, "\u200b" * 4000, "if (x) { return !y; }" * 200, "*" * 4000],
)
def test_odd_input_is_read_and_means_nothing(text: str) -> None:
    assert screen(text).tier == "none"


ODD = [
    *("a", "k i l l ", "k1ll ", "want to ", "kill myself ", "iwanttodie", "not ", "but ", "my real name is "),
    *("*", "$", "1 ", "555-0142 ", "@", "a.co ", "{", "'", '"', ",", ". ", "\n"),
    *("\u200b", "z\u0363", "\ufdfa", "\u043a\u0456ll ", "\U0001f480"),
]
HOSTILE = st.lists(st.sampled_from(ODD) | st.text(max_size=20), max_size=40)


class Counted(Board):
    """Counts how often a message is searched for a pattern or a list."""

    asked = 0

    @override
    def ends(self, pattern: Pattern) -> int:
        self.asked += len(pattern.pieces)
        return super().ends(pattern)

    @override
    def starts(self, choice: Choice) -> list[tuple[int, int]]:
        self.asked += 1
        return super().starts(choice)


def test_weights_are_of_the_corpus_that_lies_here() -> None:
    assert corpus.digest(corpus.part("train")) == MODEL.version, "manage.py screen --train"


def test_what_it_was_read_with_fits_into_a_case() -> None:
    assert len(screen("hello").pack) <= PACK_MOST


def test_no_voice_is_in_two_parts() -> None:
    voices = [{row["voice"] for row in corpus.part(part)} for part in corpus.PARTS]
    assert voices[0]
    assert voices[0].isdisjoint(voices[1])


def test_a_line_of_the_corpus_says_what_it_is() -> None:
    for row in (*corpus.part("train"), *corpus.part("test")):
        assert row["tier"] == ("alert" if row["category"] in ALERTS else row["tier"])
        assert {row["lang"], row["form"]} <= {"en", "es", "mixed", "explicit", "indirect", "obfuscated"}


@pytest.mark.parametrize("kept", [None, "{", '{"weights": {}}'])
def test_nothing_starts_without_weights(tmp_path: Path, kept: str | None) -> None:
    path = tmp_path / "weights.json"
    if kept is not None:
        path.write_text(kept)
    with pytest.raises((OSError, ValueError)):
        load(path)


def test_learning_twice_gives_the_same_weights_and_they_can_be_kept(tmp_path: Path) -> None:
    every = corpus.part("train")
    rows = [row for tier in ("alert", "concern", "none") for row in every if row["tier"] == tier][::40]
    kept = [tmp_path / name for name in ("one", "two")]
    for path in kept:
        training.write(training.trained(rows)[0], path, learned_from="these")
    assert kept[0].read_text() == kept[1].read_text()
    assert load(kept[0]).version == "these"


def test_the_model_weighs_a_line_as_it_learned_to() -> None:
    row = corpus.part("train")[0]
    board = Board(cut(read(row["text"]).words))
    found = stood(board)
    learned = training.Learned({name: page * MODEL.step for name, (page, _) in MODEL.weights.items()}, MODEL.base[0])
    scores = MODEL.scores(board, features.of_all(board, found, heard(board, found)))
    assert scores.page == pytest.approx(training.score(training.line(row), learned))


def test_a_cry_is_found_in_a_long_calm_message() -> None:
    calm = "we had soup and talked about the garden and the weather and it was a good day for everybody there. "
    assert screen(calm * 15 + "i am going to kill myself tonight. " + calm * 15).tier == "alert"
    assert screen(calm * 30).tier == "none"


def test_nobody_is_paged_for_the_talk_of_the_demo() -> None:
    rooms = [path.stem for path in script.CORPUS.glob("*.txt")]
    assert not [line.body for room in rooms for line in script.lines(room) if screen(line.body).tier == "alert"]


def test_content_labels_keep_to_their_bars(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("screen", evaluate=[corpus.LINES / "labels" / f"{part}.jsonl" for part in corpus.PARTS])
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("all "))
    recall, precision = (float(share) for share in re.findall(r"(\d\.\d+) \(", row))
    assert recall >= 0.85
    assert precision >= 0.90


@settings(max_examples=25, deadline=None)
@given(HOSTILE)
def test_the_work_for_a_message_is_bounded_by_the_packs_and_never_by_its_words(parts: list[str]) -> None:
    text = "".join(parts)
    text = (text * (LIMIT // max(1, len(text)) + 1))[: 2 * LIMIT]
    board = Counted(cut(read(text).words))
    ways = {pattern for some in patterns().values() for pattern in some}
    pieces = sum(len(way.pieces) + len(way.needs) for way in ways)
    heard(board, stood(board))
    assert len(board.words) <= LIMIT
    assert board.asked <= pieces * (1 + frames.PLACES) + ASKED_OF_A_PLACE * frames.PLACES * len(ways)
    assert all(
        sum(end - start for start, end in windows(text[:LIMIT], needle)) <= 2 * LIMIT for needle in needles().values()
    )
    assert screen(text).tier in {"alert", "concern", "none"}


def test_no_form_of_a_sign_repeats_without_end() -> None:
    forms = [re.sub(r"\\.|\[[^]]*\]", "x", form) for some in RULES.values() for _, form in some]
    assert not [form for form in forms if re.search(r"[*+]|\{\d+,\}", form)]


def test_covered_words_are_found_where_they_stand_however_they_are_written() -> None:
    text = "no puedo. I keep \u200bthinking of h@nging m\u0443self \U0001f480 tonight"
    span = next(span for span in spans(text) if span.label == "method_detail")
    assert text[span.start : span.end] == "h@nging m\u0443self"
