"""Two who parted lately leave the board: who coordinates finds them on a page of their own, and reads why it ended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.times import date_words
from community.matches import services as matches
from community.matches.models import Match
from community.matches.plans.codes import Reason, State
from community.mentoring import services as mentoring
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.desk import words
from tests.community.matches import again, another, match_at, matched
from tests.community.mentoring import active, asked
from tests.community.test_match_batches import others
from tests.community.test_match_pages import text
from tests.community.test_ties import tie
from tests.doors import Script, browser, problem

DAY = timedelta(days=1)


def at(world: World) -> str:
    return f"/desk/matching/{world.evening.pk}/ended/"


def listed(world: World, path: str = "") -> str:
    return text(words(world.dana, path or at(world)))


def test_why_somebody_ended_it_is_read_by_who_coordinates_and_by_neither_of_the_two(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    page = f"/desk/matching/matches/{row.pk}/"
    assert "Why it ended" not in words(world.dana, page)
    matches.end(match=row, reason=Reason.NOT_A_FIT, by=world.ana)
    assert "Why it ended Not the right fit" in text(words(world.dana, page))
    assert Script(world.dana).get(f"mentoring/desk/matches/{row.pk}").json()["reason"] == "not_a_fit"
    for person in (world.ana, world.ben):
        for path in ("/mentoring/matches/", "/mentoring/people/", f"/mentoring/matches/{row.pk}/"):
            assert "right fit" not in words(person, path)


def test_who_parted_in_the_last_thirty_days_is_found_from_the_board(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    assert "Nobody parted in that time." in listed(world)
    matches.end(match=row, by=world.ben)
    assert f'href="{at(world)}"' in words(world.dana, f"/desk/matching/{world.evening.pk}/")
    day = date_words(clock.today(world.evening.zone))
    assert f"Ana · Ben ended on {day} · No reason given" in listed(world)
    assert f'href="/desk/matching/matches/{row.pk}/"' in words(world.dana, at(world))
    looked = AuditEntry.objects.filter(action="match.read_reasons").values_list("actor", "subject")
    assert set(looked) == {(world.dana.pk, f"program:{world.evening.pk}")}
    assert len(looked) == 2  # a look each at a list that had something in it
    Match.objects.filter(pk=row.pk).update(since=clock.now() - 30 * DAY)
    assert "Nobody parted in that time." in listed(world)


@pytest.mark.parametrize("state", [one for one in State if one != State.ENDED])
def test_what_came_to_nothing_or_goes_on_is_not_among_them(world: World, state: State) -> None:
    match_at(world, state)
    assert "Nobody parted in that time." in listed(world)
    assert Script(world.dana).get(f"mentoring/desk/programs/{world.evening.pk}/ended").json()["results"] == []


def test_a_card_that_was_refused_gives_no_reason_there(world: World) -> None:
    row = match_at(world, State.DECLINED)
    assert "Why it ended" not in words(world.dana, f"/desk/matching/matches/{row.pk}/")
    assert Script(world.dana).get(f"mentoring/desk/matches/{row.pk}").json()["reason"] is None


def test_where_a_program_says_sponsor_staff_read_who_is_one_no_more(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    mentoring.retire(mentor=row.mentor, by=world.ben)
    assert "Is a mentor no more" in listed(world)
    mentoring.set_policy(program=world.evening, wanted={"word": "sponsor"})
    for path in (at(world), f"/desk/matching/matches/{row.pk}/"):
        assert "Is a sponsor no more" in listed(world, path)
        assert "Is a mentor no more" not in listed(world, path)


def test_a_long_list_stands_on_pages_and_asks_as_often_as_a_short_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor, first = active(world), asked(world.ana, world.evening)
    page, script, counts = browser(world.dana), Script(world.dana), []
    path = f"mentoring/desk/programs/{world.evening.pk}/ended"
    matched(first, mentor, State.ENDED, accepted=clock.now() - DAY, reason="not_said")
    page.get(at(world))
    for number in (0, 4):
        for one in others(world, number, first):
            matched(one, another(world, f"Rue of {one.person.alias}"), State.ENDED, accepted=clock.now() - DAY)
        with CaptureQueriesContext(connection) as seen:
            page.get(at(world))
            assert len(script.get(path).json()["results"]) == number + 1
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert "5 matches ended in the last 30 days" in listed(world)
    monkeypatch.setattr("community.foundation.web.PAGE", 2)
    assert "Page 3 of 3" in listed(world, f"{at(world)}?page=3")
    assert len(script.get(f"{path}?limit=2&cursor=4").json()["results"]) == 1


def test_a_script_reads_why_the_newest_first(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    matches.end(match=row, reason=Reason.NO_TIME, not_again=True, by=world.ben)
    (found,) = Script(world.dana).get(f"mentoring/desk/programs/{world.evening.pk}/ended").json()["results"]
    assert (found["id"], found["state"], found["reason"]) == (str(row.pk), "ended", "no_time")
    assert found["steps"] == ["lift"]
    assert found["since"] == clock.moment(again(row).since)


@pytest.mark.parametrize("state", [State.ENDED, State.DECLINED, State.EXPIRED, State.WITHDRAWN])
def test_why_staff_suggested_two_is_forgotten_ninety_days_after_it_was_over(world: World, state: State) -> None:
    row = with_note(world, state)
    page, since = f"/desk/matching/matches/{row.pk}/", row.since - clock.now()
    with clock.turned(by=since + 89 * DAY):
        assert matches.forget_notes() == 0
    assert again(row).note == "He laughs, too."
    assert "What speaks for the two" in words(world.dana, page)
    with clock.turned(by=since + 91 * DAY):
        assert matches.forget_notes() == 1
        assert matches.forget_notes() == 0
    assert (again(row).note, again(row).note_sealed, again(row).parts) == ("", "", {})
    assert (again(row).reason, again(row).since, again(row).fit) == (row.reason, row.since, row.fit)
    shown = words(world.dana, page)
    assert "He laughs, too." not in shown
    assert "What speaks for the two" not in shown


@pytest.mark.parametrize("state", [State.PROPOSED, State.OFFERED, State.ACTIVE, State.PAUSED])
def test_it_is_kept_as_long_as_it_goes_on(world: World, state: State) -> None:
    row = with_note(world, state)
    with clock.turned(by=400 * DAY):
        assert matches.forget_notes() == 0
    assert again(row).note == "He laughs, too."


def with_note(world: World, state: State) -> Match:
    """Staff wrote down why they suggest them."""
    row = match_at(world, state)
    row.note = "He laughs, too."
    row.save(update_fields=["note_sealed"])
    return again(row)


def test_who_is_one_of_two_or_has_a_tie_to_one_finds_nothing_of_it_there(world: World) -> None:
    row = match_at(world, State.ENDED)
    for person in (world.ben, world.cy):
        programs.appoint(person=person, program=world.evening, role=StaffRole.COORDINATOR)
    assert str(row.pk) in words(world.cy, at(world))
    tie(world, one=world.cy, other=world.ana)
    for person in (world.ben, world.cy):
        assert str(row.pk) not in words(person, at(world))
        found = Script(person).get(f"mentoring/desk/programs/{world.evening.pk}/ended")
        assert found.json()["results"] == []


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_who_does_not_run_the_program_finds_none_of_it(world: World, who: str) -> None:
    match_at(world, State.ENDED)
    assert browser(getattr(world, who)).get(at(world)).status_code == 404
    problem(Script(getattr(world, who)).get(f"mentoring/desk/programs/{world.evening.pk}/ended"), 404, "not_found")
