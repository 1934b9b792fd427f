"""What two people see and do of each other: offers, calls, a planned end, a break, the end, and how it goes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.foundation.errors import Invalid
from community.matches import services as matches
from community.matches import tasks
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.codes import Reason, State
from community.mentoring.models import MentorRequest
from groups.demo.services import World
from tests.community.desk import newcomer, sent, words
from tests.community.matches import TWELFTH_DAY, again, match_at, matched
from tests.community.mentoring import active, asked
from tests.community.test_match_pages import OF_ANA, OF_BEN, text
from tests.doors import browser

PEOPLE = "/mentoring/people/"


def at(row: Match, step: str = "") -> str:
    return f"/mentoring/matches/{row.pk}/{f'{step}/' if step else ''}"


def offered(world: World) -> Match:
    request = asked(world.ana, world.evening, **OF_ANA)
    return match_at(world, State.OFFERED, request=request, mentor=active(world, **OF_BEN))


def test_a_mentor_reads_what_somebody_hopes_for_in_their_words_and_until_when(world: World) -> None:
    row = offered(world)
    for page in (text(words(world.ben, PEOPLE)), text(words(world.ben, at(row)))):
        assert "Somebody who laughs." in page
        assert "You have until" in page
        assert "Why Ana" in page
        assert "Night shifts" not in page
        assert "%" not in page
    assert "Places taken: 1 of 2." in words(world.ben, PEOPLE)


def test_a_mentor_who_was_not_chosen_finds_nothing(world: World) -> None:
    row = match_at(world, State.SHORTLISTED)
    assert "Ana" not in text(words(world.ben, PEOPLE))
    assert browser(world.ben).get(at(row)).status_code == 404
    for step in ("accept", "decline", "not-this-one"):
        assert sent(world.ben, at(row, step)).status_code == 404


def test_one_press_says_yes_and_leads_to_their_room(world: World) -> None:
    row = offered(world)
    assert sent(world.ben, at(row, "accept")).status_code == 302
    assert again(row).state == State.INTRODUCTORY
    for person in (world.ana, world.ben):
        page = words(person, at(row))
        assert "The first two weeks" in page
        assert f"/groups/{row.room.group_id}/" in page


def test_a_mentor_says_not_now_with_a_reason_for_staff_alone(world: World) -> None:
    row = offered(world)
    assert sent(world.ben, at(row, "decline"), reason="because").status_code == 422
    assert again(row).state == State.OFFERED
    assert sent(world.ben, at(row, "decline"), reason="not_a_fit", not_again="on").status_code == 302
    assert (again(row).state, again(row).reason, again(row).not_again) == (State.DECLINED, Reason.NOT_A_FIT, True)


def test_a_mentor_says_no_without_a_reason(world: World) -> None:
    row = offered(world)
    assert sent(world.ben, at(row, "decline")).status_code == 302
    assert again(row).reason == Reason.NOT_SAID


def test_a_mentor_with_three_people_one_of_them_new_is_told_that_it_is_a_lot(world: World) -> None:
    mentor = active(world, capacity=5)
    for number in range(3):
        assert "That is a lot" not in words(world.ben, PEOPLE)
        request = asked(newcomer(number, world.cohort), world.evening)
        matched(request, mentor)
    assert "That is a lot" in words(world.ben, PEOPLE)


def test_a_mentor_reads_their_page_in_as_many_questions_for_one_as_for_four(world: World) -> None:
    mentor, client, counts = active(world), browser(world.ben), []
    client.get(PEOPLE)
    for number in range(4):
        request = asked(newcomer(number, world.cohort), world.evening)
        matched(request, mentor, State.OFFERED, until=clock.now() + timedelta(days=1))
        with CaptureQueriesContext(connection) as seen:
            client.get(PEOPLE)
        counts.append(len(seen))
    assert counts[0] == counts[3]
    assert counts[0] <= 45


def test_a_number_shows_only_while_both_would_like_to_call_and_is_gone_when_taken_back(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    assert sent(world.ana, at(row, "call"), number="201-555-0144").status_code == 302
    assert "2015550144" not in words(world.ben, at(row))
    assert "Ana would like to call" in text(words(world.ben, at(row)))
    assert sent(world.ben, at(row, "call"), number="(201) 555 0199").status_code == 302
    assert "+12015550144" in words(world.ben, at(row))
    assert "+12015550199" in words(world.ana, at(row))
    assert sent(world.ana, at(row, "no-calls")).status_code == 302
    assert "+12015550144" not in words(world.ben, at(row))
    assert "+12015550199" not in words(world.ana, at(row))
    assert again(row).mentee_number == ""


def test_a_number_lies_sealed_and_is_gone_at_the_end(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    matches.call(match=row, wants=True, number="201-555-0144", by=world.ana)
    assert "2015550144" not in again(row).mentee_number_sealed
    assert again(row).mentee_number_sealed
    matches.end(match=row, by=world.ben)
    assert again(row).mentee_number_sealed == ""


@pytest.mark.parametrize("number", ["911", "call me", "1" * 31, 5550144])
def test_what_is_no_number_is_refused_and_changes_nothing(world: World, number: Any) -> None:
    row = match_at(world, State.ACTIVE)
    with pytest.raises(Invalid):
        matches.call(match=row, wants=True, number=number, by=world.ana)
    assert sent(world.ana, at(row, "call"), number=number).status_code == 422
    assert not Match.objects.get(pk=row.pk).mentee_calls


def test_a_planned_end_shows_the_others_wish_and_one_press_agrees(world: World) -> None:
    row, day = match_at(world, State.ACTIVE), clock.today(world.evening.zone) + timedelta(days=20)
    assert sent(world.ana, at(row, "plan"), day="2020-01-01").status_code == 422
    assert sent(world.ana, at(row, "plan"), day=day.isoformat()).status_code == 302
    assert "Ana would like" in text(words(world.ben, at(row)))
    assert "That is right for me" in words(world.ben, at(row))
    assert "That is right for me" not in words(world.ana, at(row))
    assert sent(world.ben, at(row, "plan"), day=day.isoformat()).status_code == 302
    assert again(row).planned_end == day
    assert "say goodbye then" in text(words(world.ana, at(row)))


def test_who_began_a_break_comes_back_and_the_other_reads_who(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    assert sent(world.ben, at(row, "pause")).status_code == 302
    assert "Ben takes a break" in text(words(world.ana, at(row)))
    assert sent(world.ana, at(row, "resume")).status_code == 403
    assert sent(world.ben, at(row, "resume")).status_code == 302
    assert again(row).state == State.ACTIVE


def test_ending_asks_no_reason_and_the_other_learns_only_that_it_ended(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    page = text(words(world.ana, at(row, "end")))
    assert "You don’t have to give a reason. Ben will be told only that the match has ended." in page
    assert sent(world.ana, at(row, "end"), reason="not_a_fit", not_again="on", ask_again="on").status_code == 302
    assert (again(row).state, again(row).reason, again(row).not_again) == (State.ENDED, Reason.NOT_A_FIT, True)
    assert MentorRequest.objects.open().get().asked_at == row.request.asked_at
    other = text(words(world.ben, at(row)) + words(world.ben, PEOPLE))
    assert "walked together until" in other
    assert "right fit" not in other


def test_a_mentor_is_not_asked_whether_the_other_looks_on(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    assert "ask_again" not in words(world.ben, at(row, "end"))
    assert sent(world.ben, at(row, "end"), ask_again="on").status_code == 302
    assert not MentorRequest.objects.open().exists()


def test_after_an_end_one_press_waits_again_in_the_place_of_then(world: World) -> None:
    row = match_at(world, State.ENDED)
    page = text(words(world.ana, "/mentoring/matches/"))
    assert "You and Ben walked together until" in page
    assert "Look for somebody else" in page
    assert sent(world.ana, at(row, "look-again")).status_code == 302
    assert MentorRequest.objects.open().get().asked_at == row.request.asked_at
    assert "You are in line" in words(world.ana, "/mentoring/matches/")
    assert sent(world.ben, at(row, "look-again")).status_code == 403


@pytest.mark.parametrize(("days", "asks"), [(3, "Have you two talked?"), (12, "Keep going?")])
def test_one_question_waits_and_says_who_never_reads_the_answer(world: World, days: int, asks: str) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=timedelta(days=days, hours=1)):
        tasks.to_ask()
        assert "One short question" in words(world.ana, "/mentoring/")
        page = text(words(world.ana, at(row)))
    assert asks in page
    assert "Ben never reads your answer." in page


def test_the_question_is_answered_without_a_script_and_the_other_sees_nothing_of_it(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        tasks.to_ask()
        before = text(words(world.ben, at(row)))
        checkin = MatchCheckIn.objects.of(world.ana.pk).get()
        path = f"/mentoring/questions/{checkin.pk}/"
        assert "Talk first" in words(world.ana, path)
        assert sent(world.ana, path).status_code == 422
        assert sent(world.ana, path, answer="good").status_code == 422
        assert sent(world.ben, path, answer="yes").status_code == 404
        assert sent(world.ana, path, answer="yes", wants_staff="on").status_code == 302
        assert text(words(world.ben, at(row))) == before
        assert browser(world.ana).get(path).status_code == 302
    checkin.refresh_from_db()
    assert (checkin.answer, checkin.wants_staff, again(row).state) == ("yes", True, State.INTRODUCTORY)


def test_somebody_else_on_the_twelfth_day_leads_back_into_the_line(world: World) -> None:
    match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        tasks.to_ask()
        checkin = MatchCheckIn.objects.of(world.ana.pk).get()
        answer = browser(world.ana).post(f"/mentoring/questions/{checkin.pk}/", {"answer": "another"}, follow=True)
    assert "You are in line" in answer.content.decode()


def test_only_the_newest_question_waits(world: World) -> None:
    match_at(world, State.INTRODUCTORY)
    for days in (3.1, 12.1):
        with clock.turned(by=timedelta(days=days)):
            tasks.to_ask()
    page = text(words(world.ana, "/mentoring/"))
    assert page.count("One short question") == 1


@pytest.mark.parametrize("who", ["cy", "dana", "eli"])
def test_what_is_between_two_is_not_there_for_anybody_else(world: World, who: str) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        tasks.to_ask()
    checkin = MatchCheckIn.objects.of(world.ana.pk).get()
    client = browser(getattr(world, who))
    for step in ("", "end"):
        assert client.get(at(row, step)).status_code == 404
    for step in ("call", "plan", "end", "decline", "accept", "pause", "resume", "no-calls", "look-again"):
        assert client.post(at(row, step), {"day": "2027-01-01"}).status_code == 404
    assert client.get(f"/mentoring/questions/{checkin.pk}/").status_code == 404
    assert "Ana" not in text(client.get(PEOPLE).content.decode())
