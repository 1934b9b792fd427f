"""Mail that waits to leave; a killed worker strands none of it."""

import logging
import smtplib

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from community.foundation import clock
from community.joining import services as joining
from community.joining.models import Invitation

log = logging.getLogger(__name__)


def send_waiting() -> int:
    """Mail every invitation that waits; what does not leave waits on. Returns how many left."""
    waiting = Invitation.objects.usable(clock.now()).waiting().order_by("created", "pk")
    return sum(_left(invitation) for invitation in waiting)


def _left(invitation: Invitation) -> bool:
    """The token is kept only if its mail left: both in one transaction."""
    try:
        with transaction.atomic():
            address, token = invitation.address, joining.give_token(invitation=invitation)
            return token is not None and _send(invitation, address, token)
    except (OSError, smtplib.SMTPException):
        log.warning("an invitation did not leave", extra={"invitation": str(invitation.pk)})
        return False


def _send(invitation: Invitation, address: str, token: str) -> bool:
    """A neutral line with a link: it names no place, no program and nobody."""
    url = invitation.site + reverse("join_by_link", kwargs={"token": token})
    with translation.override(invitation.language):
        subject = render_to_string("joining/mail_subject.txt").strip()
        body = render_to_string("joining/mail.txt", {"url": url})
    return bool(EmailMessage(subject=subject, body=body, to=[address]).send())
