"""Mail that waits to leave; a killed worker strands none of it, and a slow mail server holds no lock."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from community.addresses import services as addresses
from community.addresses.models import Claim, token_of
from community.addresses.querysets import ClaimQuerySet
from community.foundation import clock
from community.foundation.mail import send_each


def send_waiting() -> int:
    """Ask each address that somebody says is theirs; what does not leave waits on. Returns how many left."""
    return send_each(_waiting().order_by("made", "pk"), _send, put_off=_put_off)


def _waiting() -> ClaimQuerySet:
    now = clock.now()
    return Claim.objects.live(now).waiting().due(now).filter(person__closed=None).select_related("person")


def _put_off(claim: Claim) -> None:
    addresses.mail_failed(claim=claim)


def _send(claim: Claim) -> bool:
    """A neutral line with a link: it names no place, no program and nobody."""
    row = _waiting().filter(pk=claim.pk).first()
    if row is None:
        return False
    url = row.site + reverse("address_by_link", kwargs={"token": token_of(row)})
    with translation.override(row.person.language):
        subject = render_to_string("joining/mail_subject.txt").strip()
        body = render_to_string("addresses/mail.txt", {"url": url})
    EmailMessage(subject=subject, body=body, to=[row.address]).send()
    return addresses.mail_left(claim=row)
