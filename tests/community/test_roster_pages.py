"""The roster and the page of who is on call, pressed without a script; and what a room says to its people."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from community.foundation import clock
from community.paging.models import Page
from community.people.models import Person
from community.programs.models import StaffRole
from community.schedule import services as schedule
from community.schedule.models import Coverage, Duty, Shift
from community.schedule.plans import Hours
from community.schedule.reading import rows_of, says
from community.schedule.reading.roster import gaps_of
from community.schedule.rules import Reading, who_reads
from community.schedule.times import when_words
from groups.demo.services import World
from groups.membership.reading import line_in
from tests.community.desk import leader_of
from tests.community.roster import HOUR, MINUTE, after, on_call, shift, worry
from tests.doors import Script, browser, problem
from tests.groups.reports import worker

NEW_YORK = ZoneInfo("America/New_York")
OFF = "No one is reading right now. In danger: 988 or 911."


@pytest.fixture
def fay(world: World) -> Person:
    return worker("Fay", world.evening, StaffRole.FACILITATOR)


def warnings(world: World, made: Shift) -> list[str]:
    row = Shift.objects.filter(pk=made.pk).to_show().get()
    return list(rows_of(world.dana, [row])[0].warnings)


def tuesday(hour: int, *, weeks: int = 1) -> datetime:
    """An hour of a coming Tuesday, on the clock of the program."""
    day = clock.today("America/New_York")
    day += timedelta(days=(1 - day.weekday()) % 7 + 7 * weeks)
    return clock.on_the_wall(day, time(hour), NEW_YORK)


# --- words ------------------------------------------------------------------------------------------------------------


def test_the_words_of_a_room_are_those_that_were_agreed(world: World) -> None:
    now = datetime(2026, 11, 17, 22, tzinfo=NEW_YORK)
    at: dict[str, Any] = {"name": "Dana", "zone": "America/New_York", "now": now}
    until, back = datetime(2026, 11, 17, 23, tzinfo=NEW_YORK), datetime(2026, 11, 18, 8, tzinfo=NEW_YORK)
    on = Reading(person=world.dana, until=until, back=None)
    assert says(on, **at) == (
        "Dana is on call until 11pm and looks in from time to time. This is not an emergency service."
    )
    off = Reading(person=None, until=None, back=back)
    assert says(off, **at) == (
        "No one is reading right now. Staff look in again Wednesday at 8am. In danger: 988 or 911."
    )
    assert says(Reading(person=None, until=None, back=None), **at) == OFF
    soon = Reading(person=None, until=None, back=until)
    assert says(soon, **at).split(". ")[1] == "Staff look in again today at 11pm"
    with translation.override("es"):
        assert says(off, **at) == (
            "Nadie está leyendo ahora mismo. El personal vuelve a mirar: miércoles, 8am. En peligro: 988 o 911."
        )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 17, 20, 30, tzinfo=NEW_YORK), "8:30pm"),
        (datetime(2026, 11, 23, 8, tzinfo=NEW_YORK), "Monday at 8am"),
        (datetime(2026, 11, 24, 8, tzinfo=NEW_YORK), "Tuesday, November 24 at 8am"),
    ],
)
def test_a_moment_names_its_day_where_that_is_another(moment: datetime, words: str) -> None:
    now = datetime(2026, 11, 17, 22, tzinfo=NEW_YORK)
    assert when_words(moment, "America/New_York", now) == words


def test_a_time_is_on_the_clock_of_who_reads(world: World) -> None:
    on_call(world.evening, world.dana)
    world.ana.zone = "America/Los_Angeles"
    until = who_reads(world.evening).until
    assert until is not None
    line = line_in(world.tuesday, world.ana)
    assert line is not None
    assert when_words(until, "America/Los_Angeles", clock.now()) in line.says


def test_a_room_names_people_as_it_knows_them_and_says_nothing_where_nobody_else_reads(world: World) -> None:
    on_call(world.evening, world.dana)
    seat = world.seat(world.dana, world.tuesday)
    type(seat).objects.filter(pk=seat.pk).update(alias="Coach")
    line = line_in(world.tuesday, world.ana)
    assert line is not None
    assert line.says.startswith("Coach is on call")
    assert line_in(world.staff, world.dana) is None
    other = line_in(world.harbor, world.eli)
    assert other is not None
    assert other.says == OFF


def test_room_and_today_say_who_reads_and_that_nobody_does(world: World) -> None:
    ana, room = browser(world.ana), f"/groups/{world.tuesday.pk}/"
    for page in (room, "/today/"):
        assert OFF in ana.get(page).content.decode()
    made = on_call(world.evening, world.dana)
    for page in (room, "/today/"):
        assert "Dana is on call until" in ana.get(page).content.decode()
    schedule.hand_back(shift=made, by=world.dana)
    for page in (room, "/today/"):
        assert "Dana is on call" not in ana.get(page).content.decode()


def test_a_script_asks_who_reads(world: World) -> None:
    made = on_call(world.evening, world.dana)
    said = Script(world.ana).get(f"groups/{world.tuesday.pk}/reading").json()
    assert (said["reads"], said["turns"]) == (True, clock.moment(made.ends))
    assert Script(world.dana).get(f"groups/{world.staff.pk}/reading").json() == {
        "reads": False, "says": None, "turns": None,
    }  # fmt: skip
    assert Script(world.eli).get(f"groups/{world.tuesday.pk}/reading").status_code == 404


# --- the roster -------------------------------------------------------------------------------------------------------


def test_a_roster_warns_of_gaps_of_two_at_once_and_of_who_leads_then(world: World, fay: Person) -> None:
    begins = tuesday(18)
    when: dict[str, Any] = {"begins": begins, "ends": begins + 3 * HOUR}
    open_one = schedule.plan(program=world.evening, **when)
    assert warnings(world, open_one) == ["Nobody has this shift yet."]
    leads = schedule.plan(program=world.evening, person=world.dana, **when)
    assert warnings(world, leads) == ["Leads a group at that time: Tuesday evening group."]
    again = schedule.plan(program=world.evening, person=world.dana, begins=begins + HOUR, ends=begins + 5 * HOUR)
    assert warnings(world, again)[0] == "Has another shift at that time."
    beside = schedule.plan(program=world.evening, person=fay, begins=begins + 4 * HOUR, ends=begins + 5 * HOUR)
    assert warnings(world, beside) == []


def test_who_is_not_appointed_to_a_group_that_has_a_leader_of_its_own_is_free(world: World, fay: Person) -> None:
    leader_of(world.cohort)
    begins = tuesday(18)
    made = schedule.plan(program=world.evening, person=fay, begins=begins, ends=begins + HOUR)
    assert warnings(world, made) == []


def test_round_the_clock_names_the_times_with_fewer_than_two(world: World, fay: Person) -> None:
    Coverage.objects.create(program=world.evening, hours=Hours.ROUND)
    now = clock.now()
    assert len(gaps_of(world.evening, now)) == 1
    week: dict[str, Any] = {"begins": now - MINUTE, "ends": now + 23 * HOUR}
    for person in (world.dana, fay):
        schedule.plan(program=world.evening, person=person, **week)
    (gap,) = gaps_of(world.evening, now)
    assert gap.startswith(when_words(now + 23 * HOUR, "America/New_York", now))


def test_a_shift_is_taken_answered_and_handed_back_by_pressing(world: World, fay: Person) -> None:
    made, client = shift(world.evening), browser(fay)
    page = client.get("/desk/on-call/").content.decode()
    assert "Nobody has this shift yet." in page
    at = f"/desk/shifts/{made.pk}"
    assert client.post(f"{at}/take/", {"back": "on-call"}).headers["Location"] == "/desk/on-call/"
    assert "A test page waits until" in client.get("/desk/on-call/").content.decode()
    client.post(f"{at}/here/")
    assert who_reads(world.evening).person == fay
    late = client.post(f"{at}/here/")
    assert late.status_code == 409
    assert "No test page waits for an answer." in late.content.decode()
    roster = f"/desk/programs/{world.evening.pk}/roster/"
    assert "You are on call" in client.get(roster).content.decode()
    assert client.post(f"{at}/hand-back/").headers["Location"] == roster
    assert who_reads(world.evening).person is None
    assert client.post(f"{at}/dance/").status_code == 404


def test_a_shift_is_planned_on_the_clock_of_the_program_for_weeks_and_over_night(world: World, fay: Person) -> None:
    client, day = browser(world.dana), clock.today("America/New_York") + timedelta(days=3)
    new = f"/desk/programs/{world.evening.pk}/roster/new/"
    asked = {"day": day.isoformat(), "starts": "21:00", "ends": "07:00", "person": str(fay.pk), "weeks": "3"}
    assert client.post(new, asked).status_code == 302
    rows = list(Shift.objects.order_by("begins"))
    assert [one.begins.astimezone(NEW_YORK).replace(tzinfo=None) for one in rows] == [
        datetime.combine(day + timedelta(weeks=week), time(21)) for week in range(3)
    ]
    assert {one.ends.astimezone(NEW_YORK).time() for one in rows} == {time(7)}
    assert {one.person_id for one in rows} == {fay.pk}
    wrong = client.post(new, {**asked, "day": "2020-01-01"})
    assert wrong.status_code == 422
    assert "This would be over already." in wrong.content.decode()
    own = browser(fay).get(new).content.decode()
    assert "Dana" not in own.split("<main")[1].split("</form>")[0]


def test_a_shift_is_given_to_somebody_else_and_called_off_by_who_runs_the_program(world: World, fay: Person) -> None:
    made, dana = shift(world.evening, world.dana, starts=HOUR), browser(world.dana)
    at = f"/desk/shifts/{made.pk}/"
    assert browser(fay).get(at).status_code == 404
    assert dana.post(at, {"person": str(fay.pk)}).status_code == 302
    assert Shift.objects.get().person == fay
    assert dana.post(at, {"person": str(world.cy.pk)}).status_code == 422
    assert browser(fay).post(f"{at}call-off/").status_code == 403
    dana.post(f"{at}call-off/")
    assert not Shift.objects.standing().exists()
    assert dana.get(at).status_code == 404


def test_hours_and_contact_are_set_by_who_runs_the_program_and_refused_with_the_reason(
    world: World, fay: Person
) -> None:
    dana, at = browser(world.dana), f"/desk/programs/{world.evening.pk}/hours/"
    asked = {"hours": "round", "contact_name": "Night desk", "contact_mail": "night@clinic.test"}
    refused = dana.post(at, asked)
    assert refused.status_code == 422
    assert "Two people must have answered a test page this week." in refused.content.decode()
    assert dana.post(at, {**asked, "hours": "staffed"}).status_code == 302
    assert Coverage.objects.get().contact_mail == "night@clinic.test"
    assert browser(fay).get(at).status_code == 404


def test_a_page_is_answered_by_one_press_and_leads_to_what_it_is(world: World) -> None:
    on_call(world.evening, world.dana)
    case, client = worry(world), browser(world.dana)
    page = Page.objects.of_case(case.pk).get()
    assert "You were paged at" in client.get("/desk/on-call/").content.decode()
    assert Script(world.dana).get("pages").json()["results"][0]["id"] == str(page.pk)
    answer = client.post(f"/desk/on-call/pages/{page.pk}/")
    assert answer.headers["Location"] == f"/desk/queue/{case.pk}/"
    case.refresh_from_db()
    assert case.holder == world.dana
    assert Script(world.dana).get("pages").json() == {"results": []}
    steps = client.get(answer.headers["Location"]).content.decode()
    assert "Paged" in steps


@pytest.mark.parametrize("who", ["cy", "ana", "ben", "eli"])
def test_who_may_not_be_on_call_finds_nothing_of_it(world: World, who: str) -> None:
    made = on_call(world.evening, world.dana)
    page = Page.objects.of_case(worry(world).pk).get()
    person = getattr(world, who)
    client, script, program = browser(person), Script(person), f"programs/{world.evening.pk}"
    for address in (
        "/desk/on-call/", f"/desk/{program}/roster/", f"/desk/{program}/roster/new/", f"/desk/{program}/hours/",
        f"/desk/shifts/{made.pk}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    for address in (f"/desk/shifts/{made.pk}/take/", f"/desk/on-call/pages/{page.pk}/"):
        assert client.post(address).status_code == 404, address
    for address in (f"{program}/shifts", f"{program}/coverage", f"shifts/{made.pk}"):
        problem(script.get(address), 404, "not_found")
    problem(script.post(f"shifts/{made.pk}/take", {}), 404, "not_found")
    problem(script.post(f"pages/{page.pk}/answer"), 404, "not_found")


def test_the_desk_says_who_is_on_call_to_who_may_be(world: World) -> None:
    on_call(world.evening, world.dana)
    assert "Dana is on call until" in browser(world.dana).get("/desk/").content.decode()
    assert "On call now" not in browser(world.cy).get("/desk/").content.decode()


def test_a_script_plans_takes_answers_and_hands_back(world: World, fay: Person) -> None:
    dana, begins = Script(world.dana), clock.now() - MINUTE
    at = f"programs/{world.evening.pk}"
    wanted: dict[str, Any] = {"begins": clock.moment(begins), "ends": clock.moment(begins + 5 * HOUR)}
    made = dana.post(f"{at}/shifts", {**wanted, "person": str(fay.pk)}).json()
    assert made["person"] == {"id": str(fay.pk), "alias": "Fay"}
    problem(dana.post(f"{at}/shifts", {**wanted, "person": str(world.ben.pk)}), 404, "not_found")
    problem(dana.post(f"{at}/shifts", {**wanted, "begins": "soon"}), 422, "moment")
    shift_at = f"shifts/{made['id']}"
    assert dana.patch(shift_at, {"person": None}).json()["person"] is None
    assert dana.post(f"{shift_at}/take", {}).json()["on_call"] is False
    assert dana.post(f"{shift_at}/here", {"rang": True}).json()["on_call"] is True
    problem(dana.post(f"{shift_at}/here", {}), 409, "not_asked")
    assert dana.get(f"{at}/shifts").json()["results"][0]["taken"] is not None
    assert dana.post(f"{shift_at}/hand-back", {}).json()["person"] is None
    assert dana.delete(shift_at).status_code == 204
    problem(dana.get(shift_at), 404, "not_found")
    assert Duty.objects.lasting().count() == 0
    problem(dana.patch(f"{at}/coverage", {"hours": "round"}), 422, "invalid")
    said = dana.patch(f"{at}/coverage", {"contact_rings": True}).json()
    assert (said["hours"], said["stands"], said["contact_rings"]) == ("staffed", "staffed", True)
    problem(Script(fay).get(f"{at}/coverage"), 403, "not_allowed")


def test_lists_cost_a_fixed_number_of_queries(world: World, fay: Person, django_assert_max_num_queries: Any) -> None:
    for ahead in range(12):
        shift(world.evening, fay if ahead % 2 else world.dana, starts=ahead * 6 * HOUR, lasts=5 * HOUR)
    client = browser(world.dana)
    with django_assert_max_num_queries(22):
        client.get(f"/desk/programs/{world.evening.pk}/roster/")
    with after(hours=1), django_assert_max_num_queries(34):
        client.get("/desk/on-call/")
