"""Somebody is paged, answers, or does not: then the next one is, and then the program's contact.

Whatever is written here is written under the case's lock: first the case, then its pages, then inboxes.
"""

import logging
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from community.audit import services as audit
from community.cases import services as cases
from community.cases.desk.holding import step, write
from community.cases.models import Case, StepKind
from community.cases.plans import Priority
from community.cases.rules import case_of, lookers
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.events import publish
from community.paging import desk
from community.paging.events import Paged
from community.paging.models import Page
from community.paging.plans import ANEW_AFTER, CONTACT_AFTER, NEXT_AFTER, TELLING, Level, Why
from community.paging.rules import able, contact_of, leads, on_call
from community.people.models import Person
from community.schedule.models import Duty
from community.schedule.plans import Hours
from community.schedule.rules import hours_of

log = logging.getLogger(__name__)


@transaction.atomic
def page(*, case: Case, why: str = Why.ASKED, but: Collection[UUID] = ()) -> Page | None:
    """Page who is on call about an open case that cannot wait (P0, P1); None where nobody has to be paged.

    The same thing we were told pages once, however often this is called. A further one, within 15 minutes of the last
    page and while somebody has the case, is theirs to read: they were told. ``but``: not these people.
    Publishes CaseChanged.
    """
    row, now = _held(case.pk), clock.now()
    if not row.is_open or row.priority not in NEXT_AFTER or _is_quiet(row):
        return None
    last = Page.objects.of_case(row.pk).order_by("-created").first()
    if why in TELLING:
        known = Page.objects.of_case(row.pk).filter(entry=row.version, why__in=TELLING).first()
        if known is not None:
            return known
        if row.is_held_at(now) and last is not None and now - last.created < ANEW_AFTER:
            return None
    made = Page.objects.create(case=row, entry=row.version, why=why, created=now)
    _begin(made, row, but)
    publish(Paged(case_id=row.pk))
    return made


def _is_quiet(row: Case) -> bool:
    """Whether nothing but signs was read so far that are for who looks in, and page nobody."""
    return not row.steps.filter(kind__in=(StepKind.TOLD, StepKind.TOLD_AGAIN)).exists()


def _begin(made: Page, row: Case, but: Collection[UUID]) -> None:
    """The first who hear of it."""
    now = clock.now()
    here = on_call(row, now)
    first = able(row, here, but=but)
    if row.holder is not None and row.is_held_at(now):
        first = [row.holder]
    if first:
        desk.call(made, first[:1], Level.ON_CALL)
        _set_clocks(made, row)
    elif not here and row.program is not None and hours_of(row.program, now) == Hours.STAFFED and lookers(row):
        write(row, StepKind.OFF_HOURS, by=None)
        _contact_once(made, row)
    else:
        _lead_then_contact(made, row, but, gap=not here and row.program is not None)


def _set_clocks(made: Page, row: Case) -> None:
    made.next_due = made.created + NEXT_AFTER[row.priority]
    made.contact_due = made.created + CONTACT_AFTER if row.priority == Priority.P0 else None
    made.save(update_fields=["next_due", "contact_due"])


def _contact_once(made: Page, row: Case) -> None:
    """Outside staffed hours: the contact hears of what cannot wait, once, and not again within 15 minutes."""
    contact = contact_of(row)
    if contact is None or row.priority != Priority.P0:
        return
    lately = Page.objects.of_case(row.pk).filter(created__gt=made.created - ANEW_AFTER)
    if not lately.filter(calls__level=Level.CONTACT).exists():
        desk.call_contact(made, row, contact)


def _lead_then_contact(made: Page, row: Case, but: Collection[UUID], *, gap: bool) -> None:
    """Nobody on call may look into it: who runs the program, and where nobody may, the contact, at once."""
    if gap:
        write(row, StepKind.OFF_HOURS, by=None)
    people = leads(row, but=but)
    desk.call(made, people, Level.LEAD)
    if people and not gap:
        _set_clocks(made, row)
    elif row.priority == Priority.P0:
        _to_contact(made, row)


def _to_contact(made: Page, row: Case) -> None:
    """Whoever runs the program hears of it where there is no contact; where nobody does, the log says so."""
    contact = contact_of(row)
    if contact is not None:
        desk.call_contact(made, row, contact)
        return
    people = leads(row, but=_called(made))
    desk.call(made, people, Level.LEAD)
    if not people and not made.calls.exists():
        log.error("nobody could be paged", extra={"case": str(row.pk), "page": str(made.pk)})


