"""Encrypted fields: AES-256-GCM with a key ring; a value is bound to its table, row and field.

Stored as ``key id:base64(nonce + ciphertext)``. The first key of ``FIELD_KEYS`` writes, every key reads, so a new key
is put in front and rows are rewritten at leisure.
"""

import base64
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

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


@cache
def _ring(keys: tuple[str, ...]) -> dict[str, AESGCM]:
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS: give at least one key for encrypted fields.")
    return {name: AESGCM(base64.b64decode(key)) for name, _, key in (entry.partition(":") for entry in keys)}
