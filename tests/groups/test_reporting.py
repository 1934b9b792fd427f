"""Somebody tells us of words or of a member: what is kept, who hears, who looks into it, and what is told back."""

from datetime import timedelta

import pytest

from community.cases.models import Case, CaseParty, Part, StepKind
from community.cases.plans import Priority, Reach, Reason
from community.cases.rules import case_of, cases_of
from community.foundation import clock
from community.foundation.errors import Invalid, Missing
from community.notices.models import Notice
from community.paging.models import Page
from community.people import services as people
from community.programs.models import StaffRole
from groups.chat import services as chat
from groups.demo.services import World
from groups.membership import services as membership
from groups.moderation import services as moderation
from groups.moderation import tasks
from groups.moderation.models import Danger, Report
from groups.moderation.services.telling_back import LOOKED_AT
from tests.doors import ALL, Script, browser, problem, say
from tests.groups.reports import closed, taken, told_of, worker


def test_the_words_are_kept_with_five_on_either_side_and_no_removal_changes_them(world: World) -> None:
    said = [say(world.ben, world.tuesday, f"Line {number}.") for number in range(14)]
    report = told_of(world.ana, said[7])
    chat.edit(author=world.ben, message=said[7], body="Something else.")
    chat.remove(person=world.ben, message=said[7])
    kept = Report.objects.get(pk=report.pk).lines
    assert [one["words"] for one in kept] == [f"Line {number}." for number in range(2, 13)]
    assert [one["words"] for one in kept if one["meant"]] == ["Line 7."]
    assert "Line 7" not in Report.objects.values_list("kept_sealed", flat=True).get()


def test_words_that_were_taken_back_are_still_kept_when_somebody_tells_us_of_them(world: World) -> None:
    said = say(world.ben, world.tuesday, "You are nothing.")
    chat.remove(person=world.ben, message=said)
    (meant,) = [one for one in told_of(world.ana, said).lines if one["meant"]]
    assert (meant["words"], meant["removed"]) == ("You are nothing.", "author")


def test_what_somebody_else_took_back_nearby_is_not_dug_up(world: World) -> None:
    beside = say(world.ana, world.tuesday, "My own secret.")
    chat.remove(person=world.ana, message=beside)
    report = told_of(world.cy, say(world.ben, world.tuesday, "You are nothing."))
    assert "My own secret." not in [one["words"] for one in report.lines]


def test_the_same_person_thing_and_reason_is_one_report(world: World) -> None:
    said = say(world.ben, world.tuesday)
    first, again = told_of(world.ana, said), told_of(world.ana, said)
    assert first == again
    assert Report.objects.count() == Case.objects.count() == 1


@pytest.mark.parametrize("reason", [Reason.WORRIED, Reason.SELF_HARM, Reason.HARASSMENT])
def test_what_is_told_again_after_it_was_closed_opens_anew_and_is_heard(world: World, reason: Reason) -> None:
    said = say(world.ben, world.tuesday)
    first = told_of(world.ana, said, reason)
    closed(first.case, world.dana)
    Notice.objects.filter(person=world.dana).delete()
    second = told_of(world.ana, said, reason)
    assert (second.case == first.case, second.case.is_open) == (False, True)
    assert Notice.objects.filter(person=world.dana, about=second.case_id).exists()
    assert Page.objects.of_case(second.case_id).exists() == (reason != Reason.HARASSMENT)


def test_further_words_about_the_same_are_kept_and_told(world: World) -> None:
    said = say(world.ben, world.tuesday)
    for note in ("He means it.", "He means it.", "He has a plan.", "", "He has a plan."):
        report = told_of(world.ana, said, Reason.WORRIED, note)
    assert report.note == "He means it.\n\nHe has a plan."
    assert Report.objects.count() == 1
    kinds = report.case.steps.filter(kind__in=[StepKind.TOLD, StepKind.TOLD_AGAIN]).values_list("kind", flat=True)
    assert list(kinds) == [StepKind.TOLD, StepKind.TOLD_AGAIN]


