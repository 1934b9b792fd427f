"""The first day: from a printed card, without a mailbox, to the first word and the first answer."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.budgets import LiveSite
from tests.browser.fixtures import Visit
from tests.browser.room import TUESDAY, Room
from tests.browser.screens import card
from tests.browser.site import Site
from tests.browser.visitor import DESK, PHONE, ZOOMED, findings_of_axe

PASSWORD = "four words in a row"
MOST_PAGES = 9


class Pages:
    """How many pages somebody was shown, and what each was called."""

    def __init__(self, page: Page) -> None:
        self.seen: list[str] = []
        page.on("load", lambda shown: self.seen.append(shown.locator("h1").first.inner_text()))


def go_on(page: Page, name: str) -> None:
    """Press what sends a form, and wait until the page that answers is there."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def printed_card(site: Site, visit: Visit, name: str) -> str:
    """Dana makes a card by page; what stands on it."""
    desk = visit().page()
    site.sign_in(desk, "dana")
    desk.goto(f"{site.url}/invitations/")
    desk.get_by_role("link", name="Invite somebody").first.click()
    desk.get_by_label("Invite to").select_option(label=TUESDAY)
    desk.get_by_label("Name they go by").fill(name)
    go_on(desk, "Invite")
    return desk.locator(".card-print", has_text=name).locator(".printed").inner_text()


def come_in(page: Page, site: Site | LiveSite, code: str, alias: str, *, phone: str = "Others use it too") -> str:
    """Answer question by question, whose ``phone`` it is too; returns the sign-in name that stands on the sheet."""
    page.goto(f"{site.url}/join/")
    page.get_by_label("Code on your card").fill(code.lower())
    go_on(page, "Come in")
    page.get_by_label("Name", exact=True).fill(alias)
    go_on(page, "Go on")
    for box in page.get_by_role("checkbox").all():
        box.check()
    go_on(page, "Go on")
    page.get_by_label("Password").fill(PASSWORD)
    go_on(page, "Come in")
    name = page.locator(".printed").inner_text()
    go_on(page, "I have it")
    go_on(page, phone)
    expect(page.get_by_role("heading", name="This is who is in the room", level=1)).to_be_visible()
    return name


def test_from_a_printed_card_to_the_first_answer_on_a_phone(site: Site, visit: Visit) -> None:
    code = printed_card(site, visit, "Jo")
    phone = visit(size=PHONE).page()
    pages = Pages(phone)
    name = come_in(phone, site, code, "Jo")
    expect(phone.get_by_text("Led by Dana")).to_be_visible()
    phone.get_by_role("radio", name="Hi, I'm Jo.").check()
    go_on(phone, "Say hello")
    jo = Room(phone)
    jo.sent("Hi, I'm Jo. This is my first day here.")
    assert len(pages.seen) <= MOST_PAGES, pages.seen
    dana = Room.enter(site, visit(), "dana")
    expect(dana.log.get_by_text("Jo joined")).to_be_visible()
    dana.write("Welcome, Jo. I'm glad you came.")
    expect(jo.sent("Welcome, Jo. I'm glad you came.")).to_be_visible()
    dana.page.goto(f"{site.url}/notices/")
    expect(dana.page.get_by_text("Somebody new said hello in your group.").first).to_be_visible()
    again = visit(size=PHONE).page()
    again.goto(f"{site.url}/sign-in/")
    again.get_by_label("E-mail or sign-in name").fill(name.replace("-", " "))
    again.get_by_label("Password").fill(PASSWORD)
    go_on(again, "Sign in")
    expect(again).not_to_have_url(re.compile("sign-in"))


def test_without_a_script_and_at_400_percent_the_same_road_leads_to_the_room(site: Site, visit: Visit) -> None:
    page = visit(scripts=False, size=ZOOMED).page()
    come_in(page, site, card(site), "Kim")
    page.get_by_label("Or in your own words").fill("Good evening from an old phone.")
    go_on(page, "Say hello")
    expect(Room(page).row("Good evening from an old phone.")).to_have_count(1)


def test_going_back_and_loading_again_loses_no_answer(site: Site, visit: Visit) -> None:
    page = visit(size=PHONE).page()
    page.goto(f"{site.url}/join/")
    page.get_by_label("Code on your card").fill(card(site))
    go_on(page, "Come in")
    page.get_by_label("Name", exact=True).fill("Lou")
    go_on(page, "Go on")
    expect(page.get_by_role("checkbox").first).to_be_visible()  # there is no way back from what has not come yet
    page.go_back()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Lou")
    go_on(page, "Go on")
    for box in page.get_by_role("checkbox").all():
        box.check()
    go_on(page, "Go on")
    page.wait_for_url("**/join/sign-in/")
    page.reload()
    page.get_by_label("Password").fill(PASSWORD)
    go_on(page, "Come in")
    codes = page.locator(".codes").inner_text()
    page.reload()
    assert page.locator(".codes").inner_text() == codes
    go_on(page, "I have it")
    go_on(page, "Others use it too")
    page.wait_for_url(f"{site.url}/first-day/")
    page.go_back()
    page.wait_for_url(lambda url: not url.endswith("/first-day/"))
    page.go_forward()
    expect(page.get_by_role("heading", name="This is who is in the room", level=1)).to_be_visible()


