"""Saying how a day is without a signal: kept sealed on a phone of one's own and sent once; elsewhere by its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser.fixtures import FLAGS, Visit, chromium_of
from tests.browser.room import KEPT
from tests.browser.site import Site, until
from tests.browser.test_check_in import ERASED, said
from tests.browser.test_phone import OFFLINE, Cut, controlled, databases, everything
from tests.browser.visitor import PATIENCE, PHONE, Visitor

pytestmark = pytest.mark.browser
KEY = "**/api/v1/me/phone/key"
NOTE = "A grey heron by the canal."
IS_KEPT = "Kept on this phone; it goes when the connection is back."
NOW_SAVED = "It is saved now."
REFUSED = "could not be saved as it is"
YESTERDAY = "new Date(Date.parse(`${document.querySelector('[data-check-in]').dataset.checkIn}T12:00`) - 864e5)"
DAY_BEFORE = f"() => {YESTERDAY}.toISOString().slice(0, 10)"


@pytest.fixture(autouse=True)
def nothing_said_yet(site: Site) -> Iterator[None]:
    site.python(ERASED)
    yield
    site.python(ERASED)


def only_mine(page: Page, site: Site, name: str = "cy") -> None:
    """They are signed in, and say that the phone is only theirs."""
    site.sign_in(page, name)
    page.goto(f"{site.url}/phone/?next=/groups/")
    page.get_by_role("button", name="Only mine").click()
    page.wait_for_url(f"{site.url}/groups/")


def ready(page: Page, url: str) -> None:
    """This page of a check-in, once it holds the key of what the phone keeps."""
    with page.expect_response(KEY):
        page.goto(url)
    page.wait_for_load_state("networkidle")


def says(page: Page, weather: str, note: str = "") -> None:
    page.get_by_role("radio", name=weather).check()
    if note:
        page.get_by_text("A note to yourself, if you like").click()
        page.get_by_label("Your note").fill(note)
    page.get_by_role("button", name="Save check-in").click()


def kept(page: Page) -> int:
    held: int = page.evaluate(KEPT, "outbox")
    return held


def keeps(page: Page, number: int) -> None:
    until(lambda: kept(page) == number, lambda: f"{kept(page)} kept, not {number}")


def puts(device: Visitor) -> list[str]:
    """The days this device tells of, as it does."""
    found: list[str] = []

    def count(request: Request) -> None:
        if request.method == "PUT":
            found.append(request.url[-10:])

    device.context.on("request", count)
    return found


@pytest.fixture
def phone(visit: Visit) -> Visitor:
    return visit(size=PHONE)


@pytest.fixture
def cut(phone: Visitor) -> Cut:
    return Cut(phone)


@pytest.fixture
def page(phone: Visitor, site: Site, cut: Cut) -> Page:
    """Today, on a phone that is only Cy's."""
    page = phone.page()
    only_mine(page, site)
    controlled(page)
    ready(page, f"{site.url}/today/")
    return page


def pressed_offline(page: Page, cut: Cut, weather: str = "Low", note: str = NOTE) -> None:
    cut.off()
    says(page, weather, note)
    expect(page.get_by_text(IS_KEPT)).to_be_visible()
    keeps(page, 1)


def line(page: Page, words: str) -> Locator:
    """What the page says above itself."""
    return page.locator("[data-notices] .notice-bar", has_text=words)


def test_it_is_kept_sealed_and_goes_once_by_itself(phone: Visitor, site: Site, cut: Cut, page: Page) -> None:
    sent = puts(phone)
    pressed_offline(page, cut)
    assert "heron" not in everything(page)
    assert said(site) == "[]"
    sent.clear()
    cut.on()
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    assert said(site) == f"[('low', '{NOTE}')]"
    keeps(page, 0)
    assert len(sent) == 1


def test_after_a_reload_it_goes_once_from_whatever_page_comes_next(
    phone: Visitor, site: Site, cut: Cut, page: Page
) -> None:
    pressed_offline(page, cut)
    page.reload()
    expect(page.get_by_role("heading", name=OFFLINE)).to_be_visible()
    expect(page.get_by_text("What you wrote is kept.")).to_be_visible()
    page.goto(f"{site.url}/groups/")
    sent = puts(phone)
    cut.on()  # the page looks for itself whether there is a network
    expect(line(page, NOW_SAVED)).to_be_visible()
    assert said(site) == f"[('low', '{NOTE}')]"
    keeps(page, 0)
    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_label("What you said")).to_contain_text(NOTE)
    assert len(sent) == 1


