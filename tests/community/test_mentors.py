"""Mentors: a step at a time, each by who may take it; ready for new people only while everything holds."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from community.audit.models import AuditEntry
from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock, registers
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from community.foundation.events import Event, kinds, together
from community.mentoring import events
from community.mentoring import services as mentoring
from community.mentoring.desk.holding import HAPPENED
from community.mentoring.models import Mentor
from community.mentoring.plans.codes import MOVES, Action, State
from community.mentoring.reading import waiting_at_the_desk
from community.mentoring.rules import mentor_of, mentor_of_staff, standing_of, standings
from community.mentoring.rules.ages import is_minor, years
from community.mentoring.tasks import renewals_due
from community.milestones import services as milestones
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Identity, Person
from community.programs import services as programs
from community.programs.models import AgeBand, StaffRole, Track
from groups.demo.services import World
from tests.community.desk import administrator, leader_of
from tests.community.mentoring import SAID, TUESDAY, active, again, applied, cleared, mentor_at
from tests.community.test_episodes import at_once
from tests.tables import rows

DO: dict[Action, Callable[[World, Mentor], object]] = {
    Action.SCREEN: lambda w, m: mentoring.screen(mentor=m, by=w.dana),
    Action.TRAIN: lambda w, m: mentoring.train(mentor=m, by=w.dana),
    Action.APPROVE: lambda w, m: mentoring.approve(mentor=m, by=w.dana),
    Action.PAUSE: lambda w, m: mentoring.pause(mentor=m, by=w.ben),
    Action.RESUME: lambda w, m: mentoring.resume(mentor=m, by=w.ben),
    Action.RENEW: lambda w, m: mentoring.renew(mentor=m, by=w.dana),
    Action.RETIRE: lambda w, m: mentoring.retire(mentor=m, by=w.ben),
}
CELLS = [(state, action) for state in State for action in DO]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """Every fact of this room that is stated in the test, in order."""
    found: list[Event] = []
    for kind in kinds():
        if kind.__module__ == events.__name__:
            monkeypatch.setitem(together.__globals__["_together"], kind, [found.append])
    return found


def said_to(person: Person) -> list[str]:
    return list(Notice.objects.of(person.pk).values_list("kind", flat=True))


# --- the steps -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "action"), CELLS)
def test_each_step_leads_on_from_where_it_may_and_from_nowhere_else(
    world: World, heard: list[Event], state: State, action: Action
) -> None:
    row = mentor_at(world, state)
    heard.clear()
    before, entries = rows(), AuditEntry.objects.count()
    if (state, action) in MOVES:
        DO[action](world, row)
        assert again(row).state == MOVES[state, action]
        assert [type(fact) for fact in heard] == [HAPPENED[action]]
        assert AuditEntry.objects.filter(number__gt=entries, action=f"mentor.{action}").count() == 1
    else:
        with pytest.raises(Conflict) as refusal:
            DO[action](world, row)
        assert refusal.value.code == "state"
        assert rows() == before
        assert not heard


@pytest.mark.parametrize("state", [state for state in State if state != State.ACTIVE])
def test_nothing_but_an_active_mentor_falls_due(world: World, state: State) -> None:
    row = mentor_at(world, state)
    with clock.turned(by=timedelta(days=800)):
        before = rows()
        assert mentoring.fall_due(mentor=row) is False
        assert rows() == before


def test_every_step_has_a_test_of_every_state() -> None:
    assert {*DO, Action.FALL_DUE} == set(Action) == set(HAPPENED)


@pytest.mark.parametrize("action", [Action.SCREEN, Action.TRAIN, Action.APPROVE, Action.RENEW])
@pytest.mark.parametrize("who", ["ben", "ana", "cy", "eli"])
def test_only_who_runs_the_program_leads_somebody_on(world: World, who: str, action: Action) -> None:
    row = mentor_at(world, next(state for state, led in MOVES if led == action))
    before = rows()
    with pytest.raises(NotAllowed):
        getattr(mentoring, action)(mentor=row, by=getattr(world, who))
    assert rows() == before


def test_nobody_leads_themselves_on(world: World) -> None:
    row = applied(world)
    programs.appoint(person=world.ben, program=world.evening, role=StaffRole.COORDINATOR)
    with pytest.raises(NotAllowed):
        mentoring.screen(mentor=row, by=world.ben)


@pytest.mark.parametrize("action", [Action.PAUSE, Action.RETIRE])
def test_a_mentor_rests_and_finishes_without_asking_anybody(world: World, action: Action) -> None:
    row = active(world)
    with pytest.raises(NotAllowed):
        getattr(mentoring, action)(mentor=row, by=world.ana)
    assert getattr(mentoring, action)(mentor=row, by=world.ben).state != State.ACTIVE


@pytest.mark.parametrize("action", [Action.SCREEN, Action.TRAIN, Action.APPROVE])
def test_the_mentor_is_told_that_there_is_a_new_page(world: World, action: Action) -> None:
    row = mentor_at(world, next(state for state, led in MOVES if led == action))
    Notice.objects.all().delete()
    DO[action](world, row)
    assert said_to(world.ben) == ["mentor_step"]


# --- applying --------------------------------------------------------------------------------------------------------


def test_who_finished_may_apply_and_again_is_the_same(world: World) -> None:
    first = applied(world, values=["Honesty", "honesty", " Old  dogs "])
    assert first.values == ["Honesty", "Old dogs"]
    assert first.capacity == 2
    assert applied(world, values=["Other"]).pk == first.pk
    assert again(first).values == ["Honesty", "Old dogs"]


@pytest.mark.parametrize("who", ["ana", "cy", "dana", "eli"])
def test_who_has_not_finished_may_not_apply(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        mentoring.apply(person=getattr(world, who), program=world.evening, wanted=SAID, agrees=True)


def test_who_finished_elsewhere_may_not_apply_here(world: World) -> None:
    with pytest.raises(NotAllowed):
        mentoring.apply(person=world.ben, program=world.other, wanted=SAID, agrees=True)


def test_nobody_is_a_mentor_without_agreeing(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        mentoring.apply(person=world.ben, program=world.evening, wanted=SAID, agrees=False)
    assert refusal.value.extra["errors"][0]["pointer"] == "/agrees"
    assert not Mentor.objects.exists()
    assert not ConsentRecord.objects.of(world.ben.pk).about(Purpose.MENTORING).exists()


def test_the_agreement_names_the_words_that_were_shown(world: World) -> None:
    mentoring.apply(person=world.ben, program=world.evening, wanted=SAID, agrees=True, language="es")
    record = ConsentRecord.objects.live().of(world.ben.pk).get(purpose=Purpose.MENTORING)
    assert (record.subject, record.language) == (f"program:{world.evening.pk}", "es")
    assert "siete días" in record.parts[0]


def test_the_database_holds_one_that_is_not_over_for_each_person_and_program(world: World) -> None:
    row = applied(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mentor.objects.create(person=row.person, program=row.program, applied=row.applied, since=row.since, zone="UTC")


def test_who_finished_being_one_may_apply_anew(world: World) -> None:
    first = mentor_at(world, State.RETIRED)
    second = applied(world)
    assert (second.pk != first.pk, second.state, second.cleared_until) == (True, State.APPLIED, None)


SUNDAY = {"weekday": 6, "starts": "22:00", "ends": "02:00"}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no language": ({"languages": []}, "/languages"),
    "a language nobody knows": ({"languages": ["tlh"]}, "/languages/0"),
    "no hours": ({"hours": []}, "/hours"),
    "no time at all": ({"hours": [{**TUESDAY, "ends": "18:00"}]}, "/hours/0/ends"),
    "a day beyond the week": ({"hours": [{**TUESDAY, "weekday": 7}]}, "/hours/0/weekday"),
    "the same time twice": ({"hours": [TUESDAY, {**TUESDAY, "starts": "20:59", "ends": "22:00"}]}, "/hours"),
    "a night that meets the morning": ({"hours": [SUNDAY, {**SUNDAY, "weekday": 0, "starts": "01:00"}]}, "/hours"),
    "a zone that is none": ({"zone": "Mars/Base"}, "/zone"),
    "a wish for nobody": ({"wish_kind": "need"}, "/wish_of"),
    "no wish, but for some": ({"wish_of": ["woman"]}, "/wish_of"),
    "too many for a day": ({"capacity": 6}, "/capacity"),
    "fewer than none": ({"capacity": -1}, "/capacity"),
    "seven words": ({"values": list("abcdefg")}, "/values"),
    "a word that nobody sees": ({"values": ["\u202e"]}, "/values/0"),
    "a gender we made up": ({"gender": "other"}, "/gender"),
    "yes as a word": ({"across": "yes"}, "/across"),
    "a question nobody asks": ({"medication": "none"}, "/medication"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_refused_kindly_and_changes_nothing(world: World, what: str) -> None:
    wanted, pointer = WRONG[what]
    row = applied(world)
    before = rows()
    with pytest.raises(Invalid) as refusal:
        mentoring.change(person=world.ben, mentor=row, wanted=wanted)
    assert refusal.value.extra["errors"][0]["pointer"] == pointer
    assert rows() == before


def test_a_night_goes_on_past_midnight(world: World) -> None:
    row = applied(world, hours=[SUNDAY, {"weekday": 0, "starts": "02:00", "ends": "03:00"}])
    assert row.hours == [[0, 120, 180], [6, 1320, 120]]


def test_what_somebody_says_of_themselves_lies_encrypted(world: World) -> None:
    row = applied(world, values=["Rebuilding trust"], life_stages=["Grandmother"])
    assert "Rebuilding" not in row.valued_sealed + row.stages_sealed
    assert (again(row).values, again(row).life_stages) == (["Rebuilding trust"], ["Grandmother"])


def test_a_mentor_changes_their_own_and_nobody_elses(world: World) -> None:
    row = active(world)
    assert mentoring.change(person=world.ben, mentor=row, wanted={"capacity": 0}).capacity == 0
    with pytest.raises(NotAllowed):
        mentoring.change(person=world.ana, mentor=row, wanted={"capacity": 1})


def test_the_programs_own_bound_holds(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"capacity_most": 2}, by=world.dana)
    with pytest.raises(Invalid):
        mentoring.change(person=world.ben, mentor=active(world), wanted={"capacity": 3})


# --- clearance, agreement and their end ------------------------------------------------------------------------------


def test_nobody_is_approved_without_a_clearance(world: World) -> None:
    row = mentoring.train(mentor=mentoring.screen(mentor=applied(world), by=world.dana), by=world.dana)
    with pytest.raises(Conflict) as refusal:
        mentoring.approve(mentor=row, by=world.dana)
    assert refusal.value.code == "clearance"


def test_nobody_is_approved_who_took_their_agreement_back(world: World) -> None:
    row = mentor_at(world, State.TRAINING)
    consent.revoke(person=world.ben, record=world.ben.consents.get(purpose=Purpose.MENTORING))
    with pytest.raises(Conflict) as refusal:
        mentoring.approve(mentor=row, by=world.dana)
    assert refusal.value.code == "agreement"


@pytest.mark.parametrize("days", [-1, 366])
def test_a_clearance_is_good_from_today_for_as_long_as_the_program_says(world: World, days: int) -> None:
    with pytest.raises(Invalid):
        cleared(world, applied(world), days=days)
    assert cleared(world, applied(world), days=0).cleared_by == world.dana


def test_a_clearance_that_is_over_stops_new_people(world: World) -> None:
    row = active(world)
    assert standing_of(row).takes_new
    with clock.turned(by=timedelta(days=302)):
        assert not standing_of(row).takes_new


def test_an_approval_that_is_over_is_to_be_renewed_and_stops_new_people_at_once(world: World) -> None:
    row = active(world)
    with clock.turned(by=timedelta(days=365, minutes=1)):
        cleared(world, row)
        assert not standing_of(again(row)).takes_new
        assert renewals_due() == 1
        assert renewals_due() == 0
        assert again(row).state == State.RENEWAL_DUE
        renewed = mentoring.renew(mentor=row, by=world.dana)
        assert standing_of(renewed).takes_new


@pytest.mark.parametrize("days", [300, 5])
def test_an_approval_lasts_no_longer_than_the_clearance_and_both_hear_when_that_is_over(
    world: World, days: int
) -> None:
    row = active(world)
    assert row.approved_until == row.cleared_until
    row = cleared(world, row, days=days)  # 5: it was written down shorter
    assert row.approved_until == row.cleared_until
    Notice.objects.all().delete()
    with clock.turned(by=timedelta(days=days - 1)):
        assert renewals_due() == 0
        assert waiting_at_the_desk(world.dana, clock.now()) == []
    with clock.turned(by=timedelta(days=days + 2)):
        assert renewals_due() == 1
        assert again(row).state == State.RENEWAL_DUE
        assert Notice.objects.of(world.ben.pk).count() == 1
        assert "1 person waits" in waiting_at_the_desk(world.dana, clock.now())[0].says
        with pytest.raises(Conflict):
            mentoring.renew(mentor=row, by=world.dana)
        cleared(world, row)
        assert standing_of(mentoring.renew(mentor=row, by=world.dana)).takes_new


def test_a_longer_clearance_is_no_approval(world: World) -> None:
    row = cleared(world, active(world), days=5)
    was = row.approved_until
    assert cleared(world, row).approved_until == was


def test_no_row_says_that_an_approval_outlasts_the_clearance_it_stands_on(world: World) -> None:
    row = active(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mentor.objects.filter(pk=row.pk).update(cleared_until=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Mentor.objects.filter(pk=row.pk).update(cleared_until=None)
    over = clock.now()
    Mentor.objects.filter(pk=row.pk).update(cleared_until=over, approved_until=over)
    assert renewals_due() == 1
    assert again(row).state == State.RENEWAL_DUE


def test_who_takes_the_agreement_back_rests_until_they_agree_again(world: World) -> None:
    row = active(world)
    consent.revoke(person=world.ben, record=world.ben.consents.get(purpose=Purpose.MENTORING))
    assert (again(row).state, again(row).wishes_cover) == (State.PAUSED, True)
    with pytest.raises(Conflict):
        mentoring.resume(mentor=row, by=world.ben)
    mentoring.agree(person=world.ben, mentor=row)
    assert mentoring.resume(mentor=row, by=world.ben).state == State.ACTIVE


def test_the_agreement_ends_with_being_a_mentor(world: World) -> None:
    row = active(world)
    mentoring.retire(mentor=row, by=world.ben)
    assert not ConsentRecord.objects.live().of(world.ben.pk).filter(purpose=Purpose.MENTORING).exists()


@pytest.mark.parametrize("state", [State.ACTIVE, State.RENEWAL_DUE])
def test_who_begins_a_program_anew_rests_as_a_mentor(world: World, state: State) -> None:
    row = mentor_at(world, state)
    programs.enroll(person=world.ben, cohort=world.cohort)
    assert (again(row).state, again(row).wishes_cover) == (State.PAUSED, True)
    with pytest.raises(Conflict) as refusal:
        mentoring.resume(mentor=row, by=world.ben)
    assert refusal.value.code == "in_care"


def test_nobody_is_approved_while_they_are_in_a_program_themselves(world: World) -> None:
    row = mentor_at(world, State.TRAINING)
    programs.enroll(person=world.ben, cohort=world.cohort)
    with pytest.raises(Conflict) as refusal:
        mentoring.approve(mentor=row, by=world.dana)
    assert (refusal.value.code, again(row).state) == ("in_care", State.TRAINING)


# --- new people, yes or not now --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted", [{"not_now": True}, {"capacity": 0}], ids=["said not now", "no place"]
)  # fmt: skip
def test_a_mentor_says_not_now(world: World, wanted: dict[str, Any]) -> None:
    row = mentoring.change(person=world.ben, mentor=active(world), wanted=wanted)
    assert not standing_of(row).takes_new


@pytest.mark.parametrize(("days", "takes"), [(364, False), (365, True)])
def test_the_days_in_recovery_that_a_program_asks_for_are_counted_in_whole_days(
    world: World, days: int, *, takes: bool
) -> None:
    row = active(world)
    for focus in world.ben.focuses.all():
        milestones.forget(person=world.ben, focus=focus)
    assert not standing_of(row).takes_new
    milestones.begin(person=world.ben, start=clock.today(world.ben.zone) - timedelta(days=days))
    assert (standing_of(row).tenure_days, standing_of(row).takes_new) == (days, takes)


def test_a_program_asks_for_other_days(world: World) -> None:
    row = active(world)
    mentoring.set_policy(program=world.evening, wanted={"tenure_days": 730}, by=world.dana)
    assert not standing_of(again(row)).takes_new


def test_where_no_days_are_counted_the_days_since_finishing_count(world: World) -> None:
    wanted = {"name": "Harbor nights", "admission": "rolling", "starts": "2020-01-01", "capacity": 9}
    cohort = programs.open_cohort(program=world.other, wanted=wanted)
    programs.appoint(person=world.dana, program=world.other, role=StaffRole.COORDINATOR)
    fay = people.create(alias="Fay")
    with clock.turned(by=-timedelta(days=400)):
        done = programs.graduate(enrollment=programs.enroll(person=fay, cohort=cohort))
    row = mentoring.apply(person=fay, program=world.other, wanted=SAID, agrees=True)
    assert done.ended is not None
    assert standing_of(row).tenure_days == (clock.today(fay.zone) - done.ended).days
    assert not standing_of(row).counts_anew


def test_a_new_count_stops_new_people_and_leaves_no_other_trace(world: World, heard: list[Event]) -> None:
    row = active(world)
    heard.clear()
    Notice.objects.all().delete()
    mine, chain = rows()["mentoring.Mentor"], AuditEntry.objects.count()
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get())
    assert not standing_of(row).takes_new
    assert standing_of(row).new_count
    assert rows()["mentoring.Mentor"] == mine
    assert (AuditEntry.objects.count(), Notice.objects.count(), heard) == (chain, 0, [])


def test_a_new_count_that_is_undone_changed_nothing(world: World) -> None:
    row = active(world)
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get())
    milestones.undo_new_count(person=world.ben, focus=world.ben.focuses.get())
    assert standing_of(row).takes_new


def test_a_new_count_counts_though_another_one_is_long(world: World) -> None:
    row = active(world)
    today = clock.today(world.ben.zone)
    other = milestones.begin(person=world.ben, start=today - timedelta(days=900), name="Heron")
    milestones.begin_anew(person=world.ben, focus=other)
    assert standing_of(row).tenure_days == 0


def test_a_new_count_of_long_ago_stops_nobody(world: World) -> None:
    row = active(world)
    start = clock.today(world.ben.zone) - timedelta(days=380)
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get(), start=start)
    assert (standing_of(row).takes_new, standing_of(row).new_count) == (True, False)


def test_many_mentors_are_asked_in_as_many_questions_as_one(world: World) -> None:
    active(world)
    rows = Mentor.objects.to_show()
    with CaptureQueriesContext(connection) as one:
        standings(rows)
    fay = people.create(alias="Fay")
    with clock.turned(by=-timedelta(days=100)):
        programs.graduate(enrollment=programs.enroll(person=fay, cohort=world.cohort))
    mentoring.apply(person=fay, program=world.evening, wanted=SAID, agrees=True)
    with CaptureQueriesContext(connection) as two:
        assert len(standings(rows.all())) == 2
    assert len(one) == len(two) == 6


# --- of age ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "today", "whole"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 11, 26), date(2026, 11, 26), 18),
        (date(2008, 11, 27), date(2026, 11, 26), 17),
    ],
)
def test_a_birthday_is_a_birthday(born: date, today: date, whole: int) -> None:
    assert years(born, today) == whole


def _born(person: Person, born: date) -> None:
    identity = Identity(person=person)
    identity.keep(birth_date=born)
    identity.save()


def test_nobody_under_age_is_a_mentor(world: World) -> None:
    today = clock.today(world.ben.zone)
    row = active(world)
    _born(world.ben, today.replace(year=today.year - 17))
    assert not standing_of(row).takes_new
    with pytest.raises(NotAllowed):
        mentoring.apply(person=world.ben, program=world.evening, wanted=SAID, agrees=True)


def test_where_no_birthday_is_known_a_program_for_minors_says_so(world: World) -> None:
    teens = programs.open_program(name="Compass program", track=Track.TEEN, age_band=AgeBand.MINORS)
    wanted = {"name": "After school", "admission": "rolling", "starts": clock.today(teens.zone), "capacity": 9}
    kit = people.create(alias="Kit")
    programs.enroll(person=kit, cohort=programs.open_cohort(program=teens, wanted=wanted))
    assert is_minor(kit)
    assert not is_minor(world.ana)


# --- supervision -----------------------------------------------------------------------------------------------------


def test_what_is_not_mine_to_carry_goes_to_the_supervisor_who_is_named(world: World) -> None:
    rue = leader_of(world.cohort, "Rue")
    row = mentoring.name_supervisor(mentor=active(world), supervisor=rue, by=world.dana)
    assert mentoring.not_mine(mentor=row, by=world.ben) == [rue]
    assert said_to(rue) == ["mentor_not_mine"]
    assert "mentor_not_mine" not in said_to(world.dana)


def test_where_the_supervisor_works_here_no_more_who_coordinates_is_told(world: World) -> None:
    rue = leader_of(world.cohort, "Rue")
    row = mentoring.name_supervisor(mentor=active(world), supervisor=rue, by=world.dana)
    programs.dismiss(appointment=rue.appointments.get())
    assert mentoring.not_mine(mentor=again(row), by=world.ben) == [world.dana]


def test_where_nobody_can_be_told_the_answer_says_so(world: World) -> None:
    row = active(world)
    for work in world.dana.appointments.all():
        programs.dismiss(appointment=work)
    with pytest.raises(Conflict) as refusal:
        mentoring.not_mine(mentor=row, by=world.ben)
    assert refusal.value.code == "nobody"


@pytest.mark.parametrize("who", ["ben", "ana", "cy", "eli"])
def test_nobody_is_a_supervisor_who_does_not_work_with_people_there(world: World, who: str) -> None:
    with pytest.raises(Invalid):
        mentoring.name_supervisor(mentor=applied(world), supervisor=getattr(world, who), by=world.dana)


def test_notes_are_sealed_and_read_by_the_supervisor_without_a_trace(world: World) -> None:
    row = mentoring.name_supervisor(mentor=active(world), supervisor=world.dana, by=world.dana)
    note = mentoring.write_note(mentor=row, body="Tired on Tuesdays.", by=world.dana)
    assert "Tired" not in note.body_sealed
    entries = AuditEntry.objects.count()
    assert [one.body for one in mentoring.read_notes(mentor=row, by=world.dana)] == ["Tired on Tuesdays."]
    assert AuditEntry.objects.count() == entries


def test_who_else_runs_the_program_leaves_an_entry_that_they_read(world: World) -> None:
    row = active(world)
    mentoring.write_note(mentor=row, body="Tired on Tuesdays.", by=world.dana)
    noor = administrator()
    assert mentoring.read_notes(mentor=row, by=noor)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor) == ("mentor.read_notes", noor.pk)


@pytest.mark.parametrize("who", ["ben", "ana", "cy", "eli"])
def test_notes_are_for_no_mentor_and_no_member(world: World, who: str) -> None:
    row = active(world)
    mentoring.write_note(mentor=row, body="Tired on Tuesdays.", by=world.dana)
    for verb in (mentoring.read_notes, lambda **more: mentoring.write_note(body="Mine.", **more)):
        with pytest.raises(NotAllowed):
            verb(mentor=row, by=getattr(world, who))


def test_a_supervisor_sees_their_mentor_and_no_other(world: World) -> None:
    rue, row = leader_of(world.cohort, "Rue"), active(world)
    with pytest.raises(Missing):
        mentor_of_staff(rue, row.pk)
    mentoring.name_supervisor(mentor=row, supervisor=rue, by=world.dana)
    assert mentor_of_staff(rue, row.pk) == row
    with pytest.raises(Missing):
        mentor_of_staff(world.cy, row.pk)
    with pytest.raises(Missing):
        mentor_of(world.ana, row.pk)


# --- a program's own say ---------------------------------------------------------------------------------------------

CONTRADICTIONS: dict[str, tuple[Track, dict[str, Any], str]] = {
    "more to begin with than at all": (Track.ADDICTION, {"capacity_usual": 3, "capacity_most": 2}, "/capacity_usual"),
    "nobody serves": (Track.ADDICTION, {"mentor_tracks": []}, "/mentor_tracks"),
    "others for teens": (Track.TEEN, {"mentor_tracks": ["teen", "addiction"]}, "/mentor_tracks"),
    "others for eating disorders": (Track.EATING_DISORDER, {"mentor_tracks": ["mental_health"]}, "/mentor_tracks"),
    "teens' mentors elsewhere": (Track.DUAL, {"mentor_tracks": ["dual", "teen"]}, "/mentor_tracks"),
    "minors where there are none": (Track.ADDICTION, {"minors": True}, "/minors"),
    "beyond the clinic's cap": (Track.ADDICTION, {"capacity_most": 6}, "/capacity_most"),
    "a floor above everything": (Track.ADDICTION, {"floor": 1001}, "/floor"),
    "a clearance for a day": (Track.ADDICTION, {"clearance_days": 1}, "/clearance_days"),
    "another word": (Track.ADDICTION, {"word": "guru"}, "/word"),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_a_policy_that_contradicts_is_refused_and_nothing_is_kept(world: World, what: str) -> None:
    track, wanted, pointer = CONTRADICTIONS[what]
    program = programs.open_program(
        name="Another", track=track, age_band=AgeBand.YOUNG_ADULTS if track == Track.TEEN else ""
    )
    before = rows()
    with pytest.raises(Invalid) as refusal:
        mentoring.set_policy(program=program, wanted=wanted)
    assert refusal.value.extra["errors"][0]["pointer"] == pointer
    assert rows() == before


def test_a_policy_is_for_who_runs_the_program(world: World) -> None:
    for who in (world.ana, world.cy, world.eli):
        with pytest.raises(NotAllowed):
            mentoring.set_policy(program=world.evening, wanted={"floor": 300}, by=who)
    assert mentoring.set_policy(program=world.evening, wanted={"floor": 300}, by=world.dana).version == 1


def test_two_people_do_not_change_it_over_each_other(world: World) -> None:
    mentoring.set_policy(program=world.evening, wanted={"floor": 300}, version=0, by=world.dana)
    with pytest.raises(Conflict) as refusal:
        mentoring.set_policy(program=world.evening, wanted={"floor": 200}, version=0, by=world.dana)
    assert refusal.value.code == "stale"
    assert mentoring.set_policy(program=world.evening, wanted={"floor": 300}, version=0, by=world.dana).version == 1


# --- forgetting ------------------------------------------------------------------------------------------------------


def test_what_a_mentor_said_is_forgotten_ninety_days_after_they_finished(world: World) -> None:
    row = applied(world, values=["Honesty"], gender="man")
    mentoring.write_note(mentor=row, body="Tired on Tuesdays.", by=world.dana)
    mentoring.retire(mentor=row, by=world.ben)
    with clock.turned(by=timedelta(days=89)):
        assert mentoring.forget_words() == 0
    with clock.turned(by=timedelta(days=91)):
        assert mentoring.forget_words() == 1
        assert mentoring.forget_words() == 0
    left = again(row)
    assert (left.values, left.gender, left.notes.count()) == ([], "", 0)


def test_its_chores_are_on_the_list() -> None:
    assert {name for name in registers.upkeep.names() if name.startswith("mentoring")} == {
        "mentoring: a mentor offered before the last day",
        "mentoring: approvals that are over",
        "mentoring: forget words 90 days after they were needed",
    }


@pytest.mark.django_db(transaction=True)
def test_two_of_the_staff_take_one_step_once(world: World) -> None:
    row = applied(world)
    answers = at_once([partial(mentoring.screen, mentor=row, by=world.dana)] * 4)
    assert sorted(answers) == ["ok", "state", "state", "state"]


@pytest.mark.django_db(transaction=True)
def test_finishing_and_taking_the_agreement_back_at_once_wait_for_each_other(world: World) -> None:
    row = active(world)
    record = world.ben.consents.get(purpose=Purpose.MENTORING)
    answers = at_once(
        [
            partial(mentoring.retire, mentor=row, by=world.ben),
            partial(consent.revoke, person=world.ben, record=record),
        ]
    )
    assert answers == ["ok", "ok"]
    assert again(row).state == State.RETIRED
