"""The judge of the fault runs finds what is planted; a judge that finds nothing anywhere would prove nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.faults.judge import Message, Run, Said, Verdict, View, judge


@dataclass(slots=True)
class Story:
    """Ana and Ben take turns in one room, four messages in all; both see them all."""

    said: list[Said]
    history: dict[str, list[dict[str, Any]]]
    views: dict[str, View]
    sent: dict[str, float]

    def verdict(self) -> Verdict:
        return judge(self.said, self.history, self.views.values(), self.sent)


def message(number: int) -> dict[str, Any]:
    return {"id": f"id{number}", "key": f"key{number}", "position": number, "version": number, "body": f"Line {number}"}


def said(number: int) -> Said:
    author = "ana" if number % 2 else "ben"
    return Said(author=author, group="room", key=f"key{number}", id=f"id{number}", position=number, at=float(number))


def view(person: str) -> View:
    shown: dict[str, Message] = {f"id{number}": message(number) for number in range(1, 5)}
    return View(person=person, group="room", messages=shown, runs=[Run(after=0, versions=[1, 2, 3, 4])])


@pytest.fixture
def story() -> Story:
    return Story(
        said=[said(number) for number in range(1, 5)],
        history={"room": [message(number) for number in range(1, 5)]},
        views={name: view(name) for name in ("ana", "ben")},
        sent={f"key{number}": float(number) for number in range(1, 5)},
    )


def test_a_good_run_has_no_fault(story: Story) -> None:
    told = "acknowledged 4, stored 4, missing 0, doubled 0, out of order 0, leaked 0"
    assert str(story.verdict()) == told


def test_a_repeat_with_the_same_answer_counts_once(story: Story) -> None:
    story.said.append(said(2))
    verdict = story.verdict()
    assert verdict.acknowledged == 4
    assert verdict.faults == []


def acknowledged_and_lost(story: Story) -> None:
    story.history["room"].pop()
    for seen in story.views.values():
        del seen.messages["id4"]


def stored_and_not_shown(story: Story) -> None:
    del story.views["ben"].messages["id3"]


def shown_and_not_stored(story: Story) -> None:
    story.views["ben"].messages["id9"] = message(9)
    story.sent["key9"] = 9.0


def an_edit_that_never_came(story: Story) -> None:
    story.history["room"][1] = {**message(2), "version": 5, "body": "Line two"}
    story.views["ana"].messages["id2"] = story.history["room"][1]


def one_key_stored_twice(story: Story) -> None:
    again = {**message(5), "key": "key2"}
    story.history["room"].append(again)
    for seen in story.views.values():
        seen.messages["id5"] = again


def one_key_answered_with_two_messages(story: Story) -> None:
    story.said.append(replace(said(2), id="id3"))


def one_key_shown_twice(story: Story) -> None:
    story.views["ana"].messages["id3"] = {**message(3), "key": "key2"}


def a_gap_in_history(story: Story) -> None:
    story.history["room"][3] = {**message(4), "position": 5}


def history_out_of_turn(story: Story) -> None:
    rows = story.history["room"]
    rows[1], rows[2] = rows[2], rows[1]


def acknowledged_elsewhere(story: Story) -> None:
    story.said[1] = replace(said(2), position=3)


def shown_elsewhere(story: Story) -> None:
    story.views["ana"].messages["id2"] = {**message(2), "position": 3}


def one_persons_words_swapped(story: Story) -> None:
    story.said[0], story.said[2] = replace(said(1), at=3.0), replace(said(3), at=1.0)


def versions_that_go_back(story: Story) -> None:
    story.views["ana"].runs = [Run(after=0, versions=[1, 3, 2, 4])]


def a_version_that_comes_twice(story: Story) -> None:
    story.views["ana"].runs = [Run(after=0, versions=[1, 2, 2, 3, 4])]


def a_version_from_before_the_greeting(story: Story) -> None:
    story.views["ana"].runs = [Run(after=2, versions=[2, 3, 4])]


def shown_after_the_removal(story: Story) -> None:
    story.views["ana"].removed = 3.5


def heard_after_left(story: Story) -> None:
    story.views["ana"].after_left = 1


@pytest.mark.parametrize(
    ("plant", "where"),
    [
        (acknowledged_and_lost, "missing"),
        (stored_and_not_shown, "missing"),
        (shown_and_not_stored, "missing"),
        (an_edit_that_never_came, "missing"),
        (one_key_stored_twice, "doubled"),
        (one_key_answered_with_two_messages, "doubled"),
        (one_key_shown_twice, "doubled"),
        (a_gap_in_history, "out_of_order"),
        (history_out_of_turn, "out_of_order"),
        (acknowledged_elsewhere, "out_of_order"),
        (shown_elsewhere, "out_of_order"),
        (one_persons_words_swapped, "out_of_order"),
        (versions_that_go_back, "out_of_order"),
        (a_version_that_comes_twice, "out_of_order"),
        (a_version_from_before_the_greeting, "out_of_order"),
        (shown_after_the_removal, "leaked"),
        (heard_after_left, "leaked"),
    ],
)
def test_what_is_planted_is_found(story: Story, plant: Callable[[Story], None], where: str) -> None:
    plant(story)
    assert getattr(story.verdict(), where)


def test_a_sync_may_bring_versions_again_once(story: Story) -> None:
    story.views["ana"].runs = [Run(after=3, versions=[4, 1, 2, 3, 4], rewinds=1)]
    assert story.verdict().faults == []
    story.views["ana"].runs = [Run(after=3, versions=[4, 1, 2, 1, 3, 4], rewinds=1)]
    assert len(story.verdict().out_of_order) == 1


def test_whom_nothing_reached_after_their_removal_is_no_fault(story: Story) -> None:
    ana = story.views["ana"]
    ana.removed = 2.5
    del ana.messages["id3"], ana.messages["id4"]
    assert story.verdict().faults == []
