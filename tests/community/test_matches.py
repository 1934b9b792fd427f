"""The life of two people with each other: every way there is, and no other (MATCHING.md 2d)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, NotAllowed
from community.matches import services as matches
from community.matches import tasks
from community.matches.desk.many import kept
from community.matches.desk.telling import NEWS
from community.matches.models import Match
from community.matches.plans.codes import MOVES, Action, Kind, Reason, State
from community.mentoring import services as mentoring
from community.mentoring.models import Closing, MentorRequest
from community.milestones import services as milestones
from community.notices.models import Notice
from community.programs import services as programs
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.matches import ACTS, EARLIER, TWELFTH_DAY, again, another, match_at, proposed
from tests.community.mentoring import active, asked
from tests.doors import browser
from tests.tables import rows

CELLS = [(state, action) for state in State for action in Action]
NO_WAY = [cell for cell in CELLS if cell not in MOVES]


def test_there_are_eleven_actions_and_ten_states() -> None:
    assert len(CELLS) == 110
    assert len(MOVES) == 16


@pytest.mark.parametrize(("state", "action"), sorted(MOVES))
def test_an_action_leads_where_the_table_says(world: World, state: State, action: Action) -> None:
    row = match_at(world, state)
    ACTS[action](world, row)
    assert again(row).state == MOVES[state, action]


@pytest.mark.parametrize(("state", "action"), NO_WAY)
def test_every_other_action_is_a_conflict_that_writes_nothing(world: World, state: State, action: Action) -> None:
    row = match_at(world, state)
    before = rows()
    with pytest.raises(Conflict):
        ACTS[action](world, row)
    assert rows() == before


@pytest.mark.parametrize("state", [state for state in State if state != State.PROPOSED])
def test_each_step_is_written_in_the_chain_with_ids_alone(world: World, state: State) -> None:
    row = match_at(world, state)
    last = AuditEntry.objects.filter(subject=f"match:{row.pk}").latest("number")
    assert last.action.startswith("match.")
    assert last.reason in {"", row.reason}


STRANGERS = {
    Action.APPROVE: ("ana", "ben", "cy", "eli"),
    Action.REJECT: ("ana", "ben", "cy", "eli"),
    Action.CHOOSE: ("ben", "cy", "dana", "eli"),
    Action.ACCEPT: ("ana", "cy", "dana", "eli"),
    Action.DECLINE: ("ana", "cy", "dana", "eli"),
    Action.WITHDRAW: ("ben", "cy", "dana", "eli"),
    Action.CONFIRM: ("cy", "dana", "eli"),
    Action.PAUSE: ("cy", "eli"),
    Action.RESUME: ("ben", "cy", "eli"),
    Action.END: ("cy", "eli"),
}
FROM = {
    Action.APPROVE: State.PROPOSED, Action.REJECT: State.PROPOSED, Action.CHOOSE: State.SHORTLISTED,
    Action.ACCEPT: State.OFFERED, Action.DECLINE: State.OFFERED, Action.WITHDRAW: State.OFFERED,
    Action.CONFIRM: State.INTRODUCTORY,
    Action.PAUSE: State.ACTIVE, Action.RESUME: State.PAUSED, Action.END: State.ACTIVE,
}  # fmt: skip


@pytest.mark.parametrize(("action", "who"), [(action, who) for action in STRANGERS for who in STRANGERS[action]])
def test_a_step_that_is_not_theirs_is_refused(world: World, action: Action, who: str) -> None:
    row = match_at(world, FROM[action])
    with pytest.raises(NotAllowed):
        getattr(matches, action)(match=row, by=getattr(world, who))
    assert again(row).state == FROM[action]


@pytest.mark.parametrize("who", ["ben", "cy", "dana", "eli"])
def test_a_card_is_put_aside_by_the_mentee_alone(world: World, who: str) -> None:
    row = match_at(world, State.SHORTLISTED)
    with pytest.raises(NotAllowed):
        matches.decline(match=row, by=getattr(world, who))
    assert again(row).state == State.SHORTLISTED


def test_a_coordinator_who_is_the_mentor_does_not_approve_themselves(world: World) -> None:
    row = proposed(world)
    programs.appoint(person=world.ben, program=world.evening, role=StaffRole.COORDINATOR)
    with pytest.raises(NotAllowed):
        matches.approve(match=row, by=world.ben)


def test_staff_take_an_approval_back_for_ten_seconds_and_nobody_saw_it(world: World) -> None:
    row = matches.approve(match=proposed(world), by=world.dana)
    now = clock.now()
    assert not Match.objects.cards(now).exists()
    assert not Match.objects.shown_to(world.ana.pk, now).exists()
    with pytest.raises(Conflict):
        matches.choose(match=row, by=world.ana)
    matches.take_back(match=row, by=world.dana)
    assert again(row).state == State.PROPOSED


def test_after_ten_seconds_a_card_is_out_and_its_mentee_hears_of_it_once(world: World) -> None:
    row = matches.approve(match=proposed(world), by=world.dana)
    assert tasks.cards_to_show() == 0
    with clock.turned(by=timedelta(seconds=11)):
        with pytest.raises(Conflict):
            matches.take_back(match=row, by=world.dana)
        assert [tasks.cards_to_show(), tasks.cards_to_show()] == [1, 0]
        assert Match.objects.cards(clock.now()).get() == row
    assert Notice.objects.of(world.ana.pk).filter(kind="match_news").count() == 1
    assert not Notice.objects.of(world.ben.pk).filter(kind="match_news").exists()


def test_a_card_nobody_chose_is_gone_after_fourteen_days_and_its_mentor_never_hears(world: World) -> None:
    row = match_at(world, State.SHORTLISTED)
    with clock.turned(by=timedelta(days=14)):
        assert tasks.over() == 1
    assert (again(row).state, again(row).reason) == (State.EXPIRED, Reason.RAN_OUT)
    assert not Notice.objects.of(world.ben.pk).filter(kind="match_news").exists()


def test_an_offer_lasts_72_hours_and_reminds_once_with_a_day_left(world: World) -> None:
    row = match_at(world, State.OFFERED)
    Notice.objects.all().delete()
    with clock.turned(by=timedelta(hours=47, minutes=50)):
        assert (tasks.to_remind(), tasks.over()) == (0, 0)
    with clock.turned(by=timedelta(hours=48, minutes=1)):
        assert [tasks.to_remind(), tasks.to_remind()] == [1, 0]
    assert Notice.objects.of(world.ben.pk).filter(kind="match_news").count() == 1
    with clock.turned(by=timedelta(hours=72, minutes=1)):
        with pytest.raises(Conflict):
            matches.accept(match=row, by=world.ben)
        assert tasks.over() == 1
    assert again(row).state == State.EXPIRED
    assert Notice.objects.of(world.ana.pk).filter(kind="match_news").count() == 1


def test_who_said_yes_has_no_other_cards_and_waits_no_more(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    assert row.request.closing == Closing.MATCHED
    assert not MentorRequest.objects.of(world.ana.pk).open().exists()
    assert row.accepted is not None


def test_one_yes_on_the_twelfth_day_changes_nothing_and_the_other_learns_nothing(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    Notice.objects.all().delete()
    with clock.turned(by=TWELFTH_DAY):
        matches.confirm(match=row, by=world.ben)
        assert again(row).state == State.INTRODUCTORY
        assert not Notice.objects.of(world.ana.pk).filter(kind="match_news").exists()
    with clock.turned(by=timedelta(days=60)):
        tasks.over()
        tasks.ending()
        assert again(row).state == State.INTRODUCTORY  # it never confirms itself


def test_nobody_decides_before_the_twelfth_day(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with clock.turned(by=timedelta(days=11, hours=23)), pytest.raises(Conflict):
        matches.confirm(match=row, by=world.ana)


def test_a_break_in_the_first_days_keeps_the_days_that_are_left(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    until = row.until
    assert until is not None
    with clock.turned(by=timedelta(days=4)):
        matches.pause(match=row, by=world.ana)
    with clock.turned(by=timedelta(days=9)):
        matches.resume(match=row, by=world.ana)
    row = again(row)
    assert row.state == State.INTRODUCTORY
    assert row.until is not None
    assert abs(row.until - until - timedelta(days=5)) < timedelta(minutes=1)


def test_only_who_began_a_break_ends_it_or_who_coordinates(world: World) -> None:
    row = match_at(world, State.PAUSED)  # by Ana
    with pytest.raises(NotAllowed):
        matches.resume(match=row, by=world.ben)
    matches.resume(match=row, by=world.dana)
    assert again(row).state == State.ACTIVE


def test_who_parts_without_fault_waits_again_in_the_place_they_had(world: World) -> None:
    with clock.turned(by=-timedelta(days=9)):
        request = asked(world.ana, world.evening, hopes="Somebody who laughs.")
    row = match_at(world, State.INTRODUCTORY, request=request)
    matches.end(match=row, ask_again=True, by=world.ana)
    waiting = MentorRequest.objects.of(world.ana.pk).open().get()
    assert (waiting.asked_at, waiting.hopes, waiting.languages) == (request.asked_at, "Somebody who laughs.", ["en"])
    assert waiting.pk != request.pk


def test_a_mentor_does_not_decide_that_the_other_waits_again(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    with pytest.raises(Invalid):
        matches.end(match=row, ask_again=True, by=world.ben)
    matches.end(match=row, by=world.ben)
    assert not MentorRequest.objects.of(world.ana.pk).open().exists()
    assert matches.look_again(match=row, by=world.ana).asked_at == row.request.asked_at


def test_nobody_is_suggested_again_to_whom_they_asked_not_to_meet(world: World) -> None:
    mentor = active(world)
    row = match_at(world, State.INTRODUCTORY, mentor=mentor)
    matches.end(match=row, not_again=True, ask_again=True, by=world.ana)
    with pytest.raises(Conflict) as refused:
        matches.propose(request=MentorRequest.objects.open().get(), mentor=mentor, by=world.dana)
    assert refused.value.extra["rules"] == ["no_rematch"]


@pytest.mark.parametrize("state", [State.PROPOSED, State.SHORTLISTED, State.OFFERED])
def test_a_request_taken_back_takes_what_was_suggested_with_it(world: World, state: State) -> None:
    row = match_at(world, state)
    mentoring.withdraw(person=world.ana, request=row.request)
    assert not again(row).is_open
    assert again(row).reason == Reason.NOT_WAITING


@pytest.mark.parametrize("state", [State.PROPOSED, State.SHORTLISTED, State.OFFERED])
def test_a_mentor_who_takes_a_break_is_on_no_card(world: World, state: State) -> None:
    row = match_at(world, state)
    mentoring.pause(mentor=row.mentor, by=world.ben)
    assert not again(row).is_open
    assert MentorRequest.objects.open().get() == row.request


def test_who_walks_with_a_mentor_stays_through_their_break(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    mentoring.pause(mentor=row.mentor, by=world.ben)
    assert again(row).state == State.ACTIVE


@pytest.mark.parametrize("state", [State.INTRODUCTORY, State.ACTIVE, State.PAUSED])
def test_when_a_mentor_leaves_everybody_waits_again_with_their_first_date(world: World, state: State) -> None:
    row = match_at(world, state)
    mentoring.retire(mentor=row.mentor, by=world.ben)
    assert (again(row).state, again(row).reason) == (State.ENDED, Reason.MENTOR_LEFT)
    assert MentorRequest.objects.open().get().asked_at == row.request.asked_at
    assert Notice.objects.of(world.ana.pk).filter(kind="match_news").exists()


def test_what_somebody_said_is_kept_for_a_new_try_while_they_walk_together(world: World) -> None:
    row = match_at(world, State.ACTIVE, request=asked(world.ana, world.evening, hopes="Somebody who laughs."))
    with clock.turned(by=timedelta(days=200)):
        mentoring.forget_words()
        assert MentorRequest.objects.get(pk=row.request_id).hopes == "Somebody who laughs."
        matches.end(match=row, by=world.ana)
    with clock.turned(by=timedelta(days=291)):
        mentoring.forget_words()
    assert MentorRequest.objects.get(pk=row.request_id).hopes == ""


def test_an_end_stands_once_both_wish_for_the_same_day(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    day = clock.today(world.evening.zone) + timedelta(days=20)
    matches.plan_end(match=row, day=day, by=world.ana)
    assert again(row).planned_end is None
    matches.plan_end(match=row, day=day, by=world.ana)
    assert again(row).planned_end is None
    matches.plan_end(match=row, day=day, by=world.ben)
    assert again(row).planned_end == day
    with clock.turned(by=timedelta(days=19)):
        assert tasks.ending() == 0
    with clock.turned(by=timedelta(days=22)):
        assert tasks.ending() == 1
    assert (again(row).state, again(row).reason) == (State.ENDED, Reason.FINISHED)


@pytest.mark.parametrize("day", ["2020-01-01", "tomorrow", None, 7])
def test_an_end_that_no_calendar_has_or_that_is_past_is_refused(world: World, day: object) -> None:
    row = match_at(world, State.ACTIVE)
    with pytest.raises(Invalid):
        matches.plan_end(match=row, day=day, by=world.ana)


def test_a_yes_that_no_rule_lets_pass_frees_the_mentee_to_ask_another_at_once(world: World) -> None:
    row = match_at(world, State.OFFERED)
    other = match_at(world, State.SHORTLISTED, request=row.request, mentor=another(world, "Rue"))
    milestones.begin_anew(person=world.ben, focus=world.ben.focuses.get())
    Notice.objects.all().delete()
    assert matches.accept(match=row, by=world.ben).state == State.WITHDRAWN
    assert (again(row).reason, again(row).request.is_open) == (Reason.RULES, True)
    assert set(Notice.objects.values_list("person", "kind")) == {(world.ana.pk, NEWS)}
    assert matches.choose(match=other, by=world.ana).state == State.OFFERED


def test_two_who_hope_for_each_other_are_suggested_once(world: World) -> None:
    """As when two who coordinate suggest them in one moment: neither sees the other's row."""
    row = proposed(world)
    mirrored = Match(
        request=row.request, mentor=row.mentor, mentee=row.guide, guide=row.mentee, program=row.program,
        made=row.made, since=row.since, fit=1,
    )  # fmt: skip
    assert kept([mirrored]) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        mirrored.save(force_insert=True)


