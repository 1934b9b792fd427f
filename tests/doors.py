"""The doors people come through: a script with a token, a browser with a session; and a few words for arranging."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from community.integrations import services as integrations
from community.people.models import Person
from groups.chat import services as chat
from groups.chat.models import Message
from groups.membership.models import Group

ALL = ("chat:read", "chat:write", "seats:write", "care", "moderation", "account")
MESSAGE = {
    "id", "group", "position", "version", "kind", "author", "body", "content_note", "reply_to", "reactions", "created",
    "edited", "removed", "key",
}  # fmt: skip


class Script:
    """What somebody's script says to the API: ``script.get(path)``; without a person, nobody's."""

    def __init__(self, person: Person | None, scopes: Sequence[str] = ALL) -> None:
        self.client = Client()
        words = integrations.issue(person=person, scopes=scopes)[1] if person else None
        self.headers = {"Authorization": f"Bearer {words}"} if words else {}

    def ask(self, method: str, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None) -> Any:
        """``body`` is sent as JSON; text and bytes as they are."""
        sent = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        path = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        return self.client.generic(
            method, path, sent, content_type="application/json", headers={**self.headers, **(headers or {})}
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, body, headers=headers)

    def put(self, path: str, body: Any = None) -> Any:
        return self.ask("PUT", path, body)

    def patch(self, path: str, body: Any = None) -> Any:
        return self.ask("PATCH", path, body)

    def delete(self, path: str) -> Any:
        return self.ask("DELETE", path)


def browser(person: Person | None) -> Client:
    """A browser, signed in as ``person``."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def say(person: Person, group: Group, body: str = "See you Thursday.", **more: Any) -> Message:
    """Post, with a key of its own unless one is given."""
    return chat.post(author=person, group=group, body=body, **{"key": uuid4(), **more})


def problem(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The problem of a refusal, whose form is right."""
    found: dict[str, Any] = json.loads(response.content)
    assert (response.status_code, found["code"]) == (status, code), found
    assert response.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code"} <= set(found)
    assert found["status"] == status
    return found
