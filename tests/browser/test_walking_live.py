"""The pages of two people are another when one of them, or staff, did something, and lose no word that is typed."""

from playwright.sync_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.screens import ACCEPTED, CHOSE, WALKING
from tests.browser.site import Site

LINE = "[data-live]"
WAITS = """
from community.mentoring.models import MentorRequest
from community.people.models import Person
ana = Person.objects.at("ana@porchlight.test").get()
print(MentorRequest.objects.of(ana.pk).open().get().pk)
"""

#: Ben does this.
DOES = """
from datetime import timedelta
from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match
from community.people.models import Person
ben = Person.objects.at("ben@porchlight.test").get()
row = Match.objects.of_guide(ben.pk).open().get()
matches.{verb}(match=row, by=ben{more})
"""
ASKS = """
from community.matches import services as matches
from community.matches.models import Match
from community.people.models import Person
ana, ben = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "ben"))
matches.choose(match=Match.objects.of_guide(ben.pk).open().get(), by=ana)
"""
#: Dana asked for it, and the worker is done.
IS_THERE = """
from community.matches import services as matches
from community.matches.desk.outcome import worked_out
from community.matches.models import Match
from community.people.models import Person
program = Match.objects.walking().get().program
batch = matches.ask_for_all(program=program, by=Person.objects.at("dana@porchlight.test").get())
matches.keep_all(batch=batch, found=worked_out(program))
"""
#: Somebody takes this step with Ben as a mentor.
STEP = """
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor
from community.people.models import Person
ben, by = (Person.objects.at(f"{{name}}@porchlight.test").get() for name in ("ben", "{by}"))
mentoring.{verb}(mentor=Mentor.objects.of(ben.pk).open().get(), by=by)
"""
A_DAY = ", day=clock.today(row.program.zone) + timedelta(days=40)"


def arranged(site: Site, steps: tuple[tuple[str, str], ...]) -> None:
    site.kept.pop("arranged", None)
    site.python(WALKING.format(steps=repr(steps)))


def opened(site: Site, page: Page, path: str) -> None:
    """A page with its line open: who just passes through opens none."""
    heard: list[str] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(str(frame))))
    with page.expect_websocket() as line:
        page.goto(site.url + path)
    if not heard:  # the hello comes first
        line.value.wait_for_event("framereceived")


def test_what_the_other_answers_stands_on_an_open_page_without_a_press(visit: Visit, site: Site) -> None:
    arranged(site, CHOSE)
    page = visit().page()
    site.enter(page, "ana")
    opened(site, page, "/mentoring/matches/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You asked Ben")
    site.python(DOES.format(verb="accept", more=""))
    expect(page.get_by_role("heading", level=1)).to_have_text("You and Ben")


def test_a_mentor_sees_on_an_open_page_who_asks(visit: Visit, site: Site) -> None:
    arranged(site, ())
    page = visit().page()
    site.enter(page, "ben")
    opened(site, page, "/mentoring/people/")
    expect(page.get_by_role("main")).to_contain_text("Nobody asks you at the moment")
    site.python(ASKS)
    expect(page.get_by_role("button", name="Yes, walk with Ana")).to_be_visible()


def test_no_word_is_lost_that_is_being_typed(visit: Visit, site: Site) -> None:
    arranged(site, ACCEPTED)
    page = visit().page()
    site.enter(page, "ana")
    page.goto(f"{site.url}/mentoring/matches/")
    path = page.get_by_role("main").get_by_role("link", name="You and Ben").get_attribute("href")
    opened(site, page, str(path))
    number = page.locator("[name=number]")
    number.fill("201-555-0144")
    number.blur()
    site.python(DOES.format(verb="plan_end", more=A_DAY))
    expect(page.locator(LINE)).to_be_visible()
    expect(number).to_have_value("201-555-0144")
    number.fill("")
    page.locator(LINE).get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("to be the last day")


def test_a_proposal_for_everybody_stands_on_the_open_page_as_soon_as_it_is_there(visit: Visit, site: Site) -> None:
    arranged(site, ACCEPTED)
    page = visit().page()
    site.enter(page, "dana")
    page.goto(f"{site.url}/desk/matching/")
    path = page.locator("main a[href$='/batch/']").first.get_attribute("href")
    opened(site, page, str(path))
    expect(page.get_by_role("main")).to_contain_text("None has been worked out yet.")
    site.python(IS_THERE)
    expect(page.get_by_role("button", name="Work it out anew")).to_be_visible()


def test_the_page_of_two_at_the_desk_says_at_once_that_the_mentor_said_yes(visit: Visit, site: Site) -> None:
    arranged(site, CHOSE)
    page = visit().page()
    site.enter(page, "dana")
    page.goto(f"{site.url}/desk/matching/")
    path = page.get_by_role("link", name="Ana · Ben").get_attribute("href")
    opened(site, page, str(path))
    expect(page.locator(".lead")).to_contain_text("Asked")
    site.python(DOES.format(verb="accept", more=""))
    expect(page.locator(".lead")).to_contain_text("First two weeks")


def test_a_break_stands_on_every_open_page_of_the_desk_about_that_mentor(visit: Visit, site: Site) -> None:
    arranged(site, ())
    device = visit()
    lists, one, suggest = (device.page() for _which in range(3))
    site.enter(lists, "dana")
    waits = site.python(WAITS).split()[-1]
    lists.goto(f"{site.url}/desk/mentors/")
    mentor = lists.get_by_role("main").get_by_role("link", name="Ben").get_attribute("href")
    opened(site, lists, "/desk/mentors/")
    opened(site, one, str(mentor))
    opened(site, suggest, f"/desk/matching/requests/{waits}/")
    site.python(STEP.format(verb="pause", by="ben"))
    expect(lists.locator("main .row", has_text="Ben")).to_contain_text("Taking a break")
    expect(one.locator(".lead")).to_contain_text("Taking a break")
    expect(suggest.locator("main .row", has_text="Ben")).to_have_count(0)


def test_a_mentors_own_page_says_at_once_what_staff_did_and_loses_no_word(visit: Visit, site: Site) -> None:
    arranged(site, ())
    page = visit().page()
    site.enter(page, "ben")
    page.goto(f"{site.url}/mentoring/")
    path = page.get_by_role("link", name="Your page as a mentor").get_attribute("href")
    opened(site, page, str(path))
    site.python(STEP.format(verb="pause", by="dana"))
    expect(page.locator(".lead")).to_contain_text("You take a break")
    opened(site, page, str(path))
    places = page.locator("main [name=capacity]")
    places.select_option("4")
    site.python(STEP.format(verb="resume", by="dana"))
    expect(page.locator(LINE)).to_be_visible()
    expect(places).to_have_value("4")
