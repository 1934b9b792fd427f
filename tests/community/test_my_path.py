"""One's own path by page and by script: chips, what if, and no day counted where none is."""

import json
import re
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from community.foundation import clock
from community.milestones import services as milestones
from community.milestones.models import Focus
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment
from groups.celebrations import models as celebrations
from groups.demo.services import World
from tests.doors import Script, browser, problem

DAY = timedelta(days=1)
#: A count in words, or a step by its code; a piece of an id is none.
COUNTED = re.compile(r"\b\d+ days?\b|\bDay \d+|(?<![\w-])d\d+(?![\w-])|ONE DAY AT A TIME|My days")


def path(person: Person) -> str:
    return browser(person).get("/my-path/").content.decode()


def only(person: Person) -> Focus:
    return Focus.objects.of(person.pk).get()


def at(person: Person, step: str) -> str:
    return f"/my-path/{only(person).pk}/{step}/"


def ago(person: Person, days: int) -> str:
    return (clock.today(person.zone) - days * DAY).isoformat()


# --- by page ---------------------------------------------------------------------------------------------------------


def test_the_path_shows_what_is_reached_and_what_comes_next(world: World) -> None:
    page = path(world.ana)
    assert "29 days" in page
    assert page.index("24 hours") < page.index("30 days") < page.index("Tomorrow") < page.index("60 days")
    assert "Only you see this." in page


def test_a_hidden_number_is_shown_nowhere_and_the_chips_stay(world: World) -> None:
    answer = browser(world.ana).post(at(world.ana, "change"), {"name": "Evenings", "hides_count": "on"})
    assert answer.headers["Location"] == "/my-path/"
    page = path(world.ana)
    assert "29 days" not in page
    assert "Evenings" in page
    assert "24 hours" in page


def test_the_first_day_is_called_day_one_by_who_wants_it_so_and_chips_stay_where_they_are(world: World) -> None:
    browser(world.ana).post(at(world.ana, "change"), {"name": "", "says_day": "on"})
    page = path(world.ana)
    assert "Day 30" in page
    assert "29 days" not in page
    assert "Tomorrow" in page  # 30 days are still to come
    (count,) = Script(world.ana, ["care"]).get("milestones").json()["results"]
    assert (count["says_day"], count["days"], count["reached"]) == (True, 29, ["d1"])
    browser(world.ana).post(at(world.ana, "change"), {"name": ""})
    assert "29 days" in path(world.ana)


def test_what_comes_next_stands_on_today_for_who_wants_it_and_for_nobody_else(world: World) -> None:
    client = browser(world.ana)
    today = client.get("/today/").content.decode()
    assert "What comes next" not in today
    assert "chip-" not in today
    client.post(at(world.ana, "change"), {"name": "Walks", "on_today": "on"})
    today = client.get("/today/").content.decode()
    card = today[today.index('aria-labelledby="coming" data-private') :].split("</section>")[0]
    assert "30 days" in card
    assert "Tomorrow" in card
    assert "Walks" in card
    assert "29 days" not in today
    client.post(at(world.ana, "change"), {"name": "Walks"})
    assert "What comes next" not in client.get("/today/").content.decode()


def test_a_hidden_number_is_not_shown_by_the_page_of_a_new_count_either(world: World) -> None:
    client = browser(world.ana)
    assert "29 days" in client.get(at(world.ana, "new-count")).content.decode()
    client.post(at(world.ana, "change"), {"name": "", "hides_count": "on"})
    page = client.get(at(world.ana, "new-count")).content.decode()
    assert "29 days" not in page
    assert "The days you have already lived stay, all of them." in page


def test_who_counts_nothing_is_asked_for_nothing(world: World) -> None:
    page = path(world.cy)
    assert "Nothing is counted here" in page
    assert "If none does, that" in page


def test_counting_begins_with_a_day(world: World) -> None:
    browser(world.cy).post("/my-path/new/", {"start": ago(world.cy, 3), "name": ""})
    assert "3 days" in path(world.cy)


@pytest.mark.parametrize("start", ["", "2026-02-30", "0001-01-01", "2099-01-01"])
def test_a_day_that_cannot_be_is_said_kindly_and_begins_nothing(world: World, start: str) -> None:
    answer = browser(world.cy).post("/my-path/new/", {"start": start, "name": "Mine"})
    assert answer.status_code == 422
    assert 'value="Mine"' in answer.content.decode()
    assert not world.cy.focuses.exists()


def test_a_corrected_day_is_the_same_count(world: World) -> None:
    browser(world.ana).post(at(world.ana, "first-day"), {"start": ago(world.ana, 40)})
    page = path(world.ana)
    assert "40 days" in page
    assert "in all" not in page


