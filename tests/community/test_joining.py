"""Coming in: a card or a link opens the questions of the first day; all of it comes true at once, or nothing does."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from community.audit.models import AuditEntry
from community.consent.models import ConsentRecord
from community.foundation import clock, codes
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from community.joining import services as joining
from community.joining.models import Card, Invitation
from community.joining.services import Place
from community.people import services as people
from community.people.models import Person, Session
from community.programs import services as programs
from community.programs.models import Appointment, Enrollment, StaffRole
from community.recovery.models import RecoveryCode
from groups.demo.services import World
from groups.membership.models import Membership
from tests.community.test_inviting import MAIL, card_for, mailed
from tests.community.test_sign_in import told
from tests.doors import browser

PASSWORD = "four words in a row"
PARTS = ("agreement", "room", "duty")
TICKED = dict.fromkeys(PARTS, "on")


def tables() -> dict[str, int]:
    """How many rows each table has, but for sessions: a visitor has one."""
    models = [model for model in apps.get_models() if model is not Session]
    return {model._meta.label: model._default_manager.count() for model in models}


def typed(card: Card) -> Client:
    """A phone on which the code of a card was typed."""
    client = Client()
    answer = client.post("/join/", {"code": codes.shown(card.code, 5)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/join/name/")
    return client


def answered(client: Client, alias: str = "Fay") -> Client:
    assert client.post("/join/name/", {"alias": alias}).headers["Location"] == "/join/agreement/"
    assert client.post("/join/agreement/", TICKED).headers["Location"] == "/join/sign-in/"
    return client


def came_in(client: Client, **sent: str) -> Person:
    answer = client.post("/join/sign-in/", {"password": PASSWORD, **sent})
    assert answer.headers.get("Location") == "/join/sheet/", answer.content.decode()
    found = Session.objects.exclude(person=None).latest("created").person
    assert found
    return found


# --- the road from card to room --------------------------------------------------------------------------------------


def test_from_a_card_to_a_seat_without_a_mailbox(world: World) -> None:
    invitation, card = card_for(world)
    client = answered(typed(card))
    fay = came_in(client)
    assert (fay.alias, fay.address, bool(fay.sign_in_name), fay.zone) == ("Fay", None, True, world.cohort.zone)
    assert Enrollment.objects.of(fay.pk).open().get().cohort == world.cohort
    assert Membership.objects.current().of(fay.pk).get().group == world.tuesday
    assert RecoveryCode.objects.of(fay.pk).count() == 8
    invitation.refresh_from_db()
    assert (invitation.person, bool(invitation.used)) == (fay, True)
    assert AuditEntry.objects.latest("number").action == "recovery.sheet"
    page = client.get("/join/sheet/").content.decode()
    assert str(fay.sign_in_name) in page
    assert client.get("/join/sheet/").content.decode().count("<code>") == 8  # a phone that loads it again
    assert client.post("/join/sheet/").headers["Location"] == "/phone/?next=%2Ffirst-day%2F"
    assert Client().post("/sign-in/", {"login": str(fay.sign_in_name), "password": PASSWORD}).status_code == 302


def test_what_was_agreed_is_kept_part_by_part_with_its_words(world: World) -> None:
    _invitation, card = card_for(world, language="es")
    fay = came_in(answered(typed(card)))
    kept = {one.purpose: one for one in ConsentRecord.objects.live().of(fay.pk)}
    assert set(kept) == set(PARTS)
    assert {one.language for one in kept.values()} == {"es"}
    assert kept["room"].subject == f"cohort:{world.cohort.pk}"
    assert fay.language == "es"


def test_a_link_is_opened_at_an_address_that_tells_nothing(world: World) -> None:
    _invitation, card = card_for(world)
    client = Client()
    answer = client.get(f"/j/{card.token}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/join/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    page = client.get("/join/").content.decode()
    assert "Tuesday evening group" in page
    assert card.token not in page
    came_in(answered(client))


def test_opening_a_link_uses_nothing_up(world: World) -> None:
    _invitation, card = card_for(world)
    for _scanner in range(3):
        Client().get(f"/j/{card.token}/", follow=True)
    came_in(answered(typed(card)))


def test_who_was_invited_by_mail_may_sign_in_with_that_address(world: World) -> None:
    _invitation, path = mailed(world)
    client = Client()
    client.get(path)
    answered(client)
    for other in ("gus@porchlight.test", "ana@porchlight.test"):
        assert client.post("/join/sign-in/", {"password": PASSWORD, "address": other}).status_code == 422
    fay = came_in(client, address=" FAY@porchlight.test ")
    assert (fay.address, fay.sign_in_name) == (MAIL, None)


def test_who_was_invited_by_mail_may_go_without_an_address(world: World) -> None:
    _invitation, path = mailed(world)
    client = Client()
    client.get(path)
    fay = came_in(answered(client), address="")
    assert (fay.address, bool(fay.sign_in_name)) == (None, True)


def test_a_card_never_takes_an_address(world: World) -> None:
    _invitation, card = card_for(world)
    assert came_in(answered(typed(card)), address="ana@porchlight.test").address is None


def test_an_address_that_signs_in_already_is_told_only_to_who_has_its_mail(world: World) -> None:
    _invitation, path = mailed(world)
    people.create(alias="Gus", address=MAIL)
    client = Client()
    client.get(path)
    page = answered(client).post("/join/sign-in/", {"password": PASSWORD, "address": MAIL})
    assert page.status_code == 422
    assert "You sign in with this address already." in page.content.decode()


def test_somebody_who_is_here_already_comes_in_again_as_themselves(world: World) -> None:
    programs.withdraw(enrollment=Enrollment.objects.of(world.ana.pk).get())
    _invitation, card = card_for(world)
    client, before = browser(world.ana), Person.objects.count()
    assert client.post("/join/", {"code": card.code}).headers["Location"] == "/join/name/"
    assert 'value="Ana"' in client.get("/join/name/").content.decode()
    assert client.post("/join/name/", {"alias": "Ana"}).headers["Location"] == "/join/agreement/"
    assert client.post("/join/agreement/", TICKED).headers["Location"] == "/first-day/"
    assert Enrollment.objects.of(world.ana.pk).open().exists()
    assert Person.objects.count() == before


def test_somebody_here_already_takes_another_name_for_that_group_alone(world: World) -> None:
    other = people.create(alias="cy")
    _invitation, card = card_for(world)
    client, before = browser(other), tables()
    client.post("/join/", {"code": card.code})
    refused = client.post("/join/name/", {"alias": "cy"})
    assert refused.status_code == 422
    assert (
        "Somebody in this group already goes by this name, or one like it. Please choose another."
        in refused.content.decode()
    )
    assert tables() == before
    client.post("/join/name/", {"alias": "Rowan"})
    assert client.post("/join/agreement/", TICKED).headers["Location"] == "/first-day/"
    seat = Membership.objects.current().of(other.pk).get(group=world.tuesday)
    other.refresh_from_db()
    assert (seat.alias, seat.named_here, other.alias) == ("Rowan", True, "cy")


def test_a_name_for_one_group_is_taken_on_by_a_seat_that_was_on_its_way_out(world: World) -> None:
    programs.withdraw(enrollment=Enrollment.objects.of(world.ana.pk).get())
    invitation, _card = card_for(world)
    joining.join_again(invitation=invitation, person=world.ana, agreed=PARTS, language="en", alias="Rowan")
    assert world.seat(world.ana, world.tuesday).alias == "Rowan"


def test_another_name_that_somebody_took_meanwhile_is_asked_for_again(world: World) -> None:
    other = people.create(alias="Fay")
    _invitation, card = card_for(world)
    client = browser(other)
    client.post("/join/", {"code": card.code})
    client.post("/join/name/", {"alias": "Rowan"})
    people.change(person=world.ben, wanted={"alias": "rowan"})
    before = tables()
    assert client.post("/join/agreement/", TICKED).headers["Location"] == "/join/name/"
    assert tables() == before
    client.post("/join/name/", {"alias": "Fay"})
    assert client.post("/join/agreement/", TICKED).headers["Location"] == "/first-day/"


def test_somebody_who_is_to_work_here_is_asked_for_no_other_name(world: World) -> None:
    place = Place(program=world.evening, role=StaffRole.MODERATOR)
    _invitation, card = joining.invite(by=world.dana, place=place, name="Fay")
    assert card
    client = browser(world.eli)
    client.post("/join/", {"code": card.code})
    assert client.get("/join/name/").headers["Location"] == "/join/agreement/"
    assert "Step 2 of 2" in client.get("/join/agreement/").content.decode()


def test_signing_in_meanwhile_keeps_the_invitation(world: World) -> None:
    people.set_password(person=world.eli, password=PASSWORD)
    _invitation, card = card_for(world)
    client = Client()
    client.get(f"/j/{card.token}/")
    client.post("/sign-in/", {"login": "eli@porchlight.test", "password": PASSWORD, "next": "/join/"})
    assert "You are signed in as Eli" in client.get("/join/").content.decode()


def test_a_card_for_staff_appoints_them(world: World) -> None:
    place = Place(program=world.evening, role=StaffRole.MODERATOR)
    _invitation, card = joining.invite(by=world.dana, place=place, name="Fay")
    assert card
    client = typed(card)
    client.post("/join/name/", {"alias": "Gail"})
    assert client.post("/join/agreement/", {"agreement": "on"}).headers["Location"] == "/join/sign-in/"
    gail = came_in(client)
    assert Appointment.objects.of(gail.pk).get().role == StaffRole.MODERATOR
    assert Membership.objects.current().of(gail.pk).filter(group=world.tuesday).get().keeps


# --- one question at a time ------------------------------------------------------------------------------------------


def test_no_question_is_skipped(world: World) -> None:
    _invitation, card = card_for(world)
    client = typed(card)
    assert client.get("/join/agreement/").headers["Location"] == "/join/name/"
    client.post("/join/name/", {"alias": "Fay"})
    assert client.get("/join/sign-in/").headers["Location"] == "/join/agreement/"
    assert client.post("/join/sign-in/", {"password": PASSWORD}).headers["Location"] == "/join/agreement/"


def test_going_back_finds_the_answers(world: World) -> None:
    _invitation, card = card_for(world)
    client = answered(typed(card))
    assert 'value="Fay"' in client.get("/join/name/").content.decode()
    assert client.get("/join/agreement/").content.decode().count("checked") == 3


def test_no_box_is_ticked_beforehand_and_each_is_needed(world: World) -> None:
    _invitation, card = card_for(world)
    client = typed(card)
    client.post("/join/name/", {"alias": "Fay"})
    assert "checked" not in client.get("/join/agreement/").content.decode()
    for part in PARTS:
        sent = {key: value for key, value in TICKED.items() if key != part}
        assert client.post("/join/agreement/", sent).status_code == 422
    assert client.get("/join/sign-in/").headers["Location"] == "/join/agreement/"


def test_saying_no_makes_nothing_and_the_card_stays_good(world: World) -> None:
    _invitation, card = card_for(world)
    client, before = answered(typed(card)), tables()
    assert client.post("/join/not-now/").status_code == 200
    assert client.get("/join/agreement/").headers["Location"] == "/join/"
    assert tables() == before
    came_in(answered(typed(card)))


def test_until_the_last_answer_nothing_is_kept_but_on_the_visitors_own_session(world: World) -> None:
    _invitation, card = card_for(world)
    before = tables()
    answered(typed(card))
    assert tables() == before


def test_the_password_is_never_kept_between_pages(world: World) -> None:
    _invitation, card = card_for(world)
    client = answered(typed(card))
    client.post("/join/sign-in/", {"password": "short"})
    assert "short" not in str(dict(client.session))
    fay = came_in(client)
    assert "joining" not in client.session
    assert PASSWORD not in str(dict(client.session))
    assert fay.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "password123", "x" * 201, "\x00" * 12])
def test_a_password_that_will_not_do_is_refused_and_makes_nothing(world: World, password: str) -> None:
    _invitation, card = card_for(world)
    client = answered(typed(card))
    before = tables()
    assert client.post("/join/sign-in/", {"password": password}).status_code == 422
    assert tables() == before


@pytest.mark.parametrize(
    "alias",
    [
        "", " ", "\u200b", "\u202eyaF", "Fay\u2066", "F\u00ady", "\u3164", "x" * 41, "x" * 60, "Moderator",
        "Dana (staff)", "fay@porchlight.test", "555-123-4567", "Ana", "\u0410N\u0410", " ana ",
        "Fay\nGus", "Fay\x00", "a" * 100_000,
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_before_anything_is_made(world: World, alias: str) -> None:
    _invitation, card = card_for(world)
    client, before = typed(card), tables()
    assert client.post("/join/name/", {"alias": alias}).status_code == 422
    assert client.get("/join/agreement/").headers["Location"] == "/join/name/"
    assert tables() == before


@pytest.mark.parametrize("alias", ["F", "x" * 40, "José", "Fay M.", "李", "Eli"])
def test_other_names_are_fine(world: World, alias: str) -> None:
    _invitation, card = card_for(world)
    assert came_in(answered(typed(card), alias)).alias == alias


def test_a_name_that_somebody_took_meanwhile_is_asked_for_again(world: World) -> None:
    _invitation, card = card_for(world)
    client = answered(typed(card))
    people.change(person=world.ben, wanted={"alias": "Fay"})
    before = tables()
    assert client.post("/join/sign-in/", {"password": PASSWORD}).headers["Location"] == "/join/name/"
    assert tables() == before
    came_in(answered(client, "Fay M."))


# --- what opens nothing ----------------------------------------------------------------------------------------------


def used(world: World) -> Card:
    _invitation, card = card_for(world)
    came_in(answered(typed(card), "Gus"))
    return card


def revoked(world: World) -> Card:
    invitation, card = card_for(world)
    joining.revoke(by=world.dana, invitation=invitation)
    return card


def too_old(world: World) -> Card:
    with clock.turned(by=-timedelta(days=7)):
        return card_for(world)[1]


def foreign(_world: World) -> Card:
    return Card(invitation_id="", token="A" * 43, code=codes.make(10))


CLOSED = {"used": used, "revoked": revoked, "too old": too_old, "foreign": foreign}


def test_everything_that_opens_nothing_is_told_the_same(world: World) -> None:
    cards = [make(world) for make in CLOSED.values()]
    for card in cards:
        answer = told("/join/", {"code": card.code})
        assert answer == told("/join/", {"code": cards[0].code})
        assert answer[0] == 422
    links = []
    for opens in [*(card.token for card in cards), cards[0].token[:-9], "x", "%00", "%F0%9F%8F%A0", "a" * 900]:
        client = Client()
        there = client.get(f"/j/{opens}/")
        page = client.get("/join/")
        links.append((there.status_code, there.headers["Location"], page.status_code, len(page.content)))
    assert links == [links[0]] * len(links)
    assert links[0][:3] == (302, "/join/", 422)


@pytest.mark.parametrize(
    "code", ["", " ", "0", "ABCDE-FGHJK", "\x00" * 10, "🏠" * 10, "x" * 5000, "' OR 1=1 --", "UUUUU-UUUUU", "\u202e"]
)
def test_a_code_that_cannot_be_one_is_told_the_same(world: World, code: str) -> None:
    answer = Client().post("/join/", {"code": code})
    assert answer.status_code == 422
    assert "This opens nothing." in answer.content.decode()


def test_look_alike_letters_open_a_card(world: World) -> None:
    _invitation, card = card_for(world)
    drawn = card.code.replace("0", "o").replace("1", "l").lower()
    assert Client().post("/join/", {"code": f" {drawn[:3]} {drawn[3:]} "}).status_code == 302


@pytest.mark.parametrize("when", ["name", "agreement", "sign-in"])
def test_an_invitation_taken_back_on_the_way_ends_there_with_nothing_done(world: World, when: str) -> None:
    invitation, card = card_for(world)
    client = answered(typed(card))
    joining.revoke(by=world.dana, invitation=invitation)
    before = tables()
    answer = client.post(f"/join/{when}/", {"alias": "Fay", "password": PASSWORD, **TICKED})
    assert answer.headers["Location"] == "/join/"
    assert "This opens nothing." in client.get("/join/").content.decode()
    assert tables() == before


def test_a_card_is_good_once_even_for_two_at_the_same_moment(world: World) -> None:
    invitation, card = card_for(world)
    answered(typed(card))
    joining.join(invitation=invitation, alias="Fay", password=PASSWORD, agreed=PARTS, language="en")
    before = tables()
    with pytest.raises(Missing):
        joining.join(invitation=invitation, alias="Gus", password=PASSWORD, agreed=PARTS, language="en")
    with pytest.raises(Missing):
        joining.join_again(invitation=invitation, person=world.eli, agreed=PARTS, language="en")
    assert tables() == before


def test_a_full_group_takes_nobody_and_the_card_stays_good(world: World) -> None:
    _invitation, card = card_for(world)
    client = answered(typed(card))
    programs.change_cohort(cohort=world.cohort, wanted={"capacity": 1}, by=world.dana)
    before = tables()
    answer = client.post("/join/sign-in/", {"password": PASSWORD})
    assert answer.status_code == 409
    assert "full" in answer.content.decode()
    assert tables() == before
    programs.change_cohort(cohort=world.cohort, wanted={"capacity": 12}, by=world.dana)
    came_in(client)


def test_an_invitation_ends_with_the_right_of_who_wrote_it(world: World) -> None:
    invitation, card = card_for(world)
    client = answered(typed(card))
    for held in Appointment.objects.of(world.dana.pk):
        programs.dismiss(appointment=held)
    before = tables()
    assert client.post("/join/sign-in/", {"password": PASSWORD}).status_code == 403
    assert tables() == before
    with pytest.raises(NotAllowed):
        joining.join_again(invitation=invitation, person=world.eli, agreed=PARTS, language="en")


def test_enrolling_twice_is_refused_and_the_card_stays_good(world: World) -> None:
    invitation, _card = card_for(world)
    with pytest.raises(Conflict):
        joining.join_again(invitation=invitation, person=world.ana, agreed=PARTS, language="en")
    invitation.refresh_from_db()
    assert invitation.used is None


def test_the_service_itself_insists_on_every_part(world: World) -> None:
    invitation, _card = card_for(world)
    with pytest.raises(Invalid):
        joining.join(invitation=invitation, alias="Fay", password=PASSWORD, agreed=("agreement",), language="en")


def test_pressing_the_last_button_twice_is_the_same_as_once(world: World) -> None:
    _invitation, card = card_for(world)
    client = answered(typed(card))
    came_in(client)
    before = tables()
    assert client.post("/join/sign-in/", {"password": PASSWORD}).status_code == 302
    assert tables() == before


# --- limits ----------------------------------------------------------------------------------------------------------


def test_trying_codes_is_slowed_down_by_where_it_comes_from(world: World, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "door_tries": 3, "try_seconds": 3600}
    tries: list[Any] = [Client().post("/join/", {"code": codes.make(10)}) for _try in range(4)]
    assert [one.status_code for one in tries] == [422, 422, 422, 429]
    assert Client().post("/join/", {"code": codes.make(10)}, REMOTE_ADDR="192.0.2.9").status_code == 422
    assert Client().get("/j/x/").status_code == 429


def test_trying_codes_from_many_places_is_slowed_down_by_how_they_begin(world: World, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "tries": 3, "try_seconds": 3600}
    alike = [code for code in (codes.make(10) for _try in range(50_000)) if code.startswith("7K")][:4]
    answers = [
        Client().post("/join/", {"code": code}, REMOTE_ADDR=f"192.0.2.{number}").status_code
        for number, code in enumerate(alike)
    ]
    assert answers == [422, 422, 422, 429]


def test_who_was_limited_has_used_nothing_up(world: World, settings: Settings) -> None:
    _invitation, card = card_for(world)
    settings.LIMITS = {**settings.LIMITS, "door_tries": 0}
    assert Client().post("/join/", {"code": card.code}).status_code == 429
    settings.LIMITS = {**settings.LIMITS, "door_tries": 60}
    assert Invitation.objects.usable(clock.now()).exists()
    typed(card)
