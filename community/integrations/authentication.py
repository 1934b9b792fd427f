"""``Authorization: Bearer`` as a credential, and the scopes an address asks for."""

from typing import TYPE_CHECKING, Any, override

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions, permissions
from rest_framework.request import Request

from community.foundation import clock
from community.foundation.errors import NotAllowed
from community.integrations.models import Token, digest_of
from community.people.models import Person
from community.sanctions.rules import refuse_suspended

if TYPE_CHECKING:
    from rest_framework.views import APIView


def bearer(header: str) -> Token | None:
    """The live token in an ``Authorization`` header, whose person is loaded with it; None for anything else."""
    kind, _, words = header.partition(" ")
    if kind.lower() != "bearer" or not words.isascii():
        return None
    found = Token.objects.usable(clock.now()).select_related("person").filter(digest=digest_of(words.strip()))
    return found.first()


class BearerAuthentication(authentication.BaseAuthentication):
    @override
    def authenticate(self, request: Request) -> tuple[Person, Token] | None:
        header = request.headers.get("Authorization")
        if header is None:
            return None
        token = bearer(header)
        if token is None:
            raise exceptions.AuthenticationFailed
        return token.person, token

    @override
    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ScopeMissing(NotAllowed):
    code = "scope_missing"


class HasScope(permissions.BasePermission):
    """A token needs the scope that the view names for its method; a session needs none.

    To who is suspended only a few addresses are open, however they come.
    """

    @override
    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not isinstance(request.user, Person):
            return False
        match = request.resolver_match
        refuse_suspended(request.user, match.url_name if match else None)
        if isinstance(request.auth, Token):
            scopes: dict[str, str] = getattr(view, "scopes", {})
            method = "GET" if request.method == "HEAD" else request.method or ""
            if method not in view.allowed_methods or method == "OPTIONS":
                return True  # there is nothing to allow: the answer is 405, or what the address can do
            scope = scopes.get(method, scopes.get("*"))
            if scope is None or not request.auth.allows(scope):
                raise ScopeMissing
        return True


def is_bench(auth: Any) -> bool:
    """Whether limits are raised for this credential: a bench token, where bench tokens are let in today."""
    return isinstance(auth, Token) and auth.allows("bench") and bool(getattr(settings, "BENCH", True))


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # as it is made there
    target_class = BearerAuthentication
    name = "bearer"

    @override
    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer"}


class CookieScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # as it is made there
    target_class = "community.people.authentication.SessionAuthentication"
    name = "cookie"

    @override
    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": "__Host-sessionid"}
