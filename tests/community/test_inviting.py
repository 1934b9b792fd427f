"""Staff invite: four fields, a card or a mail, good once and for seven days; and nothing that opens it is kept."""

import re
import smtplib
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from community.audit.models import AuditEntry
from community.foundation import clock, codes
from community.foundation.errors import Invalid, NotAllowed
from community.joining import services as joining
from community.joining.models import GOOD_FOR, Card, Invitation, digests_of
from community.joining.services import Place
from community.joining.tasks import send_waiting
from community.people.models import Session
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.community.test_episodes import at_once
from tests.doors import browser

MAIL = "fay@porchlight.test"
CODE = re.compile(r'class="printed" translate="no">([0-9A-Z-]+)<')


def card_for(world: World, **more: Any) -> tuple[Invitation, Card]:
    """A card into Tuesday evening, made by Dana."""
    invitation, card = joining.invite(
        by=world.dana, place=Place(program=world.evening, cohort=world.cohort), **{"name": "Fay", **more}
    )
    assert card is not None
    return invitation, card


def mailed(world: World, **more: Any) -> tuple[Invitation, str]:
    """A mail into Tuesday evening, and the path of its link."""
    place = Place(program=world.evening, cohort=world.cohort)
    wanted = {"name": "Fay", "address": MAIL, "site": "https://evening.test", **more}
    invitation, _none = joining.invite(by=world.dana, place=place, **wanted)
    assert send_waiting() == 1
    found = re.search(r"https://evening\.test(/j/\S+)", str(mail.outbox[-1].body))
    assert found
    return invitation, found.group(1)


def test_a_card_has_a_link_and_a_code_and_neither_is_kept(world: World) -> None:
    _invitation, card = card_for(world, name="Fay")
    kept = repr(list(Invitation.objects.values_list()))
    assert codes.read(card.code, 10) == card.code
    assert len(card.token) >= 43
    assert not [secret for secret in (card.code, card.token, "Fay") if secret in kept]


def test_staff_read_the_name_they_gave(world: World) -> None:
    invitation, _card = card_for(world, name=" Fay ")
    assert Invitation.objects.filter(pk=invitation.pk).get().name == "Fay"


def test_a_link_and_a_code_open_the_same_one(world: World) -> None:
    invitation, card = card_for(world)
    for opens in (card.token, card.code, codes.shown(card.code, 5).lower()):
        assert Invitation.objects.opened_by(digests_of(opens)).get() == invitation


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_only_who_may_enroll_may_invite(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        joining.invite(by=getattr(world, who), place=Place(program=world.evening, cohort=world.cohort), name="Fay")
    assert not Invitation.objects.exists()


def test_nobody_invites_into_a_program_they_do_not_work_for(world: World) -> None:
    with pytest.raises(NotAllowed):
        joining.invite(by=world.dana, place=Place(program=world.other, cohort=world.mornings), name="Fay")


def test_nobody_invites_to_more_than_they_hold(world: World) -> None:
    joining.invite(by=world.dana, place=Place(program=world.evening, role=StaffRole.FACILITATOR), name="Gus")
    for place in (Place(program=world.evening, role=StaffRole.ADMINISTRATOR), Place(program=world.evening)):
        with pytest.raises(NotAllowed):
            joining.invite(by=world.dana, place=place, name="Gus")


@pytest.mark.parametrize(
    ("wanted", "at"),
    [
        ({"name": "x" * 41}, "/name"), ({"name": "a\x00"}, "/name"), ({"name": ""}, "/name"),
        ({"name": " \u2800 "}, "/name"), ({"name": "Fay\u202eeno"}, "/name"), ({"language": "xx"}, "/language"),
        ({"address": "fay"}, "/address"), ({"address": "fay@"}, "/address"), ({"address": "a\x00@b.test"}, "/address"),
        ({"address": f"{'x' * 250}@b.test"}, "/address"),
    ],
)  # fmt: skip
def test_what_is_wrong_makes_no_invitation(world: World, wanted: dict[str, str], at: str) -> None:
    with pytest.raises(Invalid) as refused:
        joining.invite(
            by=world.dana, place=Place(program=world.evening, cohort=world.cohort), **{"name": "Fay", **wanted}
        )
    assert refused.value.extra["errors"][0]["pointer"] == at
    assert not Invitation.objects.exists()


# --- by mail ---------------------------------------------------------------------------------------------------------


def test_a_mail_leaves_once_and_its_address_is_forgotten(world: World) -> None:
    invitation, _path = mailed(world)
    assert send_waiting() == 0
    assert [sent.to for sent in mail.outbox] == [[MAIL]]
    invitation.refresh_from_db()
    assert (invitation.address_sealed, invitation.is_for(" FAY@porchlight.test")) == ("", True)
    assert MAIL not in repr(list(Invitation.objects.values_list()))


def test_the_mail_names_no_place_no_program_and_nobody(world: World) -> None:
    mailed(world, name="Fay", language="es")
    sent = mail.outbox[-1]
    told = f"{sent.subject} {sent.body}".split("https://", maxsplit=1)[0].lower()
    assert sent.subject == "Tienes una novedad"
    assert not [word for word in ("fay", "dana", "tuesday", "evening", "program", "grupo", "recuper") if word in told]


def test_a_mail_that_did_not_leave_waits_and_opens_nothing_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_self: EmailMessage) -> int:
        raise smtplib.SMTPServerDisconnected

    place = Place(program=world.evening, cohort=world.cohort)
    invitation, _none = joining.invite(
        by=world.dana, place=place, name="Fay", address=MAIL, site="https://evening.test"
    )
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", away)
        assert send_waiting() == 0
    invitation.refresh_from_db()
    assert (invitation.token_digest, invitation.address) == (None, MAIL)
    assert send_waiting() == 0  # not at once
    with clock.turned(by=timedelta(minutes=2)):
        assert send_waiting() == 1