class Keys:
    """Somebody with a keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str) -> None:
        """Tab until the control of this name has the focus. Raises AssertionError if it never does."""
        for _press in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAMED) == name:
                return
        raise AssertionError(f"{name} is not reached by Tab")

    def write(self, name: str, words: str) -> None:
        self.to(name)
        self.page.keyboard.type(words)

    def press(self, name: str, key: str = "Enter") -> None:
        self.to(name)
        self.page.keyboard.press(key)


NAMED = """() => {
  const one = document.activeElement;
  if (one.ariaLabel) return one.ariaLabel;
  const ids = (one.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
  const named = ids.length ? ids.map((id) => document.getElementById(id)) : [(one.labels && one.labels[0]) || one];
  return named.map((part) => part.innerText).join(" ").replace(/\\s+/g, " ").trim();
}"""


@pytest.mark.parametrize(("size", "name"), [(PHONE, "Max"), (DESK, "Robin")], ids=["phone", "desk"])
def test_with_a_keyboard_alone_from_the_card_to_the_first_message(
    site: Site, visit: Visit, size: ViewportSize, name: str
) -> None:
    page = visit(size=size).page()
    keys = Keys(page)
    page.goto(f"{site.url}/join/")
    keys.write("Code on your card", card(site))
    page.keyboard.press("Enter")
    page.wait_for_url("**/name/")
    keys.write("Name", name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/agreement/")
    for part in ("How we are with each other here", "Who reads what you write", "What the team must act on"):
        keys.press(f"I agree {part}", "Space")
    keys.press("Go on")
    page.wait_for_url("**/join/sign-in/")
    keys.write("Password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheet/")
    keys.press("I have it")
    page.wait_for_url("**/phone/**")
    keys.press("Only mine")
    page.wait_for_url(f"{site.url}/first-day/")
    hello, more = f"Hello, all. I am {name}.", f"And {name} asks about Tuesday."
    keys.write("Or in your own words", hello)
    keys.press("Say hello")
    room = Room(page)
    room.sent(hello)
    keys.write("Write to the group", more)
    keys.press("Send")
    room.sent(more)


#: What a screen reader is told of each page, in this order: its heading, then every control by role and name.
HEARD = {
    "join": ["Come in with your card", "textbox Code on your card", "button Come in"],
    "name": ["Choose the name your group will see", "textbox Name", "button Go on"],
    "agreement": [
        "What we agree on",
        "checkbox I agree How we are with each other here",
        "checkbox I agree Who reads what you write",
        "checkbox I agree What the team must act on",
        "button Go on",
        "button I\u2019d rather not",
    ],
    "sign-in": ["How you sign in", "textbox Password", "button Come in"],
    "sheet": ["Keep this", "button I have it"],
    "phone": ["Is this phone only yours?", "button Others use it too", "button Only mine"],
    "first-day": [
        "This is who is in the room",
        "radio Hi, I'm Nat. This is my first day here.",
        "radio Hello, everybody. I'm a bit nervous, so I'll mostly read for now.",
        "radio Hi. I'm glad this room is here.",
        "textbox Or in your own words",
        "button Say hello",
        "button Just look around for now",
    ],
}
CONTROL = re.compile(
    r'^\s*- (?:(heading) "([^"]+)" \[level=1\]|(textbox|checkbox|radio|button) "([^"]+)")', re.MULTILINE
)


def heard(page: Page) -> list[str]:
    """Heading and controls of the page as its accessibility tree tells them."""
    told = page.get_by_role("main").aria_snapshot()
    return [one[1] or f"{one[2]} {one[3]}" for one in CONTROL.findall(told)]


def test_a_screen_reader_is_told_every_question_and_every_control(site: Site, visit: Visit) -> None:
    page = visit(size=PHONE).page()

    def hears(name: str) -> None:
        assert heard(page) == HEARD[name]
        assert findings_of_axe(page) == []

    page.goto(f"{site.url}/join/")
    hears("join")
    page.get_by_role("textbox").fill(card(site))
    go_on(page, "Come in")
    hears("name")
    page.get_by_role("textbox").fill("Nat")
    go_on(page, "Go on")
    hears("agreement")
    for box in page.get_by_role("checkbox").all():
        box.check()
    go_on(page, "Go on")
    hears("sign-in")
    page.get_by_role("textbox").fill(PASSWORD)
    go_on(page, "Come in")
    hears("sheet")
    go_on(page, "I have it")
    hears("phone")
    go_on(page, "Others use it too")
    page.wait_for_url(f"{site.url}/first-day/")
    hears("first-day")
    page.get_by_role("radio", name="Hi, I'm Nat. This is my first day here.").check()
    go_on(page, "Say hello")
    hears_own_words(page, "Hi, I.m Nat\\. This is my first day here\\.")
    page.get_by_role("textbox", name="Write to the group").fill("Good to be here.")
    page.get_by_role("button", name="Send", exact=True).click()
    hears_own_words(page, "Good to be here\\.")
    assert findings_of_axe(page) == []


def hears_own_words(page: Page, words: str) -> None:
    row = page.get_by_role("log").get_by_role("listitem").filter(has_text=re.compile(words))
    expect(row).to_match_aria_snapshot(f"- listitem:\n  - 'group /^You, [0-9:]+[ap]m: {words}/'")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_card_speaks_the_language_it_was_written_in(site: Site, visit: Visit, language: str) -> None:
    page = visit(size=PHONE, language="de-DE").page()
    page.goto(f"{site.url}/join/")
    page.locator("[name=code]").fill(card(site, language))
    page.get_by_role("main").get_by_role("button").click()
    heading = {"en": "Choose the name your group will see", "es": "Elige el nombre que verá tu grupo"}
    expect(page.get_by_role("heading", name=heading[language], level=1)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language
