"""Finishing a program is shared because its person said so, as a day is: asked, once, taken back at any time."""

from datetime import time
from importlib import import_module

import pytest
from django.apps import apps

from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing
from community.milestones import services as milestones
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Track
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, State
from groups.celebrations.reading import asked_of
from groups.celebrations.services.finishing import look_at_finished
from groups.celebrations.tasks import look_at_due
from groups.chat import services as chat
from groups.chat.models import Kind, Message, Removed
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group
from tests.community.desk import episode
from tests.conftest import Told
from tests.doors import Script, browser
from tests.groups.copies import copy_of
from tests.groups.days import NINE, NOON, _early, cards, it_is, lines  # noqa: F401 - the hour of every test
from tests.groups.test_quiet_in_danger import cries, puts_the_card_away
from tests.groups.test_who_hears_of_days import comes_to, read_by

HERS = "Ana finished the program"


@pytest.fixture(autouse=True)
def _no_days(world: World) -> None:
    """What is asked here is of finishing alone."""
    for focus in world.ana.focuses.all():
        milestones.forget(person=world.ana, focus=focus)


def finishes(person: Person, at: time = NOON) -> Celebration:
    with it_is(person, 0, at):
        programs.graduate(enrollment=episode(person))
        look_at_due()
    found: Celebration = Celebration.objects.of(person.pk).get(code="graduation", due=clock.today(person.zone))
    return found


def says_yes(person: Person, *groups: Group, words: str = "") -> Celebration:
    one = finishes(person)
    with it_is(person, 0, NOON):
        return celebrations.answer(person=person, celebration=one, groups=[one.pk for one in groups], words=words)


def shared(world: World, words: str = "Mine.") -> tuple[Celebration, Message]:
    one = says_yes(world.ana, world.tuesday, words=words)
    with it_is(world.ana, 0, time(12, 5)):
        look_at_due()
    (card,) = cards(world.tuesday)
    return one, card


def asking(person: Person) -> int:
    return Notice.objects.of(person.pk).unseen().filter(kind="celebration_ask").count()


# --- asking ----------------------------------------------------------------------------------------------------------


def test_whoever_finishes_is_asked_once_on_today_and_by_a_quiet_word_and_nobody_else_hears(world: World) -> None:
    finishes(world.ana)
    with it_is(world.ana, 0, time(12, 30)):
        look_at_due()
        (asked,) = asked_of(world.ana)
        assert asked.title == "You finished the program"
        assert "You finished the program" in browser(world.ana).get("/today/").content.decode()
    assert asking(world.ana) == 1
    assert not Notice.objects.exclude(person=world.ana).filter(kind="celebration_ask").exists()
    assert not cards(world.tuesday)


def test_in_the_evening_nobody_is_called_and_the_word_comes_in_the_morning(world: World) -> None:
    finishes(world.ana, at=time(21, 30))
    assert not asking(world.ana)
    with it_is(world.ana, 1, NINE):
        look_at_due()
    assert asking(world.ana) == 1


def test_every_other_end_asks_nothing(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    with it_is(world.ana, 0):
        look_at_due()
    assert not Celebration.objects.of(world.ana.pk).exists()


def test_whoever_writes_in_no_room_is_not_asked(world: World) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with it_is(world.ana, 0):
        programs.graduate(enrollment=episode(world.ana))
        look_at_due()
    assert not Celebration.objects.of(world.ana.pk).exists()


def test_whoever_is_away_is_called_when_they_are_back(world: World) -> None:
    finished, elsewhere = episode(world.ana), comes_to(world.ana, Track.DUAL)
    programs.away(enrollment=elsewhere)
    with it_is(world.ana, 0, NOON):
        programs.graduate(enrollment=finished)
        look_at_due()
    assert not asking(world.ana)
    programs.come_back(enrollment=elsewhere)
    with it_is(world.ana, 1):
        look_at_due()
    assert asking(world.ana) == 1


def test_silence_is_private_and_after_two_weeks_nothing_asks_any_more(world: World) -> None:
    finishes(world.ana)
    with it_is(world.ana, 14):
        look_at_due()
        assert asked_of(world.ana)
    with it_is(world.ana, 15):
        look_at_due()
        assert not asked_of(world.ana)
    assert not Celebration.objects.of(world.ana.pk).exists()
    assert not asking(world.ana)
    assert not cards(world.tuesday)


# --- sharing ---------------------------------------------------------------------------------------------------------


def test_a_yes_is_shared_soon_in_the_chosen_rooms_alone_with_its_words(world: World) -> None:
    _one, card = shared(world, words="Ask me about the bus route.")
    assert card.body == f"{HERS}\nAsk me about the bus route."
    assert card.card is not None
    assert (card.card["code"], card.card["label"], card.card["number"]) == ("graduation", "Finished the program", "")
    assert Message.objects.filter(kind=Kind.CELEBRATION).count() == 1


def test_a_yes_in_the_night_waits_for_the_morning(world: World) -> None:
    one = finishes(world.ana)
    with it_is(world.ana, 0, time(22)):
        celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])
        look_at_due()
        assert not cards(world.tuesday)
    with it_is(world.ana, 1, NINE):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_it_is_shared_once_however_often_it_is_looked_at(world: World) -> None:
    one, _card = shared(world)
    with it_is(world.ana, 1):
        Celebration.objects.filter(pk=one.pk).update(next_at=clock.now())
        assert look_at_finished(celebration_id=one.pk)
        look_at_due()
        with pytest.raises(Conflict):
            celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])
    celebrations.note_finished(enrollment_id=one.episode_id or one.pk)
    assert len(cards(world.tuesday)) == 1
    assert Celebration.objects.of(world.ana.pk).count() == 1


