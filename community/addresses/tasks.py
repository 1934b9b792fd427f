"""Mail that waits to leave; a killed worker strands none of it."""

import logging
import smtplib

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from community.addresses import services as addresses
from community.addresses.models import Claim
from community.foundation import clock

log = logging.getLogger(__name__)


def send_waiting() -> int:
    """Ask each address that somebody says is theirs; what does not leave waits on. Returns how many left."""
    waiting = Claim.objects.live(clock.now()).waiting().select_related("person").order_by("made", "pk")
    return sum(_left(claim) for claim in waiting)


def _left(claim: Claim) -> bool:
    """The token is kept only if its mail left: both in one transaction."""
    try:
        with transaction.atomic():
            token = addresses.give_token(claim=claim)
            return token is not None and _send(claim, token)
    except (OSError, smtplib.SMTPException):
        log.warning("a mail did not leave", extra={"person": str(claim.pk)})
        return False


def _send(claim: Claim, token: str) -> bool:
    """A neutral line with a link: it names no place, no program and nobody."""
    url = claim.site + reverse("address_by_link", kwargs={"token": token})
    with translation.override(claim.person.language):
        subject = render_to_string("joining/mail_subject.txt").strip()
        body = render_to_string("addresses/mail.txt", {"url": url})
    return bool(EmailMessage(subject=subject, body=body, to=[claim.address]).send())
