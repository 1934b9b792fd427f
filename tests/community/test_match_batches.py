"""A proposal for everybody who waits: asked for by staff, worked out by the worker, taken over once."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from community.consent import services as consent
from community.consent.models import Purpose
from community.foundation import clock
from community.foundation.errors import Conflict, NotAllowed
from community.matches import services as matches
from community.matches import tasks
from community.matches.desk.outcome import worked_out
from community.matches.models import Batch, Match
from community.matches.plans.codes import CARDS, LISTS_A_PLACE, State
from community.matching.solver import apart
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules.standing import agreement_subject
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from groups.demo.services import World
from tests.community.matches import matched
from tests.community.mentoring import active, asked
from tests.tables import rows


def others(world: World, number: int, like: MentorRequest) -> list[MentorRequest]:
    """More people who wait, each after the other."""
    found = []
    for one in range(number):
        person = people.create(alias=f"More {one}", address=f"more{one}@porchlight.test")
        row = MentorRequest(
            person=person, program=world.evening, asked_at=clock.now(), changed=clock.now(), zone=like.zone,
            hours=like.hours, languages=like.languages,
        )  # fmt: skip
        row.save(force_insert=True)
        consent.give(person=person, purpose=Purpose.MATCHED, subject=agreement_subject(world.evening.pk))
        found.append(row)
    return found


def made(world: World, by: Person | None = None) -> Batch:
    """Asked for, and worked out as the worker does it."""
    batch = matches.ask_for_all(program=world.evening, by=by or world.dana)
    tasks.work_out.func(str(batch.pk))
    batch.refresh_from_db()
    return batch


def proposals() -> set[tuple[Any, Any]]:
    return set(Match.objects.at(State.PROPOSED).values_list("request_id", "mentor_id"))


def test_ana_is_proposed_to_ben(world: World) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    batch = made(world)
    (card,) = batch.cards
    assert (card[0], card[1][0][0]) == (str(request.pk), str(mentor.pk))
    assert batch.state == Batch.State.READY
    told = {name: batch.figures[name] for name in ("waiting", "matched", "left", "places", "longest_wait_left")}
    assert told == {"waiting": 1, "matched": 1, "left": [], "places": 2, "longest_wait_left": 0}
    assert batch.figures["worst_fit"] == card[1][0][1]


def test_who_is_left_and_what_would_help_is_told(world: World) -> None:
    first = asked(world.ana, world.evening, languages=["es"])
    active(world)
    second, third = others(world, 2, first)
    for row in (second, third):
        row.languages = ["en"]
        row.save()
    Mentor.objects.update(capacity=1)
    figures = made(world).figures
    assert (figures["waiting"], figures["matched"]) == (3, 1)
    assert figures["left"] == [
        {"request": str(first.pk), "why": "nobody_fits"},
        {"request": str(third.pk), "why": "places_taken"},
    ]
    assert figures["alone"] == [{"code": "language", "about": ["es"], "requests": [str(first.pk)]}]
    assert figures["kinds"] == [{"program": str(world.evening.pk), "language": "es", "gender": "", "people": 1}]


def test_nothing_that_anybody_wrote_is_kept_in_it(world: World) -> None:
    active(world, values=["hiking"])
    asked(world.ana, world.evening, values=["hiking"], life_stages=["a mother"], hopes="Somebody who listens")
    kept = json.dumps([made(world).cards, made(world).figures])
    assert not any(word in kept for word in ("hiking", "mother", "listens", "Ana", "Ben"))


def test_without_mentors_or_people_there_is_an_answer(world: World) -> None:
    assert made(world).figures["waiting"] == 0
    asked(world.ana, world.evening)
    batch = made(world)
    assert (batch.cards, batch.figures["matched"], len(batch.figures["left"])) == ([], 0, 1)


def test_asked_twice_it_is_one_and_its_task_is_there_with_it(world: World) -> None:
    first = matches.ask_for_all(program=world.evening, by=world.dana)
    assert matches.ask_for_all(program=world.evening, by=world.dana) == first
    assert DBTaskResult.objects.filter(task_path="community.matches.tasks.work_out").count() == 1


def test_only_who_runs_the_program_asks_and_takes_over(world: World) -> None:
    asked(world.ana, world.evening)
    active(world)
    batch = made(world)
    before = rows()
    for person in (world.ana, world.ben, world.cy, world.eli):
        with pytest.raises(NotAllowed):
            matches.ask_for_all(program=world.evening, by=person)
        with pytest.raises(NotAllowed):
            matches.take_over(batch=batch, by=person)
    assert rows() == before


def test_who_asked_is_told_when_it_is_there_and_a_second_worker_changes_nothing(world: World) -> None:
    batch = made(world)
    told = Notice.objects.filter(person=world.dana, kind="match_batch", about=batch.pk)
    assert told.count() == 1
    assert matches.keep_all(batch=batch, found=worked_out(world.evening)) is False
    assert told.count() == 1


def test_what_is_taken_over_stands_as_proposed_and_can_be_once(world: World) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    batch = made(world)
    (match,) = matches.take_over(batch=batch, by=world.dana)
    assert (match.request_id, match.mentor_id, match.state) == (request.pk, mentor.pk, State.PROPOSED)
    assert match.fit == batch.cards[0][1][0][1]
    assert set(match.parts) == {"mentee", "mentor"}
    with pytest.raises(Conflict):
        matches.take_over(batch=batch, by=world.dana)
    assert made(world).figures["waiting"] == 0


def test_what_breaks_a_rule_by_now_is_passed_over(world: World) -> None:
    asked(world.ana, world.evening)
    active(world)
    batch = made(world)
    people.block(person=world.ana, other=world.ben)
    assert matches.take_over(batch=batch, by=world.dana) == []
    assert not proposals()


def test_no_mentor_stands_on_more_than_three_lists_a_place(world: World) -> None:
    first = asked(world.ana, world.evening)
    mentor = active(world, capacity=1)
    waiting = [first, *others(world, 8, first)]
    batch = made(world)
    assert batch.figures["matched"] == 1
    assert len(batch.figures["lifted"]) == len(waiting) - LISTS_A_PLACE  # they have no other card
    matches.take_over(batch=batch, by=world.dana)
    assert proposals() == {(one.pk, mentor.pk) for one in waiting}


def test_past_its_time_what_still_holds_of_the_last_one_stands(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = asked(world.ana, world.evening)
    active(world)
    (second,) = others(world, 1, first)
    good = made(world)
    mentoring.withdraw(person=world.ana, request=first)
    others_now = MentorRequest.objects.open().count()
    monkeypatch.setattr(apart, "COMMAND", ("sleep", "60"))
    found = worked_out(world.evening, last=good, seconds=0.01)
    assert found.stands
    assert [card[0] for card in found.cards] == [str(second.pk)]
    assert (found.figures["waiting"], found.figures["matched"]) == (others_now, 1)
    batch = matches.ask_for_all(program=world.evening, by=world.dana)
    matches.keep_all(batch=batch, found=found)
    batch.refresh_from_db()
    assert batch.state == Batch.State.STANDS


def test_the_newest_are_kept(world: World) -> None:
    for _round in range(7):
        made(world)
    assert Batch.objects.count() == 5


def test_more_people_take_no_more_questions(world: World) -> None:
    first = asked(world.ana, world.evening)
    active(world)
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asking:
            worked_out(world.evening)
        counted.append(len(asking))
        if _round == 0:
            others(world, 12, first)
    assert counted[0] == counted[1]


def test_one_who_looks_again_has_the_three_best_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", None)  # no solver, no process
    request, mentor = asked(world.ana, world.evening), active(world)
    (match,) = matches.suggest(request=request, by=world.dana)
    assert (match.mentor_id, match.state) == (mentor.pk, State.PROPOSED)
    assert matches.suggest(request=request, by=world.dana) == []
    assert CARDS == 3


def test_a_suggestion_is_for_staff_to_ask_for(world: World) -> None:
    request = asked(world.ana, world.evening)
    active(world)
    with pytest.raises(NotAllowed):
        matches.suggest(request=request, by=world.ana)
    assert not proposals()


def test_who_has_a_mentor_or_cards_does_not_wait(world: World) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    matched(request, mentor, State.SHORTLISTED)
    assert made(world).figures["waiting"] == 0
