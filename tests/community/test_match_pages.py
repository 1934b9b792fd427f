"""The pages of two people, in a browser without a script: the cards, asking, and how it stands."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match
from community.matches.plans.codes import Reason, State
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.milestones import services as milestones
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from groups.demo.services import World
from tests.community.desk import sent, words
from tests.community.matches import EARLIER, again, match_at
from tests.community.mentoring import SAID, TUESDAY, active, asked, cleared
from tests.doors import browser

EVENINGS = [TUESDAY, {"weekday": 3, "starts": "17:00", "ends": "21:00"}]
OF_ANA: dict[str, Any] = {
    "hours": EVENINGS, "pathways": ["smart", "faith"], "values": ["Hiking", "Night shifts", "Rebuilding trust"],
    "life_stages": ["Raising young children"], "style": "listener", "hopes": "Somebody who laughs.",
}  # fmt: skip
OF_BEN: dict[str, Any] = {
    "hours": EVENINGS, "pathways": ["smart"], "values": ["hiking", "rebuilding trust", "My own secret wish"],
    "life_stages": ["raising young children", "Veteran"], "style": "listener",
}  # fmt: skip


def another_mentor(world: World, alias: str, **more: Any) -> Mentor:
    """Somebody else who finished the evening program, and is a mentor there."""
    person = people.create(alias=alias, address=f"{alias.lower()}@porchlight.test")
    programs.graduate(enrollment=programs.enroll(person=person, cohort=world.cohort))
    run_as_long(world, person)
    row = cleared(world, mentoring.apply(person=person, program=world.evening, wanted={**SAID, **more}, agrees=True))
    for verb in (mentoring.screen, mentoring.train, mentoring.approve):
        row = verb(mentor=row, by=world.dana)
    return row


def run_as_long(world: World, person: Person) -> None:
    """They count as many days as Ben does."""
    milestones.begin(person=person, start=world.ben.focuses.get().runs.get().start)


def card(request: MentorRequest, mentor: Mentor, world: World) -> Match:
    """Suggested, and approved so long ago that nobody can take it back."""
    row = matches.propose(request=request, mentor=mentor, by=world.dana)
    with clock.turned(by=-EARLIER):
        return matches.approve(match=row, by=world.dana)


def three_cards(world: World) -> list[Match]:
    request = asked(world.ana, world.evening, **OF_ANA)
    mentors = [active(world, **OF_BEN), another_mentor(world, "Rowan", **OF_BEN), another_mentor(world, "Marisol")]
    return [card(request, one, world) for one in mentors]


def text(page: str) -> str:
    """What is read on a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_up_to_three_people_stand_there_each_with_why_and_no_number(world: World) -> None:
    rows = three_cards(world)
    page = words(world.ana, "/mentoring/matches/")
    assert "Three people you might walk with" in page
    for name in ("Ben", "Rowan", "Marisol"):
        assert f"Why {name}" in page
        assert f"Ask {name}" in text(page)
    assert "You are both free on Tuesday and Thursday evenings" in page
    assert "What helps both of you: SMART tools" in page
    assert "%" not in text(page)
    assert not any(str(row.fit) in re.findall(r"\d+", text(page)) for row in rows)


def test_who_reads_a_name_and_what_is_hoped_for_is_said_as_it_is(world: World) -> None:
    row = asked(world.ana, world.evening, hopes="Somebody who laughs.")
    said = "Only staff who run the program, and who you ask, read your name here and what you hope for, in your words."
    assert said in text(words(world.ana, "/mentoring/matches/"))
    for path in ("/desk/mentors/", f"/desk/matching/requests/{row.pk}/"):
        page = words(world.dana, path)
        assert "Ana" in page
        assert "Somebody who laughs." in page


def test_own_words_are_quoted_as_the_reader_spelled_them_and_only_what_both_said(world: World) -> None:
    request = asked(world.ana, world.evening, **{**OF_ANA, "pathways": [], "hours": [TUESDAY]})
    card(request, active(world, **{**OF_BEN, "pathways": [], "hours": [TUESDAY]}), world)
    page = text(words(world.ana, "/mentoring/matches/"))
    assert "You both named “Hiking” and “Rebuilding trust”" in page
    assert "secret wish" not in page
    assert "Veteran" not in page


def test_one_honest_thing_is_said_beforehand(world: World) -> None:
    short = {"weekday": 1, "starts": "18:00", "ends": "19:00"}
    card(asked(world.ana, world.evening, hours=[short]), active(world, hours=[short]), world)
    page = text(words(world.ana, "/mentoring/matches/"))
    assert "Worth knowing" in page
    assert "less than two hours a week" in page


def test_what_staff_can_still_take_back_is_shown_to_nobody(world: World) -> None:
    request = asked(world.ana, world.evening)
    row = matches.approve(match=matches.propose(request=request, mentor=active(world), by=world.dana), by=world.dana)
    assert "Ben" not in text(words(world.ana, "/mentoring/matches/"))
    assert browser(world.ana).get(f"/mentoring/matches/{row.pk}/").status_code == 404
    assert sent(world.ana, f"/mentoring/matches/{row.pk}/ask/").status_code == 404


def test_one_press_asks_one_person_and_one_takes_it_back(world: World) -> None:
    first, second, _third = three_cards(world)
    assert sent(world.ana, f"/mentoring/matches/{first.pk}/ask/").status_code == 302
    page = text(words(world.ana, "/mentoring/matches/"))
    assert "You asked Ben" in page
    assert "has until" in page
    assert "Ask Rowan" not in page
    assert sent(world.ana, f"/mentoring/matches/{second.pk}/ask/").status_code == 409
    assert sent(world.ana, f"/mentoring/matches/{first.pk}/take-back/").status_code == 302
    assert again(first).state == State.WITHDRAWN
    assert "Ask Rowan" in text(words(world.ana, "/mentoring/matches/"))
    assert "could not say yes" not in words(world.ana, "/mentoring/matches/")


