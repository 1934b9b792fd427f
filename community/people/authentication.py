"""Who somebody is: by address or sign-in name and password on a page, by the session cookie (with CSRF) at the API."""

from typing import Any, override

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from rest_framework import authentication
from rest_framework.request import Request

from community.foundation import clock
from community.foundation.registers import with_who_asks
from community.people.models import Person


class NameAndPassword(BaseBackend):
    """E-mail address or sign-in name, and password. Known or not, it asks and hashes once."""

    @override
    def authenticate(
        self, request: HttpRequest | None, email: str | None = None, password: str | None = None, **more: Any
    ) -> Person | None:
        """``email`` is what allauth calls what was typed; it may be a sign-in name."""
        if not email or not password:
            return None
        person = Person.objects.signing_in_as(email).first()
        if person is None:
            make_password(password)  # as much work as comparing, so that the clock tells nothing
            return None
        return person if person.check_password(password) else None

    @override
    def get_user(self, user_id: Any) -> Person | None:
        """Who asks for a page, with what every page of theirs shows."""
        shown = {name: found(clock.now()) for name, found in with_who_asks.items()}
        return Person.objects.open().filter(pk=user_id).annotate(**shown).first()


class SessionAuthentication(authentication.SessionAuthentication):
    """A signed-in page's own calls. No session and an ended one look the same."""

    @override
    def authenticate(self, request: Request) -> tuple[Person, Any] | None:
        person = request._request.user  # noqa: SLF001 - how DRF itself reaches Django's user
        if not isinstance(person, Person):
            return None
        self.enforce_csrf(request)
        return person, None