def test_not_this_time_is_never_shared(world: World) -> None:
    one = finishes(world.ana)
    celebrations.decline(person=world.ana, celebration=one)
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)


def test_a_room_that_is_not_ones_own_is_refused(world: World) -> None:
    one = finishes(world.ana)
    for group in (world.harbor, world.staff):
        with pytest.raises(Invalid):
            celebrations.answer(person=world.ana, celebration=one, groups=[group.pk])


def test_two_weeks_later_it_is_too_late(world: World) -> None:
    one = finishes(world.ana)
    with it_is(world.ana, 15), pytest.raises(Conflict):
        celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk])


def test_its_program_says_how_it_is_called(world: World) -> None:
    steps = [{"code": "w4"}]
    finish = {"label": "Twelve weeks, done", "color": "rose", "drawing": "flower"}
    milestones.set_ladder(program=world.evening, kind="weeks", steps=steps, finish=finish)
    _one, card = shared(world, words="")
    assert card.body == "Ana: Twelve weeks, done"
    assert card.card is not None
    assert (card.card["color"], card.card["drawing"]) == ("rose", "flower")


def test_it_is_said_in_the_language_of_the_program(world: World) -> None:
    world.evening.language = "es"
    world.evening.save(update_fields=["language"])
    assert shared(world, words="")[1].body == "Ana terminó el programa"


def test_whoever_finishes_a_second_time_may_share_that_too(world: World) -> None:
    shared(world)
    with it_is(world.ana, 2):
        programs.enroll(person=world.ana, cohort=world.cohort)
        programs.graduate(enrollment=episode(world.ana))
        look_at_due()
        assert asked_of(world.ana)
    assert Celebration.objects.of(world.ana.pk).count() == 2


# --- taking back -----------------------------------------------------------------------------------------------------


def test_it_is_taken_back_at_any_time_from_the_page_of_the_week(world: World) -> None:
    one, card = shared(world)
    with it_is(world.ana, 20):
        client = browser(world.ana)
        assert f"/celebrations/{one.pk}/" in client.get("/my-path/").content.decode()
        assert "You shared this with" in client.get(f"/celebrations/{one.pk}/").content.decode()
        assert client.post(f"/celebrations/{one.pk}/take-back/").headers["Location"] == "/my-path/"
    card.refresh_from_db()
    assert (card.body, card.card, card.removed) == (None, None, Removed.AUTHOR)
    with it_is(world.ana, 21):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_others_say_that_they_are_with_them_and_find_it_on_today_and_on_the_wall(world: World) -> None:
    _one, card = shared(world)
    with it_is(world.ana, 0, time(13)):
        chat.react(person=world.ben, message=card, name="with_you")
        for path in ("/today/", "/my-path/"):
            assert HERS in browser(world.ben).get(path).content.decode(), path
        assert HERS not in browser(world.eli).get("/my-path/").content.decode()
    assert "Programs you finished" not in browser(world.ben).get("/my-path/").content.decode()


def test_another_name_is_carried_into_it(world: World) -> None:
    _one, card = shared(world)
    people.change(person=world.ana, wanted={"alias": "Quinn"})
    card.refresh_from_db()
    assert card.body == "Quinn finished the program\nMine."


# --- never -----------------------------------------------------------------------------------------------------------


def test_never_while_somebody_is_suspended(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    celebrations.call_off(person_id=world.ana.pk)
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)


def test_never_of_who_has_died(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    Person.objects.filter(pk=world.ana.pk).update(closed=clock.now())
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)
    assert not Celebration.objects.of(world.ana.pk).exists()


