"""A celebration in the room with real servers and real browsers: live, once, the same for everybody, and gone again."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room
from tests.browser.site import Site
from tests.browser.visitor import PHONE

#: Ana lives where it is noon; her 60 days are today. She is asked, says yes, and the scan posts it.
SHARE = """
from datetime import timedelta
from community.foundation import clock
from community.milestones import services as milestones
from community.people import services as people
from community.people.models import Person
from community.safety import services as safety
from community.safety.models import Sign
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
from groups.celebrations.tasks import look_at_due
from groups.membership.models import Group
ana = Person.objects.at("ana@porchlight.test").get()
for sign in Sign.objects.of(ana.pk).with_open_card():  # another test's words: nothing is posted while one is open
    safety.put_away(sign=sign, by=ana)
ahead = 12 - clock.now().hour
people.change(person=ana, wanted={"zone": f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"})
focus = milestones.begin(person=ana, start=clock.today(ana.zone) - timedelta(days=60))
look_at_due()
group = Group.objects.get(name="Tuesday evening group")
asked = Celebration.objects.in_focus(focus.pk).get()
celebrations.answer(person=ana, celebration=asked, groups=[group.pk], words="One evening at a time.")
look_at_due()
look_at_due()
"""

TAKE_BACK = """
from community.people.models import Person
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
ana = Person.objects.at("ana@porchlight.test").get()
celebrations.withdraw(person=ana, celebration=Celebration.objects.of(ana.pk).get(code="d60"))
"""


HEARD = re.compile(r"^Ana, .+: Ana has 60 days\s+One evening at a time\.$")


def card(room: Room) -> Locator:
    return room.log.locator(".feast", has_text="Ana has 60 days")


def row(room: Room) -> Locator:
    return room.log.locator("[data-message]", has=room.page.locator(".feast", has_text="Ana has 60 days"))


def test_it_comes_live_once_reads_alike_after_a_reload_is_answered_and_goes(site: Site, visit: Visit) -> None:
    ana, ben = Room.enter(site, visit(), "ana"), Room.enter(site, visit(size=PHONE), "ben")
    site.python(SHARE)
    for room in (ana, ben):
        expect(card(room)).to_have_count(1, timeout=10_000)
        expect(card(room)).to_contain_text("One evening at a time.")
        expect(card(room).locator(".chip-number")).to_have_text("60")
    expect(row(ben).locator("[data-said]")).to_have_attribute("aria-label", HEARD)
    live = card(ben).evaluate("card => card.outerHTML.replace(/\\s+/g, ' ')")
    ben.page.reload()
    expect(card(ben)).to_have_count(1)
    assert card(ben).evaluate("card => card.outerHTML.replace(/\\s+/g, ' ')") == live
    ben.open_menu("One evening at a time.").get_by_role("button", name="With you").click()
    expect(row(ana).locator(".reaction")).to_contain_text("Ben")
    menu = ana.open_menu("One evening at a time.")
    expect(menu.get_by_role("button", name="Edit", exact=True)).to_be_hidden()
    ana.page.keyboard.press("Escape")
    site.python(TAKE_BACK)
    for room in (ana, ben):
        expect(card(room)).to_have_count(0, timeout=10_000)
        expect(room.log.get_by_text("Something shared here was taken back").last).to_be_visible()
    expect(ben.log.get_by_text("Ana removed this message")).to_have_count(0)


#: Ben's program stands finished in the room, as if that had been today.
FINISHED = """
from django.db import transaction
from community.foundation import clock
from community.people.models import Person
from community.programs.models import Enrollment
from groups.celebrations import posting
from groups.celebrations.models import Celebration
from groups.membership.models import Group
ben, now = Person.objects.at("ben@porchlight.test").get(), clock.now()
with transaction.atomic():
    day, episode = clock.today(ben.zone), Enrollment.objects.of(ben.pk).get()
    one = Celebration.objects.create(person=ben, episode=episode, code="graduation", due=day, created=now)
    posting.post(one, ben, [Group.objects.get(name="Tuesday evening group").pk], day)
"""


def test_a_program_that_was_finished_comes_live_with_its_drawing_alone_as_after_a_reload(
    site: Site, visit: Visit
) -> None:
    ana = Room.enter(site, visit(), "ana")
    site.python(FINISHED)
    shown = ana.log.locator(".feast", has_text="Ben finished the program")
    expect(shown).to_have_count(1, timeout=10_000)
    expect(shown.locator(".chip-number")).to_be_empty()
    live = shown.evaluate("card => card.outerHTML.replace(/\\s+/g, ' ')")
    ana.page.reload()
    expect(shown).to_have_count(1)
    assert shown.evaluate("card => card.outerHTML.replace(/\\s+/g, ' ')") == live
