"""Two people who are kept apart are let into no room together; what is shared already stays, and is shown to staff."""

from typing import Any

import pytest

from community.foundation.errors import NotAllowed
from community.joining import services as joining
from community.joining.models import Invitation
from community.keep_apart import services as apart
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment
from community.programs.rules import NeedsAnotherRoom
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Membership
from groups.passages import services as passages
from groups.passages.models import AlumniOffer
from tests.community.test_inviting import card_for
from tests.community.test_joining import PARTS, TICKED
from tests.doors import Script, browser

WHY = "There is a protective order."


@pytest.fixture
def kit(world: World) -> Person:
    """Somebody who left Tuesday evening, and is kept apart from Lou, who finished and sits among the alumni."""
    lou = people.create(alias="Lou")
    programs.graduate(enrollment=programs.enroll(person=lou, cohort=world.cohort))
    passages.accept_offer(person=lou, offer=AlumniOffer.objects.of(lou.pk).get())
    membership.unseat(person=lou, group=world.tuesday, by=world.dana)
    person = people.create(alias="Kit", address="kit@porchlight.test", password="four words in a row")
    programs.withdraw(enrollment=programs.enroll(person=person, cohort=world.cohort), at_once=True)
    apart.keep_apart(one=person, other=lou, reason=WHY, by=world.dana)
    return person


def came_back(person: Person, code: str) -> Any:
    """Somebody who is here already answers the questions of a card; what the last press says."""
    client = browser(person)
    client.post("/join/", {"code": code})
    client.post("/join/name/", {"alias": person.alias})
    return client.post("/join/agreement/", TICKED)


def seats(person: Person) -> int:
    return Membership.objects.current().of(person.pk).count()


def test_no_seat_opens_beside_them_whoever_gives_it(world: World, kit: Person) -> None:
    with pytest.raises(NeedsAnotherRoom):
        membership.seat(person=kit, group=world.alumni)
    with pytest.raises(NeedsAnotherRoom):
        membership.seat(person=kit, group=world.alumni, by=world.dana)
    with pytest.raises(NotAllowed):  # a volunteer who keeps the room learns no more than that
        membership.seat(person=kit, group=world.alumni, by=world.cy)
    answer = Script(world.cy).post(f"groups/{world.alumni.pk}/members", {"person": str(kit.pk)})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert seats(kit) == 0


def test_a_seat_held_already_stays_and_the_desk_names_the_room(world: World, kit: Person) -> None:
    programs.enroll(person=kit, cohort=world.cohort)
    apart.keep_apart(one=world.ana, other=kit, reason=WHY, by=world.dana)
    assert membership.seat(person=kit, group=world.tuesday).ended is None
    desk = browser(world.dana)
    assert "Both sit in: Tuesday evening group." in desk.get("/desk/apart/").content.decode()
    assert "still sits in one room" in desk.get("/desk/").content.decode()


def test_who_finishes_is_offered_no_seat_beside_them_and_who_leads_hears_that(world: World, kit: Person) -> None:
    episode = programs.enroll(person=kit, cohort=world.cohort)
    before = Notice.objects.of(kit.pk).count()
    programs.graduate(enrollment=episode)
    assert not AlumniOffer.objects.of(kit.pk).exists()
    assert Notice.objects.of(kit.pk).count() == before
    word = Notice.objects.of(world.dana.pk).latest("number")
    assert (word.kind, word.about) == ("needs_another_room", episode.pk)


def test_an_offer_made_before_opens_nothing_and_looks_as_where_a_seat_was_taken(world: World) -> None:
    programs.graduate(enrollment=Enrollment.objects.open().of(world.ana.pk).get())
    offer = AlumniOffer.objects.of(world.ana.pk).get()
    apart.keep_apart(one=world.ana, other=world.ben, reason=WHY, by=world.dana)
    answer = browser(world.ana).post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes"})
    assert answer.status_code == 403
    assert "another room" not in answer.content.decode()
    assert not Membership.objects.current().of(world.ana.pk).filter(group=world.alumni).exists()


def test_with_a_card_they_read_that_the_group_is_full_and_who_invited_them_hears_why_not(
    world: World, kit: Person
) -> None:
    apart.keep_apart(one=world.ana, other=kit, reason=WHY, by=world.dana)
    full, card = card_for(world)
    phone = came_back(kit, card.code)
    assert (phone.status_code, "This group is full." in phone.content.decode()) == (409, True)
    word = Notice.objects.of(world.dana.pk).latest("number")
    assert word.kind == "card_needs_another_room"
    assert not Enrollment.objects.open().of(kit.pk).exists()
    assert Invitation.objects.get(pk=full.pk).used is None

    programs.change_cohort(cohort=world.cohort, wanted={"capacity": 1}, by=world.dana)
    other = people.create(alias="Lee", address="lee@porchlight.test", password="four words in a row")
    really = came_back(other, card_for(world)[1].code)
    assert really.content.decode().split("<main")[1] == phone.content.decode().split("<main")[1]


def test_a_card_is_refused_by_the_service_with_nothing_done(world: World, kit: Person) -> None:
    apart.keep_apart(one=world.ana, other=kit, reason=WHY, by=world.dana)
    invitation, _card = card_for(world)
    with pytest.raises(NeedsAnotherRoom):
        joining.join_again(invitation=invitation, person=kit, agreed=PARTS, language="en")
    invitation.refresh_from_db()
    assert (invitation.used, seats(kit)) == (None, 0)
