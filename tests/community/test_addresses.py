"""An address of one's own: added by who is signed in, theirs once the mail that went there was opened."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from community.addresses import services as addresses
from community.addresses.models import Claim
from community.addresses.tasks import send_waiting
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing
from community.foundation.telling import telling_words
from community.letters.models import Letter
from community.letters.tasks import deliver
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from groups.demo.services import World
from tests.doors import browser

PASSWORD, MAIL = "a good long one", "fay@porchlight.test"


@pytest.fixture
def fay(world: World) -> Person:
    """Somebody who signs in with a made name."""
    fay = people.create(alias="Fay", password=PASSWORD)
    people.give_sign_in_name(person=fay)
    return fay


def address_of(person: Person) -> str | None:
    """What stands in the database."""
    return Person.objects.filter(pk=person.pk).get().address


def token_for(person: Person, address: str = MAIL) -> str:
    addresses.claim(person=person, address=address, password=PASSWORD, site="https://evening.test")
    assert send_waiting() == 1
    found = re.search(r"https://evening\.test/a/(\S+)/", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_an_address_counts_once_its_mail_was_opened(fay: Person) -> None:
    client = browser(fay)
    sent = {"address": " FAY@porchlight.test", "password": PASSWORD}
    assert client.post("/settings/address/", sent).status_code == 302
    assert address_of(fay) is None
    assert "A mail is on its way" in client.get("/settings/address/").content.decode()
    send_waiting()
    found = re.search(r"(/a/\S+)", str(mail.outbox[-1].body))
    assert found
    opened = client.get(found.group(1))
    assert (opened.headers["Location"], opened.headers["Referrer-Policy"]) == ("/address/", "no-referrer")
    assert client.post("/address/").headers["Location"] == "/settings/address/"
    assert address_of(fay) == MAIL
    assert Notice.objects.filter(person=fay, kind="address_changed").exists()
    assert not Claim.objects.exists()
    for login in (MAIL, str(fay.sign_in_name)):
        assert Client().post("/sign-in/", {"login": login, "password": PASSWORD}).status_code == 302


def test_asking_tells_nobody_whether_an_address_is_known(world: World, fay: Person) -> None:
    answers = []
    for address in ("ana@porchlight.test", MAIL):
        client = browser(fay)
        answer = client.post("/settings/address/", {"address": address, "password": PASSWORD})
        page = re.sub(r"[A-Za-z0-9]{64}", "TOKEN", client.get("/settings/address/").content.decode())
        answers.append((answer.status_code, answer.headers["Location"], page))
    assert answers[0] == answers[1]


def test_the_mail_says_nothing_and_the_token_is_kept_nowhere(fay: Person) -> None:
    token = token_for(fay)
    told = f"{mail.outbox[-1].subject} {mail.outbox[-1].body}".split("https://", maxsplit=1)[0].lower()
    assert not [word for word in ("fay", "group", "program", "recover") if word in told]
    kept = repr(list(Claim.objects.values_list()))
    assert token not in kept
    assert MAIL not in kept


def test_a_worker_killed_after_sending_leaves_one_link_in_two_mails(
    fay: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(**_asked: object) -> bool:
        raise SystemExit

    addresses.claim(person=fay, address=MAIL, password=PASSWORD, site="https://evening.test")
    with monkeypatch.context() as patch:
        patch.setattr(addresses, "mail_left", killed)
        with pytest.raises(SystemExit):
            send_waiting()
    assert (send_waiting(), send_waiting()) == (1, 0)
    first, again = [str(sent.body) for sent in mail.outbox]
    assert first == again


def test_the_mail_of_an_address_claimed_again_is_another_one(fay: Person) -> None:
    with clock.turned(by=-timedelta(minutes=1)):
        first = token_for(fay)
    assert token_for(fay) != first
    with pytest.raises(Missing):
        addresses.confirm(person=fay, token=first)


def test_somebody_elses_address_stays_theirs(world: World, fay: Person) -> None:
    token = token_for(fay, "ana@porchlight.test")
    with pytest.raises(Conflict):
        addresses.confirm(person=fay, token=token)
    assert address_of(fay) is None


def test_a_token_is_good_once_for_its_own_person_and_three_days(world: World, fay: Person) -> None:
    token = token_for(fay)
    for person, wrong in ((world.ana, token), (fay, token[:-1]), (fay, ""), (fay, "x" * 5000)):
        with pytest.raises(Missing):
            addresses.confirm(person=person, token=wrong)
    with clock.turned(by=timedelta(days=3)), pytest.raises(Missing):
        addresses.confirm(person=fay, token=token)
    addresses.confirm(person=fay, token=token)
    with pytest.raises(Missing):
        addresses.confirm(person=fay, token=token)


def test_a_newer_address_ends_the_older_claim(fay: Person) -> None:
    older, newer = token_for(fay), token_for(fay, "fay.m@porchlight.test")
    with pytest.raises(Missing):
        addresses.confirm(person=fay, token=older)
    assert addresses.confirm(person=fay, token=newer).address == "fay.m@porchlight.test"


def test_a_link_opened_before_signing_in_waits_for_its_person(fay: Person) -> None:
    token, client = token_for(fay), Client()
    client.get(f"/a/{token}/")
    assert client.get("/address/").headers["Location"].startswith("/sign-in/")
    client.post("/sign-in/", {"login": str(fay.sign_in_name), "password": PASSWORD})
    assert client.post("/address/").headers["Location"] == "/settings/address/"
    assert address_of(fay) == MAIL


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"address": MAIL}, {"address": MAIL, "password": "not this one"}, {"address": "fay", "password": PASSWORD},
        {"address": "a\x00@b.test", "password": PASSWORD}, {"address": f"{'x' * 300}@b.test", "password": PASSWORD},
    ],
)  # fmt: skip
def test_what_is_wrong_claims_nothing(fay: Person, sent: dict[str, str]) -> None:
    assert browser(fay).post("/settings/address/", sent).status_code == 422
    assert not Claim.objects.exists()


def test_an_address_is_forgotten_for_a_name_that_is_made(world: World) -> None:
    people.set_password(person=world.ana, password=PASSWORD)
    client = browser(world.ana)
    assert client.post("/settings/address/remove/", {"password": "not this one"}).status_code == 422
    assert client.post("/settings/address/remove/", {"password": PASSWORD}).status_code == 302
    world.ana.refresh_from_db()
    assert (world.ana.address, bool(world.ana.sign_in_name)) == (None, True)
    assert Notice.objects.filter(person=world.ana, kind="address_changed").exists()
    with pytest.raises(Invalid):
        addresses.remove(person=world.ana, password="not this one")


@pytest.mark.parametrize("how", ["changed", "taken away"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_address_before_is_told_and_nobody_elses(world: World, how: str, language: str) -> None:
    people.set_password(person=world.ana, password=PASSWORD)
    people.change(person=world.ana, wanted={"language": language})
    deliver()  # the mail about the password
    if how == "changed":
        addresses.confirm(person=world.ana, token=token_for(world.ana))
    else:
        addresses.remove(person=world.ana, password=PASSWORD)
    mail.outbox.clear()
    deliver()
    former = [sent for sent in mail.outbox if sent.to == ["ana@porchlight.test"]]
    assert [sent.subject for sent in former] == ["You have an update" if language == "en" else "Tienes una novedad"]
    assert not telling_words(str(former[0].body))
    assert ("dirección" in str(former[0].body)) == (language == "es")
    assert "ana@porchlight.test" not in repr(list(Letter.objects.values_list()))


def test_a_first_address_has_none_before_it(fay: Person) -> None:
    addresses.confirm(person=fay, token=token_for(fay))
    assert not Letter.objects.filter(kind="former_address").exists()


def test_what_nobody_confirmed_is_forgotten(fay: Person) -> None:
    addresses.claim(person=fay, address=MAIL, password=PASSWORD, site="")
    assert addresses.forget_old() == 0
    with clock.turned(by=timedelta(days=3, seconds=1)):
        assert send_waiting() == 0
        assert addresses.forget_old() == 1
    assert mail.outbox == []


def test_nobody_signed_out_has_an_address_page(world: World) -> None:
    for answer in (
        Client().get("/settings/address/"),
        Client().post("/settings/address/remove/"),
        Client().get("/address/"),
    ):
        assert answer.headers["Location"].startswith("/sign-in/")
