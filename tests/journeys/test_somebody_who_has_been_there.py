"""Somebody who has been there: asked for, chosen among three, in a room at once; day twelve, and a second try."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from community.foundation import clock
from tests.browser.fixtures import Visit
from tests.browser.site import Site
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
RUE_SAYS_YES = """
from community.matches import services as matches
from community.matches.models import Match
from community.people.models import Person
rue = Person.objects.get(alias="Rue")
matches.accept(match=Match.objects.of_guide(rue.pk).placed().get(), by=rue)
"""


def after(site: Site, ahead: timedelta) -> None:  # noqa: F811 - the fixture is handed in
    """The site starts again so much later, on the same data, and does what is due."""
    site.stop()
    site.environment["TURNED"] = str((MORNING + ahead - clock.now()).total_seconds())
    site.start()
    site.manage("upkeep")


def suggest(dana: Page, site: Site, *names: str) -> None:  # noqa: F811
    """Suggest these for Ana, and give out the cards."""
    for name in names:
        dana.goto(f"{site.url}/desk/matching/")
        dana.get_by_role("link", name="Suggest somebody · Ana").click()
        dana.get_by_role("radio", name=name).check()
        go_on(dana, "Suggest them")
    go_on(dana, "Give out all cards" if len(names) > 1 else "Give them this card · Ana, Rue")
    expect(dana.get_by_role("button", name="Undo").first).to_be_visible()


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
    site.manage("shell", "-v", "0", "-c", MENTORS)
    ana, ben, dana = (opened(site, visit, name) for name in ("ana", "ben", "dana"))
    place = ask(ana, site)
    suggest(dana, site, "Ben", "Rue", "Sol")

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
    suggest(dana, site, "Rue")

    after(site, 14 * DAY + timedelta(hours=2))
    ana.goto(f"{site.url}/mentoring/matches/")
    go_on(ana, "Ask Rue")
    site.manage("shell", "-v", "0", "-c", RUE_SAYS_YES)
    ana.goto(f"{site.url}/groups/")
    expect(ana.get_by_role("main").get_by_role("link", name="Ana · Rue")).to_be_visible()
    ana.get_by_role("main").get_by_role("link", name=ROOM).click()
    expect(ana.get_by_text("Writing is closed for you in this room.")).to_be_visible()