def test_today_asks_no_more_once_it_was_sent_from_there(site: Site, cut: Cut, page: Page) -> None:
    pressed_offline(page, cut)
    page.reload()
    expect(page.get_by_role("heading", name=OFFLINE)).to_be_visible()
    cut.on()
    page.wait_for_url("**/check-ins/*/?saved")
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    assert said(site) == f"[('low', '{NOTE}')]"


def test_two_days_that_wait_both_go_from_another_window(phone: Visitor, site: Site, cut: Cut, page: Page) -> None:
    other, stays = phone.page(), phone.page()
    stays.goto(f"{site.url}/settings/")
    ready(other, f"{site.url}/check-ins/{page.evaluate(DAY_BEFORE)}/")
    cut.off()
    for one, weather in ((page, "Low"), (other, "Good")):
        says(one, weather)
        expect(one.get_by_text(IS_KEPT)).to_be_visible()
    keeps(stays, 2)
    page.close()
    other.close()
    sent = puts(phone)
    cut.on()
    expect(line(stays, NOW_SAVED)).to_have_count(2)
    assert sorted(said(site)) == sorted("[('low', ''), ('good', '')]")
    keeps(stays, 0)
    assert len(sent) == len(set(sent)) == 2


def test_what_was_pressed_is_sent_and_what_was_written_since_waits_for_another_press(
    site: Site, cut: Cut, page: Page
) -> None:
    pressed_offline(page, cut, note="Half a")
    page.get_by_label("Your note").press_sequentially(" thought.")
    expect(page.get_by_text("Kept on this phone as it was when you pressed Save.")).to_be_visible()
    cut.on()
    expect(page.get_by_text("Saved as it was when you pressed Save.")).to_be_visible()
    assert said(site) == "[('low', 'Half a')]"
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    assert said(site) == "[('low', 'Half a thought.')]"
    keeps(page, 0)


SAID_ELSEWHERE = """
from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.people.models import Person
cy = Person.objects.at("cy@porchlight.test").get()
checkins.check_in(person=cy, day=today_of(cy), answers={"weather": "good", "note": "From the tablet."})
"""


