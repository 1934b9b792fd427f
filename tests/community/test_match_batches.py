"""A proposal for everybody who waits: asked for by staff, worked out by the worker, taken over once."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from community.audit.models import AuditEntry
from community.consent import services as consent
from community.consent.models import Purpose
from community.foundation import clock, worker
from community.foundation.errors import Conflict, NotAllowed
from community.matches import services as matches
from community.matches import tasks
from community.matches.desk.outcome import worked_out
from community.matches.models import Batch, Match
from community.matches.plans.codes import BATCH_LASTS, CARDS, LISTS_A_PLACE, State
from community.matches.reading.board import board_of
from community.matching.crowd import instances
from community.matching.solver import apart
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules.standing import agreement_subject
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from groups.demo.services import World
from tests.community.desk import sent, words
from tests.community.matches import again, another, match_at, matched
from tests.community.mentoring import active, asked
from tests.community.test_match_pages import text
from tests.doors import Script
from tests.tables import rows


def others(world: World, number: int, like: MentorRequest) -> list[MentorRequest]:
    """More people who wait, each after the other."""
    found, there = [], Person.objects.count()
    for one in range(there, there + number):
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


def test_the_urgent_come_before_who_waits_longer(world: World) -> None:
    first = asked(world.ana, world.evening)
    active(world)
    second, third = others(world, 2, first)
    mentoring.mark(request=third, urgent=True, by=world.dana)
    Mentor.objects.update(capacity=1)
    batch = made(world)
    assert batch.figures["matched"] == 1
    assert {one["request"] for one in batch.figures["left"]} == {str(first.pk), str(second.pk)}


def test_where_everybody_is_blocked_nobody_is_proposed(world: World) -> None:
    first = asked(world.ana, world.evening)
    mentor = active(world)
    waiting = [first, *others(world, 2, first)]
    guides = [mentor, *(another(world, f"Guest {one}") for one in range(2))]
    for number, request in enumerate(waiting):
        for guide in guides:
            pair = (request.person, guide.person)
            people.block(person=pair[number % 2], other=pair[1 - number % 2])
    batch = made(world)
    assert (batch.cards, batch.figures["waiting"], batch.figures["matched"]) == ([], 3, 0)
    assert {one["request"] for one in batch.figures["left"]} == {str(one.pk) for one in waiting}
    matches.take_over(batch=batch, by=world.dana)
    assert not proposals()


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


def test_the_page_about_everybody_is_asked_for_anew_when_one_is_there_and_no_page_that_was_refused(
    world: World,
) -> None:
    path = f"/desk/matching/{world.evening.pk}/batch/"
    assert 'data-live="board"' in words(world.dana, path)
    active(world)
    asked(world.ana, world.evening)
    batch = made(world)
    assert sent(world.dana, f"{path}{batch.pk}/take/").status_code == 302
    refused = sent(world.dana, f"{path}{batch.pk}/take/")
    assert refused.status_code == 409
    assert "data-live" not in refused.content.decode()


def breaks(*_args: object, **_more: object) -> None:
    raise MemoryError


def breaks_on_the_way(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if where == "solver":
        monkeypatch.setattr(apart, "COMMAND", ("false",))
    elif where == "answer":
        monkeypatch.setattr(apart, "COMMAND", ("echo", "nonsense"))
    else:
        monkeypatch.setattr(instances, "columns_of", breaks)


@pytest.mark.parametrize("where", ["solver", "answer", "columns"])
def test_whatever_fails_the_last_good_one_stands_and_who_asked_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    asked(world.ana, world.evening)
    active(world)
    good = made(world)
    Notice.objects.all().delete()
    breaks_on_the_way(monkeypatch, where)
    batch = made(world)
    assert (batch.state, batch.cards) == (Batch.State.STANDS, good.cards)
    assert Notice.objects.filter(person=world.dana, kind="match_batch", about=batch.pk).count() == 1
    shown = text(words(world.dana, f"/desk/matching/{world.evening.pk}/batch/"))
    assert ("could not be worked out this time" in shown) == (where != "solver")
    assert "being worked out" not in shown
    assert len(matches.take_over(batch=batch, by=world.dana)) == 1


def test_what_fails_the_first_time_says_so_and_is_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(world.ana, world.evening)
    active(world)
    with monkeypatch.context() as broken:
        breaks_on_the_way(broken, "columns")
        batch = made(world)
    assert (batch.state, batch.cards) == (Batch.State.STANDS, [])
    shown = text(words(world.dana, f"/desk/matching/{world.evening.pk}/batch/"))
    assert "Nothing was changed. Please ask again" in shown
    assert "Work it out anew" in shown
    newest = Script(world.dana).get(f"mentoring/desk/programs/{world.evening.pk}/batch").json()["newest"]
    assert (newest["state"], newest["may_be_taken"]) == ("stands", False)
    assert made(world).figures["matched"] == 1


def test_what_was_lost_on_the_way_can_be_asked_for_again(world: World) -> None:
    asked(world.ana, world.evening)
    active(world)
    assert BATCH_LASTS >= worker.LEASE
    first = matches.ask_for_all(program=world.evening, by=world.dana)
    DBTaskResult.objects.all().delete()
    page = f"/desk/matching/{world.evening.pk}/batch/"
    assert "One is being worked out" in text(words(world.dana, page))
    with clock.turned(by=BATCH_LASTS):
        assert "got lost on the way" in text(words(world.dana, page))
        assert sent(world.dana, f"{page}ask/").status_code == 302
        assert "One is being worked out" in text(words(world.dana, page))
        assert matches.ask_for_all(program=world.evening, by=world.dana) == first
        assert DBTaskResult.objects.filter(task_path="community.matches.tasks.work_out").count() == 1
        tasks.work_out.func(str(first.pk))
    first.refresh_from_db()
    assert first.state == Batch.State.READY


def test_many_are_taken_over_and_given_out_in_as_many_questions(world: World) -> None:
    first, mentor, counted = asked(world.ana, world.evening), active(world, capacity=5), []
    for number in (1, 7):
        others(world, number, first)
        batch, waits = made(world), set(MentorRequest.objects.open().values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asking:
            matches.take_over(batch=batch, by=world.dana)
            given = matches.give_out(program=world.evening, by=world.dana)
        counted.append(len(asking))
        assert {one.request_id for one in given} <= waits
        assert {one.mentor_id for one in given} == {mentor.pk}
        assert all(again(one).state == State.SHORTLISTED for one in given)
    assert counted[0] == counted[1]
    assert AuditEntry.objects.filter(action="match.approve", actor=world.dana.pk).count() == Match.objects.count()


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


def worked_off() -> list[str]:
    """Let the worker's turn come for who is back in line; the requests it was about."""
    waiting = DBTaskResult.objects.filter(task_path="community.matches.tasks.suggest_again").order_by("enqueued_at")
    found = [one.args_kwargs["args"][0] for one in waiting]
    for request_id in found:
        tasks.suggest_again.func(request_id)
    return found


