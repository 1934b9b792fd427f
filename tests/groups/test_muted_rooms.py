"""A room may be muted for oneself: it is quiet elsewhere, as readable as ever, and nobody else learns of it."""

from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from community.audit.models import AuditEntry
from community.foundation import registers
from community.foundation.errors import Missing
from community.letters import services as letters
from community.letters.models import Letter
from community.notices import services as notices
from community.notices.models import Notice
from community.people.models import Person
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.rules import muted_room
from tests.conftest import Told
from tests.doors import Script, browser, problem, say
from tests.groups.copies import copy_of

MUTED = "Muted for you"


@pytest.fixture
def muted(world: World) -> World:
    """Ana muted Tuesday evening, and Ben wrote there since."""
    membership.mute(person=world.ana, group=world.tuesday, muted=True)
    say(world.ben, world.tuesday, "See you on Thursday.")
    return world


def page(person: Person, path: str) -> str:
    return browser(person).get(path).content.decode()


def released(person: Person, world: World) -> Notice:
    """Words of theirs stand in the room since somebody who keeps it let them."""
    return notices.tell(person=person, notice="words_released", about=world.tuesday.pk)


# By page and by API -----------------------------------------------------------------------------------------------


def test_it_is_muted_and_heard_again_by_a_press_on_the_page_about_it(world: World) -> None:
    client, room = browser(world.ana), f"/groups/{world.tuesday.pk}"
    assert "Mute this room for yourself" in client.get(f"{room}/members/").content.decode()
    answer = client.post(f"{room}/mute/", {"muted": "1"})
    assert answer.headers["Location"] == f"{room}/members/#mute"
    assert MUTED in client.get(f"{room}/members/").content.decode()
    client.post(f"{room}/mute/", {"muted": "0"})
    assert MUTED not in client.get(f"{room}/members/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"muted": ""}, {"muted": "yes"}, {"muted": "2"}])
def test_what_is_neither_is_refused_and_changes_nothing(world: World, sent: dict[str, str]) -> None:
    assert browser(world.ana).post(f"/groups/{world.tuesday.pk}/mute/", sent).status_code == 422
    assert not world.seat(world.ana, world.tuesday).muted


def test_it_is_muted_and_heard_again_by_rest(world: World) -> None:
    ana, path = Script(world.ana), f"groups/{world.tuesday.pk}"
    for muted in (True, True, False):
        assert ana.put(f"{path}/mute", {"muted": muted}).json()["muted"] is muted
        assert ana.get(path).json()["muted"] is muted
        assert ana.get("groups").json()["results"][0]["muted"] is muted
    problem(ana.put(f"{path}/mute", {"muted": "yes"}), 422, "type")
    problem(ana.put(f"{path}/mute", {}), 422, "required")
    problem(Script(world.ana, ["chat:read"]).put(f"{path}/mute", {"muted": True}), 403, "scope_missing")
    problem(Script(world.eli).put(f"{path}/mute", {"muted": True}), 404, "not_found")


def test_who_left_mutes_nothing_and_whoever_comes_back_hears_of_it_again(muted: World) -> None:
    membership.unseat(person=muted.ana, group=muted.tuesday, by=muted.ana)
    with pytest.raises(Missing):
        membership.mute(person=muted.ana, group=muted.tuesday, muted=True)
    assert not muted_room(muted.ana.pk, muted.tuesday.pk)
    membership.seat(person=muted.ana, group=muted.tuesday)
    assert not muted.seat(muted.ana, muted.tuesday).muted


# What is quiet then -----------------------------------------------------------------------------------------------


def test_no_number_stands_beside_it_and_the_list_says_why(muted: World) -> None:
    for path in ("/groups/", "/today/"):
        shown = page(muted.ana, path)
        assert MUTED in shown
        assert "1 new message" not in shown
    assert "1 new message" in page(muted.cy, "/groups/")
    membership.mute(person=muted.ana, group=muted.tuesday, muted=False)
    assert "1 new message" in page(muted.ana, "/groups/")


def test_nothing_new_of_it_comes_as_an_update_or_a_mail(muted: World, told: Told) -> None:
    for person in (muted.ana, muted.ben):
        letters.choose(person=person, wanted={"mail": True})
    with told():
        released(muted.ana, muted)
        released(muted.ben, muted)
    assert [one.person for one in Notice.objects.filter(kind="words_released")] == [muted.ben]
    assert [one.person_id for one in Letter.objects.all()] == [muted.ben.pk]
    membership.mute(person=muted.ana, group=muted.tuesday, muted=False)
    with told():
        released(muted.ana, muted)
    assert Notice.objects.filter(kind="words_released", person=muted.ana).exists()


def test_another_room_is_heard_as_before(muted: World) -> None:
    told = notices.tell(person=muted.ana, notice="words_released", about=muted.alumni.pk)
    assert Notice.objects.filter(pk=told.pk).exists()


def test_the_room_itself_stays_as_it_was(muted: World) -> None:
    room = page(muted.ana, f"/groups/{muted.tuesday.pk}/")
    assert "See you on Thursday." in room
    assert "1 new since you were last here" in room
    assert MUTED in room
    assert say(muted.ana, muted.tuesday, "Me too.").body == "Me too."


def test_nothing_that_must_be_heard_can_be_muted(muted: World) -> None:
    kinds = dict(registers.notices.items())
    assert not [name for name, kind in kinds.items() if kind.of_room and kind.always]
    for name in kinds:
        if name == "words_released":
            continue
        told = notices.tell(person=muted.ana, notice=name, about=muted.tuesday.pk)
        assert Notice.objects.filter(pk=told.pk).exists(), name


def test_who_keeps_a_room_hears_of_their_duties_there(world: World, told: Told) -> None:
    membership.mute(person=world.dana, group=world.tuesday, muted=True)
    for duty in ("newcomer_hello", "newcomer_looks", "names_alike", "agreement_taken_back"):
        assert notices.tell(person=world.dana, notice=duty, about=world.tuesday.pk).number, duty
    assert "So is what you have to do for this room." in page(world.dana, f"/groups/{world.tuesday.pk}/members/")


# Whose it is ------------------------------------------------------------------------------------------------------


def test_nobody_else_learns_of_it(muted: World) -> None:
    for other in (muted.ben, muted.cy, muted.dana):
        for path in ("/groups/", f"/groups/{muted.tuesday.pk}/", f"/groups/{muted.tuesday.pk}/members/"):
            assert MUTED not in page(other, path), path
        seen = Script(other).get(f"groups/{muted.tuesday.pk}/members").content.decode()
        assert "muted" not in seen
        assert Script(other).get(f"groups/{muted.tuesday.pk}").json()["muted"] is False
    assert not AuditEntry.objects.filter(action__contains="mute").exists()


def test_it_moves_no_counter_of_the_room(world: World) -> None:
    before = (world.tuesday.version, world.tuesday.seats)
    membership.mute(person=world.ana, group=world.tuesday, muted=True)
    world.tuesday.refresh_from_db()
    assert (world.tuesday.version, world.tuesday.seats) == before


def test_it_stands_in_ones_own_copy(muted: World) -> None:
    assert [one["muted"] for one in copy_of(muted.ana).chapters["rooms"]] == [True]


def test_lists_ask_no_more_for_it(muted: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ana = Script(muted.ana)
    with django_assert_num_queries(2):  # token, seats
        ana.get("groups")


def test_an_id_of_no_room_is_muted_by_nobody(world: World) -> None:
    assert not muted_room(world.ana.pk, UUID(int=7))
