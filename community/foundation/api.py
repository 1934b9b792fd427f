"""How the REST doors read and answer: strict JSON in, problems out, cursor pages, first answers given again."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, override

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request as FrameworkRequest
from rest_framework.response import Response

from community.foundation import clock, inputs
from community.foundation.errors import (
    Conflict,
    FieldError,
    Invalid,
    Malformed,
    Missing,
    NotAllowed,
    Refusal,
    TooLarge,
    Unauthenticated,
)
from community.foundation.models import FirstAnswer
from community.foundation.web import as_refusal, with_refusal_headers

if TYPE_CHECKING:
    from community.people.models import Person

log = logging.getLogger(__name__)
PAGE = 50
PAGE_MOST = 200


class Request(FrameworkRequest):
    """A request of somebody who is signed in: what every view behind HasScope is given."""

    user: "Person"


class StrictJSONParser(BaseParser):
    """One JSON object by the input policy; more than 64 KiB is 413."""

    media_type = "application/json"

    @override
    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        raw = stream.read(settings.LIMITS["body_bytes"] + 1)
        if len(raw) > settings.LIMITS["body_bytes"]:
            raise TooLarge
        return inputs.decode(raw)


class AlwaysJSON(BaseContentNegotiation):
    """The API speaks JSON whatever ``Accept`` says."""

    @override
    def select_parser(self, request: FrameworkRequest, parsers: Iterable[BaseParser]) -> BaseParser | None:
        kind = (request.content_type or "").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    @override
    def select_renderer(
        self, request: FrameworkRequest, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


class MethodRefused(Refusal):
    status = 405
    code = "method_not_allowed"
    detail = "This address does not do that."


class MediaRefused(Refusal):
    status = 415
    code = "unsupported_media_type"
    detail = "Send application/json."


FRAMEWORK_REFUSALS: tuple[tuple[type[Exception], type[Refusal]], ...] = (
    (exceptions.ParseError, Malformed),
    (exceptions.NotAuthenticated, Unauthenticated),
    (exceptions.AuthenticationFailed, Unauthenticated),
    (exceptions.PermissionDenied, NotAllowed),
    (exceptions.NotFound, Missing),
    (Http404, Missing),
    (exceptions.MethodNotAllowed, MethodRefused),
    (exceptions.UnsupportedMediaType, MediaRefused),
)


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal as ``application/problem+json``; anything else stays a 500."""
    refusal = as_refusal(error)
    if refusal is None and isinstance(error, exceptions.ValidationError):
        refusal = Invalid(*_field_errors(error.get_full_details()))
    for framework, ours in FRAMEWORK_REFUSALS:
        if refusal is None and isinstance(error, framework):
            refusal = ours()
    if refusal is None:
        return None
    headers = {"Allow": ", ".join(context["view"].allowed_methods)} if refusal.status == 405 else None
    response = Response(refusal.problem(), status=refusal.status, headers=headers)
    response.content_type = "application/problem+json"
    return with_refusal_headers(response, refusal)


