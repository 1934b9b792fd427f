"""What needs two people: one proposes, another one says yes within a day, each in their role and tied to nobody."""

from datetime import timedelta

import pytest

from community.audit.models import AuditEntry
from community.cases.models import Case
from community.cases.plans import Reason
from community.foundation import clock
from community.foundation.errors import Conflict, Missing, NotAllowed, Suspended
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Appointment, StaffRole
from community.sanctions import tasks as sanctions_tasks
from community.sanctions.models import Suspension
from groups.demo.services import World
from groups.moderation import services as moderation
from groups.moderation import tasks
from groups.moderation.models import Decision, Proposal
from groups.moderation.plans import WORDS, Action, Verdict
from groups.moderation.reading import cannot_promise
from groups.moderation.services.proposing import SECOND
from tests.conftest import Told
from tests.doors import ALL, Script, browser, problem, say
from tests.groups.reports import decided, taken, told_of, worker


def case_about_ben(world: World, reason: Reason = Reason.HARM_TO_OTHERS) -> Case:
    """Ben wrote something, and Dana has it."""
    report = told_of(world.ana, say(world.ben, world.tuesday, "Leave me alone, all of you."), reason)
    return taken(report.case, world.dana)


def proposed(world: World, action: Action = Action.BAN, hours: int | None = None, case: Case | None = None) -> Proposal:
    case = case or case_about_ben(world)
    return moderation.propose(
        case=case, by=world.dana, version=case.version, action=action, words=str(WORDS[action]), amount=hours
    )


@pytest.fixture
def noor(world: World) -> Person:
    """A second one who runs the program."""
    return worker("Noor", world.evening, StaffRole.COORDINATOR)


@pytest.fixture
def rae(world: World) -> Person:
    """A reviewer from outside."""
    return worker("Rae", world.evening, StaffRole.REVIEWER)


def test_for_good_by_two_people_and_in_the_words_they_saw(world: World, noor: Person, told: Told) -> None:
    row = proposed(world)
    assert not Suspension.objects.exists()
    assert say(world.ben, world.tuesday).body, "nothing happens before the yes"
    assert Notice.objects.filter(person=noor, kind=SECOND, about=row.pk).exists()
    page = browser(noor).get(f"/desk/proposals/{row.pk}/").content.decode()
    for shown in (str(WORDS[Action.BAN])[:40], "Leave me alone, all of you."):
        assert shown in page
    with told():
        moderation.answer_proposal(proposal=row, by=noor, answer="yes")
    made = Decision.objects.get()
    assert (made.by, made.seconded_by, made.until) == (world.dana, noor, None)
    with pytest.raises(Suspended):
        say(world.ben, world.tuesday)
    assert Notice.objects.filter(person=world.dana, kind=SECOND, about=row.pk).exists()
    with clock.turned(timedelta(days=365)):
        assert sanctions_tasks.end_over() == 0
        shown = browser(world.ben).get("/suspended/").content.decode()
    assert "Your time in the rooms has ended" in shown
    assert "Noor" not in shown.split("<main", 1)[1]
    assert AuditEntry.objects.get(action="decision.ban").actor == noor.pk


def test_nobody_says_yes_to_their_own_and_one_alone_bans_nobody(world: World, noor: Person) -> None:
    case = case_about_ben(world)
    with pytest.raises(Conflict, match="second person"):
        moderation.decide(case=case, by=world.dana, version=case.version, action="ban", words="Out.")
    row = proposed(world, case=case)
    for answer in ("yes", "no"):
        with pytest.raises(NotAllowed):
            moderation.answer_proposal(proposal=row, by=world.dana, answer=answer)
    with pytest.raises(NotAllowed):
        moderation.answer_proposal(proposal=row, by=noor, answer="back")
    moderation.answer_proposal(proposal=row, by=world.dana, answer="back")
    with pytest.raises(Conflict):
        moderation.answer_proposal(proposal=row, by=noor, answer="yes")
    assert not Decision.objects.exists()


