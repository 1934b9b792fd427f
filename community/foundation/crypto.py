"""Encrypted fields: AES-256-GCM with a key ring; a value is bound to its table, row and field.

Stored as ``key id:base64(nonce + ciphertext)``. The first key of ``FIELD_KEYS`` writes, every key reads, so a new key
is put in front and rows are rewritten at leisure. What must be found again but never read is kept as a keyed digest.
"""

import base64
import hashlib
import hmac
import secrets
from functools import cache
from typing import TYPE_CHECKING, Self, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.db.models import Model

NONCE = 12


class Unreadable(Exception):
    """The value was moved, changed, or its key is gone."""


def seal(words: str, *, bound_to: str) -> str:
    """Encrypt ``words``; ``bound_to`` is ``table:row:field`` and must be the same when opened."""
    name, cipher = next(iter(_ring(tuple(settings.FIELD_KEYS)).items()))
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + cipher.encrypt(nonce, words.encode(), bound_to.encode())
    return f"{name}:{base64.b64encode(sealed).decode()}"


def unseal(sealed: str, *, bound_to: str) -> str:
    """Decrypt what :func:`seal` made. Raises Unreadable."""
    name, _, text = sealed.partition(":")
    ring = _ring(tuple(settings.FIELD_KEYS))
    if name not in ring:
        raise Unreadable(f"no key {name} on the ring")
    raw = base64.b64decode(text)
    try:
        return ring[name].decrypt(raw[:NONCE], raw[NONCE:], bound_to.encode()).decode()
    except InvalidTag as error:
        raise Unreadable("moved or changed") from error


class Sealed:
    """What a model keeps in its ``<name>_sealed``, read and written in clear; empty stays empty. Saves no row."""

    def __set_name__(self, owner: "type[Model]", name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: "type[Model]") -> Self: ...
    @overload
    def __get__(self, row: "Model", owner: "type[Model]") -> str: ...
    def __get__(self, row: "Model | None", owner: "type[Model]") -> Self | str:
        if row is None:
            return self
        sealed = getattr(row, f"{self.name}_sealed")
        return unseal(sealed, bound_to=self._bound(row)) if sealed else ""

    def __set__(self, row: "Model", words: str) -> None:
        setattr(row, f"{self.name}_sealed", seal(words, bound_to=self._bound(row)) if words else "")

    def _bound(self, row: "Model") -> str:
        return f"{row._meta.db_table}:{row.pk}:{self.name}"  # noqa: SLF001 - Django's documented way in


def digest(words: str, *, bound_to: str) -> str:
    """A keyed digest under the first key, for what is found again and never read; ``bound_to`` is ``table:field``."""
    return digests(words, bound_to=bound_to)[0]


def digests(words: str, *, bound_to: str) -> list[str]:
    """What ``words`` may be kept as: their digest under every key of the ring, so that a new key loses nothing."""
    said = f"{bound_to}:{words}".encode()
    keys = (entry.partition(":") for entry in settings.FIELD_KEYS)
    return [f"{name}:{hmac.new(_for_digests(key), said, hashlib.sha256).hexdigest()}" for name, _, key in keys]


@cache
def _for_digests(key: str) -> bytes:
    """A key of its own, so that nothing is ever both encrypted and digested under the same one."""
    return hmac.new(base64.b64decode(key), b"porchlight digests", hashlib.sha256).digest()


@cache
def _ring(keys: tuple[str, ...]) -> dict[str, AESGCM]:
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS: give at least one key for encrypted fields.")
    return {name: AESGCM(base64.b64decode(key)) for name, _, key in (entry.partition(":") for entry in keys)}
