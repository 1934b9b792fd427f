"""What no browser of ours sends: each gets its 4xx in kind, none a 5xx, and nothing is kept of it."""

from typing import Any

import pytest
from django.test import Client

from groups.chat.models import Message
from groups.demo.services import World

CODECS = ["hex", "rot13", "base64", "idna", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7", "utf-16", "x"]
MANY = "&".join(f"a{number}=1" for number in range(1500))


def multipart(fields: dict[str, bytes]) -> bytes:
    parts = [
        b'--BB\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in fields.items()
    ]
    return b"".join(parts) + b"--BB--\r\n"


@pytest.fixture
def ana(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.ana)
    return client


@pytest.mark.parametrize("codec", CODECS)
def test_a_form_by_another_codec_is_refused_before_it_is_read(world: World, ana: Client, codec: str) -> None:
    kind = f"multipart/form-data; boundary=BB; charset={codec}"
    words = {"body": b"hi \\ud800 +2AA-", "login": b"a\\ud800@x.test", "password": b"x", "email": b"a@x.test"}
    for path in (f"/groups/{world.tuesday.pk}/post/", "/sign-in/", "/new-password/"):
        for client in (ana, Client(raise_request_exception=False)):
            answer = client.generic("POST", path, multipart(words), content_type=kind)
            assert answer.status_code == 400, (path, answer.content[:200])
    assert not Message.objects.exists()


def test_odd_requests_of_pages_get_a_page(world: World, ana: Client) -> None:
    post, form = f"/groups/{world.tuesday.pk}/post/", "application/x-www-form-urlencoded"
    odd: list[tuple[int, tuple[str, str, bytes, str], dict[str, Any]]] = [
        (413, ("POST", post, b"body=" + b"x" * 300_000, form), {}),
        (400, ("POST", post, MANY.encode(), form), {}),
        (400, ("POST", post, b"xx", "multipart/form-data; boundary="), {}),
        (422, ("POST", post, b"body=%00&key=11111111-1111-4111-8111-111111111111", form), {}),
        (422, ("POST", post, b"body=b&key=00000000-0000-0000-0000-000000000000", form), {}),
        (400, ("GET", "/sign-in/", b"", form), {"headers": {"host": "a b"}}),
        (404, ("GET", "/groups/%00/", b"", form), {}),
        (404, ("GET", "/new-password/%00-x/", b"", form), {}),
        (200, ("GET", f"/groups/{world.tuesday.pk}/?before=%00&reply=%ff", b"", form), {}),
        (200, ("GET", "/groups/", b"", form), {"headers": {"accept-language": "xx-" + "a" * 600}}),
    ]
    for status, (method, path, body, kind), more in odd:
        answer = ana.generic(method, path, body, content_type=kind, **more)
        assert answer.status_code == status, (path, answer.content[:200])
        assert answer["Content-Type"].startswith("text/html")


def test_odd_requests_of_the_api_get_a_problem(world: World, ana: Client) -> None:
    words = f"/api/v1/groups/{world.tuesday.pk}/messages"
    odd: list[tuple[int, tuple[str, str, bytes, str], dict[str, Any]]] = [
        (400, ("GET", f"{words}?{MANY}", b"", "application/json"), {}),
        (400, ("GET", words, b"", "application/json"), {"headers": {"host": "a b"}}),
        (413, ("POST", words, b'{"body": "' + b"x" * 70_000 + b'"}', "application/json"), {}),
        (400, ("POST", words, b'{"body": "\xff"}', "application/json"), {}),
        (400, ("POST", words, b"{}", "application/json; charset=utf-7"), {}),
        (415, ("POST", words, b"body=b", "application/x-www-form-urlencoded"), {}),
        (404, ("GET", "/api/v1/%00", b"", "application/json"), {}),
        (422, ("GET", f"{words}?limit=%00", b"", "application/json"), {}),
        (422, ("GET", f"{words}?limit=1&limit=2", b"", "application/json"), {}),
    ]
    for status, (method, path, body, kind), more in odd:
        answer = ana.generic(method, path, body, content_type=kind, **more)
        assert answer.status_code == status, (path, kind, answer.content[:200])
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status
