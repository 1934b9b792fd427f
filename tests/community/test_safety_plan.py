"""A safety plan: its person's alone, a step at a time, encrypted, shown to one person by choice, never required."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.audit.models import AuditEntry
from community.checkins import services as checkins
from community.checkins.models import CheckIn
from community.checkins.rules import asks_craving, today_of
from community.consent.rules import may
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing
from community.matches import services as matches
from community.matches.models import Match
from community.matches.plans.codes import WALKING, State
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import StaffRole
from community.safetyplan import services as safetyplan
from community.safetyplan.models import PlanShare, PlanWords, SafetyPlan
from community.safetyplan.plans import AGAIN, EARLIER_MOST, WORDS_MOST, Part
from community.safetyplan.reading import not_looked_at, steps_of, ways_of
from community.safetyplan.rules import PURPOSE, plan_of, shown_to
from groups.demo.services import World
from tests.community.desk import administrator, episode, leader_of, sent, words
from tests.community.matches import matched
from tests.community.mentoring import active, asked
from tests.doors import Script, browser, problem

MARK = "quietheron"
PLAN = "/safety-plan/"


def wrote(person: Person, said: str = MARK, part: Part = Part.ALONE) -> SafetyPlan:
    return safetyplan.write(person=person, part=part, words=said)


def pair(world: World, state: State = State.ACTIVE) -> Match:
    """Ana and Ben."""
    return matched(asked(world.ana, world.evening), active(world), state)


def showed(person: Person, reader: Person, tie: UUID) -> PlanShare:
    wrote(person)
    return safetyplan.share(person=person, tie_id=tie, reader_id=reader.pk)


def reads(reader: Person, tie: UUID) -> bool:
    """Whether ``reader`` gets at the plan by any door: the rule, the page and the API agree."""
    try:
        found = [MARK in step.words for step in steps_of(shown_to(reader, tie))]
    except Missing:
        found = []
    page, script = browser(reader).get(f"/safety-plans/{tie}/"), Script(reader).get(f"safety-plans/{tie}")
    shown = {any(found), MARK in page.content.decode(), MARK in script.content.decode()}
    assert len(shown) == 1
    assert (page.status_code, script.status_code) == ((200, 200) if any(found) else (404, 404))
    return shown == {True}


# --- writing ---------------------------------------------------------------------------------------------------------


def test_no_word_of_it_stands_readable_in_the_database(world: World) -> None:
    wrote(world.ana)
    wrote(world.ana, f"{MARK} again")
    rows = list(PlanWords.objects.values_list())
    assert len(rows) == 2
    assert MARK not in repr(rows)
    assert MARK not in repr(list(AuditEntry.objects.values_list()))
    assert [row.words for row in PlanWords.objects.order_by("at")] == [MARK, f"{MARK} again"]


def test_each_step_is_a_page_that_works_without_a_script(world: World) -> None:
    page = words(world.ana, PLAN)
    for part in Part:
        assert f"/safety-plan/steps/{part}/" in page
    for part, following in zip(Part, [*list(Part)[1:], None], strict=True):
        path = f"{PLAN}steps/{part}/"
        answer = sent(world.ana, path, words=f"{part} words", seen="", onward="1")
        assert answer.headers["Location"] == (f"{PLAN}steps/{following}/" if following else PLAN)
    shown = words(world.ana, PLAN)
    assert all(f"{part} words" in shown for part in Part)
    assert all(f"{part} words" in words(world.ana, f"{PLAN}print/") for part in Part)


def test_a_part_that_is_none_is_not_there(world: World) -> None:
    assert browser(world.ana).get(f"{PLAN}steps/nothing/").status_code == 404
    problem(Script(world.ana).put("safety-plan/parts/nothing", {"words": "x"}), 404, "not_found")


def test_what_another_device_wrote_is_not_written_over(world: World) -> None:
    plan = wrote(world.ana, "First.")
    seen = plan.words.standing().get().seen
    with clock.turned(timedelta(minutes=1)):
        wrote(world.ana, "Second.")
        with pytest.raises(Conflict) as stale:
            safetyplan.write(person=world.ana, part=Part.ALONE, words="Third.", seen=seen)
        answer = sent(world.ana, f"{PLAN}steps/alone/", words="Third.", seen=seen)
    assert stale.value.code == "stale"
    assert answer.status_code == 422
    assert "Third." in answer.content.decode()
    assert plan.words.standing().get().words == "Second."


@given(said=st.lists(st.tuples(st.sampled_from(Part), st.sampled_from(["", " ", "a", "b", "ñ\n🌿"])), max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_the_plan_says_the_last_words_and_keeps_the_ones_before(
    world: World, said: list[tuple[Part, str]]
) -> None:
    SafetyPlan.objects.all().delete()
    stands: dict[Part, str] = {}
    before: list[tuple[Part, str]] = []
    for at, (part, text) in enumerate(said):
        with clock.turned(timedelta(seconds=at)):
            wrote(world.ana, text, part)
        kept = text.strip() and text
        if stands.get(part, "") not in {"", kept}:
            before.append((part, stands[part]))
        stands[part] = kept
    plan = plan_of(world.ana)
    assert {step.part: step.words for step in steps_of(plan)} == {part: stands.get(part, "") for part in Part}
    found = [(row.part, row.words) for row in plan.words.earlier()] if plan else []
    assert sorted(found) == sorted(before)


def test_the_oldest_words_of_a_step_give_way(world: World) -> None:
    for number in range(EARLIER_MOST + 3):
        with clock.turned(timedelta(seconds=number)):
            plan = wrote(world.ana, f"Number {number}")
    assert plan.words.earlier().count() == EARLIER_MOST
    assert plan.words.earlier()[0].words == f"Number {EARLIER_MOST + 1}"


def test_earlier_words_can_be_put_back_and_are_nobody_elses(world: World) -> None:
    wrote(world.ana, "Before.")
    with clock.turned(timedelta(minutes=1)):
        plan = wrote(world.ana, "Now.")
    page = words(world.ana, f"{PLAN}steps/alone/")
    assert "Before." in page
    again = words(world.ana, f"{PLAN}steps/alone/?again={plan.words.earlier().get().pk}")
    assert ">\nBefore.</textarea>" in again
    assert ">\nNow.</textarea>" in words(world.ana, f"{PLAN}steps/alone/?again={uuid4()}")
    showed(world.ana, world.dana, episode(world.ana).pk)
    assert "Before." not in words(world.dana, f"/safety-plans/{episode(world.ana).pk}/")


@pytest.mark.parametrize("said", ["x" * (WORDS_MOST + 1), "\x00", 7, None])
def test_words_that_cannot_be_kept_change_nothing(world: World, said: Any) -> None:
    with pytest.raises(Invalid):
        safetyplan.write(person=world.ana, part=Part.SIGNS, words=said)
    assert not SafetyPlan.objects.exists()


def test_it_can_be_erased_whole_or_only_what_it_said_before(world: World) -> None:
    wrote(world.ana, "Before.")
    with clock.turned(timedelta(minutes=1)):
        showed(world.ana, world.dana, episode(world.ana).pk)
        sent(world.ana, f"{PLAN}forget/", what="earlier")
        assert [row.words for row in PlanWords.objects.all()] == [MARK]
        sent(world.ana, f"{PLAN}forget/", what="all")
    assert not [one for model in (SafetyPlan, PlanWords, PlanShare) for one in model.objects.all()]
    assert Notice.objects.get(person=world.dana).seen is not None
    with pytest.raises(Missing):
        safetyplan.erase(person=world.ana)


# --- looking at it again ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("passed", "asks"), [(AGAIN - timedelta(minutes=1), False), (AGAIN, True), (10 * AGAIN, True)])
def test_it_is_worth_another_look_after_thirty_days_and_nothing_is_sent(
    world: World,
    passed: timedelta,
    asks: bool,  # noqa: FBT001 - a value of the table above
) -> None:
    wrote(world.ana)
    with clock.turned(passed):
        assert not_looked_at(world.ana.pk, clock.now()).exists() is asks
        for page in ("/today/", PLAN):
            assert ("You last looked at it" in words(world.ana, page)) is asks
        assert not Notice.objects.filter(person=world.ana).exists()
        sent(world.ana, f"{PLAN}look/")
        assert not not_looked_at(world.ana.pk, clock.now()).exists()


def test_who_has_none_or_emptied_it_is_asked_nothing(world: World) -> None:
    with clock.turned(10 * AGAIN):
        assert not not_looked_at(world.ana.pk, clock.now()).exists()
    wrote(world.ana)
    wrote(world.ana, "")
    with clock.turned(10 * AGAIN):
        assert not not_looked_at(world.ana.pk, clock.now()).exists()
    assert browser(world.ben).post(f"{PLAN}look/").status_code == 404


# --- how strong cravings are ------------------------------------------------------------------------------------------

QUESTION = 'name="craving"'


def test_a_check_in_asks_how_strong_cravings_are_once_its_person_turned_that_on(world: World) -> None:
    wrote(world.ana)
    wrote(world.ben)
    assert "My plan doesn’t ask how strong cravings are" in words(world.ana, PLAN)
    assert QUESTION not in words(world.ana, "/today/")
    sent(world.ana, f"{PLAN}craving/", asks="1")
    assert "My plan asks how strong cravings are" in words(world.ana, PLAN)
    assert QUESTION in words(world.ana, "/today/")
    assert QUESTION not in words(world.ben, "/today/")
    day = today_of(world.ana)
    assert checkins.check_in(person=world.ana, day=day, answers={"weather": "good", "craving": 8}).is_hard
    assert "For the next few minutes" in words(world.ana, f"/check-ins/{day}/")
    sent(world.ana, f"{PLAN}craving/", asks="0")
    assert QUESTION not in words(world.ana, f"/check-ins/{day - timedelta(days=1)}/")
    assert CheckIn.objects.get().craving == 8
    with pytest.raises(Invalid):
        checkins.check_in(person=world.ana, day=day, answers={"weather": "good", "craving": 8})


@pytest.mark.parametrize("end", ["all", "craving"])
def test_what_a_plan_asks_goes_with_it_and_stands_by_the_press_of_its_person_alone(world: World, end: str) -> None:
    assert browser(world.ana).post(f"{PLAN}craving/", {"asks": "1"}).status_code == 404  # there is no plan to ask by
    wrote(world.ana)
    safetyplan.ask_craving(person=world.ana, asks=True)
    wrote(world.ana, "Other words.")
    assert asks_craving(world.ana)
    if end == "all":
        safetyplan.erase(person=world.ana)
        wrote(world.ana)
    else:
        safetyplan.ask_craving(person=world.ana, asks=False)
    assert not asks_craving(world.ana)


def test_the_question_about_cravings_over_rest_and_whoever_is_shown_the_plan_does_not_see_it(world: World) -> None:
    ana = Script(world.ana)
    problem(ana.put("safety-plan/craving", {"asks": True}), 404, "not_found")
    showed(world.ana, world.dana, episode(world.ana).pk)
    assert ana.get("safety-plan").json()["asks_craving"] is False
    assert ana.put("safety-plan/craving", {"asks": True}).json()["asks_craving"] is True
    assert ana.put("safety-plan/craving", {"asks": True}).json()["asks_craving"] is True
    for wrong in ({}, {"asks": None}, {"asks": "yes"}, {"asks": 1}, {"asks": True, "more": 1}):
        assert ana.put("safety-plan/craving", wrong).status_code == 422
    problem(Script(world.ana, ["account"]).put("safety-plan/craving", {"asks": True}), 403, "scope_missing")
    assert ana.put("checkins/" + today_of(world.ana).isoformat(), {"weather": "good", "craving": 3}).status_code < 300
    assert "craving" not in Script(world.dana).get(f"safety-plans/{episode(world.ana).pk}").content.decode()
    assert "cravings" not in words(world.dana, f"/safety-plans/{episode(world.ana).pk}/")
    assert ana.put("safety-plan/craving", {"asks": False}).json()["asks_craving"] is False
    assert ana.put("checkins/" + today_of(world.ana).isoformat(), {"weather": "low", "craving": 3}).status_code == 422


# --- whom it is shown to ---------------------------------------------------------------------------------------------


def test_nobody_reads_it_unless_it_is_shown_to_them(world: World) -> None:
    pair(world)
    wrote(world.ana)
    for role in StaffRole:
        person = people.create(alias=f"Works{role}", address=f"{role}@porchlight.test")
        programs.appoint(person=person, program=world.evening, role=role)
    administrator()
    ties = [episode(world.ana).pk, Match.objects.get().pk]
    for person in Person.objects.exclude(pk=world.ana.pk):
        assert not any(reads(person, tie) for tie in ties), person.alias
        assert not may(person, world.ana, PURPOSE)
        assert MARK not in browser(person).get(PLAN).content.decode()


def test_who_it_is_shown_to_is_told_and_reads_it_as_it_stands(world: World) -> None:
    tie = episode(world.ana).pk
    showed(world.ana, world.dana, tie)
    notice = Notice.objects.get(person=world.dana)
    assert (notice.kind, notice.about, notice.seen) == (safetyplan.SHARED, tie, None)
    assert reads(world.dana, tie)
    finn = leader_of(world.cohort)
    assert not reads(finn, tie), "each is shown it by a press of its own"
    assert "Their safety plan" in words(world.dana, f"/desk/people/{tie}/")
    assert "Their safety plan" not in words(finn, f"/desk/people/{tie}/")
    wrote(world.ana, f"{MARK}, changed")
    assert f"{MARK}, changed" in words(world.dana, f"/safety-plans/{tie}/")


def test_a_mentor_it_is_shown_to_finds_it_beside_the_two(world: World) -> None:
    match = pair(world)
    assert {way.tie.reader for way in ways_of(world.ana, wrote(world.ana))} == {world.ben, world.dana}
    sent(world.ana, f"{PLAN}shares/{match.pk}/{world.ben.pk}/", share="1")
    assert reads(world.ben, match.pk)
    assert f"/safety-plans/{match.pk}/" in words(world.ben, f"/mentoring/matches/{match.pk}/")
    assert f"/safety-plans/{match.pk}/" not in words(world.ana, f"/mentoring/matches/{match.pk}/")


def _takes_back(world: World, tie: UUID, reader: Person) -> None:
    sent(world.ana, f"{PLAN}shares/{tie}/{reader.pk}/", share="0")


ENDS: dict[str, Callable[[World, UUID, Person], object]] = {
    "taken back": _takes_back,
    "erased": lambda w, _tie, _reader: safetyplan.erase(person=w.ana),
    "emptied": lambda w, _tie, _reader: wrote(w.ana, ""),
    "blocked": lambda w, _tie, reader: people.block(person=w.ana, other=reader),
    "blocked by them": lambda w, _tie, reader: people.block(person=reader, other=w.ana),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("whom", ["facilitator", "mentor"])
def test_it_is_shown_no_more_once_its_person_ends_that(world: World, whom: str, end: str) -> None:
    tie, reader = (episode(world.ana).pk, world.dana) if whom == "facilitator" else (pair(world).pk, world.ben)
    showed(world.ana, reader, tie)
    assert reads(reader, tie)
    ENDS[end](world, tie, reader)
    if end == "emptied":
        assert MARK not in words(reader, f"/safety-plans/{tie}/")
    else:
        assert not reads(reader, tie)
    if end == "taken back":
        assert Notice.objects.get(person=reader, kind=safetyplan.SHARED).seen is not None
        assert [
            one.action for one in AuditEntry.objects.filter(action__startswith="safety_plan").order_by("number")
        ] == [
            "safety_plan.share",
            "safety_plan.take_back",
        ]


@pytest.mark.parametrize("state", State)
def test_a_mentor_reads_it_only_while_the_two_walk_together(world: World, state: State) -> None:
    match = pair(world)
    showed(world.ana, world.ben, match.pk)
    Match.objects.update(state=state)
    assert reads(world.ben, match.pk) is (state in WALKING)
    other = leader_of(world.cohort)
    assert bool([way for way in ways_of(world.ana, SafetyPlan.objects.get()) if way.tie.match]) is (state in WALKING)
    assert not reads(other, match.pk)


def test_what_was_shown_ends_with_the_episode_the_work_and_the_match(world: World) -> None:
    tie, match = episode(world.ana).pk, pair(world)
    finn = leader_of(world.cohort)
    for reader, held in ((world.dana, tie), (finn, tie), (world.ben, match.pk)):
        showed(world.ana, reader, held)
    programs.dismiss(appointment=finn.appointments.get(), by=administrator())
    assert not reads(finn, tie)
    matches.end(match=match, by=world.ana)
    assert not PlanShare.objects.filter(match=match).exists()
    programs.withdraw(enrollment=episode(world.ana), by=world.dana)
    assert not PlanShare.objects.exists()
    assert not reads(world.dana, tie)


def test_it_is_shown_only_to_who_has_that_tie(world: World) -> None:
    wrote(world.ana)
    match, tie = pair(world), episode(world.ana).pk
    wrong = [
        (tie, world.ben), (tie, world.cy), (tie, world.eli), (tie, world.ana), (match.pk, world.dana),
        (match.pk, world.ana), (uuid4(), world.dana), (episode(world.ben).pk, world.dana),
    ]  # fmt: skip
    for held, reader in wrong:
        with pytest.raises(Missing):
            safetyplan.share(person=world.ana, tie_id=held, reader_id=reader.pk)
        problem(Script(world.ana).put(f"safety-plan/shares/{held}/{reader.pk}"), 404, "not_found")
    with pytest.raises(Missing):
        safetyplan.share(person=world.ben, tie_id=match.pk, reader_id=world.ana.pk)
    wrote(world.ana, "")
    with pytest.raises(Missing):
        safetyplan.share(person=world.ana, tie_id=tie, reader_id=world.dana.pk)
    assert not PlanShare.objects.exists()


# --- REST and other doors --------------------------------------------------------------------------------------------


def test_a_script_of_ones_own_writes_reads_shares_and_erases(world: World) -> None:
    ana, tie = Script(world.ana), episode(world.ana).pk
    problem(ana.get("safety-plan"), 404, "not_found")
    made = ana.put("safety-plan/parts/reason", {"words": "My sister.", "seen": ""})
    assert made.status_code == 200
    assert set(made.json()) == {"parts", "looked", "look_again", "asks_craving", "shares"}
    assert ana.put("safety-plan/parts/reason", {"words": "My sister."}).json()["parts"] == made.json()["parts"]
    problem(ana.put("safety-plan/parts/reason", {"words": "x", "seen": ""}), 409, "stale")
    ana.put("safety-plan/parts/alone", {"words": "Walk."})
    assert [one["part"] for one in ana.get("safety-plan").json()["parts"]] == ["alone", "reason"]
    shared = ana.put(f"safety-plan/shares/{tie}/{world.dana.pk}")
    assert [one["reader"] for one in shared.json()["shares"]] == [str(world.dana.pk)]
    shown = Script(world.dana).get(f"safety-plans/{tie}").json()
    assert shown == {"parts": shared.json()["parts"]}
    assert ana.delete(f"safety-plan/shares/{tie}/{world.dana.pk}").status_code == 204
    problem(Script(world.dana).get(f"safety-plans/{tie}"), 404, "not_found")
    ana.put("safety-plan/parts/alone", {"words": ""})
    earlier = ana.get("safety-plan/earlier").json()["results"]
    assert [(one["part"], one["words"]) for one in earlier] == [("alone", "Walk.")]
    assert ana.delete("safety-plan/earlier").status_code == 204
    assert ana.post("safety-plan/look").status_code == 200
    assert ana.get("safety-plan/earlier").json()["results"] == []
    assert ana.delete("safety-plan").status_code == 204
    assert not PlanWords.objects.exists()


@pytest.mark.parametrize("path", ["safety-plan", "safety-plan/earlier"])
def test_it_takes_the_scope_of_care(world: World, path: str) -> None:
    problem(Script(world.ana, ["chat:read", "account", "moderation"]).get(path), 403, "scope_missing")
    problem(Script(None).get(path), 401, "sign_in")


def test_get_help_now_leads_there_and_asks_who_is_not_signed_in(world: World) -> None:
    client = browser(None)
    assert f'href="{PLAN}"' in client.get("/help/").content.decode()
    assert client.get(PLAN).headers["Location"].startswith("/sign-in/")


def test_the_page_asks_the_database_the_same_however_much_stands_in_it(world: World) -> None:
    client = browser(world.ana)
    wrote(world.ana)
    client.get(PLAN)
    with CaptureQueriesContext(connection) as few:
        client.get(PLAN)
    for part in Part:
        for again in range(3):
            wrote(world.ana, f"{part} {again}", part)
    with CaptureQueriesContext(connection) as many:
        client.get(PLAN)
    assert len(many) == len(few) <= 16
