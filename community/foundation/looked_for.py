"""Words that somebody looks for. An address stays in a browser's history, so none holds them: it names a place in their

own session, where the latest stand sealed for half an hour. Back, forward and reload find them there.
"""

import secrets
from datetime import datetime, timedelta

from community.foundation import clock, crypto
from community.foundation.web import Request

KEPT = "looked_for"
LASTS = timedelta(minutes=30)
MOST = 5  # in as many tabs as somebody has open, or steps back


def keep(request: Request, words: str) -> str:
    """Keep what was typed. Returns what the address says in its place, as ``found``."""
    name = secrets.token_urlsafe(8)
    row = {"name": name, "sealed": crypto.seal(words, bound_to=_bound(request, name)), "until": _until()}
    request.session[KEPT] = [*_standing(request), row][-MOST:]
    return name


def kept(request: Request) -> str:
    """The words that ``found`` of this address stands for; empty for none, too old, or another session's."""
    name = request.GET.get("found", "")
    row = next((one for one in _standing(request) if one["name"] == name), None)
    return crypto.unseal(row["sealed"], bound_to=_bound(request, name)) if row else ""


def _standing(request: Request) -> list[dict[str, str]]:
    now = clock.now()
    return [one for one in request.session.get(KEPT, ()) if now < datetime.fromisoformat(one["until"])]


def _until() -> str:
    return (clock.now() + LASTS).isoformat()


def _bound(request: Request, name: str) -> str:
    return f"looked_for:{request.user.pk}:{name}"
