"""Who walks with somebody in one program and waits in another: no card that cannot be chosen, and a place kept."""

from collections.abc import Callable

import pytest

from community.foundation import clock
from community.foundation.errors import Conflict
from community.matches import services as matches
from community.matches import tasks
from community.matches.desk.many import proposed
from community.matches.desk.outcome import worked_out
from community.matches.models import Match
from community.matches.plans.codes import CARD_LASTS, Action, Reason, State
from community.matches.reading.board import board_of, waiting_for_somebody
from community.matches.reading.mine import Mine
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.notices.models import Notice
from groups.demo.services import World
from tests.community.desk import sent, words
from tests.community.matches import (
    ACTS,
    EARLIER,
    afternoons,
    again,
    also_in,
    another,
    hoping,
    match_at,
    matched,
)
from tests.community.mentoring import active
from tests.community.test_match_pages import text
from tests.doors import Script

HERE = "/mentoring/matches/"
HEADED = "Somebody you might walk with"


def elsewhere(world: World) -> tuple[MentorRequest, Mentor]:
    """Ana waits in the afternoons as well, where Sol is a mentor."""
    active(world)
    sol = also_in(another(world, "Sol"), afternoons(world))
    return hoping(sol.program, world.ana), sol


def ben(world: World) -> Mentor:
    return Mentor.objects.get(person=world.ben)


def card_elsewhere(world: World) -> Match:
    request, sol = elsewhere(world)
    now = clock.now()
    return matched(request, sol, State.SHORTLISTED, since=now - EARLIER, until=now + CARD_LASTS)


@pytest.mark.parametrize("state", [State.INTRODUCTORY, State.ACTIVE, State.PAUSED])
def test_nobody_is_shown_a_card_that_cannot_be_chosen_beside_who_walks_with_them(world: World, state: State) -> None:
    waits = card_elsewhere(world)
    assert HEADED in text(words(world.ana, HERE))
    match_at(world, state, mentor=ben(world))
    for page in (HERE, "/mentoring/"):
        assert HEADED not in text(words(world.ana, page))
    assert Mine(world.ana).heading == "You and Ben"
    shown = Script(world.ana).get("mentoring/matches").json()["results"]
    assert [one["other"]["alias"] for one in shown] == ["Ben"]
    assert sent(world.ana, f"{HERE}{waits.pk}/ask/").status_code == 404


def test_while_somebody_is_asked_the_other_cards_stay(world: World) -> None:
    waits = card_elsewhere(world)
    row = match_at(world, State.OFFERED, mentor=ben(world))
    assert [one.match for one in Mine(world.ana).choices] == [waits]
    assert tasks.broken() == 0
    matches.decline(match=row, by=world.ben)
    assert matches.choose(match=waits, by=world.ana).state == State.OFFERED


@pytest.mark.parametrize("state", [State.PROPOSED, State.SHORTLISTED])
def test_what_was_suggested_in_another_program_goes_and_nobody_is_told(world: World, state: State) -> None:
    waits = card_elsewhere(world)
    Match.objects.filter(pk=waits.pk).update(state=state)
    match_at(world, State.INTRODUCTORY, mentor=ben(world))
    Notice.objects.all().delete()
    assert tasks.cards_to_show() == 0
    assert tasks.broken() == 1
    assert (again(waits).is_open, again(waits).reason, again(waits).request.is_open) == (False, Reason.MATCHED, True)
    assert not Notice.objects.exists()
    assert tasks.broken() == 0


def test_they_are_back_in_line_with_their_place_when_that_has_ended(world: World) -> None:
    waits = card_elsewhere(world)
    program, asked_at = waits.program, waits.request.asked_at
    row = match_at(world, State.INTRODUCTORY, mentor=ben(world))
    tasks.broken()
    assert worked_out(program).figures["waiting"] == 0
    matches.end(match=row, by=world.ana)
    assert worked_out(program).figures["matched"] == 1
    (one,) = board_of(world.dana, program).waiting
    assert (one.request, one.request.asked_at) == (waits.request, asked_at)
    (made,) = matches.suggest(request=waits.request, by=world.dana)
    assert made.guide == waits.guide


