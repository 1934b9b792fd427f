"""What the demo's people say: it can be read, it is safe to show, and it speaks as this place speaks."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.chat.models import NOTE_MOST, ReactionName
from groups.demo import script
from groups.demo.services import PERSONAS

ROOMS = sorted(path.stem for path in script.CORPUS.glob("*.txt"))
EVENINGS = [room for room in ROOMS if room.startswith("evening_")]
#: What UX.md 7 never says, in English and Spanish, whole words.
NEVER = re.compile(
    r"\b(addict\w*|alcoholics?|users?|patients?|cases?|diagnos\w+|clean\w*|dirty|relaps\w+|fail\w*|laps(e|ed|es|ing)|"
    r"abstinen\w+|resets?|streaks?|discharged|AMA|non-?compliant|no-?shows?|MAT|monitored|watched|anonym\w+|"
    r"confidential\w*|oops|junkies?|drunks?|adict[oa]s?|alcohólic[oa]s?|pacientes?|recaídas?|limpi[oa]s?|suci[oa]s?|"
    r"usuari[oa]s?|fracas\w+|anónim[oa]s?)\b",
    re.IGNORECASE,
)
#: What nobody says in any room: a way to reach them, a price, an amount, a link.
UNSAFE = re.compile(
    r"@\w|https?:|www\.|(\d[\s().-]*){6,}|[$€£]\s*\d|\b\d+\s*(mg|ml|g|oz|pills?|drinks?|beers?)\b", re.IGNORECASE
)
DAYS_COUNTED = re.compile(
    r"\b(\d+|\w+ty|one|two|three|hundred)[ -](days?|weeks?|months?) (in|of|since|without)\b", re.IGNORECASE
)
NOW = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)


def words(room: str) -> list[str]:
    """Everything said in a room, with its content notes and what words were before and after a change."""
    return [text for line in script.lines(room) for text in (line.body, line.note, line.changed) if text]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_told_in_order_and_every_answer_has_its_question(room: str) -> None:
    lines = script.lines(room)
    for scene in (True, False):
        told = [line.moment.on(NOW) for line in lines if (line.moment.before is not None) == scene]
        assert told == sorted(told)
    if room == "tuesday":  # the two files are told as one
        lines = tuple(line for _at, line in script.told_by(NOW + timedelta(days=7), room, "first_words"))
    spoken: set[str] = set()
    for line in lines:
        assert line.to is None or line.to in spoken, line.body
        assert line.note is None or len(line.note) <= NOTE_MOST
        spoken.add(line.author)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_speaks_as_this_place_speaks(room: str) -> None:
    assert [said for said in words(room) if NEVER.search(said)] == []
    assert [said for said in words(room) if UNSAFE.search(said)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_people_stand_by_each_other_in_the_six_ways(room: str) -> None:
    for line in script.lines(room):
        for name, given_by in line.reactions:
            assert name in ReactionName.values, line.body
            assert len(set(given_by)) == len(given_by), line.body
            assert line.author not in given_by, line.body


@pytest.mark.parametrize("room", ["willow", "willow_alumni"])
def test_no_number_stands_in_the_room_without_numbers(room: str) -> None:
    assert [said for said in words(room) if re.search(r"\d", said)] == []


@pytest.mark.parametrize("room", ["harbor", "harbor_alumni", "willow", "willow_alumni"])
def test_nobody_counts_days_where_they_are_not_counted(room: str) -> None:
    assert [said for said in words(room) if DAYS_COUNTED.search(said)] == []


def test_the_teen_room_sleeps_at_night() -> None:
    assert all(time(7) <= line.moment.at < time(22) for line in script.lines("afterschool"))


@given(st.timedeltas(timedelta(), timedelta(days=1500)).map(lambda later: NOW + later))
def test_nothing_is_told_before_it_happened_and_the_closing_scene_stands_alone(now: datetime) -> None:
    told = script.told_by(now, "tuesday", "first_words")
    assert [at for at, _line in told] == sorted(at for at, _line in told)
    assert told[-1][0] <= now
    scene = [line for _at, line in told if line.moment.before is not None]
    assert [line for _at, line in told[-len(scene) :]] == scene


@pytest.mark.parametrize("room", EVENINGS)
def test_an_evening_puts_no_words_in_the_mouth_of_a_visitor_and_is_not_long(room: str) -> None:
    lines = script.lines(room)
    assert not {line.author for line in lines} & {persona.alias for persona in PERSONAS}
    assert len(lines) <= 12
    assert all(timedelta() < line.moment.after <= timedelta(hours=1) for line in lines)


def test_a_line_nobody_can_read_says_which_one_it_is() -> None:
    for bad in (
        "@ Someday, last week",
        "@ now\n18:00 Ana: no minus",
        "@ Monday, this week\n-1:00 Ana: minus",
        "Ana: hi",
    ):
        with pytest.raises(ValueError, match="line"):
            list(script.read(bad.splitlines()))
