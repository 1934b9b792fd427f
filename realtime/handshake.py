"""Who may open a socket: exact Origin for a cookie, a Bearer header for scripts, nothing in the address."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_language_from_request

from community.foundation import clock
from community.integrations.authentication import bearer
from community.people.models import Session
from community.people.sessions import digest_of
from community.people.times import longest_of
from realtime.sockets import Visitor

DEFAULT_PORTS = {"http": 80, "https": 443}


def header(scope: dict[str, Any], name: bytes) -> str | None:
    """One header as text; given twice, it is as good as broken."""
    found = [value for key, value in scope.get("headers", ()) if key == name]
    if not found:
        return None
    return found[0].decode("latin-1") if len(found) == 1 else "\n"


def origin_is_good(scope: dict[str, Any]) -> bool:
    """A page must come from an origin of the allow list; a script with a Bearer header needs none."""
    origin = header(scope, b"origin")
    if origin is None:
        return header(scope, b"authorization") is not None or header(scope, b"cookie") is None
    return _parts(origin) in _allowed(scope)


def _parts(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for what is no origin at all."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or origin != f"{parts.scheme}://{parts.netloc}":
        return None
    if parts.username is not None:
        return None
    return parts.scheme, str(parts.hostname), port or DEFAULT_PORTS[parts.scheme]


def _allowed(scope: dict[str, Any]) -> Iterator[tuple[str, str, int] | None]:
    """The origins of ALLOWED_ORIGINS; ``self`` there stands for the address this socket was asked at."""
    for entry in settings.ALLOWED_ORIGINS:
        found = _own(scope) if entry == "self" else _parts(entry)
        if found is not None:
            yield found


def _own(scope: dict[str, Any]) -> tuple[str, str, int] | None:
    host = header(scope, b"host") or ""
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return None
    return _parts(("https" if scope.get("scheme") == "wss" else "http") + "://" + host)


def visitor(scope: dict[str, Any]) -> Visitor | None:
    """Whose socket it is, by Bearer header or session cookie; None when neither is good. Asks the database once."""
    authorization = header(scope, b"authorization")
    if authorization is not None:
        token = bearer(authorization)
        return Visitor(token.person, None, token, token.expires) if token else None
    key = parse_cookie(header(scope, b"cookie") or "").get(settings.SESSION_COOKIE_NAME, "")
    if not key:
        return None
    session = Session.objects.live(clock.now()).select_related("person").filter(digest=digest_of(key)).first()
    if session is None or session.person is None or session.person.closed is not None:
        return None
    language = device_language(scope) if session.person.language_of_device else None
    return Visitor(session.person, session.pk, None, longest_of(session), language)


def device_language(scope: dict[str, Any]) -> str:
    """The language this device asks for, as a page would find it."""
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT_LANGUAGE"] = header(scope, b"accept-language") or ""
    asked.COOKIES = parse_cookie(header(scope, b"cookie") or "")
    return get_language_from_request(asked)
