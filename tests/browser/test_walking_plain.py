"""Asking for a mentor, choosing, saying yes and answering how it goes, in a browser that runs no script."""

import re

from playwright.sync_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.screens import ASKS, NOBODY_ASKS, WALKING
from tests.browser.site import Site
from tests.browser.visitor import PHONE

#: Staff suggest Ben to Ana, and the ten seconds in which they can take it back are over.
SUGGESTED = """
from datetime import timedelta
from community.foundation import clock
from community.matches import services as matches
from community.mentoring.models import Mentor, MentorRequest
from community.people.models import Person
ana, ben = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "ben"))
request = MentorRequest.objects.of(ana.pk).open().get()
row = matches.propose(request=request, mentor=Mentor.objects.of(ben.pk).open().get())
with clock.turned(by=-timedelta(minutes=5)):
    matches.approve(match=row)
"""


def plain(site: Site, visit: Visit, name: str) -> Page:
    device = visit(scripts=False, size=PHONE)
    device.forgive("422")  # a form that is not right yet
    page = device.page()
    site.sign_in(page, name)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def asks(ana: Page, site: Site) -> None:
    ana.goto(f"{site.url}/mentoring/")
    ana.get_by_role("main").get_by_role("link", name="Ask for a mentor").first.click()
    for evening in ("Tuesday Evening", "Thursday Evening"):
        ana.get_by_role("checkbox", name=evening).check()
    ana.locator("[name=languages][value=en]").check()
    ana.locator("[name=hopes]").fill("Somebody who laughs.")
    press(ana, "Ask for a mentor")
    expect(ana.locator("[name=agrees]")).to_be_visible()  # it was not said yet, and nothing else is lost
    expect(ana.locator("[name=hopes]")).to_have_value("Somebody who laughs.")
    expect(ana.get_by_role("checkbox", name="Tuesday Evening")).to_be_checked()
    ana.locator("[name=agrees]").check()
    press(ana, "Ask for a mentor")
    expect(ana.get_by_text("Staff look for somebody who fits.").first).to_be_visible()


def test_a_mentor_is_asked_for_chosen_and_found_without_a_script(site: Site, visit: Visit) -> None:
    site.kept.pop("arranged", None)
    site.python(WALKING.format(steps="()"))
    site.python(NOBODY_ASKS)
    ana, ben = plain(site, visit, "ana"), plain(site, visit, "ben")
    asks(ana, site)
    site.python(SUGGESTED)
    ana.goto(f"{site.url}/mentoring/matches/")
    press(ana, "Ask Ben")
    expect(ana.get_by_role("heading", level=1)).to_have_text("You asked Ben")
    ben.goto(f"{site.url}/mentoring/people/")
    expect(ben.get_by_role("main")).to_contain_text("Somebody who laughs.")
    press(ben, "Yes, walk with Ana")
    for page, name in ((ben, "Ana"), (ana, "Ben")):
        page.goto(f"{site.url}/groups/")
        page.get_by_role("main").get_by_role("link", name=re.compile("Ana · Ben")).first.click()
        page.locator("[data-body]").fill(f"Hello {name}.")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_text(f"Hello {name}.").last).to_be_visible()
    site.python(ASKS)
    ana.goto(f"{site.url}/mentoring/")
    ana.locator('main a[href*="/mentoring/questions/"]').first.click()
    ana.get_by_role("main").get_by_role("radio", name="Talk first").check()
    press(ana, "Answer")
    expect(ana.get_by_text("Thank you. Only staff read what you said.").first).to_be_visible()


def test_a_mentor_says_no_and_takes_a_break_without_a_script(site: Site, visit: Visit) -> None:
    site.kept.pop("arranged", None)
    site.python(WALKING.format(steps='(("choose", "Ana"),)'))
    ben = plain(site, visit, "ben")
    ben.goto(f"{site.url}/mentoring/people/")
    ben.get_by_text("Not now, thank you").first.click()
    press(ben, "Not now, thank you")
    ben.goto(f"{site.url}/mentoring/people/")
    expect(ben.get_by_role("main")).to_contain_text("Nobody asks you at the moment")
    ben.goto(f"{site.url}/mentoring/")
    ben.get_by_role("link", name="Your page as a mentor").click()
    press(ben, "Take a break")
    expect(ben.locator(".lead")).to_contain_text("You take a break")
    press(ben, "I am back")
    expect(ben.locator(".lead")).to_contain_text("Active")
