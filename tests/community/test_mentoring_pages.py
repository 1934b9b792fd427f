"""The pages of mentoring, in a browser without a script: asking, offering, one's own page, and the desk."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.foundation import clock
from community.mentoring import services as mentoring
from community.mentoring.models import Closing, Mentor, MentorRequest, SupervisionNote
from community.mentoring.plans.codes import State
from community.milestones import services as milestones
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Track
from groups.demo.services import World
from tests.community.desk import leader_of, sent, words
from tests.community.matches import another
from tests.community.mentoring import SAID, active, again, applied, asked, mentor_at
from tests.community.test_match_batches import others
from tests.community.test_match_pages import text
from tests.doors import browser
from tests.walls.test_strangers import TOKEN

UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # three figures stand in one now and then

ANSWERS: dict[str, Any] = {
    "hours": ["1-evening", "3-morning"], "languages": ["en"], "wish_kind": "need", "wish_of": ["woman"], "gender": "",
    "style": "listener", "pathways": ["smart"], "values": "Dogs\nNight shifts\n", "life_stages": "", "agrees": "on",
}  # fmt: skip


def test_somebody_asks_for_a_mentor_on_one_page(world: World) -> None:
    assert "Ask for a mentor" in words(world.ana, "/mentoring/")
    answer = sent(world.ana, f"/mentoring/ask/{world.evening.pk}/", **ANSWERS, hopes="Somebody who laughs.")
    assert answer.status_code == 302
    row = MentorRequest.objects.of(world.ana.pk).get()
    assert row.hours == [[1, 1020, 1260], [3, 480, 720]]
    assert (row.wish_kind, row.wish_of, row.style, row.hopes) == ("need", ["woman"], "listener", "Somebody who laughs.")
    assert row.values == ["Dogs", "Night shifts"]
    assert "your place in line" in words(world.ana, "/mentoring/")


def test_where_a_program_says_sponsor_its_people_read_that_nobody_is_given_one(world: World) -> None:
    path = f"/mentoring/ask/{world.evening.pk}/"
    for page in ("/mentoring/", path):
        assert "sponsor" not in words(world.ana, page)
    mentoring.set_policy(program=world.evening, wanted={"word": "sponsor"})
    for page in ("/mentoring/", path):
        assert "In Evening program you ask for a sponsor. Nobody is given one" in words(world.ana, page)
        assert "Ask for a sponsor" in words(world.ana, page)
        assert "Ask for a mentor" not in words(world.ana, page)
    assert "A sponsor for you" in words(world.ana, "/mentoring/")


def test_the_same_page_shows_and_changes_what_waits(world: World) -> None:
    row = asked(world.ana, world.evening, hours=[{"weekday": 1, "starts": "17:00", "ends": "21:00"}], values=["Dogs"])
    page = words(world.ana, f"/mentoring/ask/{world.evening.pk}/")
    assert 'value="1-evening" checked' in page
    assert "Dogs" in page
    sent(world.ana, f"/mentoring/ask/{world.evening.pk}/", **{**ANSWERS, "agrees": ""})
    assert MentorRequest.objects.get().asked_at == row.asked_at
    assert MentorRequest.objects.get().style == "listener"


def saved_as_shown(person: Person, path: str, **more: Any) -> list[list[int]]:
    """Press Save on a page as it stands there, and find the hours that are kept then."""
    page = browser(person).get(path).content.decode()
    hours = re.findall(r'name="hours" value="([^"]+)" checked', page)
    assert (
        sent(person, path, **{**ANSWERS, "wish_kind": "any", "wish_of": [], **more, "hours": hours}).status_code == 302
    )
    found: list[list[int]] = MentorRequest.objects.get().hours
    return found


@pytest.mark.parametrize(
    "hours",
    [
        [("18:00", "19:30")], [("17:00", "22:00")], [("22:00", "02:00")], [("08:00", "21:00")],
        [("08:00", "12:00"), ("13:15", "14:00"), ("17:00", "21:00")], [("06:00", "07:00"), ("08:00", "17:00")],
    ],
)  # fmt: skip
def test_times_of_any_length_stay_as_the_page_is_saved(world: World, hours: list[tuple[str, str]]) -> None:
    said = [{"weekday": 1, "starts": starts, "ends": ends} for starts, ends in hours]
    row = asked(world.ana, world.evening, hours=said)
    path = f"/mentoring/ask/{world.evening.pk}/"
    kept = saved_as_shown(world.ana, path)
    assert minutes(kept) == minutes(row.hours)
    assert saved_as_shown(world.ana, path) == kept


def minutes(windows: list[list[int]]) -> set[tuple[int, int]]:
    """Every minute of the week that somebody could talk in."""
    return {
        (day, minute % 1440)
        for day, first, last in windows
        for minute in range(first, last if last > first else last + 1440)
    }


def test_a_time_of_another_length_is_shown_in_words_and_can_be_left_out(world: World) -> None:
    asked(world.ana, world.evening, hours=[{"weekday": 1, "starts": "18:00", "ends": "19:30"}])
    path = f"/mentoring/ask/{world.evening.pk}/"
    page = words(world.ana, path)
    assert "Tuesday, 6pm to 7:30pm" in page
    assert 'value="1-evening" checked' not in page
    sent(world.ana, path, **ANSWERS)
    assert MentorRequest.objects.get().hours == [[1, 1020, 1260], [3, 480, 720]]
    assert "6pm to 7:30pm" not in words(world.ana, path)


def test_times_on_another_clock_say_so(world: World) -> None:
    path = f"/mentoring/ask/{world.evening.pk}/"
    asked(world.ana, world.evening)
    assert "on the clock where you live" in words(world.ana, path)
    row = MentorRequest.objects.get()
    mentoring.change_request(person=world.ana, request=row, wanted={"zone": "America/Denver"})
    page = words(world.ana, path)
    assert "on the clock where you live" not in page
    assert "on another clock: Mountain." in page


def test_a_part_of_a_day_takes_in_what_lies_within_it(world: World) -> None:
    asked(world.ana, world.evening, hours=[{"weekday": 1, "starts": "18:00", "ends": "19:30"}])
    both = ["1-evening", "1-1080-1170"]
    sent(world.ana, f"/mentoring/ask/{world.evening.pk}/", **{**ANSWERS, "hours": both})
    assert MentorRequest.objects.get().hours == [[1, 1020, 1260]]


@pytest.mark.parametrize("value", ["1-1080-1171", "9-evening", "1-", "1-a-b", "1-1080-1170-1", "--"])
def test_a_time_that_was_not_offered_is_refused(world: World, value: str) -> None:
    row = asked(world.ana, world.evening, hours=[{"weekday": 1, "starts": "18:00", "ends": "19:30"}])
    answer = sent(world.ana, f"/mentoring/ask/{world.evening.pk}/", **{**ANSWERS, "hours": [value]})
    assert answer.status_code == 422
    assert MentorRequest.objects.get().hours == row.hours


@pytest.mark.parametrize("missing", ["hours", "languages", "wish_of", "agrees"])
def test_what_is_missing_is_said_beside_its_question_and_what_was_typed_stays(world: World, missing: str) -> None:
    answers = {name: value for name, value in ANSWERS.items() if name != missing}
    answer = sent(world.ana, f"/mentoring/ask/{world.evening.pk}/", **answers)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert "Night shifts" in answer.content.decode()
    assert not MentorRequest.objects.exists()


def test_a_request_is_taken_back_with_one_press(world: World) -> None:
    row = asked(world.ana, world.evening)
    assert sent(world.ana, f"/mentoring/requests/{row.pk}/take-back/").status_code == 302
    assert MentorRequest.objects.get().closing == Closing.WITHDRAWN


def test_who_finished_offers_to_be_a_mentor_and_reads_what_comes_next(world: World) -> None:
    page = words(world.ben, f"/mentoring/offer/{world.evening.pk}/")
    assert "within seven days" in page
    assert "medication" in page
    assert sent(world.ben, f"/mentoring/offer/{world.evening.pk}/", **ANSWERS).status_code == 302
    assert Mentor.objects.get().state == State.APPLIED
    assert "Staff read your answers" in words(world.ben, "/mentoring/")
    assert browser(world.ben).get(f"/mentoring/offer/{world.evening.pk}/").status_code == 302


def test_a_mentor_says_not_now_on_their_own_page(world: World) -> None:
    row = active(world)
    assert sent(world.ben, f"/mentoring/mine/{row.pk}/", **ANSWERS, capacity="3", not_now="on").status_code == 302
    assert (again(row).not_now, again(row).capacity) == (True, 3)


@pytest.mark.parametrize(("step", "state"), [("pause", State.PAUSED), ("finish", State.RETIRED)])
def test_a_mentor_rests_or_finishes_with_one_press(world: World, step: str, state: State) -> None:
    row = active(world)
    assert sent(world.ben, f"/mentoring/mine/{row.pk}/{step}/").status_code == 302
    assert again(row).state == state


def test_a_mentor_comes_back(world: World) -> None:
    row = mentor_at(world, State.PAUSED)
    sent(world.ben, f"/mentoring/mine/{row.pk}/resume/")
    assert again(row).state == State.ACTIVE


def test_what_is_not_theirs_to_carry_names_who_hears_it_and_says_what_it_is_not(world: World) -> None:
    row = active(world)
    page = words(world.ben, f"/mentoring/mine/{row.pk}/")
    assert "Dana gets a word" in page
    assert "not an emergency service" in page
    answer = browser(world.ben).post(f"/mentoring/mine/{row.pk}/not-mine/", follow=True)
    assert "We left a word with Dana" in answer.content.decode()
    notice = Notice.objects.of(world.dana.pk).get(kind="mentor_not_mine")
    opened = browser(world.dana).post(f"/notices/{notice.pk}/open/", follow=True)
    assert opened.status_code == 200


def test_a_new_count_is_shown_on_their_own_page_alone(world: World) -> None:
    row = active(world)
    mentoring.change(person=world.ben, mentor=row, wanted={"not_now": True})
    pages = (f"/desk/mentors/{row.pk}/", "/desk/mentors/")
    seen_before = [TOKEN.sub("", words(world.dana, path)) for path in pages]
    mentoring.change(person=world.ben, mentor=row, wanted={"not_now": False})
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get())
    assert [TOKEN.sub("", words(world.dana, path)) for path in pages] == seen_before
    page = words(world.ben, f"/mentoring/mine/{row.pk}/")
    assert "Only you see this" in page
    assert "nothing to press" in page
    assert "began a new count" not in page


def test_the_desk_shows_no_day_of_theirs_and_not_why(world: World) -> None:
    row = active(world)
    seen = words(world.dana, f"/desk/mentors/{row.pk}/") + words(world.dana, "/desk/mentors/")
    page = UUIDS.sub("", TOKEN.sub("", seen))
    assert "May take new people: yes" in page
    assert "556" not in page
    start = world.ben.focuses.get().runs.get().start
    assert start.isoformat() not in page
    assert f"{start:%B} {start.day}" not in page


def test_staff_lead_somebody_from_an_offer_to_a_mentor(world: World) -> None:
    row = applied(world)
    at = f"/desk/mentors/{row.pk}/"
    assert "Begin to get to know them" in words(world.dana, "/desk/mentors/")
    for step in ("screen", "train"):
        assert sent(world.dana, f"{at}step/{step}/").status_code == 302
    assert sent(world.dana, f"{at}step/approve/").status_code == 409
    until = clock.today(world.evening.zone) + timedelta(days=200)
    assert sent(world.dana, f"{at}clearance/", until=until.isoformat()).status_code == 302
    assert sent(world.dana, f"{at}supervisor/", supervisor=str(world.dana.pk)).status_code == 302
    assert sent(world.dana, f"{at}step/approve/").status_code == 302
    assert (again(row).state, again(row).supervisor) == (State.ACTIVE, world.dana)


def test_a_clearance_of_yesterday_is_refused_beside_its_day(world: World) -> None:
    row = applied(world)
    answer = sent(world.dana, f"/desk/mentors/{row.pk}/clearance/", until="2020-01-01")
    assert answer.status_code == 422
    assert again(row).cleared_until is None


def test_notes_are_kept_and_read_at_the_desk(world: World) -> None:
    row = active(world)
    assert sent(world.dana, f"/desk/mentors/{row.pk}/notes/", body=" ").status_code == 422
    assert not SupervisionNote.objects.exists()
    assert sent(world.dana, f"/desk/mentors/{row.pk}/notes/", body="Tired on <b>Tuesdays</b>.").status_code == 302
    assert "Tired on &lt;b&gt;Tuesdays" in words(world.dana, f"/desk/mentors/{row.pk}/notes/")


def test_staff_see_who_waits_and_let_somebody_go_first(world: World) -> None:
    row = asked(world.ana, world.evening, hopes="Somebody who laughs.")
    assert "Let them go first" in words(world.dana, "/desk/mentors/")
    sent(world.dana, f"/desk/mentor-requests/{row.pk}/first/", first="")
    assert MentorRequest.objects.get().urgent
    sent(world.dana, f"/desk/mentor-requests/{row.pk}/first/")
    assert not MentorRequest.objects.get().urgent


def test_everybody_who_waits_is_on_a_page_of_the_desk_however_many_there_are(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.foundation.web.PAGE", 2)
    others(world, 4, asked(world.ana, world.evening))
    waiting = list(MentorRequest.objects.in_line().values_list("person__alias", flat=True))
    mentors = (active(world), another(world, "Rue"), another(world, "Sol"))
    rows = [one.person.alias for one in sorted(mentors, key=lambda one: (one.since, one.pk))]
    pages = [words(world.dana, f"/desk/mentors/?waiting={number}") for number in (1, 2, 3)]
    assert [[name for name in waiting if f'">{name}<' in page] for page in pages] == [
        waiting[:2], waiting[2:4], waiting[4:],
    ]  # fmt: skip
    assert all(page.count("Page ") == 2 for page in pages)  # one of mentors, one of who waits
    assert 'href="?page=1&amp;waiting=3#waiting"' in pages[1]
    assert 'href="?waiting=2&amp;page=2"' in pages[1]
    both = words(world.dana, "/desk/mentors/?page=2&waiting=3")
    assert [name for name in rows if f'">{name}<' in both] == rows[2:]
    assert "Let them go first" in both
    with CaptureQueriesContext(connection) as first:
        browser(world.dana).get("/desk/mentors/")
    others(world, 3, MentorRequest.objects.get(person=world.ana))
    with CaptureQueriesContext(connection) as longer:
        browser(world.dana).get("/desk/mentors/")
    assert len(longer) == len(first)


def test_who_runs_the_program_reads_what_somebody_hopes_for_and_offers(world: World) -> None:
    asked(world.ana, world.evening, hopes="Somebody who <b>laughs</b>.", values=["Honesty"])
    waits = words(world.dana, "/desk/mentors/")
    assert "Somebody who &lt;b&gt;laughs&lt;/b&gt;." in waits
    assert "Honesty" in waits
    offered = words(world.dana, f"/desk/mentors/{applied(world).pk}/")
    assert "What they say of themselves" in offered
    assert "English" in offered
    assert "to 9pm" in offered


def test_a_supervisor_who_does_not_run_the_program_reads_no_answers(world: World) -> None:
    asked(world.ana, world.evening, hopes="Somebody who laughs.")
    rue = leader_of(world.cohort, "Rue")
    row = mentoring.name_supervisor(mentor=active(world), supervisor=rue, by=world.dana)
    assert "What they say of themselves" not in words(rue, f"/desk/mentors/{row.pk}/")
    assert "Somebody who laughs." not in words(rue, "/desk/mentors/")


def test_the_desk_reminds_who_has_a_step_to_take(world: World) -> None:
    applied(world)
    assert "1 person waits for a step of yours." in words(world.dana, "/desk/")
    assert "waits for a step" not in words(world.cy, "/desk/")


@pytest.mark.parametrize(("said", "cover"), [({"cover": "1"}, True), ({}, False)])
def test_a_break_asks_whether_somebody_should_stand_in(world: World, said: dict[str, str], *, cover: bool) -> None:
    row = active(world)
    assert 'name="cover" value="1" checked' in words(world.ben, f"/mentoring/mine/{row.pk}/")
    assert sent(world.ben, f"/mentoring/mine/{row.pk}/pause/", **said).status_code == 302
    assert (again(row).state, again(row).wishes_cover) == (State.PAUSED, cover)


@pytest.mark.parametrize("who", ["ana", "cy", "eli"])
def test_what_is_not_theirs_is_not_there(world: World, who: str) -> None:
    person, row, request = getattr(world, who), active(world), asked(world.ben, world.evening)
    page, elsewhere = browser(person), world.other if who == "ana" else world.evening
    for path in (
        f"/mentoring/offer/{world.evening.pk}/", f"/mentoring/ask/{elsewhere.pk}/",
        f"/mentoring/mine/{row.pk}/", f"/desk/mentors/{row.pk}/", f"/desk/mentors/{row.pk}/clearance/",
        f"/desk/mentors/{row.pk}/supervisor/", f"/desk/mentors/{row.pk}/notes/",
    ):  # fmt: skip
        assert page.get(path).status_code == 404, path
    for path in (
        f"/mentoring/requests/{request.pk}/take-back/", f"/mentoring/mine/{row.pk}/pause/",
        f"/mentoring/mine/{row.pk}/not-mine/", f"/desk/mentors/{row.pk}/step/retire/",
        f"/desk/mentor-requests/{request.pk}/first/",
    ):  # fmt: skip
        assert page.post(path).status_code == 404, path
    assert (again(row).state, MentorRequest.objects.get().is_open) == (State.ACTIVE, True)


def test_a_supervisor_who_does_not_run_the_program_takes_no_step(world: World) -> None:
    rue = leader_of(world.cohort, "Rue")
    row = mentoring.name_supervisor(mentor=active(world), supervisor=rue, by=world.dana)
    assert "Notes of supervision" in words(rue, f"/desk/mentors/{row.pk}/")
    assert "What comes next" not in words(rue, f"/desk/mentors/{row.pk}/")
    assert sent(rue, f"/desk/mentors/{row.pk}/clearance/", until="2027-01-01").status_code == 404
    assert sent(rue, f"/desk/mentors/{row.pk}/step/retire/").status_code == 403
    assert again(row).state == State.ACTIVE


def test_a_mentor_finds_nothing_of_themselves_at_the_desk(world: World) -> None:
    row = active(world)
    programs.appoint(person=world.ben, program=world.evening, role="coordinator")
    assert browser(world.ben).get(f"/desk/mentors/{row.pk}/notes/").status_code == 404


def test_a_long_list_asks_as_often_as_a_short_one(world: World) -> None:
    active(world)
    asked(world.ana, world.evening)
    page = browser(world.dana)
    page.get("/desk/mentors/")
    with CaptureQueriesContext(connection) as short:
        page.get("/desk/mentors/")
    with clock.turned(by=-timedelta(days=100)):
        for number in range(3):
            fay = people.create(alias=f"Fay {number}")
            programs.graduate(enrollment=programs.enroll(person=fay, cohort=world.cohort))
            mentoring.apply(person=fay, program=world.evening, wanted=SAID, agrees=True)
            asked(fay, world.evening)
    with CaptureQueriesContext(connection) as long:
        page.get("/desk/mentors/")
    assert len(long) == len(short)


def test_where_no_days_are_counted_a_mentor_reads_of_none_until_somebody_new_may_be_asked_to_them(world: World) -> None:
    mentor = active(world)
    mentoring.set_policy(program=world.evening, wanted={"tenure_days": 1825})
    assert "until you have 1825 days" in text(words(world.ben, reverse("mentor_mine", args=[mentor.pk])))
    type(world.evening).objects.filter(pk=world.evening.pk).update(track=Track.EATING_DISORDER)
    shown = text(words(world.ben, reverse("mentor_mine", args=[mentor.pk])))
    assert "Your program asks for some time between finishing it and walking with somebody." in shown
    assert "1825" not in shown