def test_two_who_tell_us_the_same_are_one_case(world: World) -> None:
    said = say(world.ben, world.tuesday)
    first, second = told_of(world.ana, said), told_of(world.dana, said)
    assert first.case_id == second.case_id
    steps = Case.objects.get().steps.values_list("kind", flat=True)
    assert list(steps) == [StepKind.TOLD, StepKind.TOLD_AGAIN]


def test_a_further_worry_about_somebody_joins_the_one_that_is_open(world: World) -> None:
    one = told_of(world.ben, say(world.ana, world.tuesday, "Goodbye everyone."), Reason.WORRIED)
    more = told_of(world.cy, say(world.ana, world.tuesday, "I mean it."), Reason.SELF_HARM)
    assert one.case_id == more.case_id
    assert Case.objects.get().care


def test_nobody_tells_us_of_what_they_do_not_see(world: World) -> None:
    said = say(world.ben, world.tuesday)
    with pytest.raises(Missing):
        told_of(world.eli, said)
    assert not Report.objects.exists()
    assert not Case.objects.exists()


def test_whoever_means_themselves_is_shown_where_to_talk(world: World) -> None:
    with pytest.raises(Invalid, match="yourself"):
        told_of(world.ana, say(world.ana, world.tuesday))
    assert not Case.objects.exists()


def test_a_worry_is_p0_for_staff_and_volunteers_do_not_hear_of_it_first(world: World) -> None:
    case = told_of(world.ben, say(world.ana, world.tuesday, "Goodbye."), Reason.WORRIED).case
    assert (case.priority, case.reach, case.answer_due - case.told) == (Priority.P0, Reach.STAFF, timedelta(minutes=5))
    assert {one.person for one in Notice.objects.filter(about=case.pk)} == {world.dana}
    with pytest.raises(Missing):
        case_of(world.cy, case.pk)


def test_only_no_to_danger_makes_a_worry_less_urgent_and_only_while_nobody_looked(world: World) -> None:
    report = told_of(world.ben, say(world.ana, world.tuesday, "Goodbye."), Reason.WORRIED)
    moderation.say_more(report=report, by=world.ben, danger=Danger.UNSURE)
    assert Case.objects.get().priority == Priority.P0
    moderation.say_more(report=report, by=world.ben, danger=Danger.NO)
    assert Case.objects.get().priority == Priority.P1


def test_no_to_danger_changes_nothing_once_somebody_has_it(world: World) -> None:
    report = told_of(world.ben, say(world.ana, world.tuesday, "Goodbye."), Reason.WORRIED)
    taken(report.case, world.dana)
    moderation.say_more(report=report, by=world.ben, danger=Danger.NO)
    assert Case.objects.get().priority == Priority.P0


def test_who_keeps_the_room_looks_into_words_there_and_eli_into_nothing(world: World) -> None:
    case = told_of(world.ana, say(world.ben, world.tuesday)).case
    assert case_of(world.cy, case.pk) == case_of(world.dana, case.pk) == case
    for stranger in (world.eli, world.ana, world.ben):
        with pytest.raises(Missing):
            case_of(stranger, case.pk)


def test_nobody_looks_into_what_they_told_us_or_what_is_about_them(world: World) -> None:
    about_cy = told_of(world.ana, say(world.cy, world.tuesday)).case
    by_cy = told_of(world.cy, say(world.ben, world.tuesday)).case
    assert not cases_of(world.cy).exists()
    assert about_cy.reach == Reach.LEAD  # nor does anybody who keeps a room with them
    assert set(cases_of(world.dana)) == {about_cy, by_cy}


def test_a_tie_of_ones_own_keeps_somebody_out(world: World) -> None:
    case = told_of(world.ana, say(world.ben, world.tuesday)).case
    people.block(person=world.cy, other=world.ben)
    with pytest.raises(Missing):
        case_of(world.cy, case.pk)