def test_a_new_count_is_quiet_and_keeps_what_was_lived(world: World) -> None:
    before = Notice.objects.count()
    page = browser(world.ana).get(at(world.ana, "new-count")).content.decode()
    assert "Nothing is posted and no one is told." in page
    assert "29 days" in page
    assert f'type="date" name="start" id="id_start" value="{ago(world.ana, 0)}"' in page
    browser(world.ana).post(at(world.ana, "new-count"), {"start": ago(world.ana, 0), "tell": "nobody"})
    with clock.turned(2 * DAY):
        assert "31 days in all, 2 of them in this count." in path(world.ana)
    assert Notice.objects.count() == before


def test_what_was_lived_before_a_new_count_stays_with_its_chips(world: World) -> None:
    client = browser(world.ana)
    client.post(at(world.ana, "first-day"), {"start": ago(world.ana, 400)})
    client.post(at(world.ana, "new-count"), {"start": ago(world.ana, 0), "tell": "nobody"})
    before = path(world.ana).partition("What you lived before")[2]
    assert "400 days" in before
    assert before.index("Longest: 400 days.") < before.index("30 days") < before.index("1 year")
    with clock.turned(2 * DAY):
        milestones.begin_anew(person=world.ana, focus=only(world.ana))
        before = path(world.ana).partition("What you lived before")[2]
        assert before.index("Longest: 400 days.") < before.index(">2 days<") < before.index(">400 days<")
        assert before.index("24 hours") < before.index(">400 days<") < before.rindex("24 hours")


def test_a_path_without_a_new_count_speaks_of_nothing_before(world: World) -> None:
    page = path(world.ana)
    assert "What you lived before" not in page
    assert "Longest" not in page


def test_where_the_number_is_hidden_what_was_lived_before_has_chips_and_no_number(world: World) -> None:
    client = browser(world.ana)
    client.post(at(world.ana, "first-day"), {"start": ago(world.ana, 400)})
    client.post(at(world.ana, "new-count"), {"start": ago(world.ana, 0), "tell": "nobody"})
    client.post(at(world.ana, "change"), {"name": "", "hides_count": "on"})
    page = path(world.ana)
    assert "1 year" in page.partition("What you lived before")[2]
    assert not re.search(r"(?<![\w-])400(?![\w-])", page)  # in an id or a token it says nothing
    assert "Longest" not in page
    (count,) = Script(world.ana, ["care"]).get("milestones").json()["results"]
    assert count["days_longest"] is None
    assert "y1" in count["before"][0]["reached"]


def test_a_script_reads_what_was_reached_before_and_the_longest(world: World) -> None:
    milestones.correct(person=world.ana, focus=only(world.ana), start=ago(world.ana, 400))
    script = Script(world.ana, ["care"])
    milestones.begin_anew(person=world.ana, focus=only(world.ana))
    with clock.turned(2 * DAY):
        milestones.begin_anew(person=world.ana, focus=only(world.ana))
    (count,) = script.get("milestones").json()["results"]
    assert (count["days_longest"], count["reached"]) == (400, [])
    earlier, later = count["before"]
    assert (earlier["reached"][0], earlier["reached"][-1], later["reached"]) == ("d1", "y1", ["d1"])


def test_a_new_count_is_taken_back_with_one_press(world: World) -> None:
    client = browser(world.ana)
    client.post(at(world.ana, "new-count"), {"start": ago(world.ana, 0), "tell": "nobody"})
    before, _what_if, what_if = path(world.ana).partition("What if?")
    assert "new count" not in before  # spoken of in its own place alone, which is open while it can be taken back
    assert before.rindex("<details") < before.rindex(" open>")
    assert "Count as before" in what_if
    client.post(at(world.ana, "undo"))
    page = path(world.ana)
    assert "29 days" in page
    assert "Count as before" not in page


def test_too_late_to_take_it_back_is_said_and_changes_nothing(world: World) -> None:
    browser(world.ana).post(at(world.ana, "new-count"), {"start": ago(world.ana, 0), "tell": "nobody"})
    with clock.turned(timedelta(hours=25)):
        client = browser(world.ana)
        client.post(at(world.ana, "undo"))
        assert "There is nothing to undo any more." in client.get("/my-path/").content.decode()
    assert only(world.ana).runs.count() == 2


