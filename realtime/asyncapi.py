"""The AsyncAPI 3.0 document of the socket, made from ``protocol.py`` so that words and code cannot part."""

from collections.abc import Iterable
from dataclasses import MISSING, fields
from inspect import cleandoc
from typing import Any, get_args, get_origin, get_type_hints

from drf_spectacular.generators import SchemaGenerator

from realtime import protocol

SHAPES = ("Message", "Author", "Reply", "Notice")
CLOSES = {
    protocol.CLOSE_PROTOCOL: "ten malformed frames in a row",
    protocol.CLOSE_SIGNED_OUT: "signed out, or the session or token ended",
    protocol.CLOSE_NOT_READING: "idle, or not reading",
    protocol.CLOSE_RESTART: "this process is leaving, or a store is away: come back",
    protocol.CLOSE_TOO_LARGE: "a frame over 64 KiB",
    protocol.CLOSE_TOO_FAST: "too fast, or too many sockets",
}


def document() -> dict[str, Any]:
    """The whole document, as plain values in a stable order."""
    received = [_message(kind.do, kind.__doc__, _command(kind)) for kind in protocol.COMMANDS.values()]
    sent = [_message(kind.type, kind.__doc__, _event(kind)) for kind in protocol.EVENTS]
    sent += [
        _message("granted", "A command was done; carries what it asks for.", _answer(ok=True)),
        _message("refused", "A command was refused or malformed; nothing happened.", _answer(ok=False)),
    ]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Porchlight",
            "version": str(protocol.PROTOCOL),
            "description": "One socket carries all of a person's groups. Close codes: "
            + "; ".join(f"{code}: {why}" for code, why in CLOSES.items())
            + ".",
        },
        "defaultContentType": "application/json",
        "channels": {"socket": {"address": "/ws/v1/", "messages": _refs([*received, *sent])}},
        "operations": {
            "command": _operation("receive", "What a person may ask.", received),
            "tell": _operation("send", "What a person is told.", sent),
        },
        "components": {
            "messages": {message["name"]: message for message in [*received, *sent]},
            "schemas": _shapes(),
        },
    }


def _message(name: str, about: str | None, payload: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "summary": cleandoc(about or "").splitlines()[0], "payload": payload}


def _refs(messages: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {message["name"]: {"$ref": f"#/components/messages/{message['name']}"} for message in messages}


def _operation(action: str, summary: str, messages: Iterable[dict[str, Any]]) -> dict[str, Any]:
    named = [{"$ref": f"#/channels/socket/messages/{message['name']}"} for message in messages]
    return {"action": action, "summary": summary, "channel": {"$ref": "#/channels/socket"}, "messages": named}


def _command(kind: type[protocol.Command]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    own = [field for field in fields(kind) if field.name != "id"]
    properties = {"id": {}, "do": {"const": kind.do}, **{field.name: _schema(hints[field.name]) for field in own}}
    needed = ["do", *(field.name for field in own if field.default is MISSING)]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _event(kind: type[protocol.Event]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    own = {field.name: _schema(hints[field.name]) for field in fields(kind)}
    if kind is protocol.Change:
        own["message"] = {"$ref": "#/components/schemas/Message"}
    if kind is protocol.Notice:
        own["notice"] = {"$ref": "#/components/schemas/Notice"}
    return {"type": "object", "properties": {"type": {"const": kind.type}, **own}, "required": ["type", *own]}


def _answer(*, ok: bool) -> dict[str, Any]:
    more: dict[str, Any] = (
        {"message": {"$ref": "#/components/schemas/Message"}} if ok else {"error": {"type": "object"}}
    )
    needed = ["re", "ok"] if ok else ["re", "ok", "error"]
    return {"type": "object", "properties": {"re": {}, "ok": {"const": ok}, **more}, "required": needed}


def _schema(hint: Any) -> dict[str, Any]:
    """The JSON schema of a field's type."""
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": _schema(get_args(hint)[1])}
    if get_origin(hint) is list:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    plain = {str: "string", int: "integer", float: "number", bool: "boolean"}
    if hint in plain:
        return {"type": plain[hint]}
    if hint is Any:
        return {}
    return {"type": [plain.get(part, "null") for part in get_args(hint)]}


def _shapes() -> dict[str, Any]:
    """The shapes inside frames, as the REST document has them."""
    whole: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # theirs
    schemas = whole["components"]["schemas"]
    wanted, waiting = {}, list(SHAPES)
    while waiting:
        name = waiting.pop()
        if name in wanted:
            continue
        wanted[name] = schemas[name]
        waiting += _named_in(schemas[name])
    return dict(sorted(wanted.items()))


def _named_in(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else []
        return own + [name for inner in schema.values() for name in _named_in(inner)]
    return [name for inner in schema for name in _named_in(inner)] if isinstance(schema, list) else []
