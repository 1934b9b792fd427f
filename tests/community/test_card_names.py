"""Who is "Rowan"? The name on a card stays with somebody's time in a program, for who leads them there alone."""

from datetime import timedelta

import pytest

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.crypto import Unreadable
from community.foundation.errors import NotAllowed
from community.joining import services as joining
from community.joining.models import Invitation
from community.joining.services import Place
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Appointment, Cohort
from groups.demo.services import World
from tests.community.desk import at, episode, leader_of, sent, words
from tests.community.test_joining import PARTS, PASSWORD
from tests.doors import browser

SAID = "(card for Dana T)"


@pytest.fixture
def rowan(world: World) -> Person:
    return came_in(world, "Dana T", "Rowan")


def came_in(world: World, name: str, alias: str) -> Person:
    place = Place(program=world.evening, cohort=world.cohort)
    invitation, _card = joining.invite(by=world.dana, place=place, name=name)
    return joining.join(invitation=invitation, alias=alias, password=PASSWORD, agreed=PARTS, language="en")[0]


def of_cohort(cohort: Cohort) -> str:
    return f"/desk/groups/{cohort.pk}/"


def test_who_leads_somebody_reads_both_names(world: World, rowan: Person) -> None:
    for path in (of_cohort(world.cohort), at(rowan), f"/people/{rowan.pk}/renewal/"):
        page = words(world.dana, path)
        assert "Rowan" in page
        assert "Dana T" in page, path
    assert SAID in words(world.dana, of_cohort(world.cohort))


def test_its_person_reads_it_too(world: World, rowan: Person) -> None:
    assert "Your card was for Dana T." in words(rowan, "/my-time/")
    assert "Your card was for" not in words(world.ana, "/my-time/")


def test_it_outlives_the_card(world: World, rowan: Person) -> None:
    with clock.turned(by=timedelta(days=60)):
        joining.forget_names()
        assert Invitation.objects.get(person=rowan).name == ""
        assert episode(rowan).card_name == "Dana T"


def test_it_is_kept_sealed_and_bound_to_its_row(world: World, rowan: Person) -> None:
    row = episode(rowan)
    assert "Dana" not in row.card_name_sealed
    other = episode(world.ana)
    other.card_name_sealed = row.card_name_sealed
    with pytest.raises(Unreadable):
        _moved = other.card_name


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_nobody_else_finds_it(world: World, rowan: Person, who: str) -> None:
    phone = browser(getattr(world, who))
    for path in (of_cohort(world.cohort), at(rowan), f"/people/{rowan.pk}/renewal/"):
        assert phone.get(path).status_code == 404
    for path in (f"/groups/{world.tuesday.pk}/", f"/groups/{world.tuesday.pk}/members/", "/my-time/", "/settings/"):
        assert "Dana T" not in phone.get(path).content.decode()


def test_no_page_of_the_rooms_and_no_api_says_it_even_to_who_leads(world: World, rowan: Person) -> None:
    desk = browser(world.dana)
    for path in (f"/groups/{world.tuesday.pk}/members/", f"/api/v1/cohorts/{world.cohort.pk}/enrollments"):
        answer = desk.get(path)
        assert answer.status_code == 200, path
        assert "Rowan" in answer.content.decode()
        assert "Dana T" not in answer.content.decode()


def test_somebody_welcomed_back_is_known_by_it_again(world: World, rowan: Person) -> None:
    programs.withdraw(enrollment=episode(rowan))
    programs.readmit(person=rowan, cohort=world.cohort)
    assert episode(rowan).is_open
    assert episode(rowan).card_name == "Dana T"


def test_another_program_learns_nothing_of_it(world: World, rowan: Person) -> None:
    elsewhere = programs.enroll(person=rowan, cohort=world.mornings)
    leader = leader_of(world.mornings)
    assert elsewhere.card_name == ""
    for path in (of_cohort(world.mornings), f"/desk/people/{elsewhere.pk}/", f"/people/{rowan.pk}/renewal/"):
        page = words(leader, path)
        assert "Rowan" in page
        assert "Dana T" not in page, path


def test_who_leads_no_more_reads_it_no_more(world: World, rowan: Person) -> None:
    leader = leader_of(world.cohort)
    assert SAID in words(leader, of_cohort(world.cohort))
    programs.dismiss(appointment=Appointment.objects.of(leader.pk).get())
    assert browser(leader).get(of_cohort(world.cohort)).status_code == 404


@pytest.mark.parametrize("alias", ["Noa R", "noa r.", "N\u043ea  R"])
def test_the_same_name_is_not_said_twice(world: World, alias: str) -> None:
    person = came_in(world, "Noa R", alias)
    assert "card for" not in words(world.dana, of_cohort(world.cohort))
    assert episode(person).card_name == "Noa R"


def test_a_name_of_markup_is_shown_as_words(world: World) -> None:
    came_in(world, "<b>Dana</b>", "Rowan")
    assert "(card for &lt;b&gt;Dana&lt;/b&gt;)" in words(world.dana, of_cohort(world.cohort))


def test_staff_write_down_a_name_no_card_had_and_take_it_away_again(world: World) -> None:
    page = at(world.ana, "card-name")
    assert "card for" not in words(world.dana, of_cohort(world.cohort))
    assert sent(world.dana, page, name="  Anna  B ").status_code == 302
    assert "(card for Anna B)" in words(world.dana, of_cohort(world.cohort))
    assert "Your card was for Anna B." in words(world.ana, "/my-time/")
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor) == ("enrollment.card_name", world.dana.pk)
    assert 'value="Anna B"' in words(world.dana, page)
    assert sent(world.dana, page, name="").status_code == 302
    assert episode(world.ana).card_name_sealed == ""
    assert "card for" not in words(world.dana, of_cohort(world.cohort))


@pytest.mark.parametrize("name", ["x" * 41, "Ana\u202eB", "A\x00"])
def test_a_name_that_cannot_be_is_said_beside_it_and_changes_nothing(world: World, rowan: Person, name: str) -> None:
    answer = sent(world.dana, at(rowan, "card-name"), name=name)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert episode(rowan).card_name == "Dana T"


def test_nobody_names_whom_they_do_not_lead(world: World, rowan: Person) -> None:
    for who in (world.ben, world.cy, world.eli, rowan):
        with pytest.raises(NotAllowed):
            programs.keep_card_name(enrollment=episode(rowan), name="Somebody", by=who)
    assert episode(rowan).card_name == "Dana T"