def test_who_asks_to_talk_is_heard_by_who_leads_and_no_reason_is_given(world: World) -> None:
    browser(world.ana).post(at(world.ana, "new-count"), {"start": ago(world.ana, 0), "tell": "leads"})
    notice = Notice.objects.unseen().get()
    assert (notice.person, notice.kind) == (world.dana, "would_talk")
    page = browser(world.dana).get("/notices/").content.decode()
    assert "Somebody in your group would like to talk with you." in page
    answer = browser(world.dana).post(f"/notices/{notice.pk}/open/")
    assert answer.headers["Location"] == f"/desk/people/{notice.about}/"
    told = browser(world.dana).get(answer.headers["Location"]).content.decode().lower()
    assert not any(words in told for words in ("29 days", "my days", "new count", "your path</h1>"))


def test_who_is_led_by_nobody_is_not_offered_to_tell_them(world: World) -> None:
    assert 'value="leads"' in browser(world.ana).get(at(world.ana, "new-count")).content.decode()
    assert 'value="leads"' not in browser(world.ben).get(at(world.ben, "new-count")).content.decode()


def test_what_is_forgotten_stands_nowhere(world: World) -> None:
    browser(world.ana).post(at(world.ana, "forget"))
    assert "My days" not in path(world.ana)
    assert not world.ana.focuses.exists()


def test_the_path_asks_the_same_however_much_is_counted(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        milestones.begin(person=world.ana, start=ago(world.ana, number), name=str(number))
    client = browser(world.ana)
    with django_assert_max_num_queries(11):
        client.get("/my-path/")


def test_chips_speak_the_language_of_who_reads(world: World) -> None:
    people.change(person=world.ana, wanted={"language": "es"})
    page = path(world.ana)
    assert "24 horas" in page
    assert "60 días" in page


# --- by script -------------------------------------------------------------------------------------------------------


def test_a_script_of_theirs_does_all_of_it(world: World) -> None:
    script = Script(world.ana, ["care"])
    (one,) = script.get("milestones").json()["results"]
    assert (one["days"], one["reached"], one["next"]["code"]) == (29, ["d1"], "d30")
    where = f"milestones/{one['id']}"
    assert script.put(f"{where}/first-day", {"start": ago(world.ana, 31)}).json()["reached"] == ["d1", "d30"]
    anew = script.post(f"{where}/new-count", {})
    assert anew.status_code == 201
    assert (anew.json()["days"], anew.json()["days_in_all"], len(anew.json()["before"])) == (0, 31, 1)
    assert script.delete(f"{where}/new-count").json()["before"] == []
    assert script.put(where, {"name": "Mine", "hides_count": True}).json()["days"] is None
    assert script.delete(where).status_code == 204
    assert script.get("milestones").json() == {"results": [], "counts_days": True}
    assert script.post("milestones", {"start": ago(world.ana, 1)}).status_code == 201


def test_a_script_without_care_is_refused(world: World) -> None:
    problem(Script(world.ana, ["account", "chat:read"]).get("milestones"), 403, "scope_missing")


@pytest.mark.parametrize("body", [{}, {"start": "2026-02-30"}, {"start": None}, {"start": "2026-01-01", "days": 4}])
def test_a_script_that_is_wrong_is_told_where(world: World, body: dict[str, object]) -> None:
    answer = Script(world.cy, ["care"]).post("milestones", body)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert not world.cy.focuses.exists()


# --- where no days are counted ---------------------------------------------------------------------------------------


def test_no_door_shows_a_day_count_where_none_is_counted(world: World) -> None:
    """Eli is in a mental-health program; even what was counted before stands behind no door."""
    for one in Enrollment.objects.open().of(world.ana.pk):
        programs.withdraw(enrollment=one)
    programs.enroll(person=world.ana, cohort=world.mornings)
    client, script, focus = browser(world.ana), Script(world.ana, ["care", "account"]), only(world.ana)
    celebrations.Celebration.objects.create(
        person=world.ana, run=focus.runs.get(), code="d30", due=clock.today(world.ana.zone), created=clock.now()
    )
    for address in ("/my-path/", "/today/", "/my-time/", "/settings/", "/notices/", "/check-ins/"):
        assert not COUNTED.search(client.get(address).content.decode().split("<main", 1)[1]), address
    assert "Weeks in the program" in client.get("/my-path/").content.decode()
    steps = ("first-day", "change", "new-count")
    assert {client.get(f"/my-path/{focus.pk}/{step}/").status_code for step in steps} == {404}
    assert client.get("/my-path/new/").status_code == 404
    assert script.get("milestones").json() == {"results": [], "counts_days": False}
    assert script.get(f"milestones/{focus.pk}").status_code == 404
    assert script.get("celebrations").json() == {"results": []}
    told = script.get("milestones/programs").json()
    assert told["since"] is None
    assert {code[0] for one in told["results"] for code in one["reached"]} <= {"w"}
    assert script.post("milestones", {"start": ago(world.ana, 1)}).status_code == 403
    assert "29" not in json.dumps(script.get("me").json().get("milestones", {}))
