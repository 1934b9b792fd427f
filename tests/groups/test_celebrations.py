"""A milestone is shared because its owner said so: asked the day before, posted once, taken back at any time."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from community.foundation.upkeep import keep_up
from community.milestones import services as milestones
from community.milestones.models import Focus, Run
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment, Track
from community.sanctions import services as sanctions
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, Place, Pulse, Standing, State, Watch
from groups.celebrations.reading import asked_of, waits_for_somebody
from groups.celebrations.tasks import Clocks, look_at_due
from groups.chat import services as chat
from groups.chat.models import Kind, Message, Removed, Wording
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group
from tests.community.desk import episode
from tests.conftest import Told
from tests.doors import browser, say
from tests.groups.days import (  # noqa: F401 - the hour of every test
    DAY,
    NINE,
    NOON,
    _early,
    cards,
    checks_in,
    focus_of,
    it_is,
    lines,
    question,
    says_yes,
    shares_a_new_count,
)
from tests.groups.reports import told_of

# --- asking ----------------------------------------------------------------------------------------------------------


def test_the_day_before_at_nine_its_person_is_asked_once_and_nobody_else_hears(world: World) -> None:
    with it_is(world.ana, 0, time(8, 59)):
        look_at_due()
        assert not asked_of(world.ana)
    with it_is(world.ana, 0, NINE):
        look_at_due()
        look_at_due()
        (asked,) = asked_of(world.ana)
        assert asked.title == "Tomorrow: 30 days"
    assert Notice.objects.of(world.ana.pk).filter(kind="celebration_ask").count() == 1
    assert not Notice.objects.exclude(person=world.ana).filter(kind="celebration_ask").exists()
    assert not cards(world.tuesday)


def test_whoever_does_not_want_to_be_asked_is_not(world: World) -> None:
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[], asks=False)
    with it_is(world.ana, 0, NINE):
        look_at_due()
    assert not Celebration.objects.exists()


def test_whoever_wants_to_be_asked_no_more_finds_no_word_that_leads_nowhere(world: World) -> None:
    question(world.ana)
    asking = Notice.objects.of(world.ana.pk).unseen().filter(kind="celebration_ask")
    assert asking.count() == 1
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[], asks=False)
    assert not asking.exists()
    assert not Celebration.objects.exists()


def test_a_yes_stands_though_its_person_wants_to_be_asked_no_more(world: World) -> None:
    membership.seat(person=world.ana, group=world.alumni)
    says_yes(world.ana, world.tuesday)
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.alumni.pk], asks=False)
    with it_is(world.ana, 1):
        look_at_due()
    assert cards(world.tuesday)


def test_whoever_has_no_room_is_not_asked(world: World) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with it_is(world.ana, 0, NINE):
        look_at_due()
    assert not Celebration.objects.exists()


def test_whoever_is_away_is_not_asked_and_is_on_the_day_if_they_are_back(world: World) -> None:
    with it_is(world.ana, 0, NINE):
        programs.away(enrollment=episode(world.ana))
        look_at_due()
        assert not Celebration.objects.exists()
    with it_is(world.ana, 1, time(8)):
        programs.come_back(enrollment=episode(world.ana))
    with it_is(world.ana, 1, NINE):
        look_at_due()
        (asked,) = asked_of(world.ana)
    assert asked.title == "Today: 30 days"


def test_a_day_that_was_before_it_was_entered_is_neither_asked_about_nor_shared(world: World) -> None:
    milestones.begin(person=world.cy, start=clock.today(world.cy.zone) - 800 * DAY)
    with it_is(world.cy, 0):
        look_at_due()
    assert not Celebration.objects.of(world.cy.pk).exists()


def test_a_start_that_is_entered_on_its_day_is_asked_about_that_day(world: World) -> None:
    milestones.begin(person=world.cy, start=clock.today(world.cy.zone) - 60 * DAY)
    with it_is(world.cy, 0):
        look_at_due()
        (asked,) = asked_of(world.cy)
    assert asked.title == "Today: 60 days"


# --- silence, yes, not this time -------------------------------------------------------------------------------------


def test_silence_is_private(world: World) -> None:
    question(world.ana)
    for days in range(1, 7):
        with it_is(world.ana, days):
            look_at_due()
    assert not cards(world.tuesday)
    assert not Celebration.objects.exists()  # and leaves no row


def test_a_yes_is_posted_at_nine_on_the_day_in_the_chosen_group_alone(world: World) -> None:
    membership.seat(person=world.ana, group=world.alumni)
    says_yes(world.ana, world.tuesday, words="Thank you for the seat.")
    with it_is(world.ana, 1, time(8, 59)):
        look_at_due()
        assert not cards(world.tuesday)
    with it_is(world.ana, 1, NINE):
        look_at_due()
        look_at_due()
    (card,) = cards(world.tuesday)
    assert card.body == "Ana has 30 days\nThank you for the seat."
    assert card.author == world.ana
    assert card.card is not None
    assert (card.card["code"], card.card["label"]) == ("d30", "30 days")
    assert not cards(world.alumni)
    assert Celebration.objects.get().words_sealed == ""


def test_a_yes_of_the_day_itself_is_posted_with_the_next_look(world: World) -> None:
    one = question(world.ana)
    with it_is(world.ana, 1):
        celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])
        look_at_due()
    assert cards(world.tuesday)


def test_a_yes_in_the_night_waits_for_the_morning(world: World) -> None:
    one = question(world.ana)
    with it_is(world.ana, 1, time(21)):
        celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])
        look_at_due()
        assert not cards(world.tuesday)
    with it_is(world.ana, 2, NINE):
        look_at_due()
    assert cards(world.tuesday)


def test_three_days_late_is_late_enough_and_four_are_too_many(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 5):
        look_at_due()
    assert not cards(world.tuesday)
    assert not Celebration.objects.exists()


def test_a_worker_that_was_away_for_three_days_posts_it_then(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 4):
        look_at_due()
    assert cards(world.tuesday)


def test_not_this_time_is_never_posted(world: World) -> None:
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
    celebrations.decline(person=world.ana, celebration=question(world.ana))
    with it_is(world.ana, 1):
        checks_in(world.ana)
        look_at_due()
    assert not cards(world.tuesday)
    assert not Notice.objects.of(world.ana.pk).unseen().filter(kind="celebration_ask").exists()


def test_the_answer_may_be_another_one_until_it_is_posted(world: World) -> None:
    one = says_yes(world.ana, world.tuesday, words="First.")
    celebrations.decline(person=world.ana, celebration=one)
    celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk], words="Second.")
    with it_is(world.ana, 1):
        look_at_due()
        with pytest.raises(Conflict):
            celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])
        with pytest.raises(Conflict):
            celebrations.decline(person=world.ana, celebration=one)
    assert [card.body for card in cards(world.tuesday)] == ["Ana has 30 days\nSecond."]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda w: {"groups": []},
        lambda w: {"groups": [w.harbor.pk]},
        lambda w: {"groups": [uuid4()]},
        lambda w: {"groups": ["no id"]},
        lambda w: {"groups": [w.tuesday.pk], "words": "a" * 301},
        lambda w: {"groups": [w.tuesday.pk], "words": "a\x00"},
    ],
)
def test_a_wrong_answer_changes_nothing(world: World, wrong: Callable[[World], dict[str, Any]]) -> None:
    one = question(world.ana)
    with pytest.raises(Invalid):
        celebrations.answer(person=world.ana, celebration=one, **wrong(world))
    one.refresh_from_db()
    assert one.state == State.ASKED
    assert not Place.objects.exists()


def test_somebody_elses_is_not_there(world: World) -> None:
    one = question(world.ana)
    for verb in (celebrations.decline, celebrations.withdraw):
        with pytest.raises(Missing):
            verb(person=world.ben, celebration=one)
    with pytest.raises(Missing):
        celebrations.answer(person=world.ben, celebration=one, groups=[world.tuesday.pk])
    with pytest.raises(Missing):
        celebrations.share(person=world.ben, focus=focus_of(world.ana), groups=[])


# --- once ------------------------------------------------------------------------------------------------------------


def test_a_correction_posts_nothing_again_and_at_most_one_a_day(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
    with it_is(world.ana, 1):
        checks_in(world.ana)
        look_at_due()
        for days in (60, 31, 30):
            milestones.correct(
                person=world.ana, focus=focus_of(world.ana), start=clock.today(world.ana.zone) - days * DAY
            )
            look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_a_flight_over_the_date_line_repeats_and_retracts_nothing(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 1):
        look_at_due()
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"):
            people.change(person=world.ana, wanted={"zone": zone})
            look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_a_zone_in_which_it_is_the_day_already_is_looked_at_soon(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 0, time(20)):
        look_at_due()
        assert not cards(world.tuesday)
        people.change(person=world.ana, wanted={"zone": "Asia/Tokyo"})
        look_at_due()
    assert cards(world.tuesday)


def test_a_look_that_failed_keeps_nobody_else_waiting(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    says_yes(world.ana, world.tuesday)
    broken = focus_of(world.ben).runs.get().pk
    look = celebrations.look
    monkeypatch.setattr(celebrations, "look", lambda *, run_id: 1 / 0 if run_id == broken else look(run_id=run_id))
    with it_is(world.ana, 1):
        Watch.objects.update(next_at=clock.now())
        look_at_due()
        assert Watch.objects.failing().get().pk == broken
    assert cards(world.tuesday)
    assert Watch.objects.get(pk=broken).next_at > clock.now()
    monkeypatch.undo()
    with it_is(world.ana, 2):
        look_at_due()
    assert not Watch.objects.failing().exists()


def test_a_look_that_failed_puts_off_nothing_that_changed_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Any] = []

    def fails(*, run_id: Any) -> bool:
        looks.append(run_id)
        milestones.correct(person=world.ana, focus=focus_of(world.ana), start=clock.today(world.ana.zone) - 30 * DAY)
        raise OSError

    Watch.objects.exclude(run__focus__person=world.ana).delete()
    with it_is(world.ana, 0):
        monkeypatch.setattr(celebrations, "look", fails)
        look_at_due()
        monkeypatch.undo()
        assert len(looks) == 1
        assert look_at_due() == 1  # what was corrected is looked at now, and not an hour later


# --- what is let go --------------------------------------------------------------------------------------------------


def test_a_new_count_lets_go_of_what_waits_in_the_same_breath_and_leaves_no_trace(world: World) -> None:
    one = says_yes(world.ana, world.tuesday, words="Mine.")
    before = world.tuesday.version
    fresh = milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
    assert not Celebration.objects.exists()
    assert list(Watch.objects.of(world.ana.pk).due(clock.now()).values_list("run", flat=True)) == [fresh.pk]
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)
    assert Group.objects.get(pk=world.tuesday.pk).version == before
    with pytest.raises(Missing):
        celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])


def test_undoing_a_new_count_takes_its_card_out_of_every_room_and_leaves_the_earlier_ones(world: World) -> None:
    one, earlier = posted(world)
    focus = shares_a_new_count(world.ana, world.tuesday, days=1)
    (card,) = [one for one in cards(world.tuesday) if one.pk != earlier.pk]
    assert card.body
    with it_is(world.ana, 2, time(9, 30)):
        milestones.undo_new_count(person=world.ana, focus=focus)
    gone = Message.objects.get(pk=card.pk)
    assert (gone.body, gone.card) == (None, None)
    assert not Wording.objects.filter(body__contains="24 hours").exists()
    assert Message.objects.get(pk=earlier.pk).body
    assert list(Celebration.objects.of(world.ana.pk)) == [one]


def test_undoing_a_new_count_lets_go_of_what_was_asked_of_it(world: World) -> None:
    with it_is(world.ana, 0, NOON):
        milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
        look_at_due()
        assert Notice.objects.of(world.ana.pk).filter(kind="celebration_ask", seen=None).exists()
        milestones.undo_new_count(person=world.ana, focus=focus_of(world.ana))
    assert not Celebration.objects.of(world.ana.pk).exists()
    assert not Notice.objects.of(world.ana.pk).filter(kind="celebration_ask", seen=None).exists()


def test_what_was_shared_stays_after_a_new_count_until_its_person_takes_it_back(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 1):
        look_at_due()
        milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
        assert cards(world.tuesday)[0].body
        celebrations.withdraw(person=world.ana, celebration=one)
    assert cards(world.tuesday)[0].body is None


def test_forgetting_a_count_leaves_no_row_of_it_here(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
    milestones.forget(person=world.ana, focus=focus_of(world.ana))
    assert not Celebration.objects.of(world.ana.pk).exists()
    assert not Place.objects.exists()
    assert not Standing.objects.exists()
    assert not Watch.objects.of(world.ana.pk).exists()


def test_what_was_shared_of_a_forgotten_count_leaves_its_room_and_nothing_asks_about_it(world: World) -> None:
    _one, card = posted(world)
    with it_is(world.ana, 30, NINE):
        look_at_due()
        assert Notice.objects.of(world.ana.pk).filter(kind="celebration_ask", seen=None).exists()
        milestones.forget(person=world.ana, focus=focus_of(world.ana))
    card.refresh_from_db()
    assert (card.body, card.card) == (None, None)
    assert not Notice.objects.of(world.ana.pk).filter(kind="celebration_ask", seen=None).exists()


def test_leaving_a_room_lets_go_of_what_was_meant_for_it(world: World) -> None:
    membership.seat(person=world.ana, group=world.alumni)
    says_yes(world.ana, world.tuesday, world.alumni)
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    membership.seat(person=world.ana, group=world.tuesday)
    assert not Standing.objects.exists()
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)
    assert cards(world.alumni)


def test_a_program_that_counts_no_days_lets_go_of_what_waits(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    for one_stay in Enrollment.objects.open().of(world.ana.pk):
        programs.withdraw(enrollment=one_stay)
    programs.enroll(person=world.ana, cohort=world.mornings)
    assert world.other.track == Track.MENTAL_HEALTH
    assert not Celebration.objects.exists()
    for verb in (celebrations.decline, celebrations.withdraw):
        with pytest.raises(Missing):
            verb(person=world.ana, celebration=one)
    with it_is(world.ana, 1):
        look_at_due()
    assert not Celebration.objects.exists()


def held(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)


def muted(world: World) -> None:
    seat = world.seat(world.ana, world.tuesday)
    membership.restrict(membership=seat, by=world.dana, muted_until=clock.now() + 30 * DAY)


def closing(world: World) -> None:
    membership.close_writing(membership=world.seat(world.ana, world.tuesday), until=clock.now())


@pytest.mark.parametrize("meanwhile", [held, muted, closing])
def test_where_their_words_would_not_stand_now_nothing_is_posted(
    world: World, meanwhile: Callable[[World], None]
) -> None:
    says_yes(world.ana, world.tuesday)
    meanwhile(world)
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)


def test_a_room_that_was_held_gets_it_the_next_morning(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    held(world)
    with it_is(world.ana, 1):
        look_at_due()
    membership.hold_room(group=world.tuesday, by=world.dana, held=False)
    with it_is(world.ana, 2, NINE):
        look_at_due()
    assert cards(world.tuesday)


# --- in the room -----------------------------------------------------------------------------------------------------


def posted(world: World, words: str = "Mine.") -> tuple[Celebration, Message]:
    one = says_yes(world.ana, world.tuesday, words=words)
    with it_is(world.ana, 1):
        look_at_due()
    (card,) = cards(world.tuesday)
    return one, card


def test_everybody_may_answer_and_react_and_its_owner_cannot_change_it(world: World) -> None:
    _one, card = posted(world)
    chat.react(person=world.ben, message=card, name="with_you")
    chat.post(author=world.ben, group=world.tuesday, key=uuid4(), body="Well done.", reply_to=card.pk)
    with pytest.raises(NotAllowed):
        chat.edit(author=world.ana, message=card, body="Ana has 1,000 days")


def test_taking_it_back_takes_the_words_and_tells_nobody(world: World) -> None:
    one, card = posted(world)
    notices = Notice.objects.count()
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    celebrations.withdraw(person=world.ana, celebration=one)
    celebrations.withdraw(person=world.ana, celebration=one)
    card.refresh_from_db()
    assert (card.body, card.card, card.sought, card.removed) == (None, None, None, Removed.AUTHOR)
    assert Notice.objects.count() == notices
    with it_is(world.ana, 2):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_who_keeps_the_room_may_hide_it(world: World) -> None:
    _one, card = posted(world)
    chat.remove(person=world.dana, message=card)
    card.refresh_from_db()
    assert (card.body, card.card, card.removed) == (None, None, Removed.MODERATOR)


def test_who_looks_into_what_was_said_beside_it_or_of_it_reads_no_days(world: World) -> None:
    _one, card = posted(world)
    beside = say(world.ana, world.tuesday, "And thank you all.")
    (kept,) = told_of(world.ben, card).lines[-2:-1]
    assert (kept["words"], kept["meant"]) == ("Mine.", True)
    chat.remove(person=world.dana, message=card)
    for message in (card, beside):
        said = [one["words"] for one in told_of(world.cy, message).lines]
        assert not any("30 days" in words for words in said)
        assert "And thank you all." in said


def test_another_name_is_carried_into_what_was_shared(world: World) -> None:
    _one, card = posted(world)
    people.change(person=world.ana, wanted={"alias": "Anouk"})
    card.refresh_from_db()
    assert card.body == "Anouk has 30 days\nMine."


def many(world: World, count: int = 5) -> list[Celebration]:
    """So many people of one room whose thirty days are tomorrow; they said yes."""
    found = []
    for number in range(count):
        person = people.create(alias=f"Guest {chr(65 + number)}")
        membership.seat(person=person, group=world.tuesday)
        milestones.begin(person=person, start=clock.today(person.zone) - 29 * DAY)
        found.append(says_yes(person, world.tuesday, words="Mine."))
    return found


def test_from_the_fourth_of_a_day_on_names_stand_in_one_line(world: World) -> None:
    rows = many(world)
    question(world.ana)  # who did not say yes is neither named nor counted
    with it_is(world.ana, 1):
        look_at_due()
        assert len(cards(world.tuesday)) == 3
        (line,) = lines(world.tuesday)
        assert line is not None
        assert line.count("has 30 days") == 2
        assert "Ana" not in line
        in_line = [row for row in rows if row.places.filter(message__kind=Kind.SYSTEM).exists()]
        gone = in_line[0].person
        celebrations.withdraw(person=gone, celebration=in_line[0])
        assert gone.alias not in str(lines(world.tuesday)[0])
        people.change(person=in_line[1].person, wanted={"alias": "Quinn"})
        assert lines(world.tuesday) == ["Also today: Quinn has 30 days."]
        celebrations.withdraw(person=in_line[1].person, celebration=in_line[1])
    assert not lines(world.tuesday)


def test_a_line_that_grows_keeps_what_it_said_for_who_left_before(world: World) -> None:
    many(world)
    with it_is(world.ana, 1):
        look_at_due()
    line = Message.objects.of(world.tuesday.pk).get(kind=Kind.SYSTEM, body__startswith="Also")
    assert Wording.objects.get(message=line).body.count("has 30 days") == 1


# --- the clocks ------------------------------------------------------------------------------------------------------


def test_after_a_jump_of_the_clock_nothing_is_shared_until_somebody_says_so(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    Pulse.objects.update_or_create(pk=1, defaults={"last": clock.now() - timedelta(hours=37)})
    with clock.turned(by=DAY):
        assert look_at_due() == 0
        assert look_at_due() == 0
        assert not cards(world.tuesday)
        admin = people.create(alias="Ada")
        programs.appoint(person=admin, program=None, role="administrator")
        assert len(waits_for_somebody(admin, clock.now())) == 1
        assert not waits_for_somebody(world.dana, clock.now())
        with pytest.raises(NotAllowed):
            celebrations.go_on(by=world.dana)
        assert celebrations.go_on(by=admin)
        assert not celebrations.go_on()
    with it_is(world.ana, 1):
        look_at_due()
    assert cards(world.tuesday)


def test_a_clock_that_jumps_in_mid_round_is_noticed_before_the_next_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, turns = celebrations.look, ExitStack()

    def and_the_clock_jumps(*, run_id: Any) -> bool:
        done = look(run_id=run_id)
        turns.enter_context(clock.turned(by=timedelta(hours=37)))
        return done

    Watch.objects.update(next_at=clock.now())
    assert Watch.objects.count() > 1
    monkeypatch.setattr(celebrations, "look", and_the_clock_jumps)
    with turns:
        assert look_at_due() == 1
        assert Pulse.objects.get().why == Pulse.Why.JUMP


def test_clocks_that_are_right_are_asked_once_in_five_seconds(world: World) -> None:
    clocks = Clocks()
    with CaptureQueriesContext(connection) as first:
        assert clocks.hold()
    with CaptureQueriesContext(connection) as again:
        assert all(clocks.hold() for _look in range(100))
    assert (bool(first), len(again)) == (True, 0)
    with clock.turned(by=timedelta(seconds=6)), CaptureQueriesContext(connection) as later:
        assert clocks.hold()
    assert later


def test_where_no_worker_ever_ran_an_administrator_hears_of_it_once_a_count_waits(world: World) -> None:
    admin = people.create(alias="Ada")
    programs.appoint(person=admin, program=None, role="administrator")
    Watch.objects.update(next_at=clock.now())
    with clock.turned(by=timedelta(minutes=9)):
        assert not waits_for_somebody(admin, clock.now())
    with clock.turned(by=timedelta(minutes=11)):
        (found,) = waits_for_somebody(admin, clock.now())
        assert "the worker may not be running" in found.says
        assert "the worker may not be running" in browser(admin).get("/desk/celebrations/").content.decode()


def test_a_scan_that_does_not_run_waits_at_an_administrators_desk(world: World) -> None:
    admin = people.create(alias="Ada")
    programs.appoint(person=admin, program=None, role="administrator")
    assert not waits_for_somebody(admin, clock.now())  # it never ran: there may be no worker yet
    look_at_due()
    page = browser(admin).get("/desk/celebrations/")
    assert "It happens every minute." in page.content.decode()
    with clock.turned(by=timedelta(minutes=11)):
        (found,) = waits_for_somebody(admin, clock.now())
        assert "the worker may not be running" in found.says
        assert not waits_for_somebody(world.dana, clock.now())
        page = browser(admin).get("/desk/celebrations/")
        assert "the worker may not be running" in page.content.decode()


@pytest.mark.parametrize("apart", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_where_the_clock_of_the_database_is_another_nothing_is_shared(
    world: World, monkeypatch: pytest.MonkeyPatch, apart: timedelta
) -> None:
    says_yes(world.ana, world.tuesday)
    monkeypatch.setattr(clock, "of_database", lambda: clock.now() + apart)
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)
    assert Pulse.objects.get().why == Pulse.Why.APART


def test_the_clock_of_the_database_is_turned_as_ours_is(db: None) -> None:
    with clock.turned(by=400 * DAY):
        assert abs(clock.of_database() - clock.now()) < timedelta(minutes=1)


def test_the_scan_is_what_the_house_does_every_minute(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 1):
        assert keep_up()["celebrations: counts to look at"] is not None
    assert cards(world.tuesday)


# --- what it costs ---------------------------------------------------------------------------------------------------


def counts(many: int) -> list[Run]:
    """So many people, each with a count that is looked at in a year."""
    now = clock.now()
    guests = Person.objects.bulk_create(
        Person(alias=f"Guest {number}", zone="Etc/UTC", joined=now, password="!") for number in range(many)
    )
    focuses = Focus.objects.bulk_create(Focus(person=one, created=now) for one in guests)
    start = date(2025, 1, 1)
    runs = Run.objects.bulk_create(Run(focus=one, start=start, entered=start, created=now) for one in focuses)
    Watch.objects.bulk_create(Watch(run=one, next_at=now + 365 * DAY) for one in runs)
    return runs


def test_what_is_due_among_thousands_is_found_by_an_index(world: World) -> None:
    """As the database plans by itself, once it knows how many there are."""
    Watch.objects.filter(pk__in=[one.pk for one in counts(3000)[:5]]).update(next_at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE celebrations_watch")
        query, values = Watch.objects.due(clock.now()).values_list("pk", flat=True)[:200].query.sql_with_params()
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {query}", values)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "celebrations_watch_next_at" in plan
    assert "Seq Scan" not in plan
    assert "SCAN" not in plan


def test_a_round_costs_by_those_who_are_due_and_not_by_how_many_there_are(world: World) -> None:
    def cost(due: list[Run]) -> int:
        with it_is(world.ana, 0):
            look_at_due()
            Watch.objects.filter(pk__in=[one.pk for one in due]).update(next_at=clock.now())
            with CaptureQueriesContext(connection) as asked:
                look_at_due()
        return len(asked)

    some = counts(20)
    none, one, four, ten = (cost(some[:due]) for due in (0, 1, 4, 10))
    assert none < one < four
    assert ten - four == 2 * (four - one)  # as much for each of six as for each of three
    counts(200)
    assert (cost([]), cost(some[:4])) == (none, four)


# --- a ladder that changes -------------------------------------------------------------------------------------------


def ladder(world: World, *codes: str, **looks: str) -> None:
    said = [{"code": code, **looks} for code in codes]
    milestones.set_ladder(program=world.evening, kind="days", steps=said, by=world.dana)


def test_what_its_program_calls_a_step_is_what_the_room_reads(world: World) -> None:
    ladder(world, "d30", label="a first month", color="rose", drawing="tree")
    assert asked_of(world.ana) == []
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 0, NOON):
        assert asked_of(world.ana) == []
    with it_is(world.ana, 1, NINE):
        look_at_due()
    (card,) = cards(world.tuesday)
    assert card.card is not None
    assert (card.card["title"], card.card["color"], card.card["drawing"]) == ("Ana has a first month", "rose", "tree")
    ladder(world, "d30", label="another name")
    people.change(person=world.ana, wanted={"alias": "Annie"})
    (card,) = cards(world.tuesday)
    assert card.body == "Annie has a first month"


def test_what_was_shared_once_is_never_shared_again_by_a_ladder_that_changed(world: World) -> None:
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
    with it_is(world.ana, 1, NINE):
        checks_in(world.ana)
        look_at_due()
        assert len(cards(world.tuesday)) == 1
        ladder(world, "d29", "d31")
        look_at_due()
        milestones.reset_ladder(program=world.evening, kind="days")
        look_at_due()
    with it_is(world.ana, 2, NINE):
        checks_in(world.ana)
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_a_step_put_in_after_its_day_is_neither_asked_about_nor_shared(world: World) -> None:
    celebrations.share(person=world.ana, focus=focus_of(world.ana), groups=[world.tuesday.pk])
    with it_is(world.ana, 3, NINE):
        ladder(world, "d28", "d31")
        checks_in(world.ana)
        look_at_due()
    assert not cards(world.tuesday)
    assert not asked_of(world.ana)


def test_a_new_step_is_asked_about_with_the_next_round(world: World) -> None:
    with it_is(world.ana, 3, NINE):
        look_at_due()
        assert not asked_of(world.ana)
        ladder(world, "d33", label="thirty-three")
        look_at_due()
        (asked,) = asked_of(world.ana)
        assert asked.title == "Tomorrow: thirty-three"


def test_a_question_about_a_step_that_went_is_let_go_and_a_yes_is_kept(world: World) -> None:
    milestones.begin(person=world.ben, start=clock.today(world.ben.zone) - 29 * DAY, name="Mine")
    says_yes(world.ana, world.tuesday)
    with it_is(world.ben, 0, NINE):
        look_at_due()
        assert Celebration.objects.of(world.ben.pk).asking().count() == 1
    with it_is(world.ana, 0, NOON):
        ladder(world, "d90")
        look_at_due()
        assert not Celebration.objects.of(world.ben.pk).exists()
    with it_is(world.ana, 1, NINE):
        look_at_due()
    (card,) = cards(world.tuesday)
    assert card.body == "Ana has 30 days"


def test_where_no_step_is_to_come_a_count_is_left_alone_until_there_is_one(world: World) -> None:
    ladder(world, "d7")
    with it_is(world.ana, 0, NINE):
        look_at_due()
        watch = Watch.objects.get(run__focus__person=world.ana)
        assert watch.next_at > clock.now() + 300 * DAY
        ladder(world, "d30")
        watch.refresh_from_db()
        assert watch.next_at <= clock.now()
        look_at_due()
        assert len(asked_of(world.ana)) == 1


def test_who_comes_back_to_a_program_that_counts_days_is_asked_again(world: World) -> None:
    episode = Enrollment.objects.open().of(world.ana.pk).get()
    quiet = programs.open_program(name="Quiet program", track=Track.MENTAL_HEALTH)
    cohort = programs.open_cohort(
        program=quiet,
        wanted={"name": "Quiet group", "admission": "rolling", "starts": date(2026, 1, 1), "capacity": 8},
    )
    second = programs.enroll(person=world.ana, cohort=cohort)
    with it_is(world.ana, 0, NINE):
        look_at_due()
        assert not asked_of(world.ana)
        programs.withdraw(enrollment=second, outcome="other")
        look_at_due()
        assert len(asked_of(world.ana)) == 1
    assert episode.ended is None


def test_what_waits_is_called_off_while_somebody_is_suspended_and_nothing_is_asked(world: World, told: Told) -> None:
    says_yes(world.ana, world.tuesday, words="I did it.")
    decision, until = uuid4(), clock.now() + 3 * DAY
    with told():
        sanctions.suspend(person_id=world.ana.pk, decision_id=decision, until=until)
    assert not Celebration.objects.of(world.ana.pk).exists()
    with it_is(world.ana, 1, NINE):
        Watch.objects.of(world.ana.pk).look_at(clock.now())
        look_at_due()
    assert not cards(world.tuesday)
    assert not Celebration.objects.of(world.ana.pk).exists()


def test_a_card_is_not_shown_though_the_scan_did_not_hear_of_it_yet(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    sanctions.suspend(person_id=world.ana.pk, decision_id=uuid4(), until=None)
    with it_is(world.ana, 1, NINE):
        look_at_due()
    assert not cards(world.tuesday)