def test_nobody_is_suggested_to_who_walks_with_somebody(world: World) -> None:
    request, sol = elsewhere(world)
    match_at(world, State.INTRODUCTORY, mentor=ben(world))
    verbs: list[Callable[[], object]] = [
        lambda: matches.propose(request=request, mentor=sol, by=world.dana),
        lambda: matches.suggest(request=request, by=world.dana),
    ]
    for verb in verbs:
        with pytest.raises(Conflict) as refused:
            verb()
        assert refused.value.code == "settled"
    assert proposed([(request.pk, sol.pk)], by=None) == []
    path = f"mentoring/desk/requests/{request.pk}/suggestions"
    answer = Script(world.dana).post(path, {"mentor": str(sol.pk)})
    assert (answer.status_code, answer.json()["code"]) == (409, "settled")
    assert "keep their place in line" in answer.json()["detail"]


def test_nobody_is_given_a_card_who_walks_with_somebody(world: World) -> None:
    waits = card_elsewhere(world)
    Match.objects.filter(pk=waits.pk).update(state=State.PROPOSED)
    match_at(world, State.INTRODUCTORY, mentor=ben(world))
    assert matches.give_out(program=waits.program, by=world.dana) == []
    with pytest.raises(Conflict) as refused:
        matches.approve(match=waits, by=world.dana)
    assert refused.value.code == "settled"
    matches.reject(match=waits, by=world.dana)
    with pytest.raises(Conflict) as refused:
        matches.take_back(match=waits, by=world.dana)
    assert refused.value.code == "settled"


def test_who_stands_in_is_suggested_shown_and_chosen_beside_who_walks_with_them(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    waits = matches.propose_cover(match=row, mentor=another(world, "Rue"), by=world.dana)
    with clock.turned(by=-EARLIER):
        matches.approve(match=waits, by=world.dana)
    assert tasks.broken() == 0
    assert [one.match for one in Mine(world.ana).choices] == [waits]
    assert matches.choose(match=waits, by=world.ana).state == State.OFFERED


@pytest.mark.parametrize("state", [State.OFFERED, State.INTRODUCTORY, State.PAUSED])
def test_on_the_board_nobody_waits_who_asked_somebody_or_walks_with_them_elsewhere(world: World, state: State) -> None:
    request, _sol = elsewhere(world)
    board = board_of(world.dana, request.program)
    assert ([one.request for one in board.waiting], board.to_suggest) == ([request], True)
    match_at(world, state, mentor=ben(world))
    board = board_of(world.dana, request.program)
    assert (board.waiting, board.to_suggest) == ([], False)
    assert worked_out(request.program).figures["waiting"] == 0
    assert waiting_for_somebody(world.dana, clock.now()) == []


def test_who_has_cards_elsewhere_waits_and_is_not_to_be_suggested_to_at_once(world: World) -> None:
    request, _sol = elsewhere(world)
    match_at(world, State.SHORTLISTED, mentor=ben(world))
    board = board_of(world.dana, request.program)
    assert ([one.request for one in board.waiting], board.to_suggest) == ([request], False)
    assert worked_out(request.program).figures["waiting"] == 0


def test_one_press_looks_for_somebody_else_there_although_they_wait_in_another_program(world: World) -> None:
    request, _sol = elsewhere(world)
    row = match_at(world, State.INTRODUCTORY, mentor=ben(world))
    assert Mine(world.ana).looks_again is None
    ACTS[Action.END](world, row)
    found = Mine(world.ana).looks_again
    assert found is not None
    assert found.match == row
    assert "Somebody else · Evening program" in text(words(world.ana, HERE))
    assert sent(world.ana, f"{HERE}{row.pk}/look-again/").status_code == 302
    assert Mine(world.ana).looks_again is None
    assert set(MentorRequest.objects.of(world.ana.pk).open().values_list("program", flat=True)) == {
        world.evening.pk, request.program_id,
    }  # fmt: skip


def test_nobody_looks_again_while_somebody_is_asked_elsewhere(world: World) -> None:
    waits = card_elsewhere(world)
    row = match_at(world, State.INTRODUCTORY, mentor=ben(world))
    matches.end(match=row, by=world.ana)
    matches.choose(match=waits, by=world.ana)
    assert Mine(world.ana).looks_again is None
    mentoring.withdraw(person=world.ana, request=waits.request)
    assert Mine(world.ana).looks_again is not None
