"""The clinic's tablet: one person after the other, and nothing of anybody stays on it."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import NotAllowed
from community.people import services as people
from community.people.models import Person, Session
from community.people.sessions import TABLET
from community.phones import services as phones
from community.tablets import services as tablets
from groups.demo.services import World
from tests.community.test_inviting import card_for
from tests.doors import browser

PASSWORD = "four words in a row"


@pytest.fixture
def tablet(world: World) -> Client:
    """A device that Dana made the clinic's; nobody is signed in on it."""
    client = browser(world.dana)
    answer = client.post("/tablet/")
    assert answer.headers["Location"] == "/sign-in/"
    return client


@pytest.fixture
def ana(world: World) -> Person:
    people.set_password(person=world.ana, password=PASSWORD)
    return world.ana


def sign_in(client: Client) -> Session:
    client.post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD})
    found = Session.objects.live(clock.now()).exclude(person=None).latest("created")
    assert found.tablet
    return found


def test_whoever_makes_it_one_is_signed_out_and_its_browser_emptied(world: World) -> None:
    client = browser(world.dana)
    answer = client.post("/tablet/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/groups/").status_code == 302
    cookie = answer.cookies[TABLET]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert AuditEntry.objects.latest("number").action == "tablet.begin"


def test_nobody_is_asked_whose_it_is(tablet: Client, ana: Person) -> None:
    answer = tablet.post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD})
    assert "phone" not in answer.headers["Location"]
    assert tablet.get("/phone/").status_code == 404


def test_nobody_can_say_that_it_is_only_theirs(tablet: Client, ana: Person) -> None:
    session = sign_in(tablet)
    assert tablet.post("/phone/", {"only_mine": "True"}).status_code == 404
    with pytest.raises(NotAllowed):
        phones.answer(person=ana, session_id=session.pk, only_mine=True)
    session.refresh_from_db()
    assert session.only_mine is None


def test_five_quiet_minutes_sign_out(tablet: Client, ana: Person) -> None:
    sign_in(tablet)
    with clock.turned(by=timedelta(minutes=4)):
        assert tablet.get("/tablet/awake/").status_code == 204
    with clock.turned(by=timedelta(minutes=8)):
        assert tablet.get("/groups/").status_code == 200
    with clock.turned(by=timedelta(minutes=13, seconds=1)):
        assert tablet.get("/groups/").status_code == 302


def test_its_cookie_goes_with_the_browser(tablet: Client, ana: Person) -> None:
    answer = tablet.post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD})
    assert answer.cookies["sessionid"]["max-age"] == ""
    assert tablet.get("/groups/").status_code == 200


def test_done_signs_out_empties_the_browser_and_shows_the_way_in(tablet: Client, ana: Person) -> None:
    session = sign_in(tablet)
    assert 'action="/tablet/done/"' in tablet.get("/groups/").content.decode()
    answer = tablet.post("/tablet/done/")
    assert answer.headers["Location"] == "/sign-in/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    session.refresh_from_db()
    assert (bool(session.ended), session.data) == (True, "")
    page = tablet.get("/sign-in/").content.decode()
    assert 'action="/tablet/done/"' not in page
    assert 'href="/join/"' in page


def test_other_devices_have_no_such_button_and_no_such_hurry(world: World) -> None:
    client = browser(world.ana)
    assert "/tablet/" not in client.get("/groups/").content.decode()
    with clock.turned(by=timedelta(days=1)):
        assert client.get("/groups/").status_code == 200


def test_somebody_who_types_a_card_on_it_has_a_quarter_of_an_hour_a_page(world: World, tablet: Client) -> None:
    _invitation, card = card_for(world)
    tablet.post("/join/", {"code": card.code})
    with clock.turned(by=timedelta(minutes=14)):
        assert tablet.get("/join/name/").status_code == 200
    with clock.turned(by=timedelta(minutes=31)):
        assert tablet.get("/join/name/").headers["Location"] == "/join/"


def test_staff_make_it_an_ordinary_device_again(world: World, tablet: Client) -> None:
    tablet.force_login(world.dana)
    assert "Make it an ordinary device again" in tablet.get("/tablet/").content.decode()
    answer = tablet.post("/tablet/")
    assert answer.cookies[TABLET].value == ""
    assert tablet.get("/groups/").status_code == 302
    tablet.force_login(world.dana)
    assert not Session.objects.exclude(person=None).latest("created").tablet
    assert AuditEntry.objects.filter(action="tablet.end").exists()


@pytest.mark.parametrize("value", ["1", "1:1rXyZ:forged", "", "\x00", "x" * 3000])
def test_a_cookie_somebody_made_up_is_none(world: World, value: str) -> None:
    client = Client()
    client.cookies[TABLET] = value
    client.force_login(world.ana)
    assert not Session.objects.exclude(person=None).latest("created").tablet
    assert client.get("/groups/").status_code == 200


def test_a_cookie_for_another_purpose_is_none(world: World) -> None:
    client = Client()
    client.cookies[TABLET] = signing.get_cookie_signer(salt="something else").sign("1")
    client.force_login(world.ana)
    assert not Session.objects.exclude(person=None).latest("created").tablet


@pytest.mark.parametrize("who", ["ana", "ben", "eli"])
def test_only_staff_find_the_page(world: World, who: str) -> None:
    client = browser(getattr(world, who))
    assert (client.get("/tablet/").status_code, client.post("/tablet/").status_code) == (404, 404)
    assert client.get("/groups/").status_code == 200
    session = Session.objects.exclude(person=None).latest("created")
    for act in (tablets.begin, tablets.end):
        with pytest.raises(NotAllowed):
            act(by=getattr(world, who), session_id=session.pk)


def test_nobody_signed_out_sets_one_up(world: World) -> None:
    for answer in (Client().get("/tablet/"), Client().post("/tablet/"), Client().get("/tablet/awake/")):
        assert answer.headers["Location"].startswith("/sign-in/")
