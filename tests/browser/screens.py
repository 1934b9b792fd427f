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
    """``page`` is the name of its address; ``who`` is signed in (nobody: None); ``way`` leads there.

    ``leaves``: something stays on the device, which is thrown away afterwards.
    """

    name: str
    page: str
    who: str | None
    way: Way
    leaves: bool = False


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
    ana = site.python_once(ID_OF.format(name="ana")).split()[-1]
    page.goto(f"{site.url}/people/{ana}/renewal/")


ID_OF = """
from community.people.models import Person
print(Person.objects.at("{name}@porchlight.test").get().pk)
"""


def fresh_sheet(page: Page, site: Site) -> None:
    """Somebody without an address looks at codes that were just made; they owe an answer about their phone still."""
    name = site.python(WITHOUT_ADDRESS).split()[-1]
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
    return site.python(CARD.format(language=language, count=1)).split()[-1]


def heap(site: Site) -> Iterator[str]:
    """Codes of fresh cards, made ten at a time: each start of manage.py costs a second."""
    while True:
        yield from site.python(CARD.format(language="en", count=10)).split()[-10:]


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
    site.python_once(TIMES)
    page.goto(f"{site.url}/my-path/")


def mends_a_tally(page: Page, site: Site) -> None:
    counted(page, site)
    page.locator("main a[href*='/tallies/'][href$='/change/']").first.click()
    page.wait_for_url("**/change/")


def anew(page: Page, site: Site) -> None:
    """After a new count that can be taken back, with what was lived before it unfolded."""
    site.python_once(ANEW)
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


def shares_with_groups(page: Page, site: Site) -> None:
    """The same, with the groups to choose from unfolded; nothing is saved."""
    shares(page, site)
    page.locator("[name=sharing][value=group]").check()
    page.wait_for_selector(".which-groups [name=groups]")


def marks(page: Page, site: Site) -> None:
    """The page of a day one was asked about, from one's own path."""
    site.python_once(MARKS)
    shares(page, site)
    page.locator("main a[href*='/celebrations/']").first.click()
    page.wait_for_url("**/celebrations/**")


def asked_about_tomorrow(page: Page, site: Site) -> None:
    """Today, with the question about the thirty days of tomorrow."""
    site.python(ASKED)
    page.goto(f"{site.url}/today/")
    page.wait_for_selector("main .ask")


ASKED = """
from datetime import timedelta
from community.foundation import clock
from community.people.models import Person
ana = Person.objects.at("ana@porchlight.test").get()
asked = {"due": clock.today(ana.zone) + timedelta(days=1), "created": clock.now(), "person": ana}
ana.focuses.earliest("created").runs.get().celebrations.update_or_create(code="d30", defaults=asked)
"""


def check_in_that_tells(page: Page, site: Site) -> None:
    """Today, with a day of Ben's that the check-in would share; nothing of it is left once it is shown."""
    site.python(PUT_OFF)
    page.goto(f"{site.url}/today/")
    page.wait_for_selector(".check-in .notice-bar a[href*='/celebrations/']")
    site.python(PUT_OFF_NO_MORE)


PUT_OFF_NO_MORE = """
from groups.celebrations.models import Celebration
Celebration.objects.filter(code="m17").delete()
"""
PUT_OFF = """
from datetime import timedelta
from community.checkins.rules import today_of
from community.foundation import clock
from community.people.models import Person
from groups.celebrations.models import Celebration
from groups.membership.models import Group
ben = Person.objects.at("ben@porchlight.test").get()
day, run = today_of(ben), ben.focuses.earliest("created").runs.get()
days = {"due": day - timedelta(days=5), "said_on": day - timedelta(days=5), "later": day}
one = Celebration.objects.create(person=ben, run=run, code="m17", state="yes", created=clock.now(), **days)
one.places.create(group=Group.objects.get(name="Tuesday evening group"))
"""


def comes_next(page: Page, site: Site) -> None:
    """Today, with what comes next of what Ben counts, who wants that."""
    site.python_once(ON_TODAY)
    page.goto(f"{site.url}/today/")
    page.wait_for_selector("#coming")


ON_TODAY = """
from community.milestones import services as milestones
from community.people.models import Person
ben = Person.objects.at("ben@porchlight.test").get()
focus = ben.focuses.earliest("created")
milestones.change(person=ben, focus=focus, name=focus.name, hides_count=focus.hides_count, on_today=True)
"""


def looked_at_first(page: Page, site: Site) -> None:
    """A ladder as it would look: one more step is typed, and nothing of it is kept."""
    desk(EVENING, leading("/ladders/"), leading("/days/"))(page, site)
    page.locator("[name$=-number]").last.fill("45")
    page.locator("[name$=-label]").last.fill("Half of ninety")
    page.locator("[name=look]").click()
    page.wait_for_selector(".ladder-look bdi:text('Half of ninety')")


def of_the_scan(*, still: bool) -> Way:
    """Where an administrator reads whether celebrations are shared, or stand still because a clock seemed wrong."""

    def way(page: Page, site: Site) -> None:
        site.python(f"{PULSE}Pulse.objects.update_or_create(pk=1, defaults={'STOPPED' if still else 'GOES'})")
        of_an_administrator("/desk/celebrations/")(page, site)

    return way


PULSE = """
from community.foundation import clock
from groups.celebrations.models import Pulse
now = clock.now()
GOES = {"last": now, "stopped": None, "why": ""}
STOPPED = {"last": now, "stopped": now, "why": Pulse.Why.JUMP}
"""


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
    site.python_once(MARKS)
    room(page, site)
    page.wait_for_selector(".feast")


def celebrated_quietly(page: Page, site: Site) -> None:
    """Cy keeps what others celebrate quiet."""
    site.python_once(QUIET)
    celebrated(page, site)


def shared_on_today(page: Page, site: Site) -> None:
    """Today, with the day that Ben shared."""
    site.python_once(MARKS)
    page.goto(f"{site.url}/today/")
    page.wait_for_selector(".shared-one")