def test_who_asks_for_the_first_time_waits_for_staff(world: World) -> None:
    asked(world.ana, world.evening)
    active(world)
    assert worked_off() == []


@pytest.mark.parametrize("way", ["ended", "looked again", "left"])
def test_who_is_back_in_line_is_suggested_to_somebody_else_at_once_and_not_with_the_next_batch(
    world: World, way: str
) -> None:
    row = match_at(world, State.ACTIVE)
    rue = another(world, "Rue")
    if way == "left":
        mentoring.retire(mentor=row.mentor, by=world.ben)
    else:
        matches.end(match=row, ask_again=way == "ended", by=world.ana)
    if way == "looked again":
        assert worked_off() == []
        for _twice in range(2):
            matches.look_again(match=row, by=world.ana)
    request = MentorRequest.objects.of(world.ana.pk).open().get()
    assert not proposals()
    assert worked_off() == [str(request.pk)]
    assert proposals() == {(request.pk, rue.pk)}  # and not Ben, with whom they walked before
    assert [one.match.guide for one in board_of(world.dana, world.evening).suggested] == [rue.person]
    worked_off()  # a task may run twice
    assert len(proposals()) == 1


def test_who_is_settled_or_suggested_to_somebody_by_then_is_left_as_they_are(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    _rue, sol = another(world, "Rue"), another(world, "Sol")
    matches.end(match=row, ask_again=True, by=world.ana)
    request = MentorRequest.objects.of(world.ana.pk).open().get()
    matches.propose(request=request, mentor=sol, by=world.dana)
    worked_off()
    assert proposals() == {(request.pk, sol.pk)}
    mentoring.withdraw(person=world.ana, request=request)
    worked_off()
    assert not proposals()


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
