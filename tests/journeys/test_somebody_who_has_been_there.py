"""Somebody who has been there: asked for, chosen among three, in a room at once; day twelve, and a second try."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from community.foundation import clock
from tests.browser.fixtures import Visit
from tests.browser.site import Site, until
from tests.browser.visitor import PHONE
from tests.journeys.test_days_that_count import DAY, MORNING, opened, site  # noqa: F401 - at eleven in the morning
from tests.journeys.test_first_day import go_on

ROOM = "Ana · Ben"

#: Ben and two more who finished the program are mentors there.
MENTORS = """
from datetime import timedelta
from community.foundation import clock
from community.mentoring import services as mentoring
from community.milestones import services as milestones
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment, Program
evening = Program.objects.get(name="Evening program")
ben = Person.objects.at("ben@porchlight.test").get()
cohort = Enrollment.objects.of(ben.pk).get().cohort
mentors = [ben]
for alias in ("Rue", "Sol"):
    with clock.turned(by=-timedelta(days=100)):
        one = people.create(alias=alias)
        programs.graduate(enrollment=programs.enroll(person=one, cohort=cohort))
    milestones.begin(person=one, start=clock.today(one.zone) - timedelta(days=700))
    mentors.append(one)
evenings = [{"weekday": day, "starts": "17:00", "ends": "21:00"} for day in (1, 3)]
for one in mentors:
    said = {"languages": ["en"], "hours": evenings, "pathways": ["smart"], "zone": evening.zone}
    row = mentoring.apply(person=one, program=evening, wanted=said, agrees=True)
    row = mentoring.train(mentor=mentoring.screen(mentor=row))
    mentoring.clear(mentor=row, until=clock.today(evening.zone) + timedelta(days=300))
    mentoring.approve(mentor=row)
