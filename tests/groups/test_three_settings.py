"""Off, just me, these groups: who hears of what a count reaches is one plain choice, and off is not even asked."""

from typing import Any

import pytest

from community.foundation.errors import Invalid
from community.milestones import services as milestones
from community.milestones.dates import Sharing
from community.milestones.models import Run
from community.notices.models import Notice
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, State
from groups.celebrations.reading import asked_of
from groups.celebrations.rules import sharing_of
from groups.celebrations.tasks import look_at_due
from groups.demo.services import World
from groups.membership import services as membership
from tests.doors import Script, browser
from tests.groups.days import (  # noqa: F401 - the hour of every test
    DAY,
    NINE,
    _early,
    cards,
    checks_in,
    focus_of,
    it_is,
    question,
    says_yes,
)

CHOICES = ("Off: ", "Just me: ", "These groups: ")


def chooses(world: World, sharing: Any, *groups: Any, **more: Any) -> None:
    wanted = [group.pk for group in groups]
    celebrations.share(person=world.ana, focus=focus_of(world.ana), sharing=sharing, groups=wanted, **more)


def chosen(world: World) -> Sharing:
    return sharing_of(Run.objects.open().select_related("watch").get(focus=focus_of(world.ana)))


def where(world: World) -> str:
    return f"/my-path/{focus_of(world.ana).pk}/sharing/"


def asking(world: World) -> bool:
    return Notice.objects.of(world.ana.pk).unseen().filter(kind="celebration_ask").exists()


# --- off -------------------------------------------------------------------------------------------------------------


def test_off_is_not_even_asked(world: World) -> None:
    chooses(world, "off")
    for days in range(4):
        with it_is(world.ana, days, NINE):
            checks_in(world.ana)
            look_at_due()
            assert not asked_of(world.ana)
    assert not Notice.objects.of(world.ana.pk).filter(kind="celebration_ask").exists()
    assert not Celebration.objects.exists()
    assert not cards(world.tuesday)


def test_off_lets_go_of_a_question_that_waits(world: World) -> None:
    question(world.ana)
    assert asking(world)
    chooses(world, "off")
    assert not asking(world)
    assert not Celebration.objects.exists()


@pytest.mark.parametrize("days", [0, 5])
def test_off_shares_nothing_that_was_said_yes_to_before(world: World, days: int) -> None:
    one = says_yes(world.ana, world.tuesday)
    later = one.due + days * DAY
    celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk], later=later)
    chooses(world, "off")
    for passed in (1, days + 1):
        with it_is(world.ana, passed):
            checks_in(world.ana)
            look_at_due()
    assert not cards(world.tuesday)


def test_off_ends_a_standing_yes(world: World) -> None:
    chooses(world, "group", world.tuesday)
    chooses(world, "off")
    with it_is(world.ana, 1):
        checks_in(world.ana)
        look_at_due()
    assert not cards(world.tuesday)


def test_what_stands_already_stays_until_it_is_taken_back(world: World) -> None:
    one = says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 1):
        look_at_due()
        chooses(world, "off")
        assert cards(world.tuesday)[0].body
        celebrations.withdraw(person=world.ana, celebration=one)
    assert cards(world.tuesday)[0].body is None


def test_a_new_count_is_asked_about_again_and_undoing_it_brings_off_back(world: World) -> None:
    chooses(world, "off")
    milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
    assert chosen(world) == Sharing.PRIVATE
    milestones.undo_new_count(person=world.ana, focus=focus_of(world.ana))
    assert chosen(world) == Sharing.OFF


def test_whoever_turns_it_on_again_is_asked_as_if_it_had_never_been_off(world: World) -> None:
    question(world.ana)
    chooses(world, "off")
    chooses(world, "private")
    with it_is(world.ana, 0, NINE):
        look_at_due()
        (asked,) = asked_of(world.ana)
    assert asked.title == "Tomorrow: 30 days"


# --- just me, these groups -------------------------------------------------------------------------------------------


def test_just_me_is_what_everybody_begins_with_and_silence_stays_private(world: World) -> None:
    assert chosen(world) == Sharing.PRIVATE
    question(world.ana)
    with it_is(world.ana, 1):
        checks_in(world.ana)
        look_at_due()
    assert Celebration.objects.get().state == State.ASKED
    assert not cards(world.tuesday)


