"""The room without a script: everything the live one does, by links and forms."""

from playwright.sync_api import Page, expect

from tests.browser.fixtures import Visit
from tests.browser.room import Room, said_before
from tests.browser.screens import WITHOUT_ADDRESS
from tests.browser.site import Site
from tests.browser.visitor import PHONE


def plain(site: Site, visit: Visit, name: str, group: str = "Tuesday evening group") -> Room:
    return Room.enter(site, visit(scripts=False, size=PHONE), name, group)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_signing_in_and_help_need_no_script(site: Site, visit: Visit) -> None:
    name = site.python(WITHOUT_ADDRESS).split()[-1]
    page = visit(scripts=False, size=PHONE).page()
    page.goto(f"{site.url}/sign-in/")
    page.get_by_label("E-mail or sign-in name").fill(name)
    page.get_by_label("Password").fill("four words in a row")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    press(page, "Others use it too")
    expect(page).to_have_url(f"{site.url}/today/")
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("heading", name="Get help now", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Call 988")).to_be_visible()


def test_words_are_posted_and_heard_by_the_live_page(site: Site, visit: Visit) -> None:
    ana, ben = plain(site, visit, "ana"), Room.enter(site, visit(), "ben")
    ana.body.fill("From an old phone.")
    press(ana.page, "Send")
    expect(ana.row("From an old phone.")).to_be_in_viewport()
    ben.sent("From an old phone.")


def test_one_message_is_answered_changed_stood_by_and_taken_back(site: Site, visit: Visit) -> None:
    ana, ben = plain(site, visit, "ana"), Room.enter(site, visit(), "ben")
    ana.body.fill("Plain words.")
    press(ana.page, "Send")
    ana.row("Plain words.").get_by_role("link", name="More for this message").click()
    press(ana.page, "Hope")
    expect(ben.sent("Plain words.").get_by_role("button", name="Hope: Ana")).to_be_visible()
    ana.row("Plain words.").get_by_role("link", name="More for this message").click()
    ana.page.get_by_label("Your message").fill("Plainer words.")
    press(ana.page, "Save")
    expect(ben.sent("Plainer words.")).to_contain_text("edited")
    ana.row("Plainer words.").get_by_role("link", name="More for this message").click()
    ana.page.get_by_role("link", name="Reply").click()
    expect(ana.page.get_by_text("Replying to Ana")).to_be_visible()
    ana.body.fill("And an answer.")
    press(ana.page, "Send")
    expect(ben.sent("And an answer.").locator(".quote")).to_contain_text("Plainer words.")
    ana.row("And an answer.").get_by_role("link", name="More for this message").click()
    press(ana.page, "Remove this message")
    expect(ben.log.get_by_text("Ana removed this message").last).to_be_visible()


def test_pressing_send_twice_is_one_message(site: Site, visit: Visit) -> None:
    ana = plain(site, visit, "ana")
    form = ana.page.locator("[data-composer]")
    fields = {str(field.get_attribute("name")): field.input_value() for field in form.locator("input").all()}
    address = f"{site.url}{form.get_attribute('action')}"
    for _press in range(2):
        assert ana.page.request.post(address, form={**fields, "body": "Only once."}, headers={"Origin": site.url}).ok
    ana.page.reload()
    expect(ana.row("Only once.")).to_have_count(1)


def test_words_that_are_not_right_stay_and_the_page_says_why(site: Site, visit: Visit) -> None:
    device = visit(scripts=False)
    ana = Room.enter(site, device, "ana")
    device.forgive("422")
    ana.body.fill("x" * 4001)
    press(ana.page, "Send")
    expect(ana.page.get_by_role("alert")).to_contain_text("4000")
    expect(ana.body).to_have_value("x" * 4001)


def test_older_pages_are_a_link_away(site: Site, visit: Visit) -> None:
    said_before(site, "cy", "Team room", *(f"Plain note {number:02}." for number in range(60)))
    dana = plain(site, visit, "dana", "Team room")
    expect(dana.page.get_by_role("heading", name="new since you were last here")).to_have_count(1)
    press(dana.page, "Mark all as read")
    expect(dana.row("Plain note 59.")).to_be_in_viewport()
    dana.page.get_by_role("link", name="Show older messages").click()
    expect(dana.row("Plain note 05.")).to_have_count(1)
    dana.page.get_by_role("link", name="Back to the newest messages").click()
    expect(dana.row("Plain note 59.")).to_be_in_viewport()
