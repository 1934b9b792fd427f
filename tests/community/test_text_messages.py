"""One neutral line to the phone of somebody without e-mail, by a gateway of the clinic's own."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, override
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from community.foundation import clock
from community.foundation.errors import Invalid
from community.letters import services as letters
from community.letters.models import Channel, Letter, Reach, State
from community.letters.rules import PATIENCE
from community.letters.tasks import deliver
from community.notices import services as notices
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from groups.demo.services import World
from tests.doors import browser

NOON = datetime(2026, 11, 18, 17, tzinfo=UTC)  # in New York
SECRET = "s" * 40


class Gateway(HTTPServer):
    """Takes text messages on this machine, and answers what it is told to."""

    def __init__(self) -> None:
        self.said: list[tuple[dict[str, str], bytes]] = []
        self.answer = 204
        super().__init__(("127.0.0.1", 0), Taker)


class Taker(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        gateway = self.server
        assert isinstance(gateway, Gateway)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        gateway.said.append((dict(self.headers.items()), body))
        self.send_response(gateway.answer)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    @override
    def log_message(self, *_said: Any) -> None:
        """Nothing to say."""


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    with Gateway() as gateway:
        thread = threading.Thread(target=gateway.serve_forever, args=[0.05], name="gateway")
        thread.start()
        settings.SMS_URL = f"http://127.0.0.1:{gateway.server_port}/sms?via=1"
        settings.SMS_SECRET = SECRET
        yield gateway
        gateway.shutdown()
        thread.join()


@pytest.fixture
def fay(world: World, gateway: Gateway) -> Iterator[Person]:
    """Fay has no e-mail, and a phone; it is noon."""
    fay = people.create(alias="Fay")
    letters.choose(person=fay, wanted={"phone": "(555) 201-3344", "sms": True})
    with clock.turned(NOON - clock.now()):
        yield fay


def told(person: Person) -> int:
    """Tell, wait, deliver."""
    notices.tell(person=person, notice="words_released", about=uuid4())
    with clock.turned(PATIENCE):
        return deliver()


def test_a_phone_gets_one_signed_neutral_line(fay: Person, gateway: Gateway) -> None:
    assert told(fay) == 1
    ((headers, body),) = gateway.said
    assert json.loads(body) == {"to": "+15552013344", "text": "You have an update."}
    signed = dict(part.split("=") for part in headers["Porchlight-Signature"].split(","))
    assert signed["v1"] == hmac.new(SECRET.encode(), f"{signed['t']}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["Idempotency-Key"] == str(Letter.objects.get().pk)
    assert Letter.objects.get().channel == Channel.SMS


def test_the_phone_of_who_is_away_stays_still(world: World, fay: Person, gateway: Gateway) -> None:
    programs.away(enrollment=programs.enroll(person=fay, cohort=world.cohort))
    assert (told(fay), gateway.said) == (0, [])


@pytest.mark.parametrize(
    ("answer", "state"), [(302, State.DEAD), (400, State.DEAD), (429, State.WAITING), (503, State.WAITING)]
)
def test_a_gateway_that_does_not_take_it(fay: Person, gateway: Gateway, answer: int, state: State) -> None:
    gateway.answer = answer
    assert told(fay) == 0
    assert len(gateway.said) == 1  # no redirect is followed
    assert (Letter.objects.get().state, Letter.objects.get().fault) == (state, f"Refused {answer}")


def test_a_gateway_that_is_away_loses_nothing(fay: Person, settings: Settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/"
    assert told(fay) == 0
    assert (Letter.objects.get().state, Letter.objects.get().fault) == (State.WAITING, "ConnectionRefusedError")


def test_without_a_gateway_there_are_no_text_messages(fay: Person, settings: Settings) -> None:
    settings.SMS_URL = ""
    assert told(fay) == 0
    assert not Letter.objects.exists()
    with pytest.raises(Invalid):
        letters.choose(person=fay, wanted={"sms": True})
    assert "text message" not in browser(fay).get("/settings/updates/").content.decode().split("<p class")[0]


def test_who_gets_mail_gets_no_text_message(world: World, fay: Person, gateway: Gateway) -> None:
    letters.choose(person=world.ana, wanted={"phone": "555-201-3344", "sms": True, "mail": True})
    told(world.ana)
    assert (Letter.objects.get().channel, gateway.said) == (Channel.MAIL, [])


def test_a_phone_number_lies_sealed(fay: Person) -> None:
    assert Reach.objects.get(person=fay).phone == "+15552013344"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM letters_reach")
        assert "5552013344" not in str(cursor.fetchall())