def _field_errors(details: Any, at: str = "") -> list[FieldError]:
    if isinstance(details, dict) and "message" in details:
        return [FieldError(pointer=at or "/", code=str(details["code"]), detail=str(details["message"]))]
    if isinstance(details, dict):
        return [
            error for name, inner in details.items() for error in _field_errors(inner, at + inputs.pointer(str(name)))
        ]
    return [error for inner in details for error in _field_errors(inner, at)]


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses names it does not know and values of another type, instead of guessing."""

    @override
    def to_internal_value(self, data: Any) -> Any:
        unknown = [name for name in data if name not in self.fields]
        if unknown:
            raise Invalid(
                *(FieldError(inputs.pointer(name), "unknown", _("There is no such field.")) for name in unknown)
            )
        return super().to_internal_value(data)


class Words(serializers.CharField):
    """Text by the input policy: at most ``max_length`` code points, something visible unless ``allow_blank``."""

    @override
    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is serializers.empty or data is None:
            return super().run_validation(data)
        return self.to_internal_value(data)

    @override
    def to_internal_value(self, data: Any) -> str:
        return inputs.text(data, at=f"/{self.field_name}", most=self.max_length or 4000, blank=self.allow_blank)


class Id(serializers.UUIDField):
    """An id of 36 characters; the nil id is refused."""

    @override
    def to_internal_value(self, data: Any) -> Any:
        return inputs.uuid(data, at=f"/{self.field_name}")


class Whole(serializers.IntegerField):
    """A whole number; text and booleans are not numbers."""

    @override
    def to_internal_value(self, data: Any) -> int:
        return inputs.whole(data, at=f"/{self.field_name}", least=self.min_value or 0, most=self.max_value or 2**53)


class Flag(serializers.BooleanField):
    """True or false, nothing that resembles them."""

    @override
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            inputs.refuse(f"/{self.field_name}", "type", _("This must be true or false."))
        return data


class Choice(serializers.ChoiceField):
    """One of the names given, as a string."""

    @override
    def to_internal_value(self, data: Any) -> str:
        return inputs.one_of(data, frozenset(self.choices), at=f"/{self.field_name}")


class Day(serializers.DateField):
    """A calendar day of ``years``, this century unless told, YYYY-MM-DD."""

    def __init__(self, *, years: range = inputs.YEARS, **more: Any) -> None:
        self.years = years
        super().__init__(**more)

    @override
    def to_internal_value(self, value: Any) -> date:
        return inputs.day(value, at=f"/{self.field_name}", years=self.years)


def checked(serializer: type[StrictSerializer], request: Request, *, partial: bool = False) -> dict[str, Any]:
    """The body, judged by ``serializer``. Raises Invalid or Malformed."""
    data = request.data
    if not isinstance(data, dict) or hasattr(data, "getlist"):
        data = {}
    judge = serializer(data=data, partial=partial)
    judge.is_valid(raise_exception=True)
    return dict(judge.validated_data)


def query(request: Request, *names: str) -> dict[str, str]:
    """The query parameters, each known, each once, without control characters. Raises Invalid (422) otherwise."""
    errors = []
    for name in request.query_params:
        values = request.query_params.getlist(name)
        if name not in names:
            errors.append(FieldError(inputs.pointer(name), "unknown", _("There is no such parameter.")))
        elif len(values) > 1:
            errors.append(FieldError(inputs.pointer(name), "repeated", _("Give this once.")))
        elif inputs.CONTROLS.search(values[0]) or "\ufffd" in values[0]:
            errors.append(
                FieldError(inputs.pointer(name), "characters", _("There is a character here that we can't read."))
            )
    if errors:
        raise Invalid(*errors)
    return {name: request.query_params[name] for name in request.query_params}


def whole_parameter(asked: Mapping[str, str], name: str, default: int | None = None) -> int | None:
    """A query parameter as a whole number of at most 18 digits. Raises Invalid."""
    if name not in asked:
        return default
    words = asked[name]
    if not (words.isascii() and words.isdigit() and len(words) <= inputs.INT_DIGITS):
        inputs.refuse(f"/{name}", "type", _("This must be a whole number."))
    return int(words)


def limit_of(asked: Mapping[str, str]) -> int:
    """``?limit=``: 1 to 200, 50 unless told; more than 200 is taken as 200."""
    found = whole_parameter(asked, "limit", PAGE) or 0
    if found < 1:
        inputs.refuse("/limit", "range", _("This number is out of range."))
    return min(found, PAGE_MOST)


def page_url(request: Request, **changes: int | str) -> str:
    """This address with other query parameters."""
    asked = request.query_params.copy()
    for name in ("before", "after", "since", "cursor"):
        asked.pop(name, None)
    for name, value in changes.items():
        asked[name] = str(value)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


#: What a list takes that is paged by how many were passed.
PAGED = [OpenApiParameter("limit", int), OpenApiParameter("cursor", int)]


def offset_page(request: Request, rows: Any, shapes: Callable[[list[Any]], list[Any]]) -> dict[str, Any]:
    """One page of an ordered queryset as ``{"results", "next", "previous"}``; the cursor is how many were passed."""
    asked = query(request, "limit", "cursor")
    limit, passed = limit_of(asked), whole_parameter(asked, "cursor", 0) or 0
    found = list(rows[passed : passed + limit + 1])
    more, before = len(found) > limit, max(0, passed - limit)
    return {
        "results": shapes(found[:limit]),
        "next": page_url(request, cursor=passed + limit) if more else None,
        "previous": page_url(request, cursor=before) if passed else None,
    }


class IdempotencyKey:
    """The header a creating request may carry: 1 to 200 printable ASCII characters, kept 24 hours."""

    header: ClassVar[str] = "Idempotency-Key"

    @classmethod
    def of(cls, request: Request) -> str | None:
        key = request.headers.get(cls.header)
        if key is not None and not (1 <= len(key) <= 200 and key.isascii() and key.isprintable()):
            inputs.refuse("/Idempotency-Key", "characters", _("A key is 1 to 200 printable ASCII characters."))
        return key


def once(request: Request, act: Callable[[], Response]) -> Response:
    """Do ``act`` at most once per ``Idempotency-Key`` of this person; a repeat gets the first answer.

    The same key with another method, path or body is 409. A refusal is not kept: it changed nothing.
    """
    key = IdempotencyKey.of(request)
    if key is None:
        return act()
    asked = _digest(request)
    with transaction.atomic():
        kept, fresh = FirstAnswer.objects.select_for_update(no_key=True).get_or_create(
            person=request.user.pk, key=key, defaults={"asked": asked, "status": 0, "at": clock.now()}
        )
        too_old = kept.at < clock.now() - settings.IDEMPOTENCY_KEPT
        if not fresh and not too_old:
            if kept.asked != asked:
                raise Conflict
            return Response(kept.answer, status=kept.status)
        response = act()
        kept.asked, kept.status, kept.answer, kept.at = asked, response.status_code, response.data, clock.now()
        kept.save()
        return response


def _digest(request: Request) -> str:
    body = repr(sorted(request.data.items())) if isinstance(request.data, dict) else ""
    return hashlib.sha256(f"{request.method} {request.path} {body}".encode()).hexdigest()


def forget_old_answers() -> int:
    """Drop first answers older than 24 hours; returns how many."""
    older: timedelta = settings.IDEMPOTENCY_KEPT
    return FirstAnswer.objects.filter(at__lt=clock.now() - older).delete()[0]