def test_just_me_ends_a_standing_yes_and_is_still_asked(world: World) -> None:
    chooses(world, "group", world.tuesday, asks=False)
    chooses(world, "private")
    assert chosen(world) == Sharing.PRIVATE
    with it_is(world.ana, 0, NINE):
        look_at_due()
        assert asked_of(world.ana)


@pytest.mark.parametrize("asks", [True, False])
def test_these_groups_hear_of_it_whether_its_person_is_asked_as_well_or_not(world: World, asks: bool) -> None:  # noqa: FBT001 - a table
    chooses(world, "group", world.tuesday, asks=asks)
    with it_is(world.ana, 0, NINE):
        look_at_due()
        assert bool(asked_of(world.ana)) is asks
    with it_is(world.ana, 1):
        checks_in(world.ana)
        look_at_due()
    assert len(cards(world.tuesday)) == 1


def test_leaving_the_last_of_these_groups_shares_nothing_and_asks_nothing_that_was_not_wished(world: World) -> None:
    chooses(world, "group", world.tuesday, asks=False)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    assert chosen(world) == Sharing.OFF


@pytest.mark.parametrize(
    ("sharing", "groups", "pointer"),
    [
        ("group", False, "/groups"),
        ("off", True, "/groups"),
        ("private", True, "/groups"),
        ("everybody", False, "/sharing"),
        (5, False, "/sharing"),
    ],
)
def test_what_does_not_go_together_changes_nothing(world: World, sharing: Any, groups: bool, pointer: str) -> None:  # noqa: FBT001 - a table
    with pytest.raises(Invalid) as refused:
        chooses(world, sharing, *([world.tuesday] if groups else []))
    assert [error["pointer"] for error in refused.value.extra["errors"]] == [pointer]
    assert chosen(world) == Sharing.PRIVATE


# --- the doors -------------------------------------------------------------------------------------------------------


def test_the_page_offers_the_three_plainly_and_shows_which_one_holds(world: World) -> None:
    client, tuesday = browser(world.ana), str(world.tuesday.pk)
    html = client.get(where(world)).content.decode()
    assert [words for words in CHOICES if words in html] == [*CHOICES]
    for sharing, groups in (("off", []), ("group", [tuesday]), ("private", [])):
        sent = {"sharing": sharing, "groups": groups, "asks": "on"}
        assert client.post(where(world), sent).status_code == 302
        html = client.get(where(world)).content.decode()
        assert html.count('type="radio"') == 3
        (held,) = [line for line in html.split("<input") if 'type="radio"' in line and "checked" in line]
        assert f'value="{sharing}"' in held
        assert chosen(world) == sharing


def test_groups_that_stay_ticked_beside_just_me_hear_of_nothing(world: World) -> None:
    chooses(world, "group", world.tuesday)
    for sharing, ticked in (("private", world.tuesday), ("off", world.harbor)):  # the second is no room of hers
        sent = {"sharing": sharing, "groups": [str(ticked.pk)], "asks": "on"}
        assert browser(world.ana).post(where(world), sent).status_code == 302
        assert chosen(world) == sharing


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"sharing": "group"}, "Choose at least one group."), ({}, "This is needed."), ({"sharing": "all"}, "Choose one")],
)
def test_the_page_says_kindly_what_is_missing_and_keeps_what_stands(
    world: World, sent: dict[str, str], said: str
) -> None:
    chooses(world, "off")
    answer = browser(world.ana).post(where(world), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert chosen(world) == Sharing.OFF


def test_a_script_says_one_of_the_three_and_what_it_reads_can_be_sent_back(world: World) -> None:
    ana, path, tuesday = Script(world.ana), f"milestones/{focus_of(world.ana).pk}/sharing", str(world.tuesday.pk)
    for wanted in (
        {"sharing": "off", "groups": [], "asks": False},
        {"sharing": "group", "groups": [tuesday], "asks": False},
        {"sharing": "group", "groups": [tuesday], "asks": True},
        {"sharing": "private", "groups": [], "asks": True},
    ):
        assert ana.put(path, wanted).json() == wanted
        assert ana.put(path, ana.get(path).json()).json() == wanted
    assert ana.put(path, {"sharing": "off", "groups": []}).json()["asks"] is False
    assert ana.put(path, {"groups": [tuesday]}).json()["sharing"] == "group"  # as before there were names
    assert ana.put(path, {"groups": [], "asks": False}).json()["sharing"] == "off"
    assert ana.put(path, {"sharing": "group", "groups": []}).status_code == 422
