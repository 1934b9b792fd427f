"""The session cookie as a credential of the API, with CSRF."""

from typing import Any, override

from rest_framework import authentication
from rest_framework.request import Request

from community.people.models import Person


class SessionAuthentication(authentication.SessionAuthentication):
    """A signed-in page's own calls. No session and an ended one look the same."""

    @override
    def authenticate(self, request: Request) -> tuple[Person, Any] | None:
        person = request._request.user  # noqa: SLF001 - how DRF itself reaches Django's user
        if not isinstance(person, Person):
            return None
        self.enforce_csrf(request)
        return person, None
