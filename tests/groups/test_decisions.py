"""What follows from a case: in the exact words its person reads, at once where they feel it; and looked at again."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from community.audit.models import AuditEntry
from community.cases.models import Case, StepKind
from community.cases.plans import Priority, Reason
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from community.notices.models import Notice
from community.people import services as people
from community.programs.models import StaffRole
from community.safety.models import Sign
from community.safety.reading import evidence_of
from groups.chat.desk import Muted
from groups.chat.models import Removed
from groups.demo.services import World
from groups.membership import services as membership
from groups.moderation import services as moderation
from groups.moderation import tasks
from groups.moderation.models import Appeal, Decision, Report
from groups.moderation.plans import WORDS, Action, Answer
from groups.moderation.services.deciding import DECIDED
from tests.doors import ALL, Script, browser, problem, say
from tests.groups.reports import decided, taken, told_of, worker


@pytest.fixture
def report(world: World) -> Report:
    return told_of(world.ana, say(world.ben, world.tuesday, "You are nothing."))


def told(world: World) -> int:
    return Notice.objects.filter(person=world.ben, kind=DECIDED).count()


def test_hidden_words_leave_the_room_and_their_author_reads_why_at_once(world: World, report: Report) -> None:
    made = decided(world, report, Action.HIDE)
    message = report.message
    assert message is not None
    message.refresh_from_db()
    assert (message.body, message.removed) == (None, Removed.MODERATOR)
    assert told(world) == 1
    page = browser(world.ben).get(f"/decisions/{made.pk}/").content.decode()
    assert str(WORDS[Action.HIDE])[:40] in page
    for nobody_named in ("Dana", "Ana", "reported"):
        assert nobody_named not in page.split("<main", 1)[1].split("</main", 1)[0]


def test_somebody_muted_reads_and_does_not_write_until_then(world: World, report: Report) -> None:
    made = decided(world, report, Action.MUTE, amount=2)
    assert made.until is not None
    with pytest.raises(Muted):
        say(world.ben, world.tuesday)
    with clock.turned(timedelta(days=2, minutes=1)):
        assert say(world.ben, world.tuesday).body


def test_what_somebody_writes_next_waits_and_a_pause_comes_on_top(world: World, report: Report) -> None:
    decided(world, report, Action.HOLD, amount=1)
    assert say(world.ben, world.tuesday).removed == Removed.HELD
    other = told_of(world.ana, say(world.ben, world.tuesday, "And another."), Reason.HATE)
    moderation.decide(
        case=(case := taken(other.case, world.dana)), by=world.dana, version=case.version, action=Action.MUTE,
        words="A pause.", amount=1,
    )  # fmt: skip
    restriction = world.seat(world.ben, world.tuesday).restriction
    assert restriction.muted_until is not None


def test_a_seat_that_ends_by_a_decision_shows_nothing_more(world: World, report: Report) -> None:
    decided(world, report, Action.REMOVE)
    assert browser(world.ben).get(f"/groups/{world.tuesday.pk}/").status_code == 404
    assert browser(world.ben).get("/help/").status_code == 200
    made = Decision.objects.get()
    assert browser(world.ben).get(f"/decisions/{made.pk}/").status_code == 200


def test_a_word_that_nobody_feels_comes_later_so_that_nobody_can_tell_who_told(world: World, report: Report) -> None:
    made = decided(world, report, Action.WARN)
    assert told(world) == 0
    with pytest.raises(Missing):
        moderation.appeal(decision=made, by=world.ben, words="Why?")
    with clock.turned(timedelta(minutes=61)):
        assert tasks.tell_decided() == 1
        assert tasks.tell_decided() == 0
        assert browser(world.ben).get(f"/decisions/{made.pk}/").status_code == 200
    assert told(world) == 1


def test_nothing_follows_from_how_somebody_is(world: World) -> None:
    worry = told_of(world.ben, say(world.ana, world.tuesday, "Goodbye."), Reason.WORRIED)
    with pytest.raises(Conflict, match="care"):
        decided(world, worry, Action.NUDGE)
    assert not Decision.objects.exists()
    assert Case.objects.get().steps.filter(kind=StepKind.DONE).count() == 0
    assert browser(world.dana).get(f"/desk/follows/{worry.case_id}/").status_code == 404


def test_who_does_not_have_it_decides_nothing_and_bad_input_changes_nothing(world: World, report: Report) -> None:
    case = report.case
    wanted: dict[str, Any] = {"case": case, "version": case.version, "action": "warn", "words": "A word."}
    with pytest.raises(Conflict):
        moderation.decide(by=world.dana, **wanted)
    with pytest.raises(Missing):
        moderation.decide(by=world.eli, **wanted)
    case = taken(case, world.dana)
    wanted |= {"case": case, "version": case.version}
    for wrong in ({"action": "exile"}, {"words": " "}, {"action": "mute"}, {"action": "mute", "amount": 31}):
        with pytest.raises(Invalid):
            moderation.decide(by=world.dana, **{**wanted, **wrong})
    assert not Decision.objects.exists()


def test_the_words_are_encrypted_and_their_digest_alone_is_in_the_chain(world: World, report: Report) -> None:
    decided(world, report, Action.WARN)
    assert "does not fit" not in Decision.objects.values_list("words_sealed", flat=True).get()
    assert AuditEntry.objects.get(action="decision.warn").digest


def test_an_appeal_is_looked_at_by_somebody_else_once(world: World, report: Report) -> None:
    made = decided(world, report, Action.MUTE, amount=7)
    moderation.appeal(decision=made, by=world.ben, words="It was a joke between us.")
    with pytest.raises(Conflict):
        moderation.appeal(decision=made, by=world.ben, words="Again.")
    with pytest.raises(NotAllowed):
        moderation.decide_appeal(decision=made, by=world.dana, answer="stands", words="No.")
    for nobody in (world.ben, world.ana, world.eli):
        with pytest.raises(Missing):
            moderation.decide_appeal(decision=made, by=nobody, answer="lifted", words="Yes.")
    moderation.decide_appeal(decision=made, by=world.cy, answer="lifted", words="You are right. We are sorry.")
    assert say(world.ben, world.tuesday).body
    with pytest.raises(Conflict):
        moderation.decide_appeal(decision=made, by=world.cy, answer="stands", words="No.")
    assert Notice.objects.filter(kind=DECIDED, about=made.pk, person=world.ben).exists()
    assert "We are sorry" in browser(world.ben).get(f"/decisions/{made.pk}/").content.decode()


def test_an_appeal_comes_too_late_after_fourteen_days(world: World, report: Report) -> None:
    made = decided(world, report, Action.HIDE)
    with clock.turned(timedelta(days=14, minutes=1)), pytest.raises(Conflict):
        moderation.appeal(decision=made, by=world.ben, words="Late.")
    assert not Appeal.objects.exists()


def test_lifting_a_hold_leaves_a_pause_as_it_was(world: World, report: Report) -> None:
    held = decided(world, report, Action.HOLD, amount=5)
    other = told_of(world.ana, say(world.ben, world.tuesday, "More."), Reason.HATE)
    decided(world, other, Action.MUTE, amount=3)
    moderation.appeal(decision=held, by=world.ben, words="Please.")
    moderation.decide_appeal(decision=held, by=world.cy, answer=Answer.LIFTED, words="Fine.")
    restriction = world.seat(world.ben, world.tuesday).restriction
    assert (restriction.hold_next, restriction.muted_until is not None) == (0, True)


def two(world: World, report: Report, action: Action, first: int, second: int) -> tuple[Decision, Decision]:
    """Two decisions of one kind about Ben, in two cases."""
    assert report.message is not None
    other = told_of(world.ana, report.message, Reason.HATE)
    return decided(world, report, action, amount=first), decided(world, other, action, amount=second)


def lifts(world: World, *rows: Decision) -> None:
    for row in rows:
        moderation.appeal(decision=row, by=world.ben, words="Please.")
        moderation.decide_appeal(decision=row, by=world.cy, answer=Answer.LIFTED, words="Fine.")


@pytest.mark.parametrize("lifted", [0, 1])
@pytest.mark.parametrize("days", [(2, 9), (9, 2)], ids=str)
def test_lifting_one_pause_leaves_the_other_whichever_came_first(
    world: World, report: Report, days: tuple[int, int], lifted: int
) -> None:
    rows = two(world, report, Action.MUTE, *days)
    seat = world.seat(world.ben, world.tuesday)
    assert seat.restriction.muted_until == max(row.until for row in rows if row.until)
    lifts(world, rows[lifted])
    seat.restriction.refresh_from_db()
    assert seat.restriction.muted_until == rows[1 - lifted].until
    lifts(world, rows[1 - lifted])
    assert say(world.ben, world.tuesday).body


@pytest.mark.parametrize("lifted", [0, 1])
@pytest.mark.parametrize("counts", [(2, 5), (5, 2)], ids=str)
def test_lifting_one_hold_leaves_what_the_other_still_waits_for(
    world: World, report: Report, counts: tuple[int, int], lifted: int
) -> None:
    rows = two(world, report, Action.HOLD, *counts)
    assert say(world.ben, world.tuesday).removed == Removed.HELD
    seat = world.seat(world.ben, world.tuesday)
    assert seat.restriction.hold_next == max(counts) - 1
    lifts(world, rows[lifted])
    seat.restriction.refresh_from_db()
    assert seat.restriction.hold_next == counts[1 - lifted] - 1
    lifts(world, rows[1 - lifted])
    assert say(world.ben, world.tuesday).removed is None


def test_lifting_leaves_what_who_keeps_the_room_asked_for_since(world: World, report: Report) -> None:
    row = decided(world, report, Action.MUTE, amount=2)
    until = clock.now() + timedelta(days=20)
    seat = world.seat(world.ben, world.tuesday)
    membership.restrict(membership=seat, by=world.dana, muted_until=until)
    lifts(world, row)
    assert world.seat(world.ben, world.tuesday).restriction.muted_until == until


def test_what_went_with_somebody_to_their_next_seat_is_lifted_there(world: World, report: Report) -> None:
    row = decided(world, report, Action.MUTE, amount=9)
    membership.unseat(person=world.ben, group=world.tuesday, by=world.ben)
    again = membership.seat(person=world.ben, group=world.tuesday)
    assert again.restriction.muted_until == row.until
    lifts(world, row)
    assert say(world.ben, world.tuesday).body


@pytest.mark.parametrize("action", [Action.MUTE, Action.HOLD, Action.REMOVE])
def test_leaving_and_coming_back_escapes_no_decision(world: World, report: Report, action: Action) -> None:
    membership.unseat(person=world.ben, group=world.tuesday, by=world.ben)
    again = membership.seat(person=world.ben, group=world.tuesday)
    decided(world, report, action, **({} if action == Action.REMOVE else {"amount": 3}))
    again.refresh_from_db()
    if action == Action.REMOVE:
        assert again.taken
    else:
        assert (again.restriction.muted_until is not None, again.restriction.hold_next) in {(True, 0), (False, 3)}


def test_a_part_of_a_hold_is_less_than_what_is_left_of_it_and_not_of_another(world: World, report: Report) -> None:
    lesser, _greater = two(world, report, Action.HOLD, 2, 9)
    moderation.appeal(decision=lesser, by=world.ben, words="Please.")
    with pytest.raises(Invalid):
        moderation.decide_appeal(
            decision=lesser, by=world.cy, answer=Answer.PARTLY, words="Five.", instead=Action.HOLD, amount=5
        )
    moderation.decide_appeal(
        decision=lesser, by=world.cy, answer=Answer.PARTLY, words="One.", instead=Action.HOLD, amount=1
    )
    assert world.seat(world.ben, world.tuesday).restriction.hold_next == 9


def test_the_whole_way_works_by_page_without_a_script(world: World, report: Report) -> None:
    dana, ben, cy = browser(world.dana), browser(world.ben), browser(world.cy)
    case = taken(report.case, world.dana)
    at = f"/desk/follows/{case.pk}/"
    assert at in dana.get(f"/desk/queue/{case.pk}/").content.decode()
    assert "A private word" in dana.get(at).content.decode()
    page = dana.get(f"{at}mute/").content.decode()
    assert str(WORDS[Action.MUTE])[:30] in page
    wrong = dana.post(f"{at}mute/", {"version": case.version, "words": "", "amount": "2"})
    assert wrong.status_code == 422
    sent = dana.post(f"{at}mute/", {"version": case.version, "words": "Two quiet days.", "amount": "2"})
    assert sent.status_code == 302
    made = Decision.objects.get()
    assert made.words == "Two quiet days."
    assert cy.get(f"{at}mute/").status_code == 404
    assert ben.post(f"/decisions/{made.pk}/", {"words": "I see it in another way."}).status_code == 302
    assert "1 decision is asked about" in cy.get("/desk/").content.decode()
    assert "Ben" in cy.get("/desk/appeals/").content.decode()
    assert "Ben" not in dana.get("/desk/appeals/").content.decode().split("<main", 1)[1]
    path = f"/desk/appeals/{made.pk}/"
    assert dana.get(path).status_code == ben.get(path).status_code == 404
    assert cy.post(path, {"answer": "lifted", "words": "Welcome back."}).status_code == 302
    assert "It is lifted" in ben.get(f"/decisions/{made.pk}/").content.decode()
    assert browser(world.eli).get("/desk/appeals/").status_code == 404


def test_the_whole_way_works_by_rest(world: World, report: Report) -> None:
    dana, ben, cy = (Script(one, ALL) for one in (world.dana, world.ben, world.cy))
    case = taken(report.case, world.dana)
    body = {"case": str(case.pk), "version": case.version, "action": "hold", "words": "A little slower.", "amount": 2}
    made = dana.post("decisions", body)
    assert (made.status_code, made.json()["count"]) == (201, 2)
    problem(dana.post("decisions", body), 409, "stale")
    (mine,) = ben.get("decisions").json()["results"]
    assert (mine["words"], mine["appeal"]) == ("A little slower.", None)
    assert "by" not in mine
    assert ben.post(f"decisions/{mine['id']}/appeal", {"words": "Why?"}).json()["appeal"]["answer"] is None
    problem(cy.post(f"decisions/{mine['id']}/appeal", {"words": "Why?"}), 404, "not_found")
    assert [one["id"] for one in cy.get("appeals").json()["results"]] == [mine["id"]]
    assert dana.get("appeals").json()["results"] == []
    said = cy.post(f"appeals/{mine['id']}/answer", {"answer": "stands", "words": "We stay with it."})
    assert said.json()["appeal"]["answer"] == "stands"
    problem(cy.post(f"appeals/{uuid4()}/answer", {"answer": "stands", "words": "No."}), 404, "not_found")


CRY = "I want to kill myself tonight"


def test_danger_in_what_somebody_asks_to_look_at_again_shows_help_and_is_told(world: World, report: Report) -> None:
    reports = [told_of(world.ana, message) for message in [say(world.ben, world.tuesday) for _ in range(2)]]
    by_page, by_rest = (decided(world, one, Action.MUTE, amount=1) for one in reports)
    sent = browser(world.ben).post(f"/decisions/{by_page.pk}/", {"words": CRY})
    first = Sign.objects.get()
    assert sent.headers["Location"] == f"/care/{first.pk}/"
    asked = Script(world.ben, ALL).post(f"decisions/{by_rest.pk}/appeal", {"words": CRY})
    assert asked.json()["care"]["kind"] == "life"
    assert (first.case.subject, first.case.priority, first.case.program) == (world.ben, Priority.P0, world.evening)
    assert {shown.where for shown in evidence_of(world.dana, first.case_id)} == {
        "What they wrote when they asked to look at a decision again"
    }


def test_a_moderator_decides_nothing_about_who_keeps_the_room_with_them(world: World) -> None:
    fay = worker("Fay", world.evening, StaffRole.COORDINATOR)
    about_dana = told_of(world.ana, say(world.dana, world.tuesday, "A sharp word."))
    with pytest.raises(Missing):
        taken(about_dana.case, world.cy)
    case = taken(about_dana.case, fay)
    with pytest.raises(NotAllowed):
        moderation.decide(
            case=case, by=fay, version=case.version, action="mute", words="A pause.", amount=1
        )  # who keeps a room is spoken with, and their work is ended on its own page
    assert not Decision.objects.exists()


def test_the_words_begin_in_the_language_of_who_reads_them(world: World, report: Report) -> None:
    people.change(person=world.ben, wanted={"language": "es"})
    case = taken(report.case, world.dana)
    page = browser(world.dana).get(f"/desk/follows/{case.pk}/nudge/").content.decode()
    assert "Leímos algo que escribiste" in page
