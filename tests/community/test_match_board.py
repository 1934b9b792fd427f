"""The coordinator's board: who waits, who is asked, who walks together, and what waits for staff."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.foundation.errors import Conflict
from community.matches import services as matches
from community.matches import tasks
from community.matches.desk.outcome import worked_out
from community.matches.desk.telling import NEWS
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.codes import Need, State
from community.matches.reading.board import Board, board_of, waiting_for_somebody
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.tasks import renewals_due
from community.milestones import services as milestones
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person, Session
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.desk import leader_of, newcomer, sent, words
from tests.community.matches import TWELFTH_DAY, again, another, match_at, matched, proposed
from tests.community.mentoring import active, asked
from tests.community.test_match_batches import others
from tests.community.test_match_pages import text
from tests.doors import browser
from tests.walls.test_strangers import TOKEN

COLUMNS = ("suggested", "asked", "together", "ending")


def board(world: World) -> Board:
    return board_of(world.dana, world.evening)


def needs(world: World, days: float) -> list[Need]:
    with clock.turned(by=timedelta(days=days)):
        shown = board(world)
        return [need for row in (*shown.together, *shown.ending) for need in row.needs]


@pytest.mark.parametrize(
    ("state", "column"),
    [
        (State.PROPOSED, "suggested"), (State.SHORTLISTED, "suggested"), (State.OFFERED, "asked"),
        (State.INTRODUCTORY, "together"), (State.ACTIVE, "together"), (State.PAUSED, "together"), (State.ENDED, None),
    ],
)  # fmt: skip
def test_two_people_stand_in_one_column(world: World, state: State, column: str | None) -> None:
    row = match_at(world, state)
    shown = {name: [one.match.pk for one in getattr(board(world), name)] for name in COLUMNS}
    assert shown == {name: [row.pk] if name == column else [] for name in COLUMNS}


def test_who_waits_longest_stands_on_top_and_who_is_asked_for_further_on(world: World) -> None:
    request = asked(world.ana, world.evening)
    assert [one.request.pk for one in board(world).waiting] == [request.pk]
    match_at(world, State.OFFERED, request=request)
    assert board(world).waiting == []


def test_an_end_that_is_near_is_a_column_of_its_own(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    Match.objects.filter(pk=row.pk).update(planned_end=clock.today(world.evening.zone) + timedelta(days=14))
    assert [one.match.pk for one in board(world).ending] == [row.pk]


def test_who_runs_the_program_suggests_gives_out_and_takes_back_with_a_press_each(world: World) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    page = words(world.dana, f"/desk/matching/requests/{request.pk}/")
    assert "Ben" in page
    assert "Both have time: Tuesday" in page
    sent(world.dana, f"/desk/matching/requests/{request.pk}/", mentor=str(mentor.pk), note="He laughs, too.")
    row = Match.objects.get()
    assert (row.state, row.note) == (State.PROPOSED, "He laughs, too.")
    assert "He laughs, too." in words(world.dana, f"/desk/matching/matches/{row.pk}/")
    sent(world.dana, f"/desk/matching/matches/{row.pk}/approve/")
    assert "Undo" in words(world.dana, f"/desk/matching/{world.evening.pk}/")
    sent(world.dana, f"/desk/matching/matches/{row.pk}/undo/")
    assert again(row).state == State.PROPOSED
    sent(world.dana, f"/desk/matching/matches/{row.pk}/reject/")
    assert again(row).state == State.WITHDRAWN
    assert "Undo" in words(world.dana, f"/desk/matching/{world.evening.pk}/")
    sent(world.dana, f"/desk/matching/matches/{row.pk}/undo/")
    assert again(row).state == State.PROPOSED


def test_what_both_would_hear_of_is_asked_about_first(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    at = f"/desk/matching/matches/{row.pk}/"
    page = words(world.dana, at)
    assert f'href="{at}end/"' in page
    assert f'action="{at}end/"' not in page
    assert "cannot be undone" in words(world.dana, f"{at}end/")
    assert again(row).state == State.ACTIVE
    assert browser(world.dana).get(f"{at}resume/").status_code == 404
    assert browser(world.eli).get(f"{at}end/").status_code == 404
    sent(world.dana, f"{at}end/")
    assert again(row).state == State.ENDED


def test_undo_is_gone_after_ten_seconds(world: World) -> None:
    row = match_at(world, State.SHORTLISTED)
    assert "Undo" not in words(world.dana, f"/desk/matching/{world.evening.pk}/")
    assert sent(world.dana, f"/desk/matching/matches/{row.pk}/undo/").status_code == 409


def test_all_cards_are_given_out_with_one_press_and_what_breaks_a_rule_by_now_is_left(world: World) -> None:
    row = proposed(world)
    fay = people.create(alias="Fay")
    other = matched(_hoping(fay, world), row.mentor, State.PROPOSED, accepted=None)  # who agreed to nothing
    sent(world.dana, f"/desk/matching/{world.evening.pk}/approve/")
    assert (again(row).state, again(other).state) == (State.SHORTLISTED, State.PROPOSED)


def test_two_with_little_in_common_are_given_a_card_by_itself_alone(world: World) -> None:
    row = proposed(world)
    Match.objects.filter(pk=row.pk).update(fit=249)
    path = f"/desk/matching/{world.evening.pk}/"
    assert "They have little in common" in words(world.dana, path)
    sent(world.dana, f"{path}approve/")
    assert again(row).state == State.PROPOSED
    sent(world.dana, f"/desk/matching/matches/{row.pk}/approve/")
    assert again(row).state == State.SHORTLISTED
    assert "They have little in common" not in words(world.dana, path)


def test_nobody_is_suggested_who_breaks_a_rule_and_staff_read_what_is_in_the_way(world: World) -> None:
    request, mentor = asked(world.ana, world.evening, languages=["ko"]), active(world)
    page = words(world.dana, f"/desk/matching/requests/{request.pk}/")
    assert "No language of both" in page
    answer = sent(world.dana, f"/desk/matching/requests/{request.pk}/", mentor=str(mentor.pk))
    assert answer.status_code == 422
    assert not Match.objects.exists()


def test_a_new_count_of_the_mentor_looks_like_not_now_on_every_page_of_staff(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    request = asked(people_in(world, "Fay"), world.evening)
    other = asked(people_in(world, "Gus"), world.evening, languages=["ko"])  # another rule is broken as well
    pages = (
        f"/desk/matching/{world.evening.pk}/", f"/desk/matching/requests/{request.pk}/",
        f"/desk/matching/requests/{other.pk}/", f"/desk/matching/matches/{row.pk}/", "/desk/mentors/",
        f"/desk/mentors/{row.mentor.pk}/",
    )  # fmt: skip
    mentoring.change(person=world.ben, mentor=row.mentor, wanted={"not_now": True})
    before = [TOKEN.sub("", words(world.dana, path)) for path in pages]
    mentoring.change(person=world.ben, mentor=row.mentor, wanted={"not_now": False})
    assert [TOKEN.sub("", words(world.dana, path)) for path in pages] != before
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get())
    assert [TOKEN.sub("", words(world.dana, path)) for path in pages] == before


def test_a_proposal_for_all_tells_no_more_of_a_new_count_than_of_not_now(world: World) -> None:
    mentor = active(world)
    asked(people_in(world, "Fay"), world.evening)
    told = []
    for change in (
        lambda: mentoring.change(person=world.ben, mentor=mentor, wanted={"not_now": True}),
        lambda: milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get()),
    ):
        change()
        told.append(worked_out(world.evening).figures)
        mentoring.change(person=world.ben, mentor=mentor, wanted={"not_now": False})
    assert told[0] == told[1]


def test_two_weeks_without_two_answers_are_one_item(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        matches.confirm(match=row, by=world.ben)
        assert "not both have said" not in words(world.dana, "/desk/")
    assert needs(world, 13.9).count(Need.NOT_CONFIRMED) == 0
    assert needs(world, 14.1).count(Need.NOT_CONFIRMED) == 1
    assert "1 match waits for a step of yours." in late(world, 14.1)
    assert again(row).state == State.INTRODUCTORY


def late(world: World, days: float) -> str:
    with clock.turned(by=timedelta(days=days)):
        return words(world.dana, "/desk/")


@pytest.mark.parametrize(("days", "need"), [(6.9, None), (7.1, Need.SILENT), (14.1, Need.SILENT_LONG)])
def test_a_mentor_of_whom_nothing_is_heard_is_an_item(world: World, days: float, need: Need | None) -> None:
    match_at(world, State.ACTIVE)
    silent = [one for one in needs(world, days) if one in {Need.SILENT, Need.SILENT_LONG}]
    assert silent == ([need] if need else [])


@pytest.mark.parametrize("sign", ["wrote", "answered", "was_here"])
def test_a_message_an_answer_or_a_visit_is_a_sign_of_life(world: World, sign: str) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=timedelta(days=3, hours=1)):
        now = clock.now()
        if sign == "wrote":
            matches.note_talk(match=row, by=world.ben, at=now)
        elif sign == "answered":
            tasks.to_ask()
            matches.answer(checkin=MatchCheckIn.objects.of(world.ben.pk).get(), answer="yes", by=world.ben)
        else:
            Session.objects.create(
                person=world.ben, digest="x", created=now, last_seen=now, expires=now + timedelta(days=1)
            )
    assert Need.SILENT not in needs(world, 9)
    assert Need.SILENT in needs(world, 10.2)


def test_a_break_is_no_silence_and_its_end_is_an_item(world: World) -> None:
    match_at(world, State.PAUSED)
    assert needs(world, 20) == []
    assert needs(world, 30.1) == [Need.BREAK_OVER]


def test_when_a_renewal_falls_due_who_walks_stays_and_nobody_new_comes(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    rue = another(world, "Rue")
    request = asked(newcomer(1, world.cohort), world.evening)
    waits = matched(request, row.mentor, State.OFFERED, until=clock.now() + timedelta(days=3))
    Mentor.objects.filter(pk=row.mentor_id).update(approved_until=clock.now())
    Notice.objects.all().delete()
    assert renewals_due() == 1
    assert (again(row).state, again(waits).state, again(waits).reason) == ("active", "withdrawn", "rules")
    assert Notice.objects.of(request.person_id).filter(kind=NEWS).count() == 1
    assert not Notice.objects.of(world.ana.pk).exists()
    assert needs(world, 0) == [Need.RENEWAL]
    matches.propose_cover(match=row, mentor=rue, by=world.dana)
    assert needs(world, 0) == []


def test_somebody_stands_in_while_the_mentor_takes_a_break(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    rue = another(world, "Rue")
    mentoring.pause(mentor=row.mentor, wishes_cover=True, by=world.ben)
    assert Need.COVER in needs(world, 0)
    sent(world.dana, f"/desk/matching/matches/{row.pk}/cover/", mentor=str(rue.pk))
    stands_in = Match.objects.covers().get()
    assert (stands_in.guide, stands_in.covers) == (rue.person, row)
    assert Need.COVER not in needs(world, 0)
    with pytest.raises(Conflict):
        matches.propose_cover(match=row, mentor=another(world, "Sol"), by=world.dana)
    matches.approve(match=stands_in, by=world.dana)
    with clock.turned(by=timedelta(minutes=1)):
        matches.choose(match=stands_in, by=world.ana)
        matches.accept(match=stands_in, by=rue.person)
    assert again(row).state == State.ACTIVE
    with clock.turned(by=timedelta(days=15)):
        tasks.ending()
    assert (again(stands_in).state, again(row).state) == (State.ENDED, State.ACTIVE)


def test_nobody_stands_in_for_a_mentor_who_left(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    rue = another(world, "Rue")
    stands_in = matches.propose_cover(match=row, mentor=rue, by=world.dana)
    mentoring.retire(mentor=row.mentor, by=world.ben)
    assert not again(stands_in).is_open


def test_who_wants_to_talk_with_staff_is_seen_to_with_a_press(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=timedelta(days=3, hours=1)):
        tasks.to_ask()
        question = MatchCheckIn.objects.of(world.ana.pk).get()
        matches.answer(checkin=question, answer="not_yet", wants_staff=True, by=world.ana)
    assert Need.WANTS_STAFF in needs(world, 3.1)
    assert "Ana would like to talk with staff" in words(world.dana, f"/desk/matching/matches/{row.pk}/")
    assert "not_yet" not in words(world.dana, f"/desk/matching/matches/{row.pk}/")
    sent(world.dana, f"/desk/matching/asked/{question.pk}/")
    assert Need.WANTS_STAFF not in needs(world, 3.1)


def test_who_wants_to_talk_is_seen_also_after_it_ended(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=TWELFTH_DAY):
        tasks.to_ask()
        question = MatchCheckIn.objects.of(world.ana.pk).get()
        matches.answer(checkin=question, answer="another", wants_staff=True, by=world.ana)
    assert [one.match.pk for one in board(world).parted] == [row.pk]
    assert "1 match waits for a step of yours." in words(world.dana, "/desk/")
    assert "Would like to talk, after it ended" in words(world.dana, f"/desk/matching/{world.evening.pk}/")
    sent(world.dana, f"/desk/matching/asked/{question.pk}/")
    assert board(world).parted == []


def test_a_mentor_who_left_long_ago_is_no_reason_today(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    matched(
        row.request, another(world, "Rue"), State.ENDED, accepted=clock.now() + timedelta(days=1), reason="not_said"
    )
    mentoring.retire(mentor=row.mentor, by=world.ben)
    assert board(world).waiting_again == 0


def test_who_waits_again_because_their_mentor_left_is_one_line(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    mentoring.retire(mentor=row.mentor, by=world.ben)
    assert board(world).waiting_again == 1
    assert "waits again because their mentor left" in words(world.dana, f"/desk/matching/{world.evening.pk}/")


@pytest.mark.parametrize("step", ["pause", "end"])
def test_staff_lead_two_people_on_with_a_press(world: World, step: str) -> None:
    row = match_at(world, State.ACTIVE)
    sent(world.dana, f"/desk/matching/matches/{row.pk}/{step}/")
    assert again(row).state == (State.PAUSED if step == "pause" else State.ENDED)


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli", "rue"])
def test_the_board_is_not_there_for_who_does_not_run_the_program(world: World, who: str) -> None:
    row = match_at(world, State.OFFERED)
    person = leader_of(world.cohort, "Rue") if who == "rue" else getattr(world, who)
    page, request = browser(person), row.request
    for path in (
        "/desk/matching/", f"/desk/matching/{world.evening.pk}/", f"/desk/matching/requests/{request.pk}/",
        f"/desk/matching/matches/{row.pk}/", f"/desk/matching/matches/{row.pk}/cover/",
    ):  # fmt: skip
        assert page.get(path).status_code == 404, path
    for path in (
        f"/desk/matching/{world.evening.pk}/approve/", f"/desk/matching/matches/{row.pk}/end/",
        f"/desk/matching/asked/{row.pk}/",
    ):  # fmt: skip
        assert page.post(path).status_code == 404, path
    assert again(row).state == State.OFFERED


def test_who_is_one_of_the_two_finds_nothing_of_it_on_their_board(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    programs.appoint(person=world.ben, program=world.evening, role=StaffRole.COORDINATOR)
    assert browser(world.ben).get(f"/desk/matching/matches/{row.pk}/").status_code == 404
    assert board_of(world.ben, world.evening).together == []


def test_a_long_board_asks_as_often_as_a_short_one_and_says_how_much_it_shows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    match_at(world, State.ACTIVE)
    page, path = browser(world.dana), f"/desk/matching/{world.evening.pk}/"
    asked(people_in(world, "Fay"), world.evening)
    page.get(path)
    with CaptureQueriesContext(connection) as short:
        page.get(path)
    mentors = [another(world, f"Rue {number}") for number in range(3)]
    for number, mentor in enumerate(mentors):
        asked(people_in(world, f"Gus {number}"), world.evening)
        matched(_hoping(people_in(world, f"Hal {number}"), world), mentor, until=clock.now())
    with CaptureQueriesContext(connection) as long:
        page.get(path)
    assert len(long) == len(short)
    monkeypatch.setattr(Board, "most", 3)
    monkeypatch.setattr(Board, "shown", ":3")
    assert words(world.dana, path).count("The first 3 of 4.") == 2  # who waits, and who walk together


def people_in(world: World, alias: str) -> Person:
    person = people.create(alias=alias)
    programs.enroll(person=person, cohort=world.cohort)
    return person


def _hoping(person: Person, world: World) -> MentorRequest:
    now = clock.now()
    row: MentorRequest = MentorRequest.objects.create(
        person=person, program=world.evening, asked_at=now, changed=now, zone=person.zone, languages=["en"]
    )
    return row


def test_the_desk_says_how_many_wait_and_are_suggested_to_nobody_in_one_question(world: World) -> None:
    def waiting(person: Person) -> list[str]:
        with CaptureQueriesContext(connection) as asking:
            said = [one.says for one in waiting_for_somebody(person, clock.now())]
        assert len(asking) == 1
        return said

    assert waiting(world.dana) == []
    request = asked(world.ana, world.evening)
    assert waiting(world.dana) == ["1 person waits for somebody to walk with, and nobody is suggested yet."]
    assert "1 person waits for somebody to walk with" in text(words(world.dana, "/desk/"))
    others(world, 6, request)
    assert waiting(world.dana) == ["7 people wait for somebody to walk with, and nobody is suggested yet."]
    for person in (world.ana, world.eli):
        assert waiting(person) == []
    row = proposed(world, request=request)
    assert waiting(world.dana) == ["6 people wait for somebody to walk with, and nobody is suggested yet."]
    matches.reject(match=row, by=world.dana)
    assert waiting(world.dana) == ["7 people wait for somebody to walk with, and nobody is suggested yet."]
    mentoring.withdraw(person=world.ana, request=request)
    assert waiting(world.dana) == ["6 people wait for somebody to walk with, and nobody is suggested yet."]


def test_who_hopes_for_a_mentor_themselves_is_not_in_what_their_own_desk_counts(world: World) -> None:
    asked(world.ana, world.evening)
    programs.appoint(person=world.ana, program=world.evening, role=StaffRole.COORDINATOR)
    assert waiting_for_somebody(world.ana, clock.now()) == []