def test_a_mail_that_nobody_takes_is_tried_less_and_less_often(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[timedelta] = []

    def dead(_self: EmailMessage) -> int:
        tries.append(clock.now() - began)
        raise smtplib.SMTPRecipientsRefused({})

    began = waiting(world).created
    monkeypatch.setattr(EmailMessage, "send", dead)
    for minutes in (*range(60), *range(60, 8 * 24 * 60, 60)):
        with clock.turned(by=timedelta(minutes=minutes)):
            assert send_waiting() == 0
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert max(pauses) <= timedelta(hours=7)
    assert pauses[:3] == sorted(pauses[:3])
    assert len(tries) < 45
    assert tries[-1] <= GOOD_FOR


def waiting(world: World, address: str = MAIL) -> Invitation:
    """An invitation whose mail has not left yet."""
    place = Place(program=world.evening, cohort=world.cohort)
    return joining.invite(by=world.dana, place=place, name="Fay", address=address, site="https://evening.test")[0]


def links() -> list[str]:
    return [found.group(1) for sent in mail.outbox if (found := re.search(r"evening\.test(/j/\S+)", str(sent.body)))]


def test_a_worker_killed_after_sending_leaves_one_link_in_two_mails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(**_asked: object) -> bool:
        raise SystemExit

    waiting(world)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "mail_left", killed)
        with pytest.raises(SystemExit):
            send_waiting()
    assert send_waiting() == 1
    first, again = links()
    assert first == again
    assert Client().get(again, follow=True).status_code == 200


@pytest.mark.parametrize("error", [ValueError, UnicodeError, smtplib.SMTPRecipientsRefused({})])
def test_a_mail_that_nobody_can_send_keeps_no_other_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Any
) -> None:
    waiting(world, "gus@porchlight.test")
    waiting(world)
    leave = EmailMessage.send

    def picky(one: EmailMessage) -> int:
        if one.to == ["gus@porchlight.test"]:
            raise error
        return leave(one)

    monkeypatch.setattr(EmailMessage, "send", picky)
    assert send_waiting() == 1
    assert [sent.to for sent in mail.outbox] == [[MAIL]]


@pytest.mark.django_db(transaction=True)
def test_a_slow_mail_server_holds_no_lock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def slow(_one: EmailMessage) -> int:
        held.append(connection.in_atomic_block)
        return 1

    waiting(world)
    monkeypatch.setattr(EmailMessage, "send", slow)
    assert send_waiting() == 1
    assert held == [False]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_send_one_mail(world: World) -> None:
    waiting(world)
    assert at_once([send_waiting, send_waiting]) == ["ok", "ok"]
    assert len(mail.outbox) == 1


def test_a_mail_taken_back_before_it_left_never_leaves(world: World) -> None:
    place = Place(program=world.evening, cohort=world.cohort)
    invitation, _none = joining.invite(by=world.dana, place=place, name="Fay", address=MAIL)
    joining.revoke(by=world.dana, invitation=invitation)
    assert (send_waiting(), mail.outbox) == (0, [])


# --- taking back, forgetting -----------------------------------------------------------------------------------------


def test_who_may_not_invite_may_not_take_back(world: World) -> None:
    invitation, _card = card_for(world)
    with pytest.raises(NotAllowed):
        joining.revoke(by=world.eli, invitation=invitation)
    assert joining.revoke(by=world.dana, invitation=invitation).revoked
    assert AuditEntry.objects.latest("number").action == "invitation.revoke"


def test_names_are_forgotten_a_month_after_a_way_in_closed(world: World) -> None:
    invitation, _card = card_for(world, name="Fay")
    assert joining.forget_names() == 0
    with clock.turned(by=timedelta(days=38)):
        assert joining.forget_names() == 1
        assert joining.forget_names() == 0
    invitation.refresh_from_db()
    assert invitation.name == ""


# --- staff's pages ---------------------------------------------------------------------------------------------------


def place_of(world: World) -> str:
    return f"cohort:{world.cohort.pk}"


