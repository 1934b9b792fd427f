"""Invitations at the desk: those of one group alone, by pages; and a word before they end unused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.joining import services as joining
from community.joining.models import Invitation
from community.joining.services import Place
from community.programs import services as programs
from community.programs.models import Cohort
from groups.demo.services import World
from tests.community.desk import at, leader_of, words
from tests.doors import browser


def invited(world: World, name: str, cohort: Cohort | None = None) -> Invitation:
    where = cohort or world.cohort
    return joining.invite(by=world.dana, place=Place(program=where.program, cohort=where), name=name)[0]


def morning(world: World) -> Cohort:
    wanted = {"name": "Morning group", "admission": "rolling", "starts": clock.today("UTC"), "capacity": 12}
    return programs.open_cohort(program=world.evening, wanted=wanted)


def test_a_group_leads_to_its_own_invitations_and_to_a_new_one(world: World) -> None:
    other = morning(world)
    invited(world, "Iris")
    invited(world, "Kai", other)
    group = words(world.dana, f"/desk/groups/{other.pk}/")
    assert f'href="/invitations/?group={other.pk}"' in group
    assert f'href="/invitations/new/?group={other.pk}"' in group
    mine = words(world.dana, f"/invitations/?group={other.pk}")
    assert "Kai" in mine
    assert "Iris" not in mine
    assert f'value="cohort:{other.pk}" selected' in words(world.dana, f"/invitations/new/?group={other.pk}")


@pytest.mark.parametrize("group", ["", "x", "\x00", "00000000-0000-4000-8000-00000000000a", "theirs"])
def test_a_group_that_is_none_of_mine_narrows_nothing(world: World, group: str) -> None:
    invited(world, "Iris")
    asked = str(world.mornings.pk) if group == "theirs" else group
    for path in ("/invitations/", "/invitations/new/"):
        answer = browser(world.dana).get(path, {"group": asked})
        assert answer.status_code == 200
        assert "Harbor mornings" not in answer.content.decode()
    assert "Iris" in browser(world.dana).get("/invitations/", {"group": asked}).content.decode()


def test_invitations_grow_by_pages_and_ask_no_more_for_more(world: World) -> None:
    client = browser(world.dana)
    invited(world, "First one")
    client.get("/invitations/")
    with CaptureQueriesContext(connection) as few:
        client.get("/invitations/")
    for number in range(51):
        invited(world, f"Name {number}")
    with CaptureQueriesContext(connection) as many:
        first = client.get("/invitations/").content.decode()
    second = client.get("/invitations/?page=2").content.decode()
    assert (first.count("/revoke/"), second.count("/revoke/")) == (50, 2)
    assert "First one" in second
    assert len(many) == len(few)


def test_the_desk_says_when_an_invitation_is_about_to_end_unused(world: World) -> None:
    invitation = invited(world, "Iris")
    assert "nobody has come in" not in words(world.dana, "/desk/")
    with clock.turned(by=timedelta(days=6)):
        page = words(world.dana, "/desk/")
        assert "1 invitation is good for two days at most" in page
        assert "Iris" not in page
        joining.revoke(by=world.dana, invitation=invitation)
        assert "nobody has come in" not in words(world.dana, "/desk/")


def test_who_leads_another_group_is_not_told_of_it(world: World) -> None:
    finn = leader_of(morning(world))
    invited(world, "Iris")
    with clock.turned(by=timedelta(days=6)):
        assert "nobody has come in" not in words(finn, "/desk/")
        assert "nobody has come in" not in words(world.cy, "/desk/")


def test_who_cannot_sign_in_any_more_is_helped_from_their_page(world: World) -> None:
    way = f'href="/people/{world.ana.pk}/renewal/"'
    assert way in words(world.dana, at(world.ana))
    assert browser(world.dana).get(f"/people/{world.ana.pk}/renewal/").status_code == 200


def test_who_finished_and_cannot_sign_in_any_more_is_helped_there_too(world: World) -> None:
    page = at(world.ana)
    programs.graduate(enrollment=world.ana.enrollments.get())
    assert f'href="/people/{world.ana.pk}/renewal/"' in words(world.dana, page)
    assert browser(world.dana).get(f"/people/{world.ana.pk}/renewal/").status_code == 200