def test_who_has_a_tie_or_no_such_role_neither_sees_it_nor_says_yes(world: World, noor: Person) -> None:
    row = proposed(world)
    away = worker("Finn", world.daytime if hasattr(world, "daytime") else None, StaffRole.ADMINISTRATOR)
    people.block(person=away, other=world.ben)
    for nobody in (world.cy, world.ana, world.ben, world.eli, away):
        assert browser(nobody).get(f"/desk/proposals/{row.pk}/").status_code == 404
        with pytest.raises(Missing):
            moderation.answer_proposal(proposal=row, by=nobody, answer="yes")
    assert not Suspension.objects.exists()


def test_it_waits_for_a_day_and_then_nothing_happens(world: World, noor: Person) -> None:
    row = proposed(world)
    with clock.turned(timedelta(hours=24, seconds=1)):
        with pytest.raises(Conflict):
            moderation.answer_proposal(proposal=row, by=noor, answer="yes")
        assert tasks.let_go() == 1
        assert tasks.let_go() == 0
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == (Verdict.OVER, None)
    assert not Decision.objects.exists()


def test_who_proposed_it_is_in_their_role_when_it_happens(world: World, noor: Person) -> None:
    row = proposed(world)
    for held in Appointment.objects.of(world.dana.pk):
        programs.dismiss(appointment=held)
    with pytest.raises(Conflict, match="does not decide here"):
        moderation.answer_proposal(proposal=row, by=noor, answer="yes")
    assert not Suspension.objects.exists()
    row.refresh_from_db()
    assert not row.answer


def test_longer_and_renewed_suspensions_need_two(world: World, noor: Person) -> None:
    case = case_about_ben(world)
    with pytest.raises(Conflict, match="second"):
        moderation.decide(case=case, by=world.dana, version=case.version, action="suspend", words="Out.", amount=73)
    with pytest.raises(Conflict, match="yourself"):
        proposed(world, Action.SUSPEND, 72, case)
    row = proposed(world, Action.SUSPEND, 168, case)
    moderation.answer_proposal(proposal=row, by=noor, answer="yes")
    made = Decision.objects.get()
    assert made.until is not None
    assert made.until - made.at == timedelta(days=7)
    with clock.turned(timedelta(days=8)):
        sanctions_tasks.end_over()
        other = case_about_ben(world, Reason.HARASSMENT)
        with pytest.raises(Conflict, match="second"):
            moderation.decide(case=other, by=world.dana, version=other.version, action="suspend", words="O.", amount=2)


def test_alone_one_renews_by_hand_every_72_hours_and_bans_nobody(world: World) -> None:
    case = case_about_ben(world)
    with pytest.raises(Conflict, match="nobody else"):
        proposed(world, case=case)
    first = moderation.decide(case=case, by=world.dana, version=case.version, action="suspend", words="Out.", amount=72)
    case.refresh_from_db()
    again = moderation.decide(case=case, by=world.dana, version=case.version, action="suspend", words="Out.", amount=72)
    assert {first.pk, again.pk} == set(Suspension.objects.values_list("decision", flat=True))
    case.refresh_from_db()
    with pytest.raises(Conflict):
        moderation.decide(case=case, by=world.dana, version=case.version, action="suspend", words="Out.", amount=73)
    page = browser(world.dana).get(f"/desk/follows/{case.pk}/ban/").content.decode()
    assert "there is nobody else here who may" in page
    assert "<textarea" not in page.split("<main", 1)[1]


def test_a_small_team_reads_what_it_cannot_promise_until_a_reviewer_is_there(world: World) -> None:
    assert cannot_promise(world.evening)
    page = f"/desk/programs/{world.evening.pk}/"
    assert "What a team this small cannot promise" in browser(world.dana).get(page).content.decode()
    worker("Rae", world.evening, StaffRole.REVIEWER)
    assert cannot_promise(world.evening) == []
    assert "cannot promise" not in browser(world.dana).get(page).content.decode()
    assert "Outside reviewer" in browser(world.dana).get(page).content.decode()


