"""Every page there is, by the name its pictures carry. A named page without a row here fails the test of screens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Page

from tests.browser.room import TUESDAY
from tests.browser.site import Site

type Way = Callable[[Page, Site], object]


@dataclass(frozen=True, slots=True)
class Screen:
    """``page`` is the name of its address; ``who`` is signed in (nobody: None); ``way`` leads there."""

    name: str
    page: str
    who: str | None
    way: Way


def at(path: str) -> Way:
    return lambda page, site: page.goto(site.url + path)


def looks_for(words: str) -> Way:
    def go(page: Page, site: Site) -> None:
        page.goto(f"{site.url}/search/")
        page.locator("#q").fill(words)
        page.locator("#q").press("Enter")
        page.wait_for_url("**/search/?found=*")

    return go


def refused_sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in/")
    page.locator("[name=login]").fill("nobody@porchlight.test")
    page.locator("input[type=password]").fill("not the one")
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_load_state()


def refused_code(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/recover/")
    page.locator("[name=login]").fill("maple-otter-42")
    page.locator("[name=code]").fill("0000-0000-0000")
    page.locator("[name=password]").fill("four words in a row")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_load_state()


def lets_ana_back_in(page: Page, site: Site) -> None:
    ana = site.manage_once("shell", "-v", "0", "-c", ID_OF.format(name="ana")).split()[-1]
    page.goto(f"{site.url}/people/{ana}/renewal/")


ID_OF = """
from community.people.models import Person
print(Person.objects.at("{name}@porchlight.test").get().pk)
"""


def fresh_sheet(page: Page, site: Site) -> None:
    """Somebody without an address looks at codes that were just made; they owe an answer about their phone still."""
    name = site.manage("shell", "-v", "0", "-c", WITHOUT_ADDRESS).split()[-1]
    page.goto(f"{site.url}/sign-in/")
    for field, words in (("login", name), ("password", "four words in a row")):
        page.locator(f"[name={field}]").fill(words)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/phone/**")
    page.goto(f"{site.url}/recovery-sheet/")
    page.locator("[name=password]").fill("four words in a row")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_selector(".codes")


WITHOUT_ADDRESS = """
from community.people import services as people
fay = people.create(alias="Fay", password="four words in a row")
print(people.give_sign_in_name(person=fay))
"""


def card(site: Site, language: str = "en") -> str:
    """A fresh card into Tuesday evening; its code."""
    return site.manage("shell", "-v", "0", "-c", CARD.format(language=language, count=1)).split()[-1]


def heap(site: Site) -> Iterator[str]:
    """Codes of fresh cards, made ten at a time: each start of manage.py costs a second."""
    while True:
        yield from site.manage("shell", "-v", "0", "-c", CARD.format(language="en", count=10)).split()[-10:]


HEAPS: dict[str, Iterator[str]] = {}

CARD = """
from community.joining import services as joining
from community.people.models import Person
from community.programs.models import Cohort
cohort = Cohort.objects.select_related("program").get(name="Tuesday evening group")
place = joining.Place(program=cohort.program, cohort=cohort)
dana = Person.objects.at("dana@porchlight.test").get()
for _ in range({count}):
    print(joining.invite(by=dana, place=place, name="Fay", language="{language}")[1].code)
"""


def typed_code(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/join/")
    page.locator("[name=code]").fill(next(HEAPS.setdefault(site.url, heap(site))))
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/join/name/")


def refused_card(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/join/")
    page.locator("[name=code]").fill("ABCDE-FGHJK")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_selector("#code-refused")


def invited(page: Page, site: Site) -> None:
    typed_code(page, site)
    page.goto(f"{site.url}/join/")


def refused_alias(page: Page, site: Site) -> None:
    typed_code(page, site)
    page.locator("[name=alias]").fill("Ana")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_selector("[aria-invalid]")


LETTERS = str.maketrans("0123456789", "ghijklmnop")  # six digits in a row would be a phone number


def asked_to_agree(page: Page, site: Site) -> None:
    """Each time as somebody else: two people of one room never go by one name."""
    typed_code(page, site)
    page.locator("[name=alias]").fill("Fay " + uuid4().hex.translate(LETTERS)[:6])
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/join/agreement/")


def refused_agreement(page: Page, site: Site) -> None:
    asked_to_agree(page, site)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_selector("[aria-invalid]")


def stays_out(page: Page, site: Site) -> None:
    asked_to_agree(page, site)
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_url("**/join/not-now/")


def asked_for_a_way_in(page: Page, site: Site) -> None:
    asked_to_agree(page, site)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/join/sign-in/")


def came_in(page: Page, site: Site) -> None:
    asked_for_a_way_in(page, site)
    page.locator("[name=password]").fill("four words in a row")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_selector(".codes")


def first_evening(page: Page, site: Site) -> None:
    came_in(page, site)
    page.goto(f"{site.url}/first-day/")


def on_the_path(step: str) -> Way:
    """One's own path, "What if?", and the step at its address."""

    def way(page: Page, site: Site) -> None:
        page.goto(f"{site.url}/my-path/")
        page.locator("details.path-more summary").first.click()
        page.locator(f"details.path-more a[href$='/{step}/']").first.click()
        page.wait_for_url(f"**/{step}/")

    return way