def test_a_card_is_shown_to_who_made_it_for_half_an_hour(world: World) -> None:
    dana = browser(world.dana)
    sent = {"place": place_of(world), "name": "Fay", "address": "", "language": "en"}
    answer = dana.post("/invitations/new/", sent)
    assert answer.headers["Location"] == "/invitations/cards/"
    page = dana.get("/invitations/cards/").content.decode()
    (shown,) = CODE.findall(page)
    assert Invitation.objects.opened_by(digests_of(shown)).get().name == "Fay"
    assert "<path d=" in page
    data = Session.objects.filter(person=world.dana).latest("created").data
    assert str(codes.read(shown, 10)) not in data
    with clock.turned(by=timedelta(minutes=31)):
        assert not CODE.findall(dana.get("/invitations/cards/").content.decode())
    dana.post("/invitations/cards/done/")
    assert not CODE.findall(dana.get("/invitations/cards/").content.decode())


def test_four_cards_come_on_one_page_in_the_language_of_each(world: World) -> None:
    dana = browser(world.dana)
    for language in ("en", "es", "en", "es"):
        dana.post("/invitations/new/", {"place": place_of(world), "language": language, "name": "Fay"})
    page = dana.get("/invitations/cards/").content.decode()
    assert len(CODE.findall(page)) == 4
    assert page.count('lang="es"') == 2
    assert "Apunta" in page


def test_the_list_asks_for_the_same_however_long_it_is(world: World, django_assert_max_num_queries: Any) -> None:
    dana = browser(world.dana)
    for number in range(5):
        card_for(world, name=f"Fay {number}")
    with django_assert_max_num_queries(14):
        page = dana.get("/invitations/").content.decode()
    assert all(f"Fay {number}" in page for number in range(5))


def test_the_list_says_what_became_of_each(world: World) -> None:
    taken, _card = card_for(world, name="Gus")
    joining.revoke(by=world.dana, invitation=taken)
    joining.invite(by=world.dana, place=Place(program=world.evening, cohort=world.cohort), name="Fay", address=MAIL)
    page = browser(world.dana).get("/invitations/").content.decode()
    assert "Taken back." in page
    assert "The mail leaves within a minute." in page
    with clock.turned(by=timedelta(days=8)):
        assert "Too old now." in browser(world.dana).get("/invitations/").content.decode()


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_who_may_invite_nobody_finds_no_page(world: World, who: str) -> None:
    client = browser(getattr(world, who))
    invitation, _card = card_for(world)
    for method, path in (
        ("get", "/invitations/"), ("get", "/invitations/new/"), ("post", "/invitations/new/"),
        ("get", "/invitations/cards/"), ("post", f"/invitations/{invitation.pk}/revoke/"),
        ("post", f"/invitations/{uuid4()}/revoke/"),
    ):  # fmt: skip
        assert getattr(client, method)(path, {"place": place_of(world), "language": "en"}).status_code == 404
    assert Invitation.objects.get().revoked is None


def test_nobody_signed_out_finds_staffs_pages(world: World) -> None:
    for path in ("/invitations/", "/invitations/new/", "/invitations/cards/"):
        assert Client().get(path).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"place": "cohort:1"}, {"place": "administrator:1"}, {"place": "x" * 5000},
        {"place": "", "language": "en", "name": "Iris"}, {"place": "PLACE", "language": "en", "name": " "},
        {"place": "PLACE", "language": "xx"}, {"place": "PLACE", "language": "en", "address": "fay"},
        {"place": "PLACE", "language": "en", "name": "x" * 41}, {"place": "PLACE", "language": "en", "name": "\x00"},
    ],
)  # fmt: skip
def test_a_wrong_form_is_shown_again_and_invites_nobody(world: World, sent: dict[str, str]) -> None:
    asked = {key: place_of(world) if value == "PLACE" else value for key, value in sent.items()}
    assert browser(world.dana).post("/invitations/new/", asked).status_code == 422
    assert not Invitation.objects.exists()


def test_no_group_is_chosen_for_who_invites(world: World) -> None:
    page = browser(world.dana).get("/invitations/new/").content.decode()
    assert '<option value="" selected>' in page


def test_a_card_that_was_taken_back_is_none_to_print(world: World) -> None:
    dana = browser(world.dana)
    for name in ("Iris", "Jo"):
        dana.post("/invitations/new/", {"place": place_of(world), "language": "en", "name": name})
    assert "2 cards to print" in dana.get("/invitations/").content.decode()
    dana.post(f"/invitations/{Invitation.objects.first().pk}/revoke/")  # type: ignore[union-attr]  # just made
    assert "1 card to print" in dana.get("/invitations/").content.decode()


def test_a_place_of_another_program_is_not_on_the_list(world: World) -> None:
    sent = {"place": f"cohort:{world.mornings.pk}", "language": "en"}
    assert browser(world.dana).post("/invitations/new/", sent).status_code == 422
    assert str(world.mornings.pk) not in browser(world.dana).get("/invitations/new/").content.decode()


def test_one_press_takes_an_invitation_back(world: World) -> None:
    invitation, _card = card_for(world)
    assert browser(world.dana).post(f"/invitations/{invitation.pk}/revoke/").status_code == 302
    invitation.refresh_from_db()
    assert invitation.revoked