def test_what_nobody_near_may_look_into_goes_to_who_runs_the_program(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.COORDINATOR)
    case = told_of(world.ana, say(world.dana, world.tuesday), Reason.CONDUCT).case
    assert {one.person for one in Notice.objects.filter(about=case.pk)} == {fay}
    assert list(cases_of(fay)) == [case]


def test_who_told_us_is_nowhere_on_the_page_or_in_the_answer(world: World) -> None:
    case = told_of(world.ana, say(world.ben, world.tuesday, "You are nothing."), note="He does this often.").case
    page = browser(world.cy).get(f"/desk/queue/{case.pk}/").content.decode()
    assert "You are nothing." in page
    assert "He does this often." in page
    said = Script(world.cy, ("moderation",)).get(f"cases/{case.pk}").content.decode()
    for shown in (page, said):
        assert str(world.ana.pk) not in shown
    assert CaseParty.objects.filter(case=case, part=Part.REPORTER, person=world.ana).exists()


def test_who_told_us_hears_back_at_a_moment_of_its_own(world: World) -> None:
    report = told_of(world.ana, say(world.ben, world.tuesday))
    closed(report.case, world.dana)
    assert tasks.tell_back() == 0  # not before ten minutes have passed
    with clock.turned(timedelta(minutes=61)):
        assert tasks.tell_back() == 1
        assert tasks.tell_back() == 0
    assert Notice.objects.filter(person=world.ana, kind=LOOKED_AT, about=report.pk).exists()
    assert "Moderators have looked at this" in browser(world.ana).get(f"/told/{report.pk}/").content.decode()


def test_two_presses_tell_us_and_more_may_be_said_after_that(world: World) -> None:
    said, ana = say(world.ben, world.tuesday), browser(world.ana)
    path = f"/groups/{world.tuesday.pk}/messages/{said.pk}/report/"
    page = ana.get(f"/groups/{world.tuesday.pk}/messages/{said.pk}/").content.decode()
    assert path in page
    assert ana.get(path).content.decode().index("worried") < ana.get(path).content.decode().index("Violence")
    sent = ana.post(path, {"reason": "worried_about_person"})
    report = Report.objects.get()
    assert sent.headers["Location"] == f"/told/{report.pk}/"
    ana.post(f"/told/{report.pk}/", {"note": "He said goodbye.", "danger": "unsure", "named": "yes"})
    report.refresh_from_db()
    assert (report.note, report.danger, report.named) == ("He said goodbye.", "unsure", True)
    assert browser(world.cy).get(f"/told/{report.pk}/").status_code == 404


def test_a_member_is_told_of_as_well_also_by_who_left(world: World) -> None:
    seat = world.seat(world.ben, world.tuesday)
    path = f"/groups/{world.tuesday.pk}/members/{seat.member_id}/report/"
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    assert browser(world.ana).get(path).status_code == 404  # somebody who is there now, and she is not
    assert browser(world.cy).post(path, {"reason": "sexual"}).status_code == 302
    assert Report.objects.get().message is None
    assert browser(world.eli).get(path).status_code == 404


def test_telling_us_over_rest_answers_201_then_200(world: World) -> None:
    said, ana = say(world.ben, world.tuesday), Script(world.ana, ALL)
    body = {"group": str(world.tuesday.pk), "message": str(said.pk), "reason": "hate", "note": "Look."}
    first, again = ana.post("reports", body), ana.post("reports", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert set(first.json()) == {"id", "thanks"}
    problem(ana.post("reports", {**body, "reason": "ugly"}), 422, "choice")
    problem(ana.post("reports", {"group": body["group"], "reason": "hate"}), 422, "required")
    problem(ana.post("reports", {**body, "member": str(said.pk)}), 422, "either")
    problem(Script(world.eli, ALL).post("reports", body), 404, "not_found")
