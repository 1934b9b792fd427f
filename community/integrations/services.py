"""Issuing and revoking tokens."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import NotAllowed
from community.foundation.events import publish
from community.integrations.events import TokenRevoked
from community.integrations.models import Token, digest_of
from community.people.models import Person

SCOPES = frozenset({"chat:read", "chat:write", "seats:write", "moderation", "care", "account", "bench"})
PREFIX = "plt_"
DAYS = 90


@transaction.atomic
def issue(*, person: Person, scopes: Collection[str], label: str = "", days: int = DAYS) -> tuple[Token, str]:
    """Make a token good for ``days`` (1 to 365); returns it with its words, which are shown once and kept nowhere.

    An unknown scope is refused by name. ``bench`` is refused on a live site unless PORCHLIGHT_BENCH=1.
    """
    for scope in scopes:
        if scope not in SCOPES:
            inputs.refuse("/scopes", "choice", _("There is no scope %(scope)s.") % {"scope": scope})
    if not scopes:
        inputs.refuse("/scopes", "required", _("Name at least one scope."))
    inputs.whole(days, at="/days", least=1, most=365)
    if "bench" in scopes and not getattr(settings, "BENCH", True):
        raise NotAllowed(_("The scope bench needs PORCHLIGHT_BENCH=1 here."))
    words, token = made(person=person, scopes=scopes, label=label, days=days)
    token.save(force_insert=True)
    audit.record(action="token.issue", actor=person.pk, subject=f"token:{token.pk}")
    return token, words


def made(*, person: Person, scopes: Collection[str], label: str = "", days: int = DAYS) -> tuple[str, Token]:
    """A token that is not saved yet, and its words."""
    words = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    return words, Token(
        digest=digest_of(words),
        person=person,
        scopes=sorted(scopes),
        label=label,
        created=now,
        expires=now + timedelta(days=days),
    )


@transaction.atomic
def revoke(*, person: Person, token: Token) -> None:
    """Stop a token of one's own at once; again changes nothing. Publishes TokenRevoked."""
    if token.person_id != person.pk:
        raise NotAllowed
    if Token.objects.filter(pk=token.pk, revoked=None).update(revoked=clock.now()):
        publish(TokenRevoked(token_id=token.pk, person_id=person.pk))
        audit.record(action="token.revoke", actor=person.pk, subject=f"token:{token.pk}")


@transaction.atomic
def revoke_every_token(*, person_id: UUID | None = None) -> int:
    """Stop every token there is, or of one person. Returns how many that were. Publishes TokenRevoked for each."""
    now = clock.now()
    tokens = Token.objects.select_for_update(no_key=True).live(now)
    if person_id is not None:
        tokens = tokens.filter(person=person_id)
    stopped = list(tokens)
    Token.objects.filter(pk__in=[token.pk for token in stopped]).update(revoked=now)
    for token in stopped:
        publish(TokenRevoked(token_id=token.pk, person_id=token.person_id))
    return len(stopped)
