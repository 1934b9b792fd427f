"""Mail that waits in rows; and where there is no mail server: printed for who runs a demo, refused on a live site."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import override

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend
from django.db.models import Model

from community.foundation import clock, leases

log = logging.getLogger(__name__)
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=6)  # between two tries
LEASE = 120  # seconds one mail may take; who is killed meanwhile leaves it to the next


def next_try(since: datetime) -> datetime:
    """When a mail that did not leave is tried again: it waits as long once more, a minute to six hours."""
    now = clock.now()
    return now + min(max(now - since, SHORTEST), LONGEST)


def send_each[Row: Model](rows: Iterable[Row], send: Callable[[Row], bool], *, put_off: Callable[[Row], object]) -> int:
    """Send the mail of each row, in no transaction: a slow mail server holds no lock. Returns how many left.

    One that fails is logged by its id, ``put_off`` for a while, and keeps no other waiting. Two processes may come by
    at once: each row is one's alone meanwhile, and ``send`` asks again whether its mail still waits.
    """
    return sum(_sent(row, send, put_off) for row in rows)


def _sent[Row: Model](row: Row, send: Callable[[Row], bool], put_off: Callable[[Row], object]) -> bool:
    lease = {"what": f"mail:{type(row).__name__}", "who": str(row.pk)}
    if not leases.take(**lease, seconds=LEASE):
        return False
    try:
        return send(row)
    except Exception as error:  # noqa: BLE001 - a mail nobody can send must not keep others waiting
        log.warning("a mail did not leave", extra={"mail": str(row.pk), "error": type(error).__name__})
        put_off(row)
        return False
    finally:
        leases.give_back(**lease)


class Printed(EmailBackend):
    """As a person reads it: a link in it can be clicked in the terminal."""

    @override
    def write_message(self, message: EmailMessage) -> None:
        line = "-" * 60
        self.stream.write(f"{line}\nTo: {', '.join(message.to)}\n{message.subject}\n\n{message.body}\n{line}\n")


class Refusing(BaseEmailBackend):
    """Nobody said how mail leaves this site; what waits goes once somebody does."""

    @override
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError("MAIL_URL is empty")
