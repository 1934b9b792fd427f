"""What each of two answers alone reaches who coordinates: on the page of the two, and on the board where it is hard."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.times import date_words
from community.matches import services as matches
from community.matches import tasks
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.codes import Need, State
from community.matches.reading.needs import by_match
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.desk import newcomer, sent, words
from tests.community.matches import again, match_at
from tests.community.test_match_checkins import question
from tests.community.test_match_pages import text
from tests.community.test_ties import tie
from tests.doors import Script, browser, problem

DAY = timedelta(days=1)
DESK = "mentoring/desk/matches"


def at(row: Match) -> str:
    return f"/desk/matching/matches/{row.pk}/"


def said(person: Person, answer: str, days: float, *, wants_staff: bool = False) -> MatchCheckIn:
    """Asked what is to be asked by that day, and answered then."""
    with clock.turned(by=days * DAY):
        tasks.to_ask()
        return matches.answer(checkin=question(person), answer=answer, wants_staff=wants_staff, by=person)


def needs(row: Match, days: float) -> list[Need]:
    heard = {Need.SILENT, Need.SILENT_LONG, Need.NOT_CONFIRMED}
    with clock.turned(by=days * DAY):
        return [one for one in by_match([again(row)])[row.pk] if one not in heard]


def test_who_coordinates_reads_what_each_of_the_two_said_and_on_which_day(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    assert "How each says it goes" not in words(world.dana, at(row))
    said(world.ana, "not_yet", 3.1)
    said(world.ben, "talk", 12.1)
    page = text(words(world.dana, at(row)))
    days = [date_words(clock.today(world.evening.zone) + number * DAY) for number in (12, 3)]
    assert f"Ben Keep going? Talk first {days[0]} Ana Have you two talked? Not yet {days[1]}" in page
    assert "Neither of the two reads what the other said" in page


def test_who_looks_at_what_was_said_leaves_an_entry_that_they_did_and_none_of_it(world: World) -> None:
    row, looks = match_at(world, State.INTRODUCTORY), AuditEntry.objects.filter(action="match.read_said")
    browser(world.dana).get(at(row))
    assert not looks.exists()
    said(world.ana, "not_yet", 3.1)
    browser(world.dana).get(at(row))
    Script(world.dana).get(f"{DESK}/{row.pk}")
    assert set(looks.values_list("actor", "subject")) == {(world.dana.pk, f"match:{row.pk}")}
    assert looks.count() == 2


def test_neither_of_the_two_nor_who_has_a_tie_to_one_reads_what_the_other_said(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    before = Script(world.ben).get(f"mentoring/matches/{row.pk}").json()
    said(world.ana, "hard", 14.1)
    with clock.turned(by=14.1 * DAY):
        for path in ("/mentoring/", "/mentoring/people/", f"/mentoring/matches/{row.pk}/"):
            assert "Hard" not in text(words(world.ben, path)).replace("So-so Hard", "")  # what they may answer
    assert Script(world.ben).get(f"mentoring/matches/{row.pk}").json() == before
    programs.appoint(person=world.ben, program=world.evening, role=StaffRole.COORDINATOR)
    gus = newcomer(1, world.cohort)
    programs.appoint(person=gus, program=world.evening, role=StaffRole.COORDINATOR)
    assert browser(gus).get(at(row)).status_code == 200
    tie(world, one=gus, other=world.ana)
    for person in (world.ana, world.ben, world.cy, world.eli, gus):
        assert browser(person).get(at(row)).status_code == 404
        problem(Script(person).get(f"{DESK}/{row.pk}"), 404, "not_found")


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_a_last_answer_that_it_is_hard_is_for_staff_until_they_talked(world: World, who: str) -> None:
    row, person = match_at(world, State.ACTIVE), getattr(world, who)
    said(world.ben if who == "ana" else world.ana, "good", 14.1)
    hard = said(person, "hard", 14.1)
    assert needs(row, 14.1) == [Need.HARD]
    with clock.turned(by=14.1 * DAY):
        assert "One of them says that it is hard" in words(world.dana, f"/desk/matching/{world.evening.pk}/")
        assert "1 match waits for a step of yours." in words(world.dana, "/desk/")
        assert f"{person.alias} says that it is hard" in text(words(world.dana, at(row)))
    assert sent(world.dana, f"/desk/matching/asked/{hard.pk}/").status_code == 302
    assert needs(row, 14.1) == []
    assert "would like" not in text(words(world.dana, at(row)))
    said(person, "hard", 28.1)
    assert needs(row, 28.1) == [Need.HARD]
    said(person, "mixed", 58.1)
    assert needs(row, 58.1) == []


def test_who_has_not_talked_by_the_third_day_is_for_staff_until_both_wrote(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    said(world.ana, "not_yet", 3.1)
    assert needs(row, 3.1) == [Need.NOT_TALKED]
    assert "Ana says that the two have not talked yet" in text(words(world.dana, at(row)))
    matches.note_talk(match=row, by=world.ana, at=clock.now())
    assert needs(row, 3.1) == [Need.NOT_TALKED]
    matches.note_talk(match=row, by=world.ben, at=clock.now())
    assert needs(row, 3.1) == []
    assert "have not talked yet" not in text(words(world.dana, at(row)))


def test_who_wants_to_talk_and_finds_it_hard_is_seen_to_with_one_press(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    hard = said(world.ana, "hard", 14.1, wants_staff=True)
    assert needs(row, 14.1) == [Need.WANTS_STAFF, Need.HARD]
    assert words(world.dana, at(row)).count("We talked") == 1
    problem(Script(world.ben).post(f"mentoring/desk/checkins/{hard.pk}/seen-to"), 404, "not_found")
    assert Script(world.dana).post(f"mentoring/desk/checkins/{hard.pk}/seen-to").status_code == 204
    assert needs(row, 14.1) == []


def test_an_answer_that_needs_nobody_is_not_for_staff_to_see_to(world: World) -> None:
    match_at(world, State.ACTIVE)
    good = said(world.ana, "good", 14.1)
    assert browser(world.dana).post(f"/desk/matching/asked/{good.pk}/").status_code == 404


def test_once_they_have_parted_what_was_hard_waits_for_nobody(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    said(world.ana, "hard", 14.1)
    matches.end(match=row, by=world.ana)
    assert needs(row, 14.1) == []
    page = text(words(world.dana, at(row)))
    assert "says that it is hard" not in page
    assert "How is it going between the two of you? Hard" in page


def test_a_script_of_who_coordinates_reads_the_same(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    hard = said(world.ana, "hard", 14.1)
    found = Script(world.dana).get(f"{DESK}/{row.pk}").json()
    assert (found["id"], found["state"], found["needs"]) == (str(row.pk), "active", ["hard"])
    assert found["answers"] == [
        {
            "id": str(hard.pk), "person": {"id": str(world.ana.pk), "alias": "Ana"}, "step": "w2", "number": 0,
            "answered": clock.moment(hard.answered), "answer": "hard", "wants_staff": False, "seen_to": None,
        }
    ]  # fmt: skip
    problem(Script(world.dana, ["chat:read"]).get(f"{DESK}/{row.pk}"), 403, "scope_missing")


def test_years_of_answers_stand_on_pages_and_ask_no_more_than_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.foundation.web.PAGE", 2)
    row, page, script = match_at(world, State.ACTIVE), browser(world.dana), Script(world.dana)
    said(world.ana, "good", 14.1)
    page.get(at(row))
    counts = []
    for days in (28.1, 58.1):
        said(world.ana, "mixed", days)
        said(world.ben, "good", days)
        with CaptureQueriesContext(connection) as seen:
            page.get(at(row))
            script.get(f"{DESK}/{row.pk}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert "Page 3 of 3" in text(words(world.dana, f"{at(row)}?page=3"))
    assert len(script.get(f"{DESK}/{row.pk}").json()["answers"]) == 5