def refused(page: Page, site: Site, cut: Cut) -> None:
    """Back on the line, on another page: what waited could not be saved, and its person looks why."""
    page.goto(f"{site.url}/groups/")
    cut.on()
    expect(line(page, REFUSED)).to_be_visible()
    keeps(page, 1)
    page.get_by_role("link", name="See why, and decide").click()
    expect(page.get_by_role("heading", name="Kept on this phone, not saved yet")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()


@pytest.mark.parametrize("mine", [True, False])
def test_what_another_device_saved_is_shown_beside_it_and_its_person_decides(
    phone: Visitor, site: Site, cut: Cut, page: Page, *, mine: bool
) -> None:
    phone.forgive("status of 409")
    pressed_offline(page, cut)
    site.python(SAID_ELSEWHERE)
    refused(page, site, cut)
    expect(page.locator("#waits").get_by_text("From the tablet.")).to_be_visible()
    assert said(site) == "[('good', 'From the tablet.')]"
    page.get_by_role("button", name="Save mine in its place" if mine else "Delete it").click()
    if mine:
        page.wait_for_url("**/?saved")
    else:
        expect(page.locator("#waits")).to_be_hidden()
    assert said(site) == (f"[('low', '{NOTE}')]" if mine else "[('good', 'From the tablet.')]")
    keeps(page, 0)


def test_what_is_said_anew_of_that_day_is_never_put_over_what_was_refused(
    phone: Visitor, site: Site, cut: Cut, page: Page
) -> None:
    phone.forgive("status of 409")
    pressed_offline(page, cut)
    site.python(SAID_ELSEWHERE)
    refused(page, site, cut)
    page.goto(f"{site.url}/today/")
    page.get_by_role("link", name="Look at it, change it or share it").click()
    page.get_by_text("Change what you said").click()
    page.get_by_role("radio", name="Steady").check()
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    assert said(site) == "[('steady', 'From the tablet.')]"
    page.goto(f"{site.url}/check-ins/")
    expect(page.locator("#waits").get_by_text(NOTE)).to_be_visible()
    keeps(page, 1)


def test_a_page_left_open_over_the_end_of_its_day_asks_which_day_it_was_for(
    phone: Visitor, site: Site, cut: Cut, page: Page
) -> None:
    phone.forgive("status of 422")
    today = page.locator("[data-check-in]").get_attribute("data-check-in") or ""
    page.evaluate(
        "(day) => { document.querySelector('[data-check-in]').dataset.checkIn = day; }", page.evaluate(DAY_BEFORE)
    )
    pressed_offline(page, cut)
    refused(page, site, cut)
    expect(page.get_by_text("Which day is it for?")).to_be_visible()
    assert said(site) == "[]"
    page.get_by_role("button", name="It is for").nth(1).click()
    page.wait_for_url(f"**/check-ins/{today}/?saved")
    assert said(site) == f"[('low', '{NOTE}')]"
    keeps(page, 0)


def test_words_for_one_day_are_never_put_over_others_that_wait_for_it(
    phone: Visitor, site: Site, cut: Cut, page: Page
) -> None:
    phone.forgive("status of 409")
    phone.forgive("status of 422")
    other = phone.page()
    ready(other, f"{site.url}/today/")
    other.evaluate(
        "(day) => { document.querySelector('[data-check-in]').dataset.checkIn = day; }", other.evaluate(DAY_BEFORE)
    )
    cut.off()
    for one, weather in ((page, "Low"), (other, "Steady")):
        says(one, weather)
        expect(one.get_by_text(IS_KEPT)).to_be_visible()
    site.python(SAID_ELSEWHERE)
    for one in (page, other):  # each would go on by itself, and where to is not asked here
        one.close()
    cut.on()
    page = phone.page()
    page.goto(f"{site.url}/check-ins/")
    expect(page.get_by_text("Which day is it for?")).to_be_visible()
    expect(page.get_by_role("button", name="It is for")).to_have_count(1)
    page.get_by_role("button", name="Save mine in its place").click()
    page.wait_for_url("**/?saved")
    page.goto(f"{site.url}/check-ins/")
    expect(page.get_by_role("button", name="It is for")).to_have_count(2)


def test_a_day_chosen_on_the_page_itself_leaves_nothing_waiting(phone: Visitor, site: Site, page: Page) -> None:
    phone.forgive("status of 422")
    page.evaluate(
        """(day) => {
          const form = document.querySelector("[data-check-in]");
          form.setAttribute("action", `/check-ins/${day}/`);
          form.dataset.checkIn = day;
        }""",
        page.evaluate(DAY_BEFORE),
    )
    says(page, "Low", NOTE)
    expect(page.get_by_text("Nothing was saved yet.")).to_be_visible()
    keeps(page, 1)
    page.get_by_role("radio", name="Today").check()
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    keeps(page, 0)
    assert said(site) == f"[('low', '{NOTE}')]"


def test_a_word_of_help_is_seen_as_it_arrives(site: Site, cut: Cut, page: Page) -> None:
    pressed_offline(page, cut, note="I want to kill myself tonight.")
    expect(page.get_by_text("Until then nobody sees it.")).to_be_visible()
    page.goto(f"{site.url}/groups/")
    cut.on()
    told = line(page, "Staff see your note, because it tells of danger.")
    expect(told).to_be_visible()
    expect(told.get_by_role("link", name="988")).to_be_visible()
    told.get_by_role("link", name="See what may help").click()
    expect(page.get_by_text("Only you see this card.")).to_be_visible()


def test_it_survives_a_session_whose_time_is_over(phone: Visitor, site: Site, cut: Cut, page: Page) -> None:
    pressed_offline(page, cut)
    phone.context.clear_cookies()
    page.goto(f"{site.url}/groups/")
    cut.on()
    page.wait_for_url("**/sign-in/**")
    keeps(page, 1)
    only_mine(page, site)
    expect(line(page, NOW_SAVED)).to_be_visible()
    assert said(site) == f"[('low', '{NOTE}')]"


def test_who_signs_in_next_sends_nothing_of_it(phone: Visitor, site: Site, cut: Cut, page: Page) -> None:
    pressed_offline(page, cut)
    phone.context.clear_cookies()
    page.goto(f"{site.url}/groups/")
    cut.on()
    page.wait_for_url("**/sign-in/**")
    sent = puts(phone)
    only_mine(page, site, "ana")
    keeps(page, 0)
    assert sent == []
    assert said(site) == "[]"


@pytest.mark.parametrize("way", ["Send them, then sign out", "Sign out and lose them"])
def test_signing_out_asks_first_and_leaves_no_word(site: Site, cut: Cut, page: Page, way: str) -> None:
    pressed_offline(page, cut)
    page.goto(f"{site.url}/groups/")
    page.context.route("**/api/v1/checkins/*", lambda route: route.abort())  # the line comes and goes
    cut.on()
    page.get_by_role("heading", name="Your groups").first.wait_for()
    keeps(page, 1)
    page.goto(f"{site.url}/sign-out/?unsent")
    expect(page.get_by_role("heading", name="Something you wrote is not sent yet")).to_be_visible()
    page.context.unroute("**/api/v1/checkins/*")
    page.get_by_role("button", name=way).click()
    page.wait_for_url("**/sign-in/**")
    assert databases(page) == []
    assert "heron" not in everything(page)
    assert said(site) == (f"[('low', '{NOTE}')]" if way.startswith("Send") else "[]")


def test_leaving_quickly_leaves_no_word(visit: Visit, site: Site) -> None:
    device = visit(size=PHONE, elsewhere=["https://www.weather.gov"])
    device.forgive("/me/phone/key")  # a page that is left while it asks is told to sign in
    cut, page = Cut(device), device.page()
    only_mine(page, site)
    ready(page, f"{site.url}/today/")
    pressed_offline(page, cut)
    cut.on()
    page.get_by_role("button", name="Leave quickly").click()
    page.wait_for_url("https://www.weather.gov/**")
    until(lambda: "/sign-in/" in gone(page, site), lambda: "still signed in")
    until(lambda: databases(page) == [], lambda: f"left: {databases(page)}")
    assert "heron" not in everything(page)


def gone(page: Page, site: Site) -> str:
    page.goto(f"{site.url}/groups/")
    return page.url


@pytest.mark.parametrize("answer", [None, "Others use it too"])
def test_a_phone_that_others_use_keeps_nothing_and_says_so(visit: Visit, site: Site, answer: str | None) -> None:
    device = visit(size=PHONE)
    cut, page = Cut(device), device.page()
    site.sign_in(page, "cy")
    if answer:
        page.goto(f"{site.url}/phone/")
        page.get_by_role("button", name=answer).click()
        page.wait_for_url(f"{site.url}/today/")
    controlled(page)
    cut.off()
    says(page, "Low", NOTE)
    expect(page.get_by_text("Others may use this phone, so nothing is kept on it.")).to_be_visible()
    expect(page.get_by_text("Keep this page open")).to_be_visible()
    assert "heron" not in everything(page)
    assert databases(page) == []
    page.reload()
    expect(page.get_by_role("heading", name=OFFLINE)).to_be_visible()
    expect(page.get_by_text("What you wrote is kept.")).to_be_hidden()
    cut.on()
    expect(page.get_by_role("button", name="Save check-in")).to_be_visible()
    assert said(site) == "[]"


def test_it_survives_the_browser(chromium: Browser, site: Site, tmp_path: Path) -> None:
    def opened() -> Page:
        kind = chromium.browser_type
        context = kind.launch_persistent_context(tmp_path, executable_path=executable, args=FLAGS, viewport=PHONE)
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    executable = chromium_of(chromium.browser_type)
    page = opened()
    only_mine(page, site)
    ready(page, f"{site.url}/today/")
    page.context.set_offline(True)
    says(page, "Low", NOTE)
    expect(page.get_by_text(IS_KEPT)).to_be_visible()
    keeps(page, 1)
    page.context.close()
    assert said(site) == "[]"
    page = opened()
    page.goto(f"{site.url}/groups/")
    expect(line(page, NOW_SAVED)).to_be_visible()
    page.context.close()
    assert said(site) == f"[('low', '{NOTE}')]"