def wall(page: Page, site: Site) -> None:
    site.python_once(MARKS)
    site.python_once(FINISHED)
    site.python(HEARD)
    page.goto(f"{site.url}/my-path/")
    page.wait_for_selector(".hero")


def wall_unfolded(page: Page, site: Site) -> None:
    """Cy keeps what others celebrate quiet, and comes to see the week."""
    for code in (MARKS, FINISHED, QUIET):
        site.python_once(code)
    page.goto(f"{site.url}/celebrations/")
    page.wait_for_selector(".wall-card")


def two_on_today(page: Page, site: Site) -> None:
    """Today, with a day and a program that was finished."""
    site.python_once(MARKS)
    site.python_once(FINISHED)
    page.goto(f"{site.url}/today/")
    page.wait_for_selector(".shared-one + .shared-one")


def own_of_the_week(page: Page, site: Site) -> None:
    """The week, with what one finished oneself."""
    site.python_once(FINISHES)
    page.goto(f"{site.url}/my-path/")
    page.wait_for_selector("#finished")


def finished_and_asked(page: Page, site: Site) -> None:
    """The page of a program that one finished, from Today."""
    site.python_once(FINISHES)
    page.goto(f"{site.url}/today/")
    page.locator(".ask a").first.click()
    page.wait_for_url("**/celebrations/**")


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
    one.words = "Twelve weeks ago I could not sit through an hour. Ask me about the bus route."
    posting.post(one, ben, [Group.objects.get(name="Tuesday evening group").pk], day)
"""
#: Ana put away every card about danger that another screen led to: while one is open, no celebration meets her.
HEARD = """
from community.people.models import Person
from community.safety import services as safety
from community.safety.models import Sign
ana = Person.objects.at("ana@porchlight.test").get()
for sign in Sign.objects.of(ana.pk).with_open_card():
    safety.put_away(sign=sign, by=ana)
"""
#: Eli is asked about the program, as if it were finished.
FINISHES = """
from community.foundation import clock
from community.people.models import Person
from community.programs.models import Enrollment
from groups.celebrations.models import Celebration
eli = Person.objects.at("eli@porchlight.test").get()
asked = {"person": eli, "due": clock.today(eli.zone), "created": clock.now()}
Celebration.objects.get_or_create(episode=Enrollment.objects.of(eli.pk).get(), code="graduation", defaults=asked)
"""


#: Ana is asked about tomorrow; Ben's 18 months stand in the room, as if they had come today.
MARKS = """
from datetime import timedelta
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
    mine.get_or_create(code="d30", defaults={"person": ana, "due": day + timedelta(days=1), "created": now})
    one = his.create(person=ben, code="m18", due=day, created=now)
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


def pinned_message(page: Page, site: Site) -> None:
    """The page of a message that is pinned, for who keeps the room."""
    message(page, site)
    address = page.url
    if (press := page.locator("#pin[action$='/pin/'] button")).count():
        press.click()
        page.wait_for_selector("[data-pin]")
        page.goto(address)


def pinned_list(page: Page, site: Site) -> None:
    pinned_message(page, site)
    members(page, site)
    page.wait_for_selector("#pinned")


def muted_room(page: Page, site: Site) -> None:
    members(page, site)
    if (press := page.locator("[name=muted][value='1']")).count():
        press.click()
    page.wait_for_selector("[name=muted][value='0']")


def muted_groups(page: Page, site: Site) -> None:
    muted_room(page, site)
    page.goto(f"{site.url}/groups/")