"""
#: Rue has no click of her own on the demo's page: a device of hers is signed in.
RUE = """
from django.conf import settings
from django.test import Client
from community.people.models import Person
client = Client(headers={"Host": "localhost"})
client.force_login(Person.objects.get(alias="Rue"))
print(client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def after(site: Site, ahead: timedelta) -> None:  # noqa: F811 - the fixture is handed in
    """The site starts again so much later, on the same data, and does what is due."""
    site.stop()
    site.environment["TURNED"] = str((MORNING + ahead - clock.now()).total_seconds())
    site.start()
    site.manage("upkeep")


def preview(dana: Page, site: Site) -> None:  # noqa: F811
    """Let a proposal for everybody be worked out, look at it, take it over, and give out the cards."""
    dana.goto(f"{site.url}/desk/matching/")
    dana.get_by_role("link", name="Everybody at once").click()
    go_on(dana, "Work it out")
    with site.working():
        until(lambda: bool(dana.reload()) and dana.get_by_role("table").count() > 0, site.said)
    expect(dana.get_by_role("heading", name="1 of 1 person who waits would have somebody.")).to_be_visible()
    for name in ("Ben", "Rue", "Sol"):
        expect(dana.get_by_role("row", name="Ana")).to_contain_text(name)
    go_on(dana, "Take it over as suggestions")
    go_on(dana, "Give out all cards")
    expect(dana.get_by_role("button", name="Undo").first).to_be_visible()


def suggested_at_once(dana: Page, site: Site, name: str) -> None:  # noqa: F811
    """Who is back in line is suggested to somebody else by itself; give out a card."""
    dana.goto(f"{site.url}/desk/matching/")
    give = dana.get_by_role("button", name=f"Give them this card · Ana, {name}")
    with site.working():
        until(lambda: bool(dana.reload()) and give.count() > 0, site.said)
    expect(dana.get_by_role("button", name="Give them this card · Ana, Ben")).to_have_count(0)
    go_on(dana, f"Give them this card · Ana, {name}")
    expect(dana.get_by_role("button", name="Undo").first).to_be_visible()


def of_ben(dana: Page, site: Site) -> str:  # noqa: F811
    """What the board says of Ben as a mentor."""
    dana.goto(f"{site.url}/desk/matching/")
    return dana.get_by_role("row", name="Ben").inner_text()


def takes_nobody_new(ben: Page, site: Site, *, really: bool) -> None:  # noqa: F811
    """Ben says "not now" on his own page, or takes that back."""
    ben.goto(f"{site.url}/mentoring/")
    ben.get_by_role("link", name="Your page as a mentor").click()
    ben.locator("[name=not_now]").set_checked(really)
    go_on(ben, "Save")


def starts_a_new_count(ben: Page, site: Site) -> None:  # noqa: F811
    ben.goto(f"{site.url}/my-path/")
    ben.get_by_text("What if?").click()
    ben.get_by_role("link", name=re.compile("I would like to start a new count")).click()
    ben.get_by_role("radio", name="Nobody for now").check()
    go_on(ben, "Start a new count")


def test_a_mentor_who_starts_a_new_count_looks_like_one_who_takes_nobody_new(site: Site, visit: Visit) -> None:  # noqa: F811
    site.python(MENTORS)
    ben, dana, ana = (opened(site, visit, name) for name in ("ben", "dana", "ana"))
    takes = of_ben(dana, site)
    takes_nobody_new(ben, site, really=True)
    takes_none = of_ben(dana, site)
    takes_nobody_new(ben, site, really=False)
    assert of_ben(dana, site) == takes != takes_none
    before = seen_by(ana, site)
    starts_a_new_count(ben, site)
    assert of_ben(dana, site) == takes_none
    assert seen_by(ana, site) == before
    ben.goto(f"{site.url}/mentoring/")
    ben.get_by_role("link", name="Your page as a mentor").click()
    expect(ben.get_by_role("heading", name="Only you see this")).to_be_visible()


def seen_by(page: Page, site: Site) -> list[str]:  # noqa: F811
    """Everything that stands on somebody's pages of mentors and rooms."""
    said = []
    for path in ("/mentoring/", "/groups/", "/today/"):
        page.goto(site.url + path)
        said.append(page.get_by_role("main").inner_text())
    return said


def ask(page: Page, site: Site) -> str:  # noqa: F811
    """Ask for a mentor on one page; returns what it says of the place in line."""
    page.goto(f"{site.url}/mentoring/")
    page.get_by_role("link", name="Ask for a mentor").click()
    for box in ('[name=hours][value="1-evening"]', "[name=pathways][value=smart]", "[name=agrees]"):
        page.locator(box).check()
    page.locator("[name=hopes]").fill("Somebody who laughs.")
    go_on(page, "Ask for a mentor")
    return place_in_line(page, site)


def place_in_line(page: Page, site: Site) -> str:  # noqa: F811
    page.goto(f"{site.url}/mentoring/")
    return page.get_by_text("that is your place in line").first.inner_text()


def answered(page: Page, site: Site, words: str) -> None:  # noqa: F811
    """Answer what waits beside Ana."""
    page.goto(f"{site.url}/mentoring/people/")
    page.get_by_role("link", name="You and Ana").click()
    page.get_by_role("radio", name=words).check()
    go_on(page, "Answer")


def test_two_find_each_other_and_a_second_try_keeps_the_place(site: Site, visit: Visit) -> None:  # noqa: F811
    site.python(MENTORS)
    ana, ben, dana = (opened(site, visit, name) for name in ("ana", "ben", "dana"))
    place = ask(ana, site)
    preview(dana, site)

    after(site, timedelta(minutes=5))
    ana.goto(f"{site.url}/mentoring/matches/")
    for name in ("Ben", "Rue", "Sol"):
        expect(ana.get_by_role("heading", name=f"Why {name}")).to_be_visible()
    expect(ana.get_by_text("You are both free on Tuesday evenings").first).to_be_visible()
    go_on(ana, "Ask Ben")
    ben.goto(f"{site.url}/mentoring/people/")
    expect(ben.get_by_text("Somebody who laughs.")).to_be_visible()
    go_on(ben, "Yes, walk with Ana")
    for page in (ana, ben):
        page.goto(f"{site.url}/groups/")
        page.get_by_role("main").get_by_role("link", name=ROOM).click()
        expect(page.get_by_role("heading", name=ROOM, level=1)).to_be_visible()
        expect(page.get_by_text("You both said yes.")).to_be_visible()

    after(site, 12 * DAY + timedelta(hours=1))
    site.sign_in(ben, "ben")  # nobody stays signed in for so long
    answered(ben, site, "Yes")
    after(site, 14 * DAY + timedelta(hours=1))
    site.sign_in(dana, "dana")
    site.sign_in(ana, "ana")
    dana.goto(f"{site.url}/desk/")
    expect(dana.get_by_text("1 match waits for a step of yours.")).to_have_count(1)
    dana.goto(f"{site.url}/desk/matching/")
    expect(dana.get_by_text("First two weeks ·")).to_have_count(1)
    expect(dana.get_by_text("not both have said how they go on")).to_have_count(1)

    ana.goto(f"{site.url}/mentoring/matches/")
    ana.get_by_role("link", name="You and Ben").click()
    ana.get_by_role("link", name="End this match").click()
    ana.locator("[name=ask_again]").check()
    go_on(ana, "End this match")
    assert place_in_line(ana, site) == place
    suggested_at_once(dana, site, "Rue")

    after(site, 14 * DAY + timedelta(hours=2))
    ana.goto(f"{site.url}/mentoring/matches/")
    go_on(ana, "Ask Rue")
    device = visit(size=PHONE)
    device.context.add_cookies([{"name": "sessionid", "value": site.python(RUE).strip(), "url": site.url}])
    rue = device.page()
    rue.goto(f"{site.url}/mentoring/people/")
    go_on(rue, "Yes, walk with Ana")
    ana.goto(f"{site.url}/groups/")
    expect(ana.get_by_role("main").get_by_role("link", name="Ana · Rue")).to_be_visible()
    ana.get_by_role("main").get_by_role("link", name=ROOM).click()
    expect(ana.get_by_text("Writing is closed for you in this room.")).to_be_visible()
