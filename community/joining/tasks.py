"""Mail that waits to leave; a killed worker strands none of it, and a slow mail server holds no lock."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from community.foundation import clock
from community.foundation.mail import send_each
from community.joining import services as joining
from community.joining.models import Invitation, token_of
from community.joining.querysets import InvitationQuerySet


def send_waiting() -> int:
    """Mail every invitation that waits; what does not leave waits on. Returns how many left."""
    return send_each(_waiting().order_by("created", "pk"), _send, put_off=_put_off)


def _waiting() -> InvitationQuerySet:
    now = clock.now()
    return Invitation.objects.usable(now).waiting().due(now)


def _put_off(invitation: Invitation) -> None:
    joining.mail_failed(invitation=invitation)


def _send(invitation: Invitation) -> bool:
    """A neutral line with a link: it names no place, no program and nobody."""
    row = _waiting().filter(pk=invitation.pk).first()
    if row is None:
        return False
    url = row.site + reverse("join_by_link", kwargs={"token": token_of(row)})
    with translation.override(row.language):
        subject = render_to_string("joining/mail_subject.txt").strip()
        body = render_to_string("joining/mail.txt", {"url": url})
    EmailMessage(subject=subject, body=body, to=[row.address]).send()
    return joining.mail_left(invitation=row)
