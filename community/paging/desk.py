"""A page while it goes to somebody: a call for each way to them, and a line in what was done about the case."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from community.cases.desk.holding import write
from community.cases.models import Case, StepKind
from community.foundation import clock
from community.notices import services as notices
from community.paging.models import Call, Page
from community.paging.plans import Channel, Level, State
from community.people.models import Person
from community.schedule.models import Coverage

PAGED = "paged"
TEST = "test_page"


def call(page: Page, people: Iterable[Person], level: Level) -> None:
    """Page these people, each by every way there is. Needs the case's lock where it is about one."""
    about = page.case_id or page.duty_id
    for person in people:
        notices.tell(person=person, notice=PAGED if page.case_id else TEST, about=about)
        _call(page, person, level, Channel.UPDATE)
        if settings.PAGING_WEBHOOK_URL:
            _call(page, person, level, Channel.RING)
        if page.case is not None:
            write(page.case, StepKind.PAGED, by=None, what=level, note=person.alias)


def call_contact(page: Page, case: Case, contact: Coverage) -> None:
    """Page the program's contact, by every way that is set. Needs the case's lock."""
    if contact.contact_mail_sealed:
        _call(page, None, Level.CONTACT, Channel.MAIL)
    if contact.contact_rings and settings.PAGING_WEBHOOK_URL:
        _call(page, None, Level.CONTACT, Channel.RING)
    write(case, StepKind.PAGED_CONTACT, by=None, note=contact.contact_name)


def settle(pages: Iterable[Page], *, by: Person | None) -> int:
    """These are answered (by nobody: no longer needed); what was not sent yet need not be. Returns how many."""
    now, count = clock.now(), 0
    for page in pages:
        page.settled, page.by = now, by
        page.save(update_fields=["settled", "by"])
        page.calls.filter(state=State.WAITING).update(state=State.DROPPED, settled=now)
        _seen(page)
        count += 1
    return count


def _seen(page: Page) -> None:
    """Nothing is left to do about what the people paged were told."""
    about = page.case_id or page.duty_id
    if about is None:
        return
    called = Person.objects.filter(pk__in=page.calls.filter(channel=Channel.UPDATE).values("person"))
    for person in called.order_by("pk"):
        notices.settle(person=person, notice=PAGED if page.case_id else TEST, about=about)


def _call(page: Page, person: Person | None, level: Level, channel: Channel) -> None:
    now: datetime = clock.now()
    done = channel == Channel.UPDATE
    Call.objects.create(
        page=page,
        person=person,
        level=level,
        channel=channel,
        state=State.SENT if done else State.WAITING,
        due=now,
        created=now,
        settled=now if done else None,
    )
