"""What is too much to hold at once: asked for a page at a time, sent on a piece at a time."""

from collections.abc import AsyncIterator, Iterable, Iterator

from channels.db import database_sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import models
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import translation

ROWS = 500


def in_pages[Row: models.Model](rows: "models.QuerySet[Row]", size: int = ROWS) -> Iterator[Row]:
    """Every row, in the order these have, a few hundred a question; nothing is kept open in between."""
    start = 0
    while page := list(rows[start : start + size]):
        yield from page
        if len(page) < size:
            return
        start += size


def speaking[Piece](language: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces, each made in ``language``, whatever is spoken by the time it is asked for."""
    left = iter(pieces)
    while True:
        with translation.override(language):
            piece = next(left, None)
        if piece is None:
            return
        yield piece


def streamed(request: HttpRequest, pieces: Iterator[bytes], kind: str) -> StreamingHttpResponse:
    """Send pieces as they are made. Left to itself, Django gathers all of them first where it serves on a loop."""
    parts = _one_by_one(pieces) if isinstance(request, ASGIRequest) else pieces
    return StreamingHttpResponse(parts, content_type=kind)


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """No connection to the database waits while a slow phone takes a piece in."""
    while (piece := await database_sync_to_async(_another)(pieces)) is not None:
        yield piece


def _another(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)