def test_a_reviewer_says_yes_answers_an_appeal_and_sees_nothing_else(world: World, rae: Person) -> None:
    row = proposed(world)
    client = browser(rae)
    assert str(row.pk) in client.get("/desk/proposals/").content.decode()
    for shut in ("/desk/", "/desk/queue/", f"/desk/queue/{row.case_id}/", f"/desk/programs/{world.evening.pk}/",
                 f"/groups/{world.tuesday.pk}/", f"/desk/follows/{row.case_id}/ban/"):  # fmt: skip
        assert client.get(shut).status_code == 404, shut
    assert client.post(f"/desk/proposals/{row.pk}/", {"answer": "yes"}).status_code == 302
    made = Decision.objects.get()
    assert made.seconded_by == rae
    moderation.appeal(decision=made, by=world.ben, words="It was not me.")
    assert client.get(f"/desk/appeals/{made.pk}/").status_code == 404, "nobody looks again at what they said yes to"
    other = worker("Uma", world.evening, StaffRole.REVIEWER)
    page = browser(other).get(f"/desk/appeals/{made.pk}/").content.decode()
    assert "It was not me." in page
    assert f"/desk/queue/{made.case_id}/" not in page
    moderation.decide_appeal(decision=made, by=other, answer="lifted", words="You are right.")
    assert say(world.ben, world.tuesday).body


def test_a_reviewer_reads_what_waits_and_what_they_answered_until_their_work_ends(
    world: World, noor: Person, rae: Person
) -> None:
    of_others, own = proposed(world), proposed(world)
    moderation.answer_proposal(proposal=of_others, by=noor, answer="no")
    moderation.answer_proposal(proposal=own, by=rae, answer="yes")
    client, made = browser(rae), Decision.objects.get()
    assert client.get(f"/desk/proposals/{of_others.pk}/").status_code == 404
    assert client.get(f"/desk/proposals/{own.pk}/").status_code == 200
    uma = worker("Uma", world.evening, StaffRole.REVIEWER)
    moderation.appeal(decision=made, by=world.ben, words="It was not me.")
    fay = worker("Fay", world.evening, StaffRole.COORDINATOR)
    assert browser(uma).get(f"/desk/appeals/{made.pk}/").status_code == 200
    moderation.decide_appeal(decision=made, by=fay, answer="stands", words="No.")
    assert browser(uma).get(f"/desk/appeals/{made.pk}/").status_code == 404
    programs.dismiss(appointment=Appointment.objects.get(person=rae), by=noor)
    for path in ("/desk/proposals/", f"/desk/proposals/{own.pk}/", "/desk/appeals/"):
        assert client.get(path).status_code == 404, path


def test_the_page_proposes_where_two_are_needed_and_takes_back(world: World, noor: Person) -> None:
    case = case_about_ben(world)
    sent = {"version": case.version, "words": "For a week.", "amount": "168"}
    assert browser(world.dana).post(f"/desk/follows/{case.pk}/suspend/", sent).status_code == 302
    row = Proposal.objects.get()
    assert (row.hours, row.words, row.action) == (168, "For a week.", Action.SUSPEND)
    assert "What you proposed" in browser(world.dana).get("/desk/proposals/").content.decode()
    assert "needs a second person" in browser(noor).get("/desk/").content.decode()
    assert browser(world.dana).post(f"/desk/proposals/{row.pk}/take-back/").status_code == 302
    assert not Proposal.objects.waiting().exists()


def test_by_rest_as_by_page(world: World, noor: Person) -> None:
    case = case_about_ben(world)
    dana, second = Script(world.dana, ALL), Script(noor, ALL)
    asked = {"case": str(case.pk), "version": case.version, "action": "ban", "words": "Out."}
    problem(dana.post("decisions", asked), 409, "second")
    case.refresh_from_db()
    made = dana.post("proposals", {**asked, "version": case.version})
    assert made.status_code == 201
    assert made.json()["mine"]
    (listed,) = second.get("proposals").json()["results"]
    assert (listed["id"], listed["mine"]) == (made.json()["id"], False)
    assert Script(world.cy, ALL).get(f"proposals/{listed['id']}").status_code == 404
    answered = second.post(f"proposals/{listed['id']}", {"answer": "yes"})
    assert answered.json()["answer"] == "yes"
    problem(second.post(f"proposals/{listed['id']}", {"answer": "yes"}), 409, "answered")
    assert Suspension.objects.get().until is None


def test_a_hidden_message_stays_with_who_has_it_and_needs_no_second(world: World, noor: Person) -> None:
    report = told_of(world.ana, say(world.ben, world.tuesday, "You are nothing."))
    assert decided(world, report, Action.HIDE).seconded_by is None
