"""Signing in, and a new password: the same answer, work and mail-free page for who is here and who is not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from community.letters import services as letters
from community.letters.models import Kind, Letter
from community.letters.tasks import deliver
from community.people import services as people
from community.people.models import Person, Session
from groups.demo.services import World

PASSWORD = "a good long one"
CHANGING = re.compile(r"[A-Za-z0-9]{64}")


@pytest.fixture
def ana(world: World) -> Person:
    people.set_password(person=world.ana, password=PASSWORD)
    return world.ana


SAVEPOINT = re.compile(r"s\d+_x\d+")


def told(path: str, sent: dict[str, str]) -> tuple[object, ...]:
    """Status, headers, page and questions asked of the database, by somebody who comes for the first time."""
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(path, sent)
    page = answer.content.decode()
    for value in sent.values():
        page = page.replace(value, "WHAT WAS TYPED")
    headers = {key: value for key, value in answer.headers.items() if key not in {"Date", "Expires", "Content-Length"}}
    cookies = {key: one["max-age"] for key, one in answer.cookies.items()}
    return (
        answer.status_code,
        headers,
        cookies,
        CHANGING.sub("TOKEN", page),
        [SAVEPOINT.sub("", row["sql"])[:40] for row in asked],
    )


def test_who_is_known_signs_in_and_comes_to_their_groups(ana: Person) -> None:
    client = Client()
    answer = client.post("/sign-in/", {"login": " ANA@porchlight.test", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/phone/?next=%2Ftoday%2F")
    assert client.get("/groups/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(ana: Person) -> None:
    known = told("/sign-in/", {"login": "ana@porchlight.test", "password": "not this one"})
    unknown = told("/sign-in/", {"login": "nobody@porchlight.test", "password": "not this one"})
    assert known == unknown
    assert known[0] == 200
    assert not Session.objects.exclude(person=None).exists()


def test_who_has_no_password_is_told_the_same(world: World) -> None:
    without = told("/sign-in/", {"login": "ben@porchlight.test", "password": "not this one"})
    assert without == told("/sign-in/", {"login": "nobody@porchlight.test", "password": "not this one"})


def test_an_unknown_address_costs_the_same_work(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    real = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for login in ("ana@porchlight.test", "nobody@porchlight.test"):
        Client().post("/sign-in/", {"login": login, "password": f"not this one, {login}"})
    assert hashed == ["not this one, ana@porchlight.test", "not this one, nobody@porchlight.test"]


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"login": "", "password": ""}, {"login": "ana", "password": "x"},
        {"login": "a\x00@b.test", "password": "x"},
        {"login": "ana@porchlight.test", "password": "\x00"}, {"login": "x" * 5000 + "@b.test", "password": "x" * 5000},
        {"login": "ana@porchlight.test", "password": "\ufffd" * 100}, {"login": "<b>@x.test", "password": "x"},
    ],
)  # fmt: skip
def test_nothing_typed_breaks_the_page(ana: Person, sent: dict[str, str]) -> None:
    for path in ("/sign-in/", "/new-password/"):
        assert Client().post(path, {**sent, "email": sent.get("login", "")}).status_code in {200, 302, 400}


def test_nobody_is_sent_to_another_site_after_signing_in(ana: Person) -> None:
    for away in ("https://evil.test/", "//evil.test", "javascript:alert(1)", "/\\evil.test"):
        answer = Client().post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD, "next": away})
        assert answer.headers["Location"] == "/phone/?next=%2Ftoday%2F"


def test_sign_up_is_closed(world: World) -> None:
    before = Person.objects.count()
    for answer in (
        Client().get("/sign-up/"),
        Client().post("/sign-up/", {"email": "fay@porchlight.test", "password1": PASSWORD, "password2": PASSWORD}),
    ):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert Person.objects.count() == before


def test_signing_out_asks_first_and_needs_a_press(ana: Person) -> None:
    client = Client()
    client.force_login(ana)
    assert client.get("/sign-out/").status_code == 200
    assert client.get("/groups/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/groups/").status_code == 302


# --- a new password --------------------------------------------------------------------------------------------------


def work() -> list[Any]:
    """What was left for the worker, without ids, times and what was typed."""
    asked = Letter.objects.filter(kind=Kind.NEW_PASSWORD)
    return list(asked.values_list("kind", "channel", "person", "site", "state", "always"))


def test_a_new_password_is_asked_for_the_same_by_known_and_unknown(ana: Person) -> None:
    known = told("/new-password/", {"email": "ana@porchlight.test"})
    left = work()
    Letter.objects.all().delete()
    unknown = told("/new-password/", {"email": "nobody@porchlight.test"})
    assert known == unknown
    assert known[0] == 302
    assert left == work()
    assert len(left) == 1
    assert mail.outbox == []


def link(ana: Person) -> str:
    letters.ask_for_password(address=str(ana.address), site="https://evening.test")
    deliver()
    found = re.search(r"https://evening\.test(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_only_who_is_known_gets_a_mail_and_it_says_nothing(ana: Person) -> None:
    deliver()
    mail.outbox.clear()
    letters.ask_for_password(address="nobody@porchlight.test", site="https://evening.test")
    assert deliver() == 0
    letters.ask_for_password(address=" ANA@porchlight.test", site="https://evening.test")
    assert deliver() == 1
    (sent,) = mail.outbox
    assert sent.to == ["ana@porchlight.test"]
    told_words = f"{sent.subject} {sent.body}".lower()
    assert not [
        word for word in ("ana", "recover", "treatment", "program", "group", "sober") if f" {word}" in told_words
    ]


def test_a_link_sets_a_password_once_and_signs_out_every_device(ana: Person) -> None:
    device = Client()
    device.force_login(ana)
    path, client = link(ana), Client()
    form = client.get(path, follow=True)
    where = form.redirect_chain[-1][0]
    done = client.post(where, {"password1": "another long one", "password2": "another long one"})
    assert done.status_code == 302
    assert device.get("/groups/").status_code == 302
    ana.refresh_from_db()
    assert ana.check_password("another long one")
    again = Client().get(path, follow=True)
    assert "password1" not in again.content.decode()


def test_a_made_up_link_and_one_of_nobody_look_the_same(ana: Person) -> None:
    real = link(ana)
    uid = real.split("/")[-2].split("-")[0]
    pages = []
    for path in (f"/new-password/{uid}-made-up/", "/new-password/0-made-up/", f"/new-password/{'z' * 25}-made-up/"):
        answer = Client().get(path)
        pages.append((answer.status_code, CHANGING.sub("TOKEN", answer.content.decode())))
    assert pages == [pages[0]] * 3


def test_a_short_or_common_password_is_refused(ana: Person) -> None:
    client = Client()
    where = client.get(link(ana), follow=True).redirect_chain[-1][0]
    for words in ("short", "password123"):
        assert client.post(where, {"password1": words, "password2": words}).status_code == 200
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


# --- limits and a store that is away ---------------------------------------------------------------------------------


def test_guessing_is_slowed_down_the_same_for_known_and_unknown(ana: Person, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/15m/key"}
    answers = {}
    for login in ("ana@porchlight.test", "nobody@porchlight.test"):
        answers[login] = [
            Client().post("/sign-in/", {"login": login, "password": "not this one"}).status_code for _ in range(5)
        ]
        assert Client().post("/sign-in/", {"login": "ben@porchlight.test", "password": "x"}).status_code == 200
    assert answers["ana@porchlight.test"] == answers["nobody@porchlight.test"]
    page = Client().post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD})
    assert page.status_code != 302


def test_signing_in_works_while_redis_is_away(ana: Person, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "5/15m/key"}
    settings.CACHES = {
        "default": {
            "BACKEND": "community.foundation.cache.SturdyRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
        }
    }
    client = Client()
    assert client.get("/sign-in/").status_code == 200
    answer = client.post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/phone/?next=%2Ftoday%2F")
    assert client.get("/groups/").status_code == 200
    wrong = [Client().post("/sign-in/", {"login": "eli@porchlight.test", "password": "x"}) for _ in range(7)]
    assert len({CHANGING.sub("", page.content.decode()) for page in wrong}) == 2  # the limit holds, per process
    client.post("/sign-out/")
    assert client.get("/groups/").status_code == 302


def test_a_link_for_a_new_password_is_old_after_three_days(ana: Person, settings: Settings) -> None:
    assert timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) <= timedelta(days=3)
