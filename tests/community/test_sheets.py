"""An emergency sheet: by its own agreement, encrypted, opened by one press, told of, and looked at by somebody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.audit.models import AuditEntry
from community.cases import services as cases
from community.cases.models import Case, StepKind
from community.cases.plans import Priority, Reason
from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Refusal
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs.models import StaffRole
from community.sheets import services as sheets
from community.sheets import tasks
from community.sheets.models import EmergencySheet, SheetOpening
from community.sheets.plans import AGAIN, LASTS, LINE_MOST, look_by
from community.sheets.reading import not_confirmed, to_look_at
from community.sheets.rules import may_open, openings_of_staff
from groups.demo.services import World
from tests.community.desk import administrator, sent, words
from tests.doors import browser, say
from tests.groups.reports import taken, told_of, worker

MARK = "quietheron"
SHEET = "/emergency-sheet/"
DESK = "/desk/emergency-sheets/"
ANSWERS = {"contact": f"My sister {MARK}, 201-555-0144", "place": "The blue house."}


def left(person: Person) -> EmergencySheet:
    return sheets.write_down(person=person, answers=ANSWERS, agrees=True)


def worried(world: World, by: Person | None = None, reason: Reason = Reason.WORRIED) -> Case:
    """Somebody is worried about Ana, and ``by`` has it."""
    case = told_of(world.ben, say(world.ana, world.tuesday), reason).case
    return taken(case, by) if by else case


def door(case: Case) -> str:
    return f"{DESK}of/{case.pk}/"


def opened(world: World, by: Person | None = None) -> SheetOpening:
    left(world.ana)
    who = by or world.dana
    return sheets.open_sheet(case=worried(world, who), by=who)


# --- leaving one -----------------------------------------------------------------------------------------------------


def test_it_takes_an_agreement_and_no_word_stands_readable(world: World) -> None:
    page = words(world.ana, SHEET)
    assert "for 60 minutes each time" in page
    assert sent(world.ana, SHEET, **ANSWERS).status_code == 422
    assert not EmergencySheet.objects.exists()
    assert sent(world.ana, SHEET, **ANSWERS, agrees="on").status_code == 302
    record = ConsentRecord.objects.live().get(person=world.ana, purpose=Purpose.EMERGENCY_SHEET)
    assert record.language == "en"
    assert MARK not in repr(list(EmergencySheet.objects.values_list()))
    assert MARK not in repr(list(AuditEntry.objects.values_list()))
    assert MARK in words(world.ana, SHEET)
    assert sent(world.ana, SHEET, place="Elsewhere.").status_code == 302, "the agreement stands"
    assert {name: said for name, said in EmergencySheet.objects.get().answers.items() if said} == {
        "place": "Elsewhere."
    }


@pytest.mark.parametrize(
    "answers",
    [{}, {"place": " "}, {"place": "x" * (LINE_MOST + 1)}, {"place": "\x00"}, {"place": 7}, {"diagnosis": "x"}],
)
def test_what_cannot_be_kept_changes_nothing(world: World, answers: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        sheets.write_down(person=world.ana, answers=answers, agrees=True)
    assert not EmergencySheet.objects.exists()
    assert not ConsentRecord.objects.filter(purpose=Purpose.EMERGENCY_SHEET).exists()


@pytest.mark.parametrize("where", ["its page", "the agreements"])
def test_taking_it_back_erases_every_answer_at_once(world: World, where: str) -> None:
    opening = opened(world)
    record = ConsentRecord.objects.live().get(person=world.ana, purpose=Purpose.EMERGENCY_SHEET)
    if where == "its page":
        sent(world.ana, f"{SHEET}take-back/")
    else:
        sent(world.ana, f"/settings/agreements/{record.pk}/take-back/")
    assert not EmergencySheet.objects.exists()
    assert browser(world.dana).get(door(opening.case)).status_code == 404, "also while it is open"
    assert SheetOpening.objects.count() == 1
    assert browser(world.ana).post(f"{SHEET}take-back/").status_code == 404


def test_another_agreement_taken_back_leaves_it(world: World) -> None:
    left(world.ana)
    other = consent.give(person=world.ana, purpose=Purpose.MATCHED)
    consent.revoke(person=world.ana, record=other)
    assert EmergencySheet.objects.exists()


@pytest.mark.parametrize(("passed", "asks"), [(AGAIN - timedelta(minutes=1), ""), (AGAIN, "Do you still want it")])
def test_after_thirty_days_a_line_asks_again_and_it_stays_meanwhile(world: World, passed: timedelta, asks: str) -> None:
    left(world.ana)
    with clock.turned(passed):
        assert not_confirmed(world.ana.pk, clock.now()).exists() is bool(asks)
        for page in ("/today/", SHEET):
            assert ("Do you still want it" in words(world.ana, page)) is bool(asks)
        sent(world.ana, f"{SHEET}confirm/")
        assert not not_confirmed(world.ana.pk, clock.now()).exists()
        assert EmergencySheet.objects.get().answers["place"] == ANSWERS["place"]
    assert browser(world.ben).post(f"{SHEET}confirm/").status_code == 404


# --- opening one -----------------------------------------------------------------------------------------------------


def _others(world: World) -> dict[str, Person]:
    """Everybody there is, by what they do here."""
    here = {f"{role} here": worker(f"Here{role}", world.evening, role) for role in StaffRole}
    there = {f"{role} there": worker(f"There{role}", world.other, role) for role in StaffRole}
    members = {"the person": world.ana, "a member": world.ben, "a volunteer": world.cy, "a stranger": world.eli}
    return {**here, **there, **members, "everywhere": administrator(), "leads": world.dana}


STAFF = {"facilitator here", "coordinator here", "administrator here", "everywhere", "leads"}
STATES = ("P0", "P1", "closed", "nobody's", "somebody else's", "lapsed")


def test_it_opens_for_who_holds_what_cannot_wait_and_for_nobody_else(world: World) -> None:
    """Each role in each state of what they could hold; the row is given to them, whether they might take it or not."""
    left(world.ana)
    case = worried(world)
    now = clock.now()
    for (what, who), state in product(_others(world).items(), STATES):
        held: dict[str, Any] = {"holder": who, "held_until": now + timedelta(minutes=5), "state": "claimed"}
        free = {"holder": None, "held_until": None, "state": "triaged"}
        changes = {
            "P0": held,
            "P1": {**held, "priority": Priority.P1},
            "closed": {**free, "state": "resolved", "closed": now, "outcome": "talked"},
            "nobody's": free,
            "somebody else's": {**held, "holder": world.ben},
            "lapsed": {**held, "held_until": now - timedelta(seconds=1)},
        }[state]
        if state == "somebody else's" and who == world.ben:
            continue
        plain = {"priority": Priority.P0, "closed": None, "outcome": ""}
        Case.objects.filter(pk=case.pk).update(**{**plain, **changes})
        row = Case.objects.get(pk=case.pk)
        allowed = what in STAFF and state == "P0"
        assert may_open(who, row) is allowed, (what, state)
        client = browser(who)
        page = client.get(f"/desk/queue/{case.pk}/").content.decode()
        assert (f'action="{door(case)}"' in page) is allowed, (what, state)
        answer = client.post(door(case))
        assert (answer.status_code == 303) is allowed, (what, state)
        shown = client.get(door(case))
        assert (MARK in shown.content.decode()) is allowed, (what, state)
        assert shown.status_code == (200 if allowed else 404), (what, state)
        if not allowed:
            with pytest.raises(Refusal):
                sheets.open_sheet(case=row, by=who)
    assert {one.by.alias for one in SheetOpening.objects.select_related("by")} == {
        "Herefacilitator", "Herecoordinator", "Hereadministrator", "Noor", "Dana",
    }  # fmt: skip


def test_a_volunteer_who_holds_what_was_raised_does_not_open_it(world: World) -> None:
    """What any keeper of the room may look into, and then cannot wait."""
    left(world.ana)
    case = worried(world, world.cy, Reason.HARASSMENT)
    cases.set_priority(case=case, by=world.cy, version=case.version, priority=0, note="It cannot wait.")
    case.refresh_from_db()
    assert case.is_with(world.cy.pk, clock.now())
    with pytest.raises(NotAllowed):
        sheets.open_sheet(case=case, by=world.cy)
    assert browser(world.cy).post(door(case)).status_code == 403
    assert not SheetOpening.objects.exists()


def test_without_a_sheet_there_is_nothing_to_press(world: World) -> None:
    case = worried(world, world.dana)
    assert door(case) not in words(world.dana, f"/desk/queue/{case.pk}/")
    assert browser(world.dana).post(door(case)).status_code == 404


def test_one_press_opens_it_and_all_who_must_hear_do(world: World) -> None:
    noor = administrator()
    left(world.ana)
    case = worried(world, world.dana)
    before = case.version
    press = browser(world.dana)
    assert press.post(door(case), follow=True).status_code == 200
    press.post(door(case))  # again is the same
    opening = SheetOpening.objects.get()
    assert (opening.by, opening.person, opening.until - opening.at) == (world.dana, world.ana, LASTS)
    case.refresh_from_db()
    assert case.version == before + 1
    assert case.answered is None, "to open it is not to reach out"
    assert case.steps.latest("number").kind == StepKind.DONE
    assert "The emergency sheet was opened (you)" in words(world.dana, f"/desk/queue/{case.pk}/")
    told = Notice.objects.filter(kind__in=(sheets.OPENED, sheets.TELLS))
    assert [(one.person, one.kind) for one in told] == [(noor, sheets.OPENED)]
    entry = AuditEntry.objects.get(action="sheet.open")
    assert (entry.actor, entry.subject) == (world.dana.pk, f"person:{world.ana.pk}")


def test_where_no_administrator_is_else_who_runs_the_program_is_told(world: World) -> None:
    lead = worker("Lead", world.evening, StaffRole.COORDINATOR)
    opened(world)
    assert [one.person for one in Notice.objects.filter(kind=sheets.OPENED)] == [lead]


def test_its_hour_ends(world: World) -> None:
    opening = opened(world)
    case, dana = opening.case, world.dana
    with clock.turned(LASTS - timedelta(minutes=1)):
        Case.objects.update(held_until=clock.now() + timedelta(minutes=4))
        answer = browser(dana).get(door(case))
        assert MARK in answer.content.decode()
        assert 0 < int(answer.headers["Refresh"].split(";")[0]) <= 61
        assert "no-store" in answer.headers["Cache-Control"]
    with clock.turned(LASTS):
        Case.objects.update(held_until=clock.now() + timedelta(minutes=4))
        assert browser(dana).get(door(case)).status_code == 404
        browser(dana).post(door(case))
    assert SheetOpening.objects.count() == 2


ENDS: dict[str, Callable[[World, Case], object]] = {
    "closed": lambda w, case: cases.resolve(case=case, by=w.dana, version=case.version, outcome="talked"),
    "handed on": lambda w, case: cases.hand_on(case=case, by=w.dana, version=case.version, note="Yours."),
    "less urgent": lambda w, case: cases.set_priority(case=case, by=w.dana, version=case.version, priority=1, note="x"),
    "off duty": lambda w, _case: w.dana.appointments.update(ends=clock.now()),
    "no sign": lambda _w, case: Case.objects.filter(pk=case.pk).update(held_until=clock.now()),
}


@pytest.mark.parametrize("end", ENDS)
def test_it_is_read_no_more_once_they_do_not_hold_it(world: World, end: str) -> None:
    case = opened(world).case
    assert MARK in words(world.dana, door(case))
    case.refresh_from_db()
    ENDS[end](world, case)
    assert browser(world.dana).get(door(case)).status_code == 404


def test_who_has_a_tie_to_its_person_opens_nothing(world: World) -> None:
    left(world.ana)
    case = worried(world, world.dana)
    people.block(person=world.ana, other=world.dana)
    with pytest.raises(Missing):
        sheets.open_sheet(case=case, by=world.dana)
    assert browser(world.dana).post(door(case)).status_code == 404


def test_somebody_else_took_it_between_the_look_and_the_press(world: World) -> None:
    left(world.ana)
    case = worried(world, world.dana)
    Case.objects.update(holder=worker("Other", world.evening, StaffRole.FACILITATOR))
    with pytest.raises(Conflict):
        sheets.open_sheet(case=case, by=world.dana)
    assert not SheetOpening.objects.exists()


# --- afterwards ------------------------------------------------------------------------------------------------------


def test_its_person_hears_of_it_when_the_hour_is_over_once(world: World) -> None:
    opened(world)
    assert tasks.tell() == 0
    assert "Nobody so far." in words(world.ana, SHEET)
    with clock.turned(LASTS):
        assert tasks.tell() == 1
        assert tasks.tell() == 0
        page = words(world.ana, SHEET)
    assert [one.kind for one in Notice.objects.filter(person=world.ana, about=None)] == [sheets.TELLS]
    assert "Dana" in page
    assert "We were worried about you" in page
    assert "Ben" not in page, "who told us stands nowhere"
    assert "Dana" not in words(world.ben, SHEET)


def test_a_safety_hold_waits_until_somebody_else_lets_it_go(world: World) -> None:
    noor = administrator()
    case = opened(world).case
    assert sent(world.dana, f"{door(case)}hold/", why="").status_code == 422
    assert sent(world.dana, f"{door(case)}hold/", why=f"Not alone, {MARK}").status_code == 302
    opening = SheetOpening.objects.get()
    assert MARK not in repr(list(SheetOpening.objects.values_list()))
    with clock.turned(LASTS):
        assert tasks.tell() == 0
        assert f"Not alone, {MARK}" in words(noor, DESK)
        with pytest.raises(Missing):
            sheets.let_tell(opening=opening, by=world.dana)
        sent(noor, f"{DESK}{opening.pk}/look/", found="It was right.")
        assert to_look_at(noor, clock.now()), "it stays there while they are not told"
        sent(noor, f"{DESK}{opening.pk}/look/", tell="1")
        assert not to_look_at(noor, clock.now())
        assert tasks.tell() == 1
        with pytest.raises(Missing):
            sheets.hold_back(opening=opening, by=noor, why="Too late.")


def test_somebody_else_looks_at_it_and_only_who_runs_the_program(world: World) -> None:
    everybody = _others(world)
    opening = opened(world, everybody["coordinator here"])
    for what, who in everybody.items():
        looks = what in {"administrator here", "everywhere", "leads"}  # Dana coordinates, too
        assert openings_of_staff(who).exists() is looks, what
        assert bool(to_look_at(who, clock.now())) is looks, what
        if what not in {"the person", "a member", "a stranger"} and not what.startswith("reviewer"):
            assert ("Herecoordinator" in words(who, DESK)) is looks, what
        if not looks:
            assert browser(who).post(f"{DESK}{opening.pk}/look/").status_code == 404, what
    noor = everybody["everywhere"]
    sent(noor, f"{DESK}{opening.pk}/look/", found="It was right.")
    opening.refresh_from_db()
    assert (opening.looked_by, opening.found) == (noor, "It was right.")
    assert not to_look_at(noor, clock.now())
    assert "It was right." in words(noor, DESK)
    assert MARK not in words(noor, DESK)


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(MOMENTS, st.sampled_from(["UTC", "America/New_York", "Pacific/Auckland"]))
def test_it_is_looked_at_by_the_next_day_that_is_no_weekend(opened_at: datetime, zone: str) -> None:
    day = opened_at.astimezone(ZoneInfo(zone)).date()
    found = look_by(opened_at, zone)
    assert 1 <= (found - day).days <= 3
    assert found.weekday() < 5
    assert all((day + timedelta(days=between)).weekday() >= 5 for between in range(1, (found - day).days))


def test_closing_what_it_was_opened_for_tells_its_person_all_the_same(world: World) -> None:
    case = opened(world).case
    case.refresh_from_db()
    cases.resolve(case=case, by=world.dana, version=case.version, outcome="talked")
    with clock.turned(LASTS):
        assert tasks.tell() == 1
