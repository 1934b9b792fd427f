"""The worker's part of a page: what was not answered goes on, and calls are made. No call is made in a transaction."""

import logging
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.outbound import Refused, post_signed
from community.paging import services as paging
from community.paging.models import Call, Page
from community.paging.plans import Channel
from community.paging.rules import contact_of

log = logging.getLogger(__name__)
MOST = 20  # calls at a time, so that what nobody answered goes on meanwhile
PATIENCE = 5.0  # seconds for the paging service; another call may be waiting behind


def escalate() -> int:
    """Let go on what nobody answered in time. Returns how many pages that were."""
    due = Page.objects.going_on(clock.now()).order_by("created", "pk").values_list("pk", flat=True)[:MOST]
    return sum(paging.escalate(page_id=key) for key in list(due))


def deliver() -> int:
    """Make the calls that are due. Returns how many were taken by who rings or mails."""
    count = 0
    if not Call.objects.ready(clock.now()).exists():  # asked every second: no lock is taken for nothing
        return count
    for _turn in range(MOST):
        call = paging.claim()
        if call is None:
            break
        count += _carry(call)
    return count


def longest_wait() -> float:
    """Seconds that the call waits which is not made yet and was due first; 0 where none is."""
    first = Call.objects.unsent().order_by("created").values_list("created", flat=True).first()
    return (clock.now() - first).total_seconds() if first else 0.0


def _carry(call: Call) -> bool:
    """Make one call, if nobody answered yet. Whatever goes wrong is this call's alone."""
    if call.page.settled is not None:
        paging.drop(call=call)
        return False
    try:
        _ring(call) if call.channel == Channel.RING else _mail(call)
    except Exception as error:  # noqa: BLE001 - a call nobody can make must not keep others waiting
        fault = f"Refused {error.status}" if isinstance(error, Refused) else type(error).__name__
        paging.fail(call=call, fault=fault)
        log.warning("a page was not taken", extra={"call": str(call.pk), "fault": fault, "tries": call.tries})
        return False
    return paging.sent(call=call)


def _ring(call: Call) -> None:
    """Ids alone: what the service does with whom is set up there."""
    page = call.page
    program = page.case.program_id if page.case else page.duty.shift.program_id if page.duty else None
    said = {
        "id": str(page.pk),
        "kind": "page" if page.case_id else "test",
        "level": call.level,
        "whom": str(call.person_id) if call.person_id else None,
        "program": str(program) if program else None,
    }
    url, secret = settings.PAGING_WEBHOOK_URL, settings.PAGING_WEBHOOK_SECRET
    post_signed(url, secret, said, key=str(call.pk), patience=PATIENCE)


def _mail(call: Call) -> None:
    """One neutral line to the program's contact; whoever took the address away meanwhile gets none."""
    contact = contact_of(call.page.case) if call.page.case else None
    if contact is None or not contact.contact_mail_sealed:
        return
    with translation.override(contact.program.language):
        subject = _("You have an update")
        body = _("Please look in now, as agreed.")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{call.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(subject=subject, body=body, to=[contact.contact_mail], headers=headers).send()