def test_never_in_a_room_that_was_left(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with it_is(world.ana, 1):
        look_at_due()
    assert not cards(world.tuesday)


def test_whoever_left_the_only_room_it_was_for_reads_that_nobody_sees_it(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    with it_is(world.ana, 1):
        for path in (f"/celebrations/{one.pk}/", "/my-path/"):
            said = browser(world.ana).get(path).content.decode()
            assert "You left the group it was for. Nobody sees it." in said, path
            assert "It is shared soon" not in said


def test_a_room_that_is_held_gets_it_the_morning_after(world: World) -> None:
    says_yes(world.ana, world.tuesday)
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    with it_is(world.ana, 1):
        look_at_due()
        assert not cards(world.tuesday)
        membership.hold_room(group=world.tuesday, by=world.dana, held=False)
    with it_is(world.ana, 2, NINE):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_while_a_card_about_danger_is_open_it_waits_and_its_own_page_says_so(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 0, time(13)):
        cries(world.ana)
        look_at_due()
        assert not cards(world.tuesday)
        assert "We wait with this" in browser(world.ana).get(f"/celebrations/{one.pk}/").content.decode()
        puts_the_card_away(world.ana)
    with it_is(world.ana, 1, NINE):
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_somebody_elses_is_not_there(world: World) -> None:
    one = finishes(world.ana)
    assert browser(world.ben).get(f"/celebrations/{one.pk}/").status_code == 404
    with pytest.raises(Missing):
        celebrations.answer(person=world.ben, celebration=one, groups=[world.tuesday.pk])


# --- where no days are counted ---------------------------------------------------------------------------------------


def test_where_no_days_are_counted_finishing_is_shared_too_and_reaches_everybody_there(world: World) -> None:
    """It tells no day of anything."""
    comes_to(world.cy, Track.MENTAL_HEALTH)
    membership.seat(person=world.cy, group=world.harbor)
    one = says_yes(world.eli, world.harbor, words="Mine.")
    with it_is(world.eli, 0, time(12, 5)):
        look_at_due()
        (card,) = cards(world.harbor)
        assert card.body == "Eli finished the program\nMine."
        assert card.body in read_by(world.cy, world.harbor)
        assert "Eli finished the program" in browser(world.cy).get("/today/").content.decode()
        assert f"/celebrations/{one.pk}/" in browser(world.eli).get("/my-path/").content.decode()
        listed = Script(world.eli).get("celebrations").json()["results"]
        assert [(row["code"], row["milestone"], row["state"]) for row in listed] == [("graduation", None, "posted")]
        assert "What you shared of your path" in copy_of(world.eli).said
        celebrations.withdraw(person=world.eli, celebration=one)
    assert card.body not in read_by(world.cy, world.harbor)


def test_more_than_three_share_a_line_that_reaches_everybody_there(world: World) -> None:
    guests = [people.create(alias=f"Guest {letter}") for letter in "ABCD"]
    for guest in guests:
        programs.enroll(person=guest, cohort=world.mornings)
        says_yes(guest, world.harbor)
    with it_is(world.eli, 0, time(12, 5)):
        look_at_due()
        assert len(cards(world.harbor)) == 3
        (line,) = lines(world.harbor)
        assert line in read_by(world.eli, world.harbor)
        assert line == "Also today: Guest D finished the program."
        last = Celebration.objects.of(guests[3].pk).get()
        celebrations.withdraw(person=guests[3], celebration=last)
        assert not lines(world.harbor)


def test_it_stands_in_no_line_that_would_tell_of_cards_which_somebody_is_not_shown(world: World, told: Told) -> None:
    with told():
        comes_to(world.ben)
    membership.seat(person=world.eli, group=world.tuesday)
    for letter in "ABC":
        guest = people.create(alias=f"Guest {letter}")
        programs.enroll(person=guest, cohort=world.cohort)
        says_yes(guest, world.tuesday)
    says_yes(world.eli, world.tuesday)
    with it_is(world.eli, 0, time(12, 5)):
        look_at_due()
        assert len(cards(world.tuesday)) == 4
        assert not lines(world.tuesday)
        assert "Eli finished the program" in "".join(read_by(world.ben, world.tuesday))


def test_what_was_finished_where_days_count_never_reaches_who_is_where_none_are(world: World, told: Told) -> None:
    with told():
        comes_to(world.ben)
    shared(world)
    with it_is(world.ana, 0, time(13)):
        assert HERS not in "".join(read_by(world.ben, world.tuesday))
        for path in ("/today/", "/my-path/"):
            assert HERS not in browser(world.ben).get(path).content.decode(), path


def test_nor_does_it_go_to_a_room_where_none_are(world: World) -> None:
    membership.seat(person=world.ana, group=world.harbor)
    one = finishes(world.ana)
    with pytest.raises(Invalid):
        celebrations.answer(person=world.ana, celebration=one, groups=[world.harbor.pk])


def test_whoever_comes_to_such_a_program_has_nothing_left_standing_of_it(world: World, told: Told) -> None:
    one, card = shared(world)
    with it_is(world.ana, 1), told():
        comes_to(world.ana)
    card.refresh_from_db()
    assert card.body is None
    assert browser(world.ana).get(f"/celebrations/{one.pk}/").status_code == 404
    assert Script(world.ana).get("celebrations").json() == {"results": []}


def test_it_goes_with_its_look_if_nobody_heard_of_the_new_program(world: World) -> None:
    _one, card = shared(world)
    with it_is(world.ana, 1):
        comes_to(world.ana)
        card.refresh_from_db()
        assert card.body
        look_at_due()
    assert not Message.objects.filter(pk=card.pk, body__startswith=HERS).exists()
    assert Celebration.objects.of(world.ana.pk).get().state == State.WITHDRAWN


def test_the_way_back_to_older_tables_lets_go_of_it(world: World) -> None:
    shared(world)
    import_module("groups.celebrations.migrations.0010_way_back").let_go_of_what_is_new(apps, None)
    assert not Celebration.objects.exists()
    assert len(cards(world.tuesday)) == 1
