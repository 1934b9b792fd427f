"""Mail where there is no mail server: printed for who runs a demo, refused on a live site."""

from collections.abc import Sequence
from typing import override

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend


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