def counted(page: Page, site: Site) -> None:
    """A skill, five times."""
    site.manage_once("shell", "-v", "0", "-c", TIMES)
    page.goto(f"{site.url}/my-path/")


def mends_a_tally(page: Page, site: Site) -> None:
    counted(page, site)
    page.locator("main a[href*='/tallies/'][href$='/change/']").first.click()
    page.wait_for_url("**/change/")


def anew(page: Page, site: Site) -> None:
    """After a new count that can be taken back, with what was lived before it unfolded."""
    site.manage_once("shell", "-v", "0", "-c", ANEW)
    page.goto(f"{site.url}/my-path/")
    page.locator("main .path-more > summary").first.click()


ANEW = """
from datetime import timedelta
from community.foundation import clock
from community.milestones import services as milestones
from community.people.models import Person
ana = Person.objects.at("ana@porchlight.test").get()
focus = milestones.begin(person=ana, start=clock.today(ana.zone) - timedelta(days=400), name="Evenings")
milestones.begin_anew(person=ana, focus=focus)
"""


TIMES = """
from community.milestones import services as milestones
from community.people.models import Person
eli = Person.objects.at("eli@porchlight.test").get()
tally = milestones.begin_tally(person=eli, kind="skill", name="Calling somebody first")
milestones.count_times(person=eli, tally=tally, count=5)
"""


