"""Signed, wordless calls to a service the operator named; nothing else leaves the house this way.

The body is JSON. ``Porchlight-Signature`` is ``t=SECONDS,v1=HEX``: HMAC-SHA256 of "SECONDS.BODY" under the shared
secret. ``Idempotency-Key`` is the same when the call is made again. Redirects are not followed.
"""

import hashlib
import hmac
import http.client
import json
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from community.foundation import clock

PATIENCE = 10.0  # seconds
AGAIN = {408, 425, 429}


class Refused(Exception):
    """The service did not take it."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.lasting = 300 <= status < 500 and status not in AGAIN
        super().__init__(status)


def signature(secret: str, body: bytes, seconds: int) -> str:
    told = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={told}"


def post_signed(url: str, secret: str, said: Mapping[str, object], *, key: str, patience: float = PATIENCE) -> None:
    """Make the call. Raises Refused for any answer but 2xx, OSError when the service is not there."""
    parts = urlsplit(url)
    body = json.dumps(said).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Porchlight-Signature": signature(secret, body, int(clock.now().timestamp())),
    }
    line: http.client.HTTPConnection
    if parts.scheme == "https":
        line = http.client.HTTPSConnection(
            str(parts.hostname), parts.port, timeout=patience, context=ssl.create_default_context()
        )
    else:  # only to a service on this very machine; settings refuse anything else
        line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=patience)
    try:
        line.request("POST", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", body, headers)
        status = line.getresponse().status
    finally:
        line.close()
    if not 200 <= status < 300:
        raise Refused(status)