def refused_name(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/settings/name/")
    page.locator("[name=alias]").fill("The Moderator")
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_selector(".field-error")


def refused_copy(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/settings/your-data/")
    page.locator("[name=password]").fill("not the one")
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_selector(".field-error")


def updates_waiting(page: Page, site: Site) -> None:
    """Words wait: one with a page behind it and one without."""
    site.tell("dana", "words_released")
    site.tell("dana", "password_changed")
    page.goto(f"{site.url}/notices/")


def offer(page: Page, site: Site) -> None:
    """The offer of somebody who finished; Eli does, the first time this is looked at."""
    site.python_once(FINISHES)
    page.goto(f"{site.url}/today/")
    page.locator("main a[href*='/offers/']").click()
    page.wait_for_url("**/offers/**")


def comes_back(page: Page, site: Site) -> None:
    """Somebody who left a room by themselves finds their seat waiting; Ben did, the first time this is looked at."""
    site.python_once(LEAVES)
    page.goto(f"{site.url}/groups/")
    page.locator("main a[href*='/come-back/']").first.click()
    page.wait_for_url("**/come-back/")


def takes_back(page: Page, site: Site) -> None:
    """What everybody agrees to before they write, taken back; Cy did, the first time this is looked at."""
    site.python_once(TAKES_BACK)
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


EVENING, GROUP = f"main h2 {called('Evening program').removeprefix('main ')}", called(TUESDAY)
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
    site.python_once(DAYS)
    page.goto(f"{site.url}/check-ins/")


def only_mine(page: Page, site: Site, to: str) -> None:
    """A phone that is only its owner's, on a page of ours."""
    page.goto(f"{site.url}/phone/?next={to}")
    page.locator("[name=only_mine][value='1']").click()
    page.wait_for_url(f"{site.url}{to}")


def kept_check_in(page: Page, site: Site) -> None:
    """Pressed where nothing gets through."""
    page.route("**/api/v1/checkins/*", lambda route: route.fulfill(status=429, body="{}"))
    with page.expect_response("**/me/phone/key"):
        only_mine(page, site, "/today/")
    page.locator("[name=weather][value=low]").check()
    page.locator("[data-check-in] > .button-primary").click()
    page.locator("[data-kept]").wait_for()


def check_ins_to_decide(page: Page, site: Site) -> None:
    """One of a day that was over, one over which another device wrote, one that is refused for itself."""
    page.route("**/api/v1/checkins/*", lambda route: route.fulfill(status=200, body=STANDS))
    only_mine(page, site, "/today/")
    page.evaluate(REFUSED)
    page.goto(f"{site.url}/check-ins/")
    page.locator("#waits").wait_for()


STANDS = '{"weather": "good", "note": "From the tablet.", "changed": "2026-11-20T12:00:00.000Z"}'
REFUSED = """async () => {
  const { Vault } = await import("/static/community/js/vault.js");
  const vault = await Vault.open(document.body.dataset.owner);
  const answers = { weather: "low", note: "A long way home, and no signal." };
  const [over, stale] = [{ code: "day_over", then: "2026-11-19" }, { code: "stale", why: "Another device." }];
  const days = { "2026-11-18": over, "2026-11-20": stale, "2026-11-02": { code: "odd", why: "Look again." } };
  for (const [day, refused] of Object.entries(days)) await vault.keepCheckIn({ day, answers, seen: "", refused });
  vault.close();
}"""


def says_a_day(page: Page, site: Site) -> None:
    days_of_ana(page, site)
    page.locator(".days tbody a").last.click()
    page.locator(leading("/say/")).click()
    page.wait_for_url("**/say/")


def shared_by_ana(page: Page, site: Site) -> None:
    site.python_once(DAYS)
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


def plan_of_ana(path: str) -> Way:
    """Ana wrote a safety plan a while ago, and showed it to who leads her group."""

    def way(page: Page, site: Site) -> None:
        tie = site.python_once(SAFETY_PLAN).split()[-1]
        page.goto(site.url + path.format(tie=tie))

    return way


SAFETY_PLAN = """
from datetime import timedelta
from community.foundation import clock
from community.people.models import Person
from community.programs.models import Enrollment
from community.safetyplan import services as safetyplan
from community.safetyplan.plans import Part
ana = Person.objects.at("ana@porchlight.test").get()
dana = Person.objects.at("dana@porchlight.test").get()
tie = Enrollment.objects.open().of(ana.pk).get().pk
said = {
    Part.SIGNS: "I stop answering my phone.\\nEverything feels far away.",
    Part.ALONE: "Cold water. Then the long way round the block.",
    Part.PEOPLE: "My sister, 201-555-0144.",
    Part.REASON: "Nora’s first day of school.",
}
for back, more in ((60, ""), (40, " Any hour.")):
    with clock.turned(-timedelta(days=back)):
        for part, words in said.items():
            safetyplan.write(person=ana, part=part, words=words + more)
        safetyplan.share(person=ana, tie_id=tie, reader_id=dana.pk)
print(tie)
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
from community.matches import services as matches
from community.matches.models import Match
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor
from community.people.models import Person
from community.programs.models import Program
ana, ben = (Person.objects.at(f"{{name}}@porchlight.test").get() for name in ("ana", "ben"))
evening = Program.objects.get(name="Evening program")
evenings = {{"weekday": 1, "starts": "17:00", "ends": "21:00"}}
said = {{"languages": ["en", "es"], "hours": [evenings], "values": ["Dogs"]}}
for one in Match.objects.walking():
    matches.end(match=one)
mentoring.ask(person=ana, program=evening, wanted=said, agrees=True)
for one in Mentor.objects.of(ben.pk).open():
    {fresh} and mentoring.retire(mentor=one)
{fresh} or mentoring.apply(person=ben, program=evening, wanted=said, agrees=True)
"""


def arrange(site: Site, code: str) -> None:
    """Bring the site to a state, unless it is the one it was brought to last: the next language looks at the same."""
    if site.kept.get("arranged") != code:
        site.python(code)
        site.kept["arranged"] = code


def mentoring(*links: str, start: str = "/mentoring/", fresh: bool = False) -> Way:
    """From a page along these links; Ana hopes for a mentor, and Ben offers to be one (``fresh``: not yet)."""

    def way(page: Page, site: Site) -> None:
        arrange(site, MENTORING.format(fresh=fresh))
        page.goto(site.url + start)
        for link in links:
            page.locator(f"main {link}").first.click()
            page.wait_for_load_state()

    return way


NOBODY_ASKS = """
from community.matches import services as matches
from community.matches.models import Match
from community.mentoring import services as mentoring
from community.mentoring.models import MentorRequest
from community.people.models import Person
ana = Person.objects.at("ana@porchlight.test").get()
for one in Match.objects.walking():
    matches.end(match=one)
for one in MentorRequest.objects.open().of(ana.pk):
    mentoring.withdraw(person=ana, request=one)
"""


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
    more = {{
        "call": {{"wants": True, "number": "201-555-0144"}}, "plan_end": {{"day": day}},
        "aim": {{"words": "A walk every Sunday, and somebody to call before I go quiet."}},
    }}.get(verb, {{}})
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


CALLED = (*ACCEPTED, ("call", "Ana"), ("plan_end", "Ana"), ("aim", "Ana"))
AIMED = (*ACCEPTED, ("aim", "Ana"), ("aim", "Ben"))
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


#: Ana and Ben part in five days, as both wished.
PARTING = """
from datetime import timedelta
from community.foundation import clock
from community.matches import services as matches
from community.matches.models import Match
row = Match.objects.walking().select_related("mentee", "guide", "program").get()
for one in (row.mentee, row.guide):
    matches.plan_end(match=row, day=clock.today(row.program.zone) + timedelta(days=5), by=one)
"""


def says_goodbye(page: Page, site: Site) -> None:
    walking(steps=AIMED)(page, site)
    arrange(site, PARTING)
    page.goto(f"{site.url}/mentoring/")
    for link in (BOND, leading_in("/mentoring/goodbye/")):
        page.locator(f"main {link}").first.click()
        page.wait_for_load_state()


SILENT = """
from datetime import timedelta
from community.foundation import clock
from community.matches.models import Match, Silence
now = clock.now()
Silence.objects.create(match=Match.objects.walking().get(), heard=now - timedelta(days=7), noticed=now)
"""


#: Ben takes a break of his own.
AWAY = """
from community.matches.models import Match
from community.mentoring import services as mentoring
row = Match.objects.walking().select_related("mentor", "guide").get()
mentoring.pause(mentor=row.mentor, by=row.guide)
"""


def quiet(steps: tuple[tuple[str, str], ...], why: str = SILENT) -> Way:
    """Nothing was heard of the mentor for a week, or they take a break."""

    def way(page: Page, site: Site) -> None:
        walking(start="/mentoring/", steps=steps)(page, site)
        arrange(site, why)
        page.locator(f"main {BOND}").first.click()
        page.wait_for_load_state()

    return way


def shared_with_a_mentor(page: Page, site: Site) -> None:
    walking(start="/mentoring/", steps=ACCEPTED)(page, site)
    arrange(site, DAY_OF_ANA)
    page.locator(f"main {BOND}").first.click()
    page.locator(f"main {leading_in('/days/')}").click()
    page.wait_for_url("**/days/")


DAY_OF_ANA = """
from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.matches import services as matches
from community.matches.models import Match
match = Match.objects.walking().get()
said = {"weather": "low", "sleep": "4_to_6", "note": "A long day. I would rather not say more."}
one = checkins.check_in(person=match.mentee, day=today_of(match.mentee), answers=said)
matches.share_day(match=match, check_in=one, by=match.mentee)
"""


def board(*links: str, steps: tuple[tuple[str, str], ...] = ACCEPTED) -> Way:
    """From the board along these links; Ana and Ben walk together, or are on their way to it."""
    return walking(*links, start="/desk/matching/", steps=steps)


PAIR = 'a[href*="/desk/matching/matches/"]'
#: On the third day Ben says that they have talked, and Ana that they have not.
SAID = """
from datetime import timedelta
from community.foundation import clock
from community.matches import services as matches
from community.matches import tasks
from community.matches.models import Match
row = Match.objects.walking().get()
with clock.turned(by=timedelta(days=3, hours=1)):
    tasks.to_ask()
    for one in row.checkins.select_related("match", "person"):
        said = "not_yet" if one.person_id == row.mentee_id else "yes"
        matches.answer(checkin=one, answer=said, by=one.person)
"""


def said_how_it_goes(page: Page, site: Site) -> None:
    """The page of two at the desk, with what each answered alone."""
    board()(page, site)
    arrange(site, SAID)
    page.locator(f"main {PAIR}").first.click()
    page.wait_for_selector("#answers")


def told_of(path: str) -> Way:
    """Ben told us of words of Ana's, with a worry, and Ana of two of Ben's; Dana has the worry."""

    def way(page: Page, site: Site) -> None:
        names = ("worry", "told", "words", "room", "held", "decided", "hidden", "ben")
        made = dict(zip(names, site.python_once(REPORTED).split()[-len(names) :], strict=True))
        page.goto(site.url + path.format(**made))

    return way


LOST = """
from community.deaths import services as deaths
from community.deaths.models import Telling, Why
from community.foundation import clock
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, StaffRole
cohort = Cohort.objects.get(name="Tuesday evening group")
dana, ben = (Person.objects.at(f"{one}@porchlight.test").get() for one in ("dana", "ben"))
lou, fay = (people.create(alias=one, address=f"{one.lower()}@porchlight.test") for one in ("Lou", "Fay"))
episode = programs.enroll(person=lou, cohort=cohort)
programs.appoint(person=fay, program=cohort.program, role=StaffRole.FACILITATOR)
known = "Their sister called the clinic this morning."
death = deaths.say(person=lou, by=fay, day=clock.today(fay.zone), source=known)
Telling.objects.create(death=death, person=ben, why=Why.MENTOR)
print(episode.pk, death.pk)
"""
KNOWN = """
from community.deaths import services as deaths
from community.deaths.models import Death
from community.people.models import Person
death = Death.objects.get()
if death.confirmed is None:
    deaths.confirm(death=death, by=Person.objects.at("dana@porchlight.test").get())
"""
TICKED = """
from community.deaths import services as deaths
from community.deaths.models import Death
from community.people.models import Person
dana = Person.objects.at("dana@porchlight.test").get()
for telling in Death.objects.get().tellings.all():
    deaths.tell(telling=telling, by=dana)
"""


def of_a_death(path: str, *, known: bool, told: bool = False) -> Way:
    """Fay says that Lou has died, and Dana knows it too, or is asked; ``told``: Ben has heard it from her."""

    def way(page: Page, site: Site) -> None:
        episode, death = site.python_once(LOST).split()[-2:]
        for step in (KNOWN, *([TICKED] if told else [])) if known else ():
            site.python_once(step)
        page.goto(site.url + path.format(episode=episode, death=death))

    return way


APART = """
from community.keep_apart import services as apart
from community.keep_apart.models import KeepApart
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment
cohort = Cohort.objects.get(name="Tuesday evening group")
dana = Person.objects.at("dana@porchlight.test").get()
kit, val = (people.create(alias=one, address=f"{one.lower()}@porchlight.test") for one in ("Kit", "Val"))
episode, _other = (programs.withdraw(enrollment=programs.enroll(person=one, cohort=cohort)) for one in (kit, val))
apart.keep_apart(one=kit, other=val, reason="There is a protective order until spring.", by=dana)
print(episode.pk)
"""


def kept_apart(path: str) -> Way:
    """Kit and Val, who were here before, are kept apart."""

    def way(page: Page, site: Site) -> None:
        page.goto(site.url + path.format(episode=site.python_once(APART).split()[-1]))

    return way


def sheet_of_ana(path: str) -> Way:
    """Ana left an emergency sheet; Finn, and then Dana, who has the worry about her, opened it."""

    def way(page: Page, site: Site) -> None:
        told_of("/desk/queue/")(page, site)
        case = site.python(SHEET_OPENED).split()[-1]  # each time: what cannot wait is held for five minutes
        page.goto(site.url + path.format(case=case))

    return way


SHEET_OPENED = """
from community.cases import services as cases
from community.cases.models import Case
from community.foundation import clock
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import StaffRole
from community.sheets import services as sheets
from community.sheets.models import SheetOpening
ana, dana = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "dana"))
case = Case.objects.select_related("program").get(subject=ana, care=True)
if not SheetOpening.objects.exists():
    answers = {
        "place": "At my sister’s, the blue door.",
        "contact": "My sister, 201-555-0144",
        "say": "Tell her I need her to come.",
        "health": "Penicillin makes me swell up.",
    }
    sheets.write_down(person=ana, answers=answers, agrees=True)
    finn = people.create(alias="Finn", address="finn.opens@porchlight.test")
    programs.appoint(person=finn, program=case.program, role=StaffRole.FACILITATOR)
    if case.is_held_at(clock.now()):
        case = cases.hand_on(case=case, by=case.holder, version=case.version, note="Please take it.")
    case = cases.take(case=case, by=finn, version=case.version)
    sheets.open_sheet(case=case, by=finn)
    SheetOpening.objects.update(told=clock.now())
    case.refresh_from_db()
    case = cases.hand_on(case=case, by=finn, version=case.version, note="Please take it.")
if not case.is_held_at(clock.now()):
    case = cases.take(case=case, by=dana, version=case.version)
sheets.open_sheet(case=case, by=dana)
print(case.pk)
"""


CRIED = """
from uuid import uuid4
from community.people.models import Person
from community.safety.models import Sign
from groups.chat import services as chat
from groups.membership.models import Group
room = Group.objects.get(name="Tuesday evening group")
ana = Person.objects.at("ana@porchlight.test").get()
for body in ("I am about to use, right now", "I want to kill myself tonight"):
    message = chat.post(author=ana, group=room, key=uuid4(), body=body)
    print(Sign.objects.get(about=f"message:{message.pk}").pk, end=" ")
print(room.pk)
"""


def cried(path: str) -> Way:
    """Ana wrote that she is about to use, and then that she wants to die."""

    def way(page: Page, site: Site) -> None:
        names = ("use", "life", "room")
        made = dict(zip(names, site.python_once(CRIED).split()[-len(names) :], strict=True))
        page.goto(site.url + path.format(**made))

    return way


def out_of_every_room(page: Page, site: Site) -> None:
    """Gus, who is on no other screen, is suspended."""
    site.python_once(SUSPENDED)
    site.enter(page, "gus")
    page.goto(f"{site.url}/suspended/")


def waits_for_a_second(path: str) -> Way:
    """Dana proposed that Hal is out of every room for good; Rae reviews from outside."""

    def way(page: Page, site: Site) -> None:
        proposal = site.python_once(PROPOSED).split()[-1]
        site.enter(page, "rae")
        page.goto(site.url + path.format(proposal=proposal))

    return way


PROPOSED = """
from uuid import uuid4
from community.cases import services as cases
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from groups.chat import services as chat
from groups.membership import services as membership
from groups.membership.models import Group
from groups.moderation import services as moderation
from groups.moderation.plans import WORDS
ana, dana = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "dana"))
room = Group.objects.get(name="Tuesday evening group")
rae = people.create(alias="Rae", address="rae@porchlight.test")
programs.appoint(person=rae, program=room.program, role="reviewer")
hal = people.create(alias="Hal", address="hal@porchlight.test")
membership.seat(person=hal, group=room)
said = chat.post(author=hal, group=room, key=uuid4(), body="Leave me alone, all of you.")
meant = moderation.Meant(group_id=room.pk, message_id=said.pk)
case = moderation.report(reporter=ana, meant=meant, reason="harm_to_others")[0].case
case = cases.take(case=case, by=dana, version=case.version)
words = str(WORDS["ban"])
print(moderation.propose(case=case, by=dana, version=case.version, action="ban", words=words).pk)
"""


SUSPENDED = """
from uuid import uuid4
from community.cases import services as cases
from community.people import services as people
from community.people.models import Person
from groups.chat import services as chat
from groups.membership import services as membership
from groups.membership.models import Group
from groups.moderation import services as moderation
from groups.moderation.plans import WORDS
ana, dana = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "dana"))
room = Group.objects.get(name="Tuesday evening group")
gus = people.create(alias="Gus", address="gus@porchlight.test")
membership.seat(person=gus, group=room)
said = chat.post(author=gus, group=room, key=uuid4(), body="Leave me alone, all of you.")
meant = moderation.Meant(group_id=room.pk, message_id=said.pk)
case = moderation.report(reporter=ana, meant=meant, reason="harm_to_others")[0].case
case = cases.take(case=case, by=dana, version=case.version)
words = str(WORDS["suspend"])
moderation.decide(case=case, by=dana, version=case.version, action="suspend", words=words, amount=72)
"""


REPORTED = """
from uuid import uuid4
from community.cases import services as cases
from community.people.models import Person
from groups.chat import services as chat
from groups.membership.models import Group
from groups.moderation import services as moderation
from groups.moderation.plans import WORDS
ana, ben, cy, dana = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "ben", "cy", "dana"))
room = Group.objects.get(name="Tuesday evening group")
say = lambda who, words: chat.post(author=who, group=room, key=uuid4(), body=words)
def tell(who, message, reason, note=""):
    meant = moderation.Meant(group_id=room.pk, message_id=message.pk)
    return moderation.report(reporter=who, meant=meant, reason=reason, note=note)[0]
say(ben, "Anyone up for walking over together tonight?")
worry = tell(ben, say(ana, "I don’t think I will be there. Thank you all, for everything."), "worried_about_person",
    "Ana said goodbye to everyone. I don’t know if I am overreacting.")
moderation.say_more(report=worry, by=ben, danger="unsure")
words = say(ben, "Nobody asked you.")
tell(ana, words, "harassment")
told = tell(ana, say(ben, "I know where to get some."), "sourcing")
case = cases.take(case=worry.case, by=dana, version=worry.case.version)
cases.note(case=case, by=dana, version=case.version, note="No answer on the phone at noon. Trying again at one.")
def decide(reason, action, **more):
    report = tell(ana, say(ben, "Leave me alone, all of you."), reason)
    case = cases.take(case=report.case, by=dana, version=report.case.version)
    if action is None:
        return case
    return moderation.decide(case=case, by=dana, version=case.version, action=action, words=str(WORDS[action]), **more)
held = decide("hate", None)
hidden = decide("other", "hide")
decided = decide("spam", "hide")  # not what would keep Ben from marking a day on the screens after these
moderation.appeal(decision=decided, by=ben, words="It was a joke between us, and Ana laughed as well.")
moderation.ask_back(decision=decided, by=cy, words="Thank you for telling us. What did Ana say to it?")
moderation.write_on(decision=decided, by=ben, words="She wrote that she needed that laugh.")
seat = room.memberships.get(person=ben)
print(worry.case_id, told.pk, words.pk, room.pk, held.pk, decided.pk, hidden.pk, seat.member_id)
"""
PARTS = """
from uuid import uuid4
from community.cases import services as cases
from community.people.models import Person
from groups.chat import services as chat
from groups.membership import services as membership
from groups.membership.models import Group
from groups.moderation import services as moderation
ana, ben, cy, dana = (Person.objects.at(f"{name}@porchlight.test").get() for name in ("ana", "ben", "cy", "dana"))
room = Group.objects.get(name="Tuesday evening group")
def asked(reason):
    said = chat.post(author=ben, group=room, key=uuid4(), body="Leave it, all of you.")
    meant = moderation.Meant(group_id=room.pk, message_id=said.pk)
    report, _new = moderation.report(reporter=ana, meant=meant, reason=reason)
    case = cases.take(case=report.case, by=dana, version=report.case.version)
    made = moderation.decide(
        case=case, by=dana, version=case.version, action="hold", amount=9, words="What you write waits for now.")
    moderation.appeal(decision=made, by=ben, words="It was a joke between us, and Ana laughed as well.")
    return made
before = asked("spam")
moderation.decide_appeal(
    decision=before, by=cy, answer="partly", instead="hold", amount=2, words="Two messages are enough.")
waits = asked("other")
seat = room.memberships.get(person=ben)
membership.change_restriction(membership=seat, asked={"hold_next": 0})  # Ben writes on the screens after these
print(waits.pk, before.pk, before.replaced_by.pk)
"""


def in_parts(path: str) -> Way:
    """Of what was decided about Ben a part stands, and he asks about another one."""

    def way(page: Page, site: Site) -> None:
        waits, before, rest = site.python_once(PARTS).split()[-3:]
        page.goto(site.url + path.format(waits=waits, before=before, rest=rest))

    return way


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


def refused_ask(page: Page, site: Site) -> None:
    """One thing too long, within the fold, which opens for it."""
    arrange(site, NOBODY_ASKS)
    page.goto(f"{site.url}/mentoring/")
    page.locator(f"main {leading_in('/mentoring/ask/')}").first.click()
    page.locator(".said-more > summary").click()
    page.locator("[name=values]").fill("x" * 41)
    page.locator("[name=wish_kind][value=need]").check()
    page.locator("[name=wish_of][value=woman]").check()
    page.locator("[name=hours]").first.check()
    page.locator("[name=agrees]").check()
    page.get_by_role("main").locator("form .button-primary").click()
    page.wait_for_selector(".said-more[open] .field-error")


def leading_in(part: str) -> str:
    """The link whose address holds this."""
    return f'a[href*="{part}"]'


ELI_RUNS_IT = """
from django.core.management import call_command
call_command("staff", "appoint", "--person", "eli@porchlight.test")
"""


def of_an_administrator(path: str) -> Way:
    """As somebody who runs the organization; Eli does from then on."""

    def way(page: Page, site: Site) -> None:
        site.python_once(ELI_RUNS_IT)
        page.goto(site.url + path)

    return way


ROSTER = """
from datetime import timedelta
from community.foundation import clock
from community.people.models import Person
from community.programs.models import Program
from community.schedule import services as schedule
dana = Person.objects.at("dana@porchlight.test").get()
evening, now, hour = Program.objects.get(name="Evening program"), clock.now(), timedelta(hours=1)
plan = lambda starts, lasts, who=None: schedule.plan(
    program=evening, begins=now + starts * hour, ends=now + (starts + lasts) * hour, person=who)
mine = plan(-1, 3)
schedule.take(shift=mine, by=dana)
schedule.answer(shift=mine, by=dana)
schedule.take(shift=plan(0, 2), by=dana)
plan(2, 4)
later = plan(20, 6, dana)
print(evening.pk, later.pk)
"""


def on_call(path: str) -> Way:
    """Dana is on call, a test page of another shift waits, and nobody has the next one."""

    def way(page: Page, site: Site) -> None:
        program, shift = site.python_once(ROSTER).split()[-2:]
        page.goto(site.url + path.format(program=program, shift=shift))

    return way


UNREADABLE = {"content-type": "text/plain; charset=latin-1"}
RENDER = """
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from community.foundation.errors import TooMany
from community.foundation.web import frame
with override({language!r}):
    shown = dict(frame(RequestFactory().get("/")), problem=TooMany(30).problem())
    print(render_to_string({template!r}, shown))
"""


def unreadable(page: Page, site: Site) -> None:
    """The page of what we cannot read: 400."""
    page.route("**/sign-in/", lambda route: route.continue_(headers={**route.request.headers, **UNREADABLE}))
    page.goto(f"{site.url}/sign-in/")
    page.wait_for_selector("main .tile")


def forbidden(page: Page, site: Site) -> None:
    """A press that is not theirs: 403."""
    message(page, site)
    page.evaluate("""() => {
        const form = document.querySelector("main form");
        form.action = `${location.pathname}pin/`;
        form.submit();
    }""")
    page.wait_for_url("**/pin/")
    page.wait_for_selector("main .tile")


def too_long(page: Page, site: Site) -> None:
    """More than a form may hold: 413."""
    room(page, site)
    page.evaluate("""() => {
        const form = document.querySelector("#act");
        form.action = `${location.pathname}post/`;
        const words = Object.assign(document.createElement("textarea"), { name: "body" });
        words.value = "word ".repeat(100_000);
        form.append(words);
        form.submit();
    }""")
    page.wait_for_url("**/post/")
    page.wait_for_selector("main .tile")


def rendered(template: str) -> Way:
    """What no press leads to: how it reads when it must (429, 500)."""

    def way(page: Page, site: Site) -> None:
        language = page.evaluate("navigator.language")[:2]
        told = site.python_once(RENDER.format(language=language, template=template))
        page.route("**/sign-in/", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=told))
        page.goto(f"{site.url}/sign-in/")
        page.wait_for_selector("main .tile")

    return way


MENTOR = leading_in("/desk/mentors/")

SCREENS = (
    Screen("demo", "demo_people", None, at("/demo/")),
    Screen("sign-in", "account_login", None, at("/sign-in/")),
    Screen("sign-in-after-quiet", "account_login", None, at("/sign-in/?over=quiet")),
    Screen("sign-in-after-long", "account_login", None, at("/sign-in/?over=long")),
    Screen("refused-unreadable", "account_login", None, unreadable),
    Screen("refused-forbidden", "message_pin", "ana", forbidden),
    Screen("refused-too-long", "room_post", "ana", too_long),
    Screen("refused-too-many", "account_login", None, rendered("foundation/problem.html")),
    Screen("refused-too-often", "account_login", None, rendered("429.html")),
    Screen("broken", "account_login", None, rendered("500.html")),
    Screen("refused-by-django", "account_login", None, rendered("403.html")),
    Screen("open-too-long", "account_login", None, rendered("403_csrf.html")),
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
    Screen("help-on-call", "help", "ana", on_call("/help/")),
    Screen("help-without-a-network", "help", None, at("/help/?kept")),
    Screen("offline", "offline", None, at("/offline/")),
    Screen("leave", "leave", "ana", at("/leave/")),
    Screen("today", "today", "ana", at("/today/")),
    Screen("today-of-a-facilitator", "today", "dana", at("/today/")),
    Screen("check-in-saved", "check_in", "ana", checked_in("steady")),
    Screen("check-in-low", "check_in", "ana", checked_in("low")),
    Screen("check-in-struggling", "check_in", "ana", checked_in("struggling")),
    Screen("today-asked", "today", "ana", asked_about_tomorrow),
    Screen("today-coming", "today", "ben", comes_next),
    Screen("today-tells", "today", "ben", check_in_that_tells),
    Screen("today-shared", "today", "dana", shared_on_today),
    Screen("today-checked-in", "today", "ana", today_checked_in),
    Screen("check-ins", "check_ins", "ana", days_of_ana),
    Screen("check-in-kept", "today", "cy", kept_check_in, leaves=True),
    Screen("check-ins-to-decide", "check_ins", "cy", check_ins_to_decide, leaves=True),
    Screen("check-in-say", "check_in_say", "ana", says_a_day),
    Screen("check-ins-none", "check_ins", "ben", at("/check-ins/")),
    Screen("check-in-reminder", "check_in_reminder", "ana", at("/check-ins/reminder/")),
    Screen("check-in-reminder-refused", "check_in_reminder", "ana", refused_reminder),
    Screen("safety-plan-none", "safety_plan", "eli", at("/safety-plan/")),
    Screen("safety-plan", "safety_plan", "ana", plan_of_ana("/safety-plan/")),
    Screen("safety-plan-step", "safety_plan_step", "ana", plan_of_ana("/safety-plan/steps/people/")),
    Screen("safety-plan-print", "safety_plan_print", "ana", plan_of_ana("/safety-plan/print/")),
    Screen("safety-plan-shared", "safety_plan_shared", "dana", plan_of_ana("/safety-plans/{tie}/")),
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
    Screen("members-muted", "room_members", "ben", muted_room),
    Screen("groups-muted", "groups", "ben", muted_groups),
    Screen("members-of-a-facilitator", "room_members", "dana", members),
    Screen("message", "message", "dana", message),
    Screen("message-pinned", "message", "dana", pinned_message),
    Screen("members-with-pins", "room_members", "dana", pinned_list),
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
    Screen("your-data", "your_data", "ana", at("/settings/your-data/")),
    Screen("your-data-refused", "your_data", "ana", refused_copy),
    Screen("whose-phone", "whose_phone", "ana", at("/phone/")),
    Screen("settings-devices", "settings_devices", "ana", at("/settings/devices/")),
    Screen("updates", "updates", "ben", at("/notices/")),
    Screen("updates-waiting", "updates", "dana", updates_waiting),
    Screen("mentoring", "mentoring", "ana", mentoring()),
    Screen("mentoring-of-nobody", "mentoring", "cy", at("/mentoring/")),
    Screen("mentor-ask", "mentor_ask", "ana", mentoring(leading_in("/mentoring/ask/"))),
    Screen("mentor-ask-refused", "mentor_ask", "ana", refused_ask),
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
    Screen("match-together-of-a-mentor", "match", "ben", quiet(CALLED)),
    Screen("match-quiet", "match", "ana", quiet(ACCEPTED)),
    Screen("match-away", "match", "ana", quiet(ACCEPTED, AWAY)),
    Screen("match-days", "match_days", "ben", shared_with_a_mentor),
    Screen("match-aims", "match", "ana", walking(BOND, start="/mentoring/", steps=AIMED)),
    Screen("match-goodbye", "match_goodbye", "ana", says_goodbye),
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
    Screen("desk-match-said", "desk_match", "dana", said_how_it_goes),
    Screen("desk-ended", "desk_ended", "dana", board(leading_in("/ended/"), steps=(*ACCEPTED, ("end", "Ana")))),
    Screen("desk-match-question", "desk_match_step", "dana", board(PAIR, leading_in("/end/"))),
    Screen("desk-match-cover", "desk_match_cover", "dana", board(PAIR, leading_in("/cover/"))),
    Screen("desk-batch-of-nothing", "desk_batch", "dana", board(leading_in("/batch/"), steps=())),
    Screen("desk-batch", "desk_batch", "dana", worked_out),
    Screen("desk-outcomes", "desk_outcomes", "dana", board(leading_in("/outcomes/"), steps=())),
    Screen("desk-suggest", "desk_suggest", "dana", suggesting),
    Screen("message-report", "message_report", "ana", told_of("/groups/{room}/messages/{words}/report/")),
    Screen("member-report", "member_report", "ana", told_of("/groups/{room}/members/{ben}/report/")),
    Screen("told", "told", "ana", told_of("/told/{told}/")),
    Screen("desk-queue", "desk_queue", "dana", told_of("/desk/queue/")),
    Screen("desk-queue-closed", "desk_queue_closed", "cy", told_of("/desk/queue/closed/")),
    Screen("desk-case", "desk_case", "dana", told_of("/desk/queue/{worry}/")),
    Screen("emergency-sheet-none", "emergency_sheet", "eli", at("/emergency-sheet/")),
    Screen("emergency-sheet", "emergency_sheet", "ana", sheet_of_ana("/emergency-sheet/")),
    Screen("desk-sheet", "desk_sheet", "dana", sheet_of_ana("/desk/emergency-sheets/of/{case}/")),
    Screen("desk-sheets", "desk_sheets", "dana", sheet_of_ana("/desk/emergency-sheets/")),
    Screen("desk-decide", "desk_case_decide", "dana", told_of("/desk/follows/{held}/mute/")),
    Screen("desk-choose", "desk_case_choose", "dana", told_of("/desk/follows/{held}/")),
    Screen("desk-appeals", "desk_appeals", "cy", told_of("/desk/appeals/")),
    Screen("desk-appeal", "desk_appeal", "cy", told_of("/desk/appeals/{decided}/")),
    Screen("suspended", "suspended", None, out_of_every_room),
    Screen("desk-proposals", "desk_proposals", None, waits_for_a_second("/desk/proposals/")),
    Screen("desk-proposal", "desk_proposal", None, waits_for_a_second("/desk/proposals/{proposal}/")),
    Screen("desk-appeal-with-parts", "desk_appeal", "cy", in_parts("/desk/appeals/{waits}/")),
    Screen("decision-before", "decision", "ben", in_parts("/decisions/{before}/")),
    Screen("decision-part", "decision", "ben", in_parts("/decisions/{rest}/")),
    Screen("decision", "decision", "ben", told_of("/decisions/{decided}/")),
    Screen("care", "care", "ana", cried("/care/{use}/")),
    Screen("care-in-room", "room", "ana", cried("/groups/{room}/?care={life}#care")),
    Screen("decision-to-ask-about", "decision", "ben", told_of("/decisions/{hidden}/")),
    Screen("desk-on-call", "desk_on_call", "dana", on_call("/desk/on-call/")),
    Screen("desk-roster", "desk_roster", "dana", on_call("/desk/programs/{program}/roster/")),
    Screen("desk-shift-plan", "desk_shift_plan", "dana", on_call("/desk/programs/{program}/roster/new/")),
    Screen("desk-shift", "desk_shift", "dana", on_call("/desk/shifts/{shift}/")),
    Screen("desk-coverage", "desk_coverage", "dana", on_call("/desk/programs/{program}/hours/")),
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
    Screen("desk-ladder-look", "desk_ladder", "dana", looked_at_first),
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
    Screen("desk-death", "desk_death", "dana", desk(GROUP, ANA, leading("/death/"))),
    Screen("desk-death-stands", "desk_death", "dana", of_a_death("/desk/people/{episode}/death/", known=True)),
    Screen("remembrance", "remembrance", "dana", of_a_death("/desk/deaths/{death}/note/", known=True, told=True)),
    Screen("desk-apart", "desk_apart", "dana", kept_apart("/desk/people/{episode}/apart/")),
    Screen("desk-apart-all", "desk_apart_all", "dana", kept_apart("/desk/apart/")),
    Screen("desk-deaths", "desk_deaths", "dana", of_a_death("/desk/deaths/", known=True)),
    Screen("desk-card-name", "desk_card_name", "dana", desk(GROUP, ANA, leading("/card-name/"))),
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
    Screen("path-sharing-groups", "my_path_sharing", "ana", shares_with_groups),
    Screen("celebration", "celebration", "ana", marks),
    Screen("celebration-refused", "celebration", "ana", refused_mark),
    Screen("celebration-shared", "celebration", "ben", marks),
    Screen("room-celebration", "room", "ana", celebrated),
    Screen("room-celebration-quiet", "room", "cy", celebrated_quietly),
    Screen("celebrations", "my_path", "ana", wall),
    Screen("celebrations-own", "my_path", "ben", wall),
    Screen("celebrations-quiet", "my_path", "cy", wall_unfolded),
    Screen("celebrations-today", "today", "dana", two_on_today),
    Screen("celebration-finished", "celebration", "eli", finished_and_asked),
    Screen("celebrations-finished", "my_path", "eli", own_of_the_week),
    Screen("desk-celebrations", "desk_celebrations", "eli", of_the_scan(still=False)),
    Screen("desk-celebrations-still", "desk_celebrations", "eli", of_the_scan(still=True)),
    Screen("talk", "talk", "ana", at("/talk/")),
    Screen("talk-nobody", "talk", "ben", at("/talk/")),
    Screen("my-time", "my_time", "ana", at("/my-time/")),
    Screen("my-time-before", "my_time", "ben", at("/my-time/")),
    Screen("settings-updates", "settings_updates", "ana", at("/settings/updates/")),
    Screen("not-found", "room", "ana", at("/groups/00000000-0000-4000-8000-000000000000/")),
)