def _called(made: Page) -> set[UUID]:
    return set(made.calls.exclude(person=None).values_list("person_id", flat=True))


@transaction.atomic
def escalate(*, page_id: UUID) -> bool:
    """Nobody answered in time: the next on call hears of it after 3 minutes (60 where it is P1), the contact after 8.

    False if that is not so. Publishes Paged.
    """
    found = Page.objects.going_on(clock.now()).filter(pk=page_id).exclude(case=None).values_list("case", flat=True)
    case_id = found.first()
    if case_id is None:
        return False
    row, now = _held(case_id), clock.now()
    made = Page.objects.going_on(now).locked_one(page_id)
    if made is None:
        return False
    if not row.is_open or row.priority not in NEXT_AFTER:
        desk.settle([made], by=None)
        return False
    return _gone_on(made, row)


def _gone_on(made: Page, row: Case) -> bool:
    now = clock.now()
    made.case = row
    due = made.created + NEXT_AFTER[row.priority]  # it may be less urgent by now
    if made.next_due is not None and due > now:
        made.next_due = due
        made.contact_due = made.contact_due if row.priority == Priority.P0 else None
        made.save(update_fields=["next_due", "contact_due"])
        return False
    if made.next_due is not None:
        made.next_due = None
        further = able(row, on_call(row, now), but=_called(made))[:1]
        people = further or leads(row, but=_called(made))
        desk.call(made, people, Level.NEXT if further else Level.LEAD)
        if not people and made.contact_due is not None:
            made.contact_due = now  # there is nobody to wait for
    if made.contact_due is not None and made.contact_due <= now:
        made.contact_due = None
        _to_contact(made, row)
    made.save(update_fields=["next_due", "contact_due"])
    publish(Paged(case_id=row.pk))
    return True


@transaction.atomic
def acknowledge(*, page: Page, by: Person) -> Case:
    """I have it: one press answers every page of that case, and takes it where nobody has it.

    Raises Missing for who may not look into it. Publishes CaseChanged.
    """
    if page.case_id is None:
        raise Missing
    case_of(by, page.case_id)
    row = _held(page.case_id)
    waiting = list(Page.objects.open().of_case(row.pk).select_for_update(no_key=True).order_by("created", "pk"))
    if not row.is_held_at(clock.now()) and row.is_open:
        row = cases.take(case=row, by=by, version=row.version)
    elif waiting:
        step(row, StepKind.ACKNOWLEDGED, by=by)
    settle_case(case_id=row.pk, by=by)
    return row


@transaction.atomic
def settle_case(*, case_id: UUID, by: Person | None) -> int:
    """Somebody does something about it: its pages are answered. Returns how many were not yet."""
    waiting = Page.objects.open().of_case(case_id).select_for_update(no_key=True).order_by("created", "pk")
    return desk.settle(list(waiting), by=by)


@transaction.atomic
def test(*, duty: Duty) -> Page:
    """Send a test page to who has a shift, by every way there is. One that still waits is over."""
    settle_test(duty_id=duty.pk, by=None)
    made = Page.objects.create(duty=duty, why=Why.TEST, created=clock.now())
    desk.call(made, [duty.person], Level.ON_CALL)
    return made


@transaction.atomic
def settle_test(*, duty_id: UUID, by: Person | None) -> int:
    """A test page was answered, or is over. Returns how many were not yet."""
    waiting = Page.objects.open().filter(duty=duty_id).select_for_update(no_key=True).order_by("created", "pk")
    return desk.settle(list(waiting), by=by)


@transaction.atomic
def wake(*, person: Person, program_id: UUID) -> int:
    """Somebody is on call from now on: what cannot wait and nobody has pages them. Returns how many that are."""
    now, count = clock.now(), 0
    open_here = Case.objects.still_open().filter(program=program_id, priority__in=list(NEXT_AFTER))
    for key in open_here.order_by("priority", "told", "pk").values_list("pk", flat=True):
        row = _held(key)
        if row.is_held_at(now) or person.pk not in lookers(row):
            continue
        waiting = Page.objects.open().of_case(key).filter(calls__person__in=on_call(row, now))
        if not waiting.exists():
            count += page(case=row, why=Why.CAME) is not None
    if count:
        audit.record(action="page.wake", actor=None, subject=f"program:{program_id}")
    return count


def _held(case_id: UUID) -> Case:
    """The case, held against every other change."""
    rows = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("program", "holder", "subject")
    return rows.get(pk=case_id)