def test_not_this_one_is_not_suggested_again_and_the_others_stay(world: World) -> None:
    first, *_others = three_cards(world)
    assert "is not suggested to you again, unless you ask staff for it" in text(words(world.ana, "/mentoring/matches/"))
    answer = browser(world.ana).post(f"/mentoring/matches/{first.pk}/not-this-one/", follow=True)
    assert "They are not suggested to you again" in text(answer.content.decode())
    assert (again(first).state, again(first).not_again) == (State.DECLINED, True)
    page = text(words(world.ana, "/mentoring/matches/"))
    assert "Two people you might walk with" in page
    assert "Ben" not in page


def test_none_of_these_declines_all_asks_nothing_and_keeps_the_place(world: World) -> None:
    rows = three_cards(world)
    place = MentorRequest.objects.get().asked_at
    answer = browser(world.ana).post("/mentoring/matches/none/", follow=True)
    assert {again(row).state for row in rows} == {State.DECLINED}
    assert not any(again(row).not_again for row in rows)
    assert MentorRequest.objects.open().get().asked_at == place
    assert "You are in line" in answer.content.decode()


def test_none_of_these_leaves_who_was_asked_and_what_nobody_sees_yet(world: World) -> None:
    first, second, third = three_cards(world)
    matches.choose(match=first, by=world.ana)
    Match.objects.filter(pk=third.pk).update(since=clock.now())
    assert matches.decline_all(by=world.ana) == 1
    assert [again(row).state for row in (first, second, third)] == [
        State.OFFERED, State.DECLINED, State.SHORTLISTED,
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["decline", "expire", "rest"])
def test_who_was_asked_and_could_not_is_said_in_the_same_words_whatever_it_was(world: World, how: str) -> None:
    row = match_at(world, State.OFFERED)
    if how == "decline":
        matches.decline(match=row, reason=Reason.NOT_A_FIT, by=world.ben)
    elif how == "rest":
        mentoring.pause(mentor=row.mentor, by=world.ben)
    else:
        matches.expire(match=row, reason=Reason.RULES)
    page = text(words(world.ana, "/mentoring/matches/"))
    assert "The person you asked could not say yes this time." in page
    assert "You are in line" in page
    assert "Ben" not in page
    with clock.turned(by=timedelta(days=15)):
        assert "could not say yes" not in text(words(world.ana, "/mentoring/matches/"))


def test_how_it_stands_is_said_on_the_page_mentoring_too(world: World) -> None:
    row = match_at(world, State.SHORTLISTED)
    assert "Somebody you might walk with" in text(words(world.ana, "/mentoring/"))
    assert "Ana" not in text(words(world.ben, "/mentoring/"))
    matches.choose(match=row, by=world.ana)
    assert "You asked Ben" in text(words(world.ana, "/mentoring/"))
    assert "Ana asks you" in text(words(world.ben, "/mentoring/"))
    matches.accept(match=row, by=world.ben)
    page = text(words(world.ana, "/mentoring/"))
    assert "You and Ben" in page
    assert "Ask for a mentor" not in page


def test_however_many_cards_there_are_the_questions_stay_as_many(world: World) -> None:
    request = asked(world.ana, world.evening, **OF_ANA)
    mentors = [active(world, **OF_BEN), another_mentor(world, "Rowan", **OF_BEN), another_mentor(world, "Marisol")]
    counts = []
    client = browser(world.ana)
    client.get("/mentoring/matches/")
    for one in mentors:
        card(request, one, world)
        with CaptureQueriesContext(connection) as seen:
            client.get("/mentoring/matches/")
        counts.append(len(seen))
    assert counts[0] == counts[2]
    assert counts[0] <= 40


@pytest.mark.parametrize("who", ["cy", "dana", "eli"])
def test_who_is_not_one_of_the_two_finds_nothing(world: World, who: str) -> None:
    row, client = match_at(world, State.OFFERED), browser(getattr(world, who))
    assert client.get(f"/mentoring/matches/{row.pk}/").status_code == 404
    for step in ("ask", "take-back", "not-this-one", "nothing-there"):
        assert client.post(f"/mentoring/matches/{row.pk}/{step}/").status_code == 404
    assert again(row).state == State.OFFERED


def test_what_came_to_nothing_while_its_page_stood_open_leads_on(world: World) -> None:
    row = match_at(world, State.OFFERED)
    path = f"/mentoring/matches/{row.pk}/"
    matches.withdraw(match=row, by=world.ana)
    for person in (world.ana, world.ben):
        assert browser(person).get(path).headers["Location"] == "/mentoring/"
    for nobody in (world.cy, world.eli):
        assert browser(nobody).get(path).status_code == 404


def test_a_mentor_who_was_never_asked_finds_nothing_there(world: World) -> None:
    row = match_at(world, State.SHORTLISTED)
    matches.decline(match=row, by=world.ana)
    assert browser(world.ben).get(f"/mentoring/matches/{row.pk}/").status_code == 404


def test_a_page_that_was_refused_is_not_asked_for_anew(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    path = f"/mentoring/matches/{row.pk}/"
    assert 'data-live="match"' in words(world.ana, path)
    refused = sent(world.ana, f"{path}call/", number="no")
    assert refused.status_code == 422
    assert "data-live" not in refused.content.decode()
