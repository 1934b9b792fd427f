"""The whole site as an operator runs it: one signs in by the proxy, two talk over both servers, mail goes out."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from uuid import uuid4

import httpx
import pytest
from django.urls import reverse
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.browser.site import until
from tests.faults.topology import Topology, topology
from tests.mailbox import Mailbox, open_mailbox

pytestmark = [pytest.mark.servers, pytest.mark.alone]

HANDSHAKE = {
    b"Connection": b"Upgrade",
    b"Upgrade": b"websocket",
    b"Sec-WebSocket-Version": b"13",
    b"Sec-WebSocket-Key": b"dGhlIHNhbXBsZSBub25jZQ==",
}
PASSWORD = "a long walk by the river"
KEY = re.compile(r"/new-password/\w+-\S+/")
PEOPLE = f"""
from community.people import services
from groups.demo.services import people
world = people()
for one in (world.ana, world.ben):
    services.set_password(person=one, password={PASSWORD!r})
print(world.tuesday.pk)
"""


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as box:
        yield box


@pytest.fixture(scope="module")
def site(mailbox: Mailbox) -> Iterator[Topology]:
    with topology(mail=mailbox.url) as whole:
        yield whole


@pytest.fixture(scope="module")
def tuesday(site: Topology) -> str:
    """The room Ana and Ben share."""
    return site.webs[0].manage("shell", "--no-imports", "-c", PEOPLE).split()[-1]


class Browser:
    """A browser as the proxy sees it, TLS ended in front. Its cookies are Secure, so they are kept by hand."""

    def __init__(self, site: Topology) -> None:
        self.site, self.cookies = site, dict[str, str]()
        self.origin = site.url.replace("http:", "https:")

    @property
    def headers(self) -> dict[str, str]:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"X-Forwarded-Proto": "https", "Origin": self.origin, "Cookie": jar}

    def ask(self, method: str, path: str, **more: str) -> httpx.Response:
        answer = httpx.request(method, self.site.url + path, headers=self.headers, data=more or None, timeout=30)
        for said in answer.headers.get_list("set-cookie"):
            name, value = said.split(";", 1)[0].split("=", 1)
            assert "Secure" in said
            self.cookies[name] = value
        return answer

    def fill(self, path: str, **fields: str) -> httpx.Response:
        """Open a page with a form, and send it."""
        page = self.ask("GET", path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token is not None, page.status_code
        return self.ask("POST", path, csrfmiddlewaretoken=token[1], **fields)

    def sign_in(self, name: str) -> None:
        answer = self.fill(reverse("account_login"), login=f"{name}@porchlight.test", password=PASSWORD)
        assert answer.status_code == 302, answer.text

    @contextmanager
    def plug(self) -> Iterator[ClientConnection]:
        """This browser's socket, greeted."""
        more = {name: value for name, value in self.headers.items() if name != "Origin"}
        address = self.site.url.replace("http:", "ws:") + "/ws/v1/"
        with connect(address, additional_headers=more, origin=Origin(self.origin)) as line:
            assert json.loads(line.recv(timeout=30))["type"] == "hello"
            yield line


def hears(line: ClientConnection, body: str) -> bool:
    while True:
        frame = json.loads(line.recv(timeout=30))
        if frame.get("type") == "change" and frame["message"]["body"] == body:
            return True


def say(line: ClientConnection, group: str, body: str) -> None:
    line.send(json.dumps({"id": body, "do": "post", "group": group, "key": str(uuid4()), "body": body}))


def test_two_people_sign_in_and_talk_over_both_web_processes(site: Topology, tuesday: str) -> None:
    ana, ben = Browser(site), Browser(site)
    ana.sign_in("ana")
    ben.sign_in("ben")
    assert "Tuesday evening group" in ana.ask("GET", "/groups/").text
    with ana.plug() as of_ana, ben.plug() as of_ben:  # the proxy gives each to the server with fewer lines
        say(of_ana, tuesday, "Good evening.")
        assert hears(of_ben, "Good evening.")
        say(of_ben, tuesday, "Good evening, Ana.")
        assert hears(of_ana, "Good evening, Ana.")
        site.webs[0].stop()
        left = [line for line in (of_ana, of_ben) if closed(line)]
        assert len(left) == 1, "one of them was with each"
    site.heal()
    assert "Good evening, Ana." in ben.ask("GET", f"/groups/{tuesday}/").text


def closed(line: ClientConnection) -> bool:
    """Whether its server went away, and said so."""
    try:
        while True:
            line.recv(timeout=1)
    except TimeoutError:
        return False
    except ConnectionClosed as end:
        return end.rcvd is not None and end.rcvd.code == 4412


def test_static_files_come_compressed_for_a_long_time_and_by_names_of_their_own(site: Topology) -> None:
    page = httpx.get(site.url + reverse("help"), headers={"X-Forwarded-Proto": "https"}, timeout=30)
    (style,) = re.findall(r'href="(/static/community/css/help\.\w{12}\.css)"', page.text)
    answer = httpx.get(site.url + style, headers={"X-Forwarded-Proto": "https"}, timeout=30)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert page.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(("path", "more"), [("/help/", {}), ("/ws/v1/", HANDSHAKE)])
def test_what_the_server_would_stumble_over_stays_at_the_proxy(
    site: Topology, path: str, more: dict[bytes, bytes]
) -> None:
    crooked = {b"X-Forwarded-Proto": b"https", b"Daphne-Root-Path": b"\xff", b"Sec-WebSocket-Protocol": b"\xff"}
    assert httpx.get(site.url + path, headers=crooked | more, timeout=30).status_code < 500


def test_the_worker_sends_the_mail_a_page_asked_for(site: Topology, mailbox: Mailbox, tuesday: str) -> None:
    with site.worker():
        answer = Browser(site).fill(reverse("account_reset_password"), email="ana@porchlight.test")
        assert answer.status_code == 302
        until(lambda: bool(with_a_key(mailbox)), lambda: "No mail came.")
    (letter,) = with_a_key(mailbox)
    assert letter["To"] == "ana@porchlight.test"
    for one in mailbox.received:  # others heard that their password is a new one
        assert not re.search(r"recovery|treatment|porchlight", str(one["Subject"]), re.IGNORECASE)
    assert site.complaints() == []


def with_a_key(mailbox: Mailbox) -> list[EmailMessage]:
    """The letters that came by which somebody chooses a new password."""
    return [letter for letter in mailbox.received if KEY.search(letter.get_content())]