def test_three_suggestions_are_enough(world: World) -> None:
    request = asked(world.ana, world.evening)
    proposed(world, request=request)
    with pytest.raises(Conflict) as refused:
        proposed(world, request=request, mentor=Match.objects.get().mentor)
    assert refused.value.extra["rules"] == ["already_matched"]


def test_the_database_holds_one_open_match_of_two_people_and_one_placed_of_a_mentee(world: World) -> None:
    row = match_at(world, State.OFFERED)
    twin = Match(
        request=row.request, mentor=row.mentor, mentee=row.mentee, guide=row.guide, program=row.program,
        made=row.made, since=row.since, fit=1,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    twin.guide, twin.state = world.eli, State.OFFERED
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    twin.guide, twin.state = row.mentee, State.PROPOSED
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    assert twin.kind == Kind.PRIMARY


# --- standing in, and the place in line ------------------------------------------------------------------------------


def standing_in(world: World, row: Match) -> Match:
    """Rue stands in for Ben, from today."""
    stands_in = matches.propose_cover(match=row, mentor=another(world, "Rue"), by=world.dana)
    with clock.turned(by=-EARLIER):
        matches.approve(match=stands_in, by=world.dana)
    matches.choose(match=stands_in, by=world.ana)
    return matches.accept(match=stands_in, by=stands_in.guide)


def test_who_stands_in_never_stays_longer_than_two_weeks(world: World) -> None:
    row = standing_in(world, match_at(world, State.ACTIVE))
    with clock.turned(by=TWELFTH_DAY):
        for person in (world.ana, row.guide):
            with pytest.raises(Conflict, match="two weeks"):
                matches.confirm(match=row, by=person)
            with pytest.raises(Conflict, match="two weeks"):
                matches.plan_end(match=row, day=(clock.today("UTC") + timedelta(days=60)).isoformat(), by=person)
    with clock.turned(by=timedelta(days=14, hours=1)):
        tasks.ending()
    assert again(row).state == State.ENDED


@pytest.mark.parametrize("which", ["who stood in", "who was there before"])
def test_nobody_waits_again_while_they_walk_with_somebody(world: World, which: str) -> None:
    first = match_at(world, State.ACTIVE)
    if which == "who stood in":
        over = matches.end(match=standing_in(world, first), by=world.ana)
    else:
        over = matches.end(match=first, ask_again=True, by=world.ana)
        request = MentorRequest.objects.of(world.ana.pk).open().to_show().get()
        match_at(world, State.INTRODUCTORY, request=request, mentor=another(world, "Rue"))
    with pytest.raises(Conflict) as refused:
        matches.look_again(match=over, by=world.ana)
    assert refused.value.code == "state"
    assert not MentorRequest.objects.of(world.ana.pk).open().exists()


def test_who_has_a_mentor_does_not_ask_anew_and_so_keeps_the_place_they_had(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    with pytest.raises(Conflict) as refused:
        asked(world.ana, world.evening)
    assert refused.value.code == "settled"
    assert browser(world.ana).get(f"/mentoring/ask/{world.evening.pk}/").headers["Location"] == "/mentoring/"
    with clock.turned(by=timedelta(days=40)):
        matches.end(match=row, ask_again=True, by=world.ana)
    assert MentorRequest.objects.of(world.ana.pk).open().get().asked_at == row.request.asked_at


def test_staff_undo_a_no_to_who_would_stand_in(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    stands_in = matches.propose_cover(match=row, mentor=another(world, "Rue"), by=world.dana)
    matches.reject(match=stands_in, by=world.dana)
    assert matches.take_back(match=stands_in, by=world.dana).state == State.PROPOSED
    matches.reject(match=stands_in, by=world.dana)
    matches.propose_cover(match=row, mentor=another(world, "Sol"), by=world.dana)
    with pytest.raises(Conflict) as refused:
        matches.take_back(match=stands_in, by=world.dana)
    assert refused.value.code == "enough"
