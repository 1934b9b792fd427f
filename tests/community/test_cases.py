"""A case: taken by one, kept alive, handed on with a line, closed with what the law asks, and its clocks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.audit.models import AuditEntry
from community.cases import services as cases
from community.cases import tasks
from community.cases.models import Case, CaseStep, StepKind
from community.cases.plans import TOLD, Fact, Outcome, Reason, State
from community.cases.rules import cases_of, lookers
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing
from community.notices.models import Notice
from community.people.models import Person
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.doors import Script, browser, problem, say
from tests.groups.reports import closed, taken, told_of, worker


@pytest.fixture
def case(world: World) -> Case:
    """Harassment, in Tuesday evening."""
    return told_of(world.ana, say(world.ben, world.tuesday, "You are nothing.")).case


def last(case: Case) -> CaseStep:
    return case.steps.latest("number")


def act(case: Case, by: Person, verb: Callable[..., Case], **more: Any) -> Case:
    case.refresh_from_db()
    return verb(case=case, by=by, version=case.version, **more)


def test_one_takes_it_and_the_other_hears_that_somebody_did(world: World, case: Case) -> None:
    version = case.version
    cases.take(case=case, by=world.cy, version=version)
    with pytest.raises(Conflict) as stale:
        cases.take(case=case, by=world.dana, version=version)
    assert stale.value.code == "stale"
    with pytest.raises(Conflict) as held:
        act(case, world.dana, cases.take)
    assert held.value.code == "held"
    assert Case.objects.get().holder == world.cy


@pytest.mark.parametrize("reason", TOLD)
def test_who_is_told_of_it_is_who_may_look_into_it(world: World, reason: str) -> None:
    for role in StaffRole:
        worker(f"Here{role}", world.evening, role)
        worker(f"There{role}", world.other, role)
    worker("Everywhere", None, StaffRole.ADMINISTRATOR)
    case = told_of(world.ana, say(world.cy, world.tuesday), Reason(reason)).case
    finders = {one.pk for one in Person.objects.all() if cases_of(one).filter(pk=case.pk).exists()}
    assert lookers(case) == finders
    assert finders.isdisjoint({world.ana.pk, world.cy.pk})


def test_who_gives_no_sign_has_it_no_more_and_the_others_hear(world: World, case: Case) -> None:
    taken(case, world.cy)
    with clock.turned(timedelta(minutes=14)):
        cases.stay(case=case, by=world.cy)
    with clock.turned(timedelta(minutes=28)):
        assert tasks.give_back() == 0
    with clock.turned(timedelta(minutes=30)):
        assert tasks.give_back() == 1
        assert tasks.give_back() == 0
        with pytest.raises(Conflict):
            cases.stay(case=case, by=world.cy)
    row = Case.objects.get()
    assert (row.state, row.holder, last(row).kind) == (State.TRIAGED, None, StepKind.LAPSED)


def test_what_cannot_wait_is_free_again_after_five_minutes(world: World) -> None:
    urgent = told_of(world.ana, say(world.ben, world.tuesday), Reason.WORRIED).case
    taken(urgent, world.dana)
    with clock.turned(timedelta(minutes=6)):
        assert tasks.give_back() == 1


def test_who_did_something_hands_on_with_a_line_and_who_only_looked_owes_none(world: World, case: Case) -> None:
    taken(case, world.cy)
    act(case, world.cy, cases.hand_on)
    assert last(case).kind == StepKind.PASSED
    taken(case, world.dana)
    act(case, world.dana, cases.note, note="I wrote to Ben.")
    with pytest.raises(Invalid):
        act(case, world.dana, cases.hand_on)
    act(case, world.dana, cases.hand_on, note="Ben answers tomorrow.")
    assert last(case).note == "Ben answers tomorrow."


def test_notes_are_encrypted_and_in_no_audit_entry(world: World, case: Case) -> None:
    taken(case, world.dana)
    act(case, world.dana, cases.note, note="A private thing.")
    assert "private" not in "".join(CaseStep.objects.values_list("note_sealed", flat=True))
    assert not AuditEntry.objects.filter(reason__contains="private").exists()
    assert AuditEntry.objects.filter(action="case.note", subject=f"case:{case.pk}", actor=world.dana.pk).exists()


VERBS: list[tuple[Callable[..., Case], dict[str, Any]]] = [
    (cases.note, {"note": "Seen."}),
    (cases.talked, {"reached": True}),
    (cases.wait, {"for_clinician": False}),
    (cases.set_priority, {"priority": 1, "note": "Worse."}),
    (cases.hand_on, {"note": "Yours."}),
    (cases.resolve, {"outcome": "no_action"}),
]


@pytest.mark.parametrize(("verb", "more"), VERBS, ids=lambda one: getattr(one, "__name__", ""))
def test_only_who_has_it_acts_and_only_on_what_they_saw(
    world: World, case: Case, verb: Callable[..., Case], more: dict[str, Any]
) -> None:
    before = CaseStep.objects.count()
    with pytest.raises(Conflict, match="Take it first"):
        act(case, world.dana, verb, **more)
    with pytest.raises(Missing):
        act(case, world.eli, verb, **more)
    old = case.version
    taken(case, world.dana)
    with pytest.raises(Conflict) as stale:
        verb(case=case, by=world.dana, version=old, **more)
    assert stale.value.code == "stale"
    assert CaseStep.objects.count() == before + 1
    act(case, world.dana, verb, **more)
    assert CaseStep.objects.count() == before + 2


@pytest.mark.parametrize("outcome", Outcome.values)
@pytest.mark.parametrize("reason", [Reason.HARASSMENT, Reason.UNPROTECTED])
def test_it_ends_only_once_what_the_law_asks_is_written_down(world: World, reason: Reason, outcome: str) -> None:
    case = told_of(world.ana, say(world.ben, world.tuesday), reason).case
    taken(case, world.dana)
    law = {Outcome.EMERGENCY: 4, Outcome.LEGAL_REPORT: 5}
    asked = law.get(Outcome(outcome), 2 if reason == Reason.UNPROTECTED and outcome != Outcome.DUPLICATE else 0)
    if asked:
        with pytest.raises(Invalid) as missing:
            act(case, world.dana, cases.resolve, outcome=outcome)
        assert len(missing.value.extra["errors"]) == asked
        assert Case.objects.get().is_open
    act(case, world.dana, cases.resolve, outcome=outcome, facts={str(fact): "Written." for fact in Fact})
    assert case.steps.filter(kind=StepKind.FACT).count() == asked
    assert Case.objects.get().outcome == outcome


def test_clocks_count_from_when_we_were_told_whatever_the_priority_becomes(world: World, case: Case) -> None:
    told = case.told
    taken(case, world.dana)
    act(case, world.dana, cases.set_priority, priority=1, note="Worse than it read.")
    row = Case.objects.get()
    assert (row.told, row.answer_due - told, row.close_due - told) == (told, timedelta(minutes=30), timedelta(hours=24))


def test_what_nobody_takes_in_time_is_told_to_more_people_once(world: World, case: Case) -> None:
    fay = worker("Fay", world.evening, StaffRole.COORDINATOR)
    with clock.turned(timedelta(hours=12, minutes=1)):
        assert tasks.tell_others() == 1
        assert tasks.tell_others() == 0
    assert Notice.objects.filter(person=fay, about=case.pk).count() == 1


def test_what_was_let_go_before_it_was_due_is_told_to_more_people_as_well(world: World, case: Case) -> None:
    fay = worker("Fay", world.evening, StaffRole.COORDINATOR)
    taken(case, world.dana)
    act(case, world.dana, cases.hand_on, note="")
    with clock.turned(timedelta(hours=12, minutes=1)):
        assert tasks.tell_others() == 1
    assert Notice.objects.filter(person=fay, about=case.pk).exists()


def test_others_hear_at_once_of_what_is_open_again_and_was_due_long_ago(world: World, case: Case) -> None:
    fay = worker("Fay", world.evening, StaffRole.COORDINATOR)
    with clock.turned(timedelta(hours=12, minutes=1)):
        tasks.tell_others()
        closed(case, world.dana)
        Notice.objects.filter(person=fay).delete()
        act(case, world.cy, cases.reopen, note="It goes on.")
        assert tasks.tell_others() == 1
    assert Notice.objects.filter(person=fay, about=case.pk).exists()


def test_what_is_closed_opens_again_with_a_line_and_not_twice(world: World, case: Case) -> None:
    closed(case, world.dana)
    with pytest.raises(Conflict):
        act(case, world.dana, cases.take)
    with pytest.raises(Invalid):
        act(case, world.cy, cases.reopen, note="")
    act(case, world.cy, cases.reopen, note="It goes on.")
    assert Case.objects.get().state == State.REOPENED
    with pytest.raises(Conflict):
        act(case, world.cy, cases.reopen, note="Once more.")


def test_a_closed_one_stays_closed_while_another_about_the_same_is_open(world: World, case: Case) -> None:
    closed(case, world.dana)
    message = case.reports.get().message
    assert message is not None
    second = told_of(world.cy, message).case
    assert second != case
    with pytest.raises(Conflict) as open_one:
        act(case, world.dana, cases.reopen, note="It goes on.")
    assert open_one.value.code == "open"
    case.refresh_from_db()
    assert (case.state, case.version) == (State.RESOLVED, case.steps.count())


def test_the_queue_asks_six_questions_by_rest_however_much_waits(world: World) -> None:
    script, dana = Script(world.dana, ("moderation",)), browser(world.dana)
    dana.get("/desk/queue/")
    asked: dict[str, set[int]] = {"rest": set(), "page": set()}
    for more in (1, 30):
        for _ in range(more):
            told_of(world.ana, say(world.ben, world.tuesday), Reason.HATE)
        with CaptureQueriesContext(connection) as by_rest:
            script.get("cases")
        with CaptureQueriesContext(connection) as by_page:
            dana.get("/desk/queue/")
        asked["rest"].add(len(by_rest))
        asked["page"].add(len(by_page))
    assert (len(asked["rest"]), len(asked["page"])) == (1, 1)
    assert max(asked["rest"]) <= 6
    assert max(asked["page"]) <= 11  # five of them are of every page at the desk


def test_the_queue_stands_by_urgency_then_by_who_waits_longest(world: World) -> None:
    for reason in (Reason.SPAM, Reason.HARASSMENT, Reason.SOURCING, Reason.WORRIED, Reason.HATE):
        told_of(world.ana, say(world.ben, world.tuesday), reason)
    asked = Script(world.dana, ("moderation",)).get("cases").json()["results"]
    assert [one["priority"] for one in asked] == [0, 1, 2, 2, 3]
    assert [one["reason"] for one in asked][2:4] == ["harassment", "hate"]


def test_many_cases_cost_the_queue_no_more_queries_than_one(world: World, case: Case) -> None:
    def asked() -> int:
        client = browser(world.dana)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/desk/queue/").status_code == 200
        return len(queries)

    alone = asked()
    for number in range(12):
        told_of(world.ana, say(world.ben, world.tuesday, f"Line {number}."))
    assert asked() == alone


def test_every_step_of_the_page_works_without_a_script(world: World, case: Case) -> None:
    dana, at = browser(world.dana), f"/desk/queue/{case.pk}/"

    def press(step: str, **more: Any) -> Any:
        case.refresh_from_db()
        return dana.post(f"{at}{step}/", {"version": case.version, **more})

    assert "I take it" in dana.get(at).content.decode()
    for step, more in (
        ("take", {}),
        ("note", {"note": "Seen."}),
        ("talked", {"reached": "yes"}),
        ("wait", {"waits_for": "clinician"}),
        ("priority", {"priority": "1", "note": "Worse."}),
        ("hand-on", {"note": "Yours."}),
        ("take", {}),
    ):
        assert press(step, **more).status_code == 302, step
    wrong = press("resolve", outcome="emergency_services", note="They came.")
    assert wrong.status_code == 422
    assert "This has to be written down" in wrong.content.decode()
    assert "They came." in wrong.content.decode()
    assert press("resolve", outcome="talked", note="All well.").status_code == 302
    assert press("reopen", note="Not yet.").status_code == 302
    assert press("dance").status_code == 404
    kinds = [*case.steps.values_list("kind", flat=True)]
    assert kinds[-3:] == [StepKind.RESOLVED, StepKind.REOPENED, StepKind.OFF_HOURS]  # nobody is on call


def test_a_stale_page_says_so_and_keeps_what_was_written(world: World, case: Case) -> None:
    taken(case, world.dana)
    stale = browser(world.dana).post(f"/desk/queue/{case.pk}/note/", {"version": 1, "note": "Kept."})
    assert stale.status_code == 422
    assert "Somebody did something here meanwhile" in stale.content.decode()
    assert "Kept." in stale.content.decode()


def test_a_page_whose_press_was_refused_never_reads_itself_anew(world: World, case: Case) -> None:
    taken(case, world.dana)
    at = f"/desk/queue/{case.pk}/"
    assert 'data-live="case"' in browser(world.dana).get(at).content.decode()
    refused = browser(world.dana).post(f"{at}note/", {"version": 1, "note": "Kept."})
    assert "data-live" not in refused.content.decode()


def test_rest_does_what_the_page_does_and_a_stale_step_shows_the_case_as_it_is(world: World, case: Case) -> None:
    dana, at = Script(world.dana, ("moderation",)), f"cases/{case.pk}"
    found = dana.get(at).json()
    assert [line["words"] for line in found["evidence"][0]["lines"] if line["meant"]] == ["You are nothing."]
    took = dana.post(f"{at}/take", {"version": found["version"]}).json()
    assert took["mine"]
    refused = problem(dana.post(f"{at}/note", {"version": 1, "note": "Seen."}), 409, "stale")
    assert refused["current"]["version"] == took["version"]
    assert dana.post(f"{at}/stay").status_code == 204
    problem(dana.post(f"{at}/note", {"version": took["version"], "mood": "bad"}), 422, "unknown")
    problem(dana.post(f"{at}/dance", {"version": 1}), 404, "not_found")
    problem(Script(world.eli, ("moderation",)).get(at), 404, "not_found")
    assert Script(world.dana, ("chat:read",)).get(at).status_code == 403


def test_somebody_who_works_nowhere_has_no_queue(world: World) -> None:
    for person, status in ((world.ana, 404), (world.cy, 200), (world.dana, 200)):
        assert browser(person).get("/desk/queue/").status_code == status
        assert browser(person).get("/desk/queue/closed/").status_code == status
