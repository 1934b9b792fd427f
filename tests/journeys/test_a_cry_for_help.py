"""From a card to a person: paged, escalated to the contact, taken and closed; a worry that ends with 911."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site
from tests.browser.visitor import DESK, PHONE
from tests.journeys.test_first_day import go_on

CRY = "I want to kill myself tonight"
ANOTHER_CRY = "I want to die tonight, I have the pills here"
QUIET = "I will stay home on Thursday."
NOBODY_ON_CALL = """
from community.programs.models import Program
from community.schedule import services as schedule
from community.schedule.models import Duty
for duty in Duty.objects.lasting().select_related("shift", "person"):
    schedule.hand_back(shift=duty.shift, by=duty.person)
for program in Program.objects.filter(coverage__contact_name="Night desk"):
    schedule.set_coverage(program=program, wanted={"contact_name": "", "contact_mail": ""})
"""
TWO_ON_CALL = """
from datetime import timedelta
from community.foundation import clock
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Program, StaffRole
from community.schedule import services as schedule
evening, now = Program.objects.get(name="Evening program"), clock.now()
fay = Person.objects.at("fay-on-call@porchlight.test").first()
if fay is None:
    fay = people.create(alias="Fay", address="fay-on-call@porchlight.test")
    programs.appoint(person=fay, program=evening, role=StaffRole.FACILITATOR)
for person in (fay, Person.objects.at("dana@porchlight.test").get()):
    shift = schedule.plan(program=evening, begins=now, ends=now + timedelta(hours=1), person=person)
    schedule.take(shift=shift, by=person)
    schedule.answer(shift=shift, by=person)
"""
LATER = """
from datetime import timedelta
from community.foundation import clock
from community.paging import tasks
with clock.turned(timedelta(minutes={minutes}, seconds=1)):
    tasks.escalate()
"""
NIGHT_DESK = """
from community.programs.models import Program
from community.schedule import services as schedule
schedule.set_coverage(
    program=Program.objects.get(name="Evening program"),
    wanted={"contact_name": "Night desk", "contact_mail": "night@clinic.test"},
)
"""
SHEET = """
from community.people.models import Person
from community.sheets import services as sheets
ana = Person.objects.at("ana@porchlight.test").get()
sheets.write_down(person=ana, answers={"contact": "Her sister, 201-555-0144", "place": "The blue house."}, agrees=True)
"""
LATEST = """
from community.cases.models import Case
print(Case.objects.latest("told").pk)
"""


@pytest.fixture(autouse=True)
def _nobody_on_call(site: Site) -> Iterator[None]:
    """Before and after: the site is shared."""
    site.python(NOBODY_ON_CALL)
    yield
    site.python(NOBODY_ON_CALL)


def to_the_latest(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/desk/queue/{site.python(LATEST).split()[-1]}/")


def close(page: Page, outcome: str, **facts: str) -> None:
    press = page.locator("details.case-press", has_text="Close it")
    if press.get_attribute("open") is None:
        press.locator("summary").click()
    press.get_by_label("How it ended").select_option(label=outcome)
    for name, words in facts.items():
        press.locator(f"[name=fact_{name}]").fill(words)
    press.get_by_role("button", name="Save").click()


def test_a_cry_reaches_the_next_person_when_the_first_does_not_answer(site: Site, visit: Visit) -> None:
    site.python(TWO_ON_CALL)
    ben = Room.enter(site, visit(size=PHONE), "ben")
    ben.write(CRY)
    card = ben.page.locator(".care")
    expect(card).to_contain_text("Fay is on call and has an update about this.")

    dana = visit(size=DESK).page()
    site.sign_in(dana, "dana")
    dana.goto(f"{site.url}/desk/on-call/")
    expect(dana.get_by_text("Somebody else was paged at")).to_be_visible()
    site.python(LATER.format(minutes=3))
    dana.reload()
    expect(dana.get_by_text("You were paged at")).to_be_visible()
    go_on(dana, "I have it")
    to_the_latest(dana, site)
    expect(dana.get_by_text("You have it.")).to_be_visible()
    expect(dana.get_by_text(CRY)).to_be_visible()

    ben.page.reload()
    expect(card).to_contain_text("Dana has this in hand.")

    close(dana, "We talked, and they have further help")
    expect(dana.get_by_text("Closed. If somebody told us")).to_be_visible()
    to_the_latest(dana, site)
    expect(dana.get_by_text("Closed: We talked, and they have further help.")).to_be_visible()
    steps = dana.locator(".case-steps")
    for name in ("Fay", "Dana"):
        expect(steps).to_contain_text(name)
    dana.goto(f"{site.url}/desk/on-call/")
    expect(dana.get_by_text("paged at")).to_have_count(0)


def test_the_contact_is_paged_when_nobody_answered_for_eight_minutes(site: Site, visit: Visit) -> None:
    site.python(TWO_ON_CALL)
    site.python(NIGHT_DESK)
    ben = Room.enter(site, visit(size=PHONE), "ben")
    ben.write(ANOTHER_CRY)
    expect(ben.page.locator(".care")).to_contain_text("is on call and has an update about this.")

    dana = visit(size=DESK).page()
    site.sign_in(dana, "dana")
    to_the_latest(dana, site)
    steps = dana.locator(".case-steps")
    for minutes in (3, 7):
        site.python(LATER.format(minutes=minutes))
        dana.reload()
        expect(steps).to_contain_text("Dana")
        expect(steps).not_to_contain_text("Night desk")
    site.python(LATER.format(minutes=8))
    dana.reload()
    expect(steps).to_contain_text("Paged the program’s emergency contact")
    expect(steps).to_contain_text("Night desk")

    go_on(dana, "I take it")
    ben.page.reload()
    expect(ben.page.locator(".care")).to_contain_text("Dana has this in hand.")
    close(dana, "We talked, and they have further help")
    expect(dana.get_by_text("Closed. If somebody told us")).to_be_visible()


def test_a_worry_opens_the_emergency_sheet_and_closes_with_what_the_law_asks(site: Site, visit: Visit) -> None:
    site.python(SHEET)
    ana, ben = Room.enter(site, visit(size=PHONE), "ana"), Room.enter(site, visit(size=PHONE), "ben")
    ana.write(QUIET)
    ben.sent(QUIET)
    ben.choose(QUIET, "Tell us of this message")
    ben.page.get_by_role("button", name="I’m worried about this person").click()
    expect(ben.page.get_by_text("Thank you for telling us. Somebody will reach out to Ana.")).to_be_visible()

    desk = visit(size=DESK)
    desk.forgive("422")  # what is missing before it can be closed
    dana = desk.page()
    site.sign_in(dana, "dana")
    to_the_latest(dana, site)
    go_on(dana, "I take it")
    dana.get_by_role("button", name="Emergency sheet").click()
    expect(dana.get_by_text("Her sister, 201-555-0144")).to_be_visible()
    expect(dana.get_by_text("“They need help.”")).to_be_visible()
    dana.get_by_role("link", name="Ana").first.click()

    close(dana, "Emergency services were called")
    missing = dana.locator("details.case-press[open] .field-error")
    expect(missing).to_have_count(4)
    close(
        dana,
        "Emergency services were called",
        who_heard="The crew of ambulance 7, county hospital",
        who_told="Dana",
        when="At 2:10am",
        what="May be about to die",
    )
    expect(dana.get_by_text("Closed. If somebody told us")).to_be_visible()
    to_the_latest(dana, site)
    expect(dana.get_by_text("Closed: Emergency services were called.")).to_be_visible()
    expect(dana.locator(".case-steps")).to_contain_text("The crew of ambulance 7, county hospital")