def shares(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/my-path/")
    page.locator("main a[href$='/sharing/']").first.click()
    page.wait_for_url("**/sharing/")


def marks(page: Page, site: Site) -> None:
    """The page of a day one was asked about, from one's own path."""
    site.manage_once("shell", "-v", "0", "-c", MARKS)
    shares(page, site)
    page.locator("main a[href*='/celebrations/']").first.click()
    page.wait_for_url("**/celebrations/**")


def refused_mark(page: Page, site: Site) -> None:
    marks(page, site)
    page.locator("main form .button-primary").click()
    page.wait_for_selector(".field-error")


QUIET = """
from community.people import services as people
from community.people.models import Person
people.change(person=Person.objects.at("cy@porchlight.test").get(), wanted={"celebrations_quiet": True})
"""


def celebrated(page: Page, site: Site) -> None:
    site.manage_once("shell", "-v", "0", "-c", MARKS)
    room(page, site)
    page.wait_for_selector(".feast")


def celebrated_quietly(page: Page, site: Site) -> None:
    """Cy keeps what others celebrate quiet."""
    site.manage_once("shell", "-v", "0", "-c", QUIET)
    celebrated(page, site)


def wall(page: Page, site: Site) -> None:
    site.manage_once("shell", "-v", "0", "-c", MARKS)
    page.goto(f"{site.url}/celebrations/")
    page.wait_for_selector(".medal")


#: Ana is asked; Ben's 18 months stand in the room, as if they had come today.
MARKS = """
from django.db import transaction
from community.foundation import clock
from community.people.models import Person
from groups.celebrations import posting
from groups.celebrations.models import Celebration
from groups.membership.models import Group
ana, ben = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "ben"))
day, now = clock.today(ana.zone), clock.now()
with transaction.atomic():
    mine, his = (person.focuses.earliest("created").runs.get().celebrations for person in (ana, ben))
    mine.get_or_create(code="d30", defaults={"due": day, "created": now})
    one = his.create(code="m18", due=day, created=now)
    one.words = "I nearly did not come back after week two. Somebody saved me a seat. I am so glad."
    posting.post(one, ben, [Group.objects.get(name="Tuesday evening group").pk], day)
"""


def made_cards(page: Page, site: Site) -> None:
    for name in ("Fay", "Gus"):
        page.goto(f"{site.url}/invitations/new/")
        page.locator("[name=place]").select_option(index=1)
        page.locator("[name=name]").fill(name)
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_selector(".cards-print")


def asked_for_a_password(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/new-password/")
    page.locator("input[type=email]").fill("nobody@porchlight.test")
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/sent/")


def room(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/groups/")
    page.get_by_role("main").get_by_role("link", name=TUESDAY).click()
    page.wait_for_selector("[data-talk]")


def message(page: Page, site: Site) -> None:
    """The page of one message, as it opens without a script."""
    room(page, site)
    one = page.locator('[data-message]:not([data-message=""])').first.get_attribute("data-message")
    page.goto(f"{page.url.split('#')[0]}messages/{one}/")


def members(page: Page, site: Site) -> None:
    room(page, site)
    page.goto(f"{page.url.split('#')[0]}members/")


def refused_name(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/settings/name/")
    page.locator("[name=alias]").fill("The Moderator")
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_selector(".field-error")


def updates_waiting(page: Page, site: Site) -> None:
    """Words wait: one with a page behind it and one without."""
    site.tell("dana", "words_released")
    site.tell("dana", "password_changed")
    page.goto(f"{site.url}/notices/")


def offer(page: Page, site: Site) -> None:
    """The offer of somebody who finished; Eli does, the first time this is looked at."""
    site.manage_once("shell", "-v", "0", "-c", FINISHES)
    page.goto(f"{site.url}/today/")
    page.locator("main a[href*='/offers/']").click()
    page.wait_for_url("**/offers/**")


def comes_back(page: Page, site: Site) -> None:
    """Somebody who left a room by themselves finds their seat waiting; Ben did, the first time this is looked at."""
    site.manage_once("shell", "-v", "0", "-c", LEAVES)
    page.goto(f"{site.url}/groups/")
    page.locator("main a[href*='/come-back/']").first.click()
    page.wait_for_url("**/come-back/")


def takes_back(page: Page, site: Site) -> None:
    """What everybody agrees to before they write, taken back; Cy did, the first time this is looked at."""
    site.manage_once("shell", "-v", "0", "-c", TAKES_BACK)
    page.goto(f"{site.url}/settings/agreements/")
    page.get_by_text("Agree again").or_(page.get_by_text("Aceptar de nuevo")).first.click()


TAKES_BACK = """
from community.consent import services as consent
from community.people.models import Person
cy = Person.objects.at("cy@porchlight.test").get()
consent.revoke(person=cy, record=consent.give(person=cy, purpose="agreement"))
"""

LEAVES = """
from community.consent import services as consent
from community.consent.models import ConsentRecord
from community.people.models import Person
ben = Person.objects.at("ben@porchlight.test").get()
for record in ConsentRecord.objects.live().of(ben.pk).filter(purpose="alumni_room"):
    consent.revoke(person=ben, record=record)
"""

FINISHES = """
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment
for one in Enrollment.objects.open().of(Person.objects.at("eli@porchlight.test").get().pk):
    programs.graduate(enrollment=one)
"""


def called(name: str) -> str:
    """The link to somebody or something by its name, which is the same in every language."""
    return f'main a:has(bdi:text-is("{name}"))'


def leading(to: str) -> str:
    """The link whose address ends so."""
    return f'main a[href$="{to}"]'


EVENING, GROUP = called("Evening program"), called(TUESDAY)
ANA, BEN, CY = called("Ana"), called("Ben"), called("Cy")
PAST = leading("?show=past")


def checked_in(weather: str) -> Way:
    """The page of today after saying how it is; some other screen may have said so before."""

    def way(page: Page, site: Site) -> None:
        page.goto(f"{site.url}/today/")
        page.locator(".check-in .said a, .check-in form").first.wait_for()
        if page.locator(".check-in .said a").count():
            page.locator(".check-in .said a").click()
            page.locator("summary", has=page.locator("xpath=../form[@data-check-in]")).click()
        page.locator(f"[name=weather][value={weather}]").check()
        page.locator("[data-check-in] > .button-primary").click()
        page.wait_for_url("**/?saved")

    return way


def today_checked_in(page: Page, site: Site) -> None:
    checked_in("okay")(page, site)
    page.goto(f"{site.url}/today/")


def days_of_ana(page: Page, site: Site) -> None:
    site.manage_once("shell", "-v", "0", "-c", DAYS)
    page.goto(f"{site.url}/check-ins/")


def says_a_day(page: Page, site: Site) -> None:
    days_of_ana(page, site)
    page.locator(".days tbody a").last.click()
    page.locator(leading("/say/")).click()
    page.wait_for_url("**/say/")


def shared_by_ana(page: Page, site: Site) -> None:
    site.manage_once("shell", "-v", "0", "-c", DAYS)
    desk(GROUP, ANA, leading("/check-ins/"))(page, site)


DAYS = """
from datetime import timedelta
from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.people.models import Person
from community.programs.models import Enrollment
ana = Person.objects.at("ana@porchlight.test").get()
said = {"sleep": "4_to_6", "connection": "some", "note": "A long day. Group helped."}
for back, weather in enumerate(["good", "low", "struggling", "okay", "steady"], 1):
    day = today_of(ana) - timedelta(days=back)
    one = checkins.check_in(person=ana, day=day, answers={"weather": weather, **said})
checkins.share(person=ana, check_in=one, enrollment=Enrollment.objects.open().of(ana.pk).get())
"""


def refused_reminder(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/check-ins/reminder/")
    page.get_by_role("main").locator("form").evaluate("form => form.noValidate = true")
    page.locator("[name=wanted]").check()
    page.locator("[name=at]").fill("02:00")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_selector(".field-error")


def desk(*links: str) -> Way:
    """From the desk's first page along these links."""

    def way(page: Page, site: Site) -> None:
        page.goto(f"{site.url}/desk/")
        for link in links:
            page.locator(link).first.click()
            page.wait_for_load_state()

    return way


def saved_in_vain(page: Page) -> None:
    page.locator("main form .button-primary").click()
    page.wait_for_selector(".field-error")


def refused_times(page: Page, site: Site) -> None:
    """A time that ends before it begins."""
    desk(GROUP, leading("/times/"))(page, site)
    page.locator("[name$=-until]").first.fill("05:00")
    saved_in_vain(page)


def refused_ladder(page: Page, site: Site) -> None:
    """A step of no days."""
    desk(EVENING, leading("/ladders/"), leading("/days/"))(page, site)
    page.locator("[name$=-number]").last.fill("0")
    saved_in_vain(page)


def refused_policy(page: Page, site: Site) -> None:
    """More people to begin with than at most."""
    desk(EVENING, leading("/mentoring/"))(page, site)
    page.locator("[name=capacity_usual]").fill("5")
    page.locator("[name=capacity_most]").fill("1")
    saved_in_vain(page)


def telling_name(page: Page, site: Site) -> None:
    desk(EVENING, leading("/change/"))(page, site)
    page.locator("[name=name]").fill("Recovery evenings")
    saved_in_vain(page)


def not_now(page: Page, site: Site) -> None:
    desk(GROUP, PAST, BEN)(page, site)
    page.goto(f"{page.url}not-now/")


MENTORING = """
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor
from community.people.models import Person
from community.programs.models import Program
ana, ben = (Person.objects.at(f"{{name}}@porchlight.test").get() for name in ("ana", "ben"))
evening = Program.objects.get(name="Evening program")
evenings = {{"weekday": 1, "starts": "17:00", "ends": "21:00"}}
said = {{"languages": ["en", "es"], "hours": [evenings], "values": ["Dogs"]}}
mentoring.ask(person=ana, program=evening, wanted=said, agrees=True)
for one in Mentor.objects.of(ben.pk).open():
    {fresh} and mentoring.retire(mentor=one)
{fresh} or mentoring.apply(person=ben, program=evening, wanted=said, agrees=True)
"""


def arrange(site: Site, code: str) -> None:
    """Bring the site to a state, unless it is the one it was brought to last: the next language looks at the same."""
    if site.kept.get(("arranged",)) != code:
        site.manage("shell", "-v", "0", "-c", code)
        site.kept[("arranged",)] = code


def mentoring(*links: str, start: str = "/mentoring/", fresh: bool = False) -> Way:
    """From a page along these links; Ana hopes for a mentor, and Ben offers to be one (``fresh``: not yet)."""

    def way(page: Page, site: Site) -> None:
        arrange(site, MENTORING.format(fresh=fresh))
        page.goto(site.url + start)
        for link in links:
            page.locator(f"main {link}").first.click()
            page.wait_for_load_state()

    return way


#: Three mentors are suggested to Ana, and these steps are taken with Ben. Whatever was before is over first.
WALKING = """
from datetime import timedelta
from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.milestones import services as milestones
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort
cohort = Cohort.objects.select_related("program").get(name="Tuesday evening group")
named = {{one.alias: one for one in Person.objects.filter(alias__in=("Ana", "Ben", "Dana", "Rowan", "Marisol"))}}
evenings = [{{"weekday": day, "starts": "17:00", "ends": "21:00"}} for day in (1, 3)]
for alias in ("Rowan", "Marisol"):
    if alias not in named:
        named[alias] = people.create(alias=alias, address=alias.lower() + "@porchlight.test")
        programs.graduate(enrollment=programs.enroll(person=named[alias], cohort=cohort))
        start = named["Ben"].focuses.earliest("created").runs.earliest("start").start
        milestones.begin(person=named[alias], start=start)
for one in MentorRequest.objects.open().of(named["Ana"].pk):
    mentoring.withdraw(person=named["Ana"], request=one)
for one in Match.objects.walking():
    matches.end(match=one)
said = {{"languages": ["en", "es"], "hours": evenings, "values": ["Hiking", "Rebuilding trust"], "style": "listener"}}
more = {{
    "Ben": {{"pathways": ["smart"]}}, "Rowan": {{"life_stages": ["Raising young children"]}},
    "Marisol": {{"hours": evenings[:1], "style": "", "pathways": ["twelve_step"]}},
}}
guides = []
for alias, other in more.items():
    for row in Mentor.objects.open().of(named[alias].pk):
        mentoring.retire(mentor=row, by=named[alias])
    row = mentoring.apply(person=named[alias], program=cohort.program, wanted={{**said, **other}}, agrees=True)
    until = clock.today(cohort.program.zone) + timedelta(days=200)
    mentoring.clear(mentor=row, until=until, by=named["Dana"])
    for verb in (mentoring.screen, mentoring.train, mentoring.approve):
        row = verb(mentor=row, by=named["Dana"])
    guides.append(row)
said |= {{"pathways": ["smart"], "life_stages": ["Raising young children"], "hopes": "Somebody who laughs."}}
request = mentoring.ask(person=named["Ana"], program=cohort.program, wanted=said, agrees=True)
rows = [matches.propose(request=request, mentor=one) for one in guides]
with clock.turned(by=-timedelta(minutes=5)):
    rows = [matches.approve(match=one) for one in rows]
for verb, who in {steps}:
    day = clock.today(cohort.program.zone) + timedelta(days=30)
    more = {{"call": {{"wants": True, "number": "201-555-0144"}}, "plan_end": {{"day": day}}}}.get(verb, {{}})
    getattr(matches, verb)(match=rows[0], by=named[who], **more)
"""
CHOSE = (("choose", "Ana"),)
ACCEPTED = (*CHOSE, ("accept", "Ben"))


def walking(*links: str, start: str = "/mentoring/matches/", steps: tuple[tuple[str, str], ...] = ()) -> Way:
    """Three people are suggested to Ana, Ben among them, and these steps are taken; then along the links."""

    def way(page: Page, site: Site) -> None:
        arrange(site, WALKING.format(steps=repr(steps)))
        page.goto(site.url + start)
        for link in links:
            page.locator(f"main {link}").first.click()
            page.wait_for_load_state()

    return way


CALLED = (*ACCEPTED, ("call", "Ana"), ("plan_end", "Ana"))
ASKS = """
from datetime import timedelta
from community.foundation import clock
from community.matches import tasks
with clock.turned(by=timedelta(days=12, hours=1)):
    tasks.to_ask()
"""


def asked_how_it_goes(page: Page, site: Site) -> None:
    """The question of the twelfth day."""
    walking(steps=ACCEPTED)(page, site)
    arrange(site, ASKS)
    page.goto(f"{site.url}/mentoring/")
    page.locator(f"main {leading_in('/mentoring/questions/')}").first.click()
    page.wait_for_url("**/questions/**")


def board(*links: str, steps: tuple[tuple[str, str], ...] = ACCEPTED) -> Way:
    """From the board along these links; Ana and Ben walk together, or are on their way to it."""
    return walking(*links, start="/desk/matching/", steps=steps)


PAIR = 'a[href*="/desk/matching/matches/"]'
LOOKS_AGAIN = """
from community.matches import services as matches
from community.matches.models import Match
match = Match.objects.walking().get()
matches.end(match=match, ask_again=True, by=match.mentee)
"""


ALL_AT_ONCE = """
from community.matches import services as matches
from community.matches.desk.outcome import worked_out
from community.matches.models import Match
from community.people.models import Person
match = Match.objects.walking().get()
matches.end(match=match, ask_again=True, by=match.mentee)
dana = Person.objects.at("dana@porchlight.test").get()
batch = matches.ask_for_all(program=match.program, by=dana)
matches.keep_all(batch=batch, found=worked_out(match.program))
"""


def worked_out(page: Page, site: Site) -> None:
    """What a proposal for everybody comes to; Ana waits again."""
    walking(steps=ACCEPTED)(page, site)
    arrange(site, ALL_AT_ONCE)
    page.goto(f"{site.url}/desk/matching/")
    page.locator(f"main {leading_in('/batch/')}").first.click()
    page.wait_for_url("**/batch/")


def suggesting(page: Page, site: Site) -> None:
    """Ana waits again, after she and Ben parted."""
    walking(steps=ACCEPTED)(page, site)
    arrange(site, LOOKS_AGAIN)
    page.goto(f"{site.url}/desk/matching/")
    page.locator(f"main {leading_in('/desk/matching/requests/')}").first.click()
    page.wait_for_url("**/requests/**")


BOND = 'a[href*="/mentoring/matches/"][href$="/"]:not([href$="/matches/"])'


def refused_offer(page: Page, site: Site) -> None:
    """Without a time, a language or a yes."""
    mentoring(leading_in("/mentoring/offer/"), fresh=True)(page, site)
    for box in page.locator("[name=languages]:checked").all():
        box.uncheck()
    saved_in_vain(page)


def leading_in(part: str) -> str:
    """The link whose address holds this."""
    return f'a[href*="{part}"]'


def of_an_administrator(path: str) -> Way:
    """As somebody who runs the organization; Eli does from then on."""

    def way(page: Page, site: Site) -> None:
        site.manage_once("staff", "appoint", "--person", "eli@porchlight.test")
        page.goto(site.url + path)

    return way


MENTOR = leading_in("/desk/mentors/")

SCREENS = (
    Screen("demo", "demo_people", None, at("/demo/")),
    Screen("sign-in", "account_login", None, at("/sign-in/")),
    Screen("sign-in-refused", "account_login", None, refused_sign_in),
    Screen("sign-out", "account_logout", "ana", at("/sign-out/")),
    Screen("new-password", "account_reset_password", None, at("/new-password/")),
    Screen("new-password-sent", "account_reset_password_done", None, asked_for_a_password),
    Screen("new-password-old-link", "account_reset_password_from_key", None, at("/new-password/1-old-link/")),
    Screen("new-password-done", "account_reset_password_from_key_done", None, at("/new-password/done/")),
    Screen("recover", "recover", None, at("/recover/")),
    Screen("recover-refused", "recover", None, refused_code),
    Screen("settings-address", "settings_address", "ana", at("/settings/address/")),
    Screen("address", "address_confirm", "ana", at("/address/")),
    Screen("tablet", "tablet", "dana", at("/tablet/")),
    Screen("renew", "renew", None, at("/renew/")),
    Screen("renewal", "renewal_open", "dana", lets_ana_back_in),
    Screen("recover-done", "recover_done", None, at("/recover/done/")),
    Screen("recovery-sheet-again", "recovery_sheet", "ana", at("/recovery-sheet/")),
    Screen("recovery-sheet", "recovery_sheet", None, fresh_sheet),
    Screen("join", "join", None, at("/join/")),
    Screen("join-refused", "join", None, refused_card),
    Screen("join-invited", "join", None, invited),
    Screen("join-name", "join_name", None, typed_code),
    Screen("join-name-refused", "join_name", None, refused_alias),
    Screen("join-agreement", "join_agreement", None, asked_to_agree),
    Screen("join-agreement-refused", "join_agreement", None, refused_agreement),
    Screen("join-not-now", "join_not_now", None, stays_out),
    Screen("join-sign-in", "join_sign_in", None, asked_for_a_way_in),
    Screen("join-sheet", "join_sheet", None, came_in),
    Screen("first-day", "first_day", None, first_evening),
    Screen("invitations", "invitations", "dana", at("/invitations/")),
    Screen("invite", "invite", "dana", at("/invitations/new/")),
    Screen("cards", "invitation_cards", "dana", made_cards),
    Screen("closed", "account_inactive", None, at("/closed/")),
    Screen("help", "help", None, at("/help/")),
    Screen("offline", "offline", None, at("/offline/")),
    Screen("leave", "leave", "ana", at("/leave/")),
    Screen("today", "today", "ana", at("/today/")),
    Screen("today-of-a-facilitator", "today", "dana", at("/today/")),
    Screen("check-in-saved", "check_in", "ana", checked_in("steady")),
    Screen("check-in-low", "check_in", "ana", checked_in("low")),
    Screen("check-in-struggling", "check_in", "ana", checked_in("struggling")),
    Screen("today-checked-in", "today", "ana", today_checked_in),
    Screen("check-ins", "check_ins", "ana", days_of_ana),
    Screen("check-in-say", "check_in_say", "ana", says_a_day),
    Screen("check-ins-none", "check_ins", "ben", at("/check-ins/")),
    Screen("check-in-reminder", "check_in_reminder", "ana", at("/check-ins/reminder/")),
    Screen("check-in-reminder-refused", "check_in_reminder", "ana", refused_reminder),
    Screen("check-ins-shared", "desk_check_ins", "dana", shared_by_ana),
    Screen("alumni-offer", "alumni_offer", "eli", offer),
    Screen("come-back", "room_come_back", "ben", comes_back),
    Screen("agreements", "agreements", "ben", at("/settings/agreements/")),
    Screen("agreements-taken-back", "agreements", "cy", takes_back),
    Screen("groups", "groups", "ana", at("/groups/")),
    Screen("groups-of-a-facilitator", "groups", "dana", at("/groups/")),
    Screen("room", "room", "ana", room),
    Screen("room-of-a-facilitator", "room", "dana", room),
    Screen("members", "room_members", "ana", members),
    Screen("members-of-a-facilitator", "room_members", "dana", members),
    Screen("message", "message", "dana", message),
    Screen("search", "search", "ana", at("/search/")),
    Screen("search-found", "search", "ana", looks_for("the")),
    Screen("search-nothing", "search", "ana", looks_for("zzzz")),
    Screen("settings", "settings", "ana", at("/settings/")),
    Screen("settings-name", "settings_name", "ana", at("/settings/name/")),
    Screen("settings-name-refused", "settings_name", "ana", refused_name),
    Screen("settings-language", "settings_language", "ana", at("/settings/language/")),
    Screen("settings-looks", "settings_looks", "ana", at("/settings/looks/")),
    Screen("settings-rooms", "settings_rooms", "ana", at("/settings/rooms/")),
    Screen("settings-password", "settings_password", "ana", at("/settings/password/")),
    Screen("whose-phone", "whose_phone", "ana", at("/phone/")),
    Screen("settings-devices", "settings_devices", "ana", at("/settings/devices/")),
    Screen("updates", "updates", "ben", at("/notices/")),
    Screen("updates-waiting", "updates", "dana", updates_waiting),
    Screen("mentoring", "mentoring", "ana", mentoring()),
    Screen("mentoring-of-nobody", "mentoring", "cy", at("/mentoring/")),
    Screen("mentor-ask", "mentor_ask", "ana", mentoring(leading_in("/mentoring/ask/"))),
    Screen("mentor-offer", "mentor_apply", "ben", mentoring(leading_in("/mentoring/offer/"), fresh=True)),
    Screen("mentor-offer-refused", "mentor_apply", "ben", refused_offer),
    Screen("mentor-mine", "mentor_mine", "ben", mentoring(leading_in("/mentoring/mine/"))),
    Screen("matches", "matches", "ana", walking()),
    Screen("matches-asked", "matches", "ana", walking(steps=CHOSE)),
    Screen("matches-of-nobody", "matches", "cy", at("/mentoring/matches/")),
    Screen("match-people", "match_people", "ben", walking(start="/mentoring/people/", steps=CHOSE)),
    Screen("match-people-of-nobody", "match_people", "cy", at("/mentoring/people/")),
    Screen("match-offer", "match", "ben", walking(BOND, start="/mentoring/", steps=CHOSE)),
    Screen("match-together", "match", "ana", walking(BOND, start="/mentoring/", steps=ACCEPTED)),
    Screen("match-together-of-a-mentor", "match", "ben", walking(BOND, start="/mentoring/", steps=CALLED)),
    Screen("match-end", "match_end", "ana", walking(BOND, leading_in("/end/"), start="/mentoring/", steps=ACCEPTED)),
    Screen("match-question", "match_question", "ana", asked_how_it_goes),
    Screen("match-asked", "match", "ana", walking(BOND, start="/mentoring/", steps=CHOSE)),
    Screen("desk-mentors", "desk_mentoring", "dana", mentoring(start="/desk/mentors/")),
    Screen("desk-mentor", "desk_mentor", "dana", mentoring(MENTOR, start="/desk/mentors/")),
    Screen(
        "desk-mentor-clearance",
        "desk_mentor_clearance",
        "dana",
        mentoring(MENTOR, leading_in("/clearance/"), start="/desk/mentors/"),
    ),
    Screen(
        "desk-mentor-supervisor",
        "desk_mentor_supervisor",
        "dana",
        mentoring(MENTOR, leading_in("/supervisor/"), start="/desk/mentors/"),
    ),
    Screen(
        "desk-mentor-notes",
        "desk_mentor_notes",
        "dana",
        mentoring(MENTOR, leading_in("/notes/"), start="/desk/mentors/"),
    ),
    Screen("desk-board", "desk_board", "dana", board(steps=())),
    Screen("desk-match", "desk_match", "dana", board(PAIR)),
    Screen("desk-match-cover", "desk_match_cover", "dana", board(PAIR, leading_in("/cover/"))),
    Screen("desk-batch-of-nothing", "desk_batch", "dana", board(leading_in("/batch/"), steps=())),
    Screen("desk-batch", "desk_batch", "dana", worked_out),
    Screen("desk-outcomes", "desk_outcomes", "dana", board(leading_in("/outcomes/"), steps=())),
    Screen("desk-suggest", "desk_suggest", "dana", suggesting),
    Screen("desk", "desk", "dana", at("/desk/")),
    Screen("desk-of-a-moderator", "desk", "cy", at("/desk/")),
    Screen("desk-asking", "desk_asking", "dana", at("/desk/asking/")),
    Screen("desk-who-is-away", "desk_away_list", "dana", at("/desk/away/")),
    Screen("desk-program", "desk_program", "dana", desk(EVENING)),
    Screen("desk-program-change", "desk_program_change", "dana", desk(EVENING, leading("/change/"))),
    Screen("desk-program-telling-name", "desk_program_change", "dana", telling_name),
    Screen("desk-cohort-open", "desk_cohort_open", "dana", desk(EVENING, leading("/groups/new/"))),
    Screen("desk-candidates", "desk_candidates", "dana", desk(EVENING, leading("/staff/"))),
    Screen("desk-appoint", "desk_appoint", "dana", desk(EVENING, leading("/staff/"), BEN)),
    Screen("desk-dismiss", "desk_dismiss", "dana", desk(EVENING, CY)),
    Screen("desk-cohort", "desk_cohort", "dana", desk(GROUP)),
    Screen("desk-cohort-past", "desk_cohort", "dana", desk(GROUP, PAST)),
    Screen("desk-cohort-change", "desk_cohort_change", "dana", desk(GROUP, leading("/change/"))),
    Screen("desk-times", "desk_times", "dana", desk(GROUP, leading("/times/"))),
    Screen("desk-times-refused", "desk_times", "dana", refused_times),
    Screen("desk-ladders", "desk_ladders", "dana", desk(EVENING, leading("/ladders/"))),
    Screen("desk-ladder", "desk_ladder", "dana", desk(EVENING, leading("/ladders/"), leading("/days/"))),
    Screen("desk-ladder-refused", "desk_ladder", "dana", refused_ladder),
    Screen(
        "desk-ladder-beginning",
        "desk_ladder_beginning",
        "dana",
        desk(EVENING, leading("/ladders/"), leading("/days/"), leading("/beginning/")),
    ),
    Screen("desk-mentoring-policy", "desk_mentoring_policy", "dana", desk(EVENING, leading("/mentoring/"))),
    Screen("desk-mentoring-policy-refused", "desk_mentoring_policy", "dana", refused_policy),
    Screen("desk-person", "desk_person", "dana", desk(GROUP, ANA)),
    Screen("desk-phase", "desk_phase", "dana", desk(GROUP, ANA, leading("/phase/"))),
    Screen("desk-finish", "desk_finish", "dana", desk(GROUP, ANA, leading("/finish/"))),
    Screen("desk-end", "desk_end", "dana", desk(GROUP, ANA, leading("/end/"))),
    Screen("desk-away", "desk_away", "dana", desk(GROUP, ANA, leading("/away/"))),
    Screen("desk-again", "desk_again", "dana", desk(GROUP, PAST, BEN, leading("/again/"))),
    Screen("desk-not-now", "desk_not_now", "dana", not_now),
    Screen("desk-of-an-administrator", "desk", "eli", of_an_administrator("/desk/")),
    Screen("desk-tracks", "desk_program_open", "eli", of_an_administrator("/desk/programs/new/")),
    Screen("desk-program-open", "desk_program_open", "eli", of_an_administrator("/desk/programs/new/?track=teen")),
    Screen("path", "my_path", "ana", at("/my-path/")),
    Screen("path-long", "my_path", "ben", at("/my-path/")),
    Screen("path-without-days", "my_path", "eli", at("/my-path/")),
    Screen("path-begin", "my_path_begin", "cy", at("/my-path/new/")),
    Screen("path-first-day", "my_path_correct", "ana", on_the_path("first-day")),
    Screen("path-change", "my_path_change", "ana", on_the_path("change")),
    Screen("path-new-count", "my_path_new_count", "ana", on_the_path("new-count")),
    Screen("path-anew", "my_path", "ana", anew),
    Screen("path-tally-begin", "my_path_tally_begin", "eli", at("/my-path/tallies/new/")),
    Screen("path-tallies", "my_path", "eli", counted),
    Screen("path-tally-change", "my_path_tally_change", "eli", mends_a_tally),
    Screen("path-sharing", "my_path_sharing", "ana", shares),
    Screen("celebration", "celebration", "ana", marks),
    Screen("celebration-refused", "celebration", "ana", refused_mark),
    Screen("celebration-shared", "celebration", "ben", marks),
    Screen("room-celebration", "room", "ana", celebrated),
    Screen("room-celebration-quiet", "room", "cy", celebrated_quietly),
    Screen("celebrations", "celebrations", "ana", wall),
    Screen("celebrations-empty", "celebrations", "eli", at("/celebrations/")),
    Screen("desk-celebrations", "desk_celebrations", "eli", of_an_administrator("/desk/celebrations/")),
    Screen("talk", "talk", "ana", at("/talk/")),
    Screen("talk-nobody", "talk", "ben", at("/talk/")),
    Screen("my-time", "my_time", "ana", at("/my-time/")),
    Screen("my-time-before", "my_time", "ben", at("/my-time/")),
    Screen("settings-updates", "settings_updates", "ana", at("/settings/updates/")),
    Screen("not-found", "room", "ana", at("/groups/00000000-0000-4000-8000-000000000000/")),
)
