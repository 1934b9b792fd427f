"""Saying how a day is: in three requests, by keyboard, without a script, and on a line that drops."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.fixtures import Visit
from tests.browser.site import Site, until
from tests.browser.test_phone import on_the_shelf

pytestmark = pytest.mark.browser
ERASED = """
from community.checkins.models import CheckIn
CheckIn.objects.filter(person__alias="Cy").delete()
"""
WAITS = "Keep this page open"


@pytest.fixture(autouse=True)
def nothing_said_yet(site: Site) -> Iterator[None]:
    site.python(ERASED)
    yield
    site.python(ERASED)


def said(site: Site) -> str:
    """What Cy said, as it stands in the database."""
    return site.python(SAID).strip()


SAID = """
from community.checkins.models import CheckIn
print([(one.weather, one.note) for one in CheckIn.objects.filter(person__alias="Cy")])
"""


def today(page: Page, site: Site) -> None:
    site.sign_in(page, "cy")
    page.goto(f"{site.url}/today/")


def test_a_check_in_is_saved_in_three_requests(visit: Visit, site: Site) -> None:
    page = visit().page()
    today(page, site)
    asked: list[str] = []

    def count(request: Request) -> None:
        if request.resource_type in {"document", "fetch"}:
            asked.append(f"{request.method} {request.url.removeprefix(site.url)}")

    page.on("request", count)
    page.reload()
    page.get_by_role("radio", name="Steady").check()
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    assert [one.split()[0] for one in asked] == ["GET", "PUT", "GET"], asked
    assert said(site) == "[('steady', '')]"


def test_the_whole_of_it_goes_by_keyboard(visit: Visit, site: Site) -> None:
    page = visit().page()
    today(page, site)
    page.locator("[name=weather]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Low")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Get help now").last).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Long night.")
    for _press in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="For the next few minutes")).to_be_visible()
    assert said(site) == "[('low', 'Long night.')]"


def test_it_works_without_a_script(visit: Visit, site: Site) -> None:
    page = visit(scripts=False).page()
    today(page, site)
    page.get_by_role("radio", name="Struggling").check()
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    expect(page.get_by_role("link", name="Call 988")).to_be_visible()
    assert said(site) == "[('struggling', '')]"


def test_without_a_signal_it_waits_on_the_page_and_is_saved_once(visit: Visit, site: Site) -> None:
    device = visit()
    page = device.page()
    today(page, site)
    device.forgive("ERR_INTERNET", "WebSocket", "Failed to fetch")
    device.context.set_offline(True)
    page.get_by_role("radio", name="Low").check()
    page.get_by_text("A note to yourself, if you like").click()
    page.get_by_label("Your note").fill("No signal here.")
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(page.get_by_label("Your note")).to_have_value("No signal here.")
    assert said(site) == "[]"
    device.context.set_offline(False)
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    assert said(site) == "[('low', 'No signal here.')]"


def test_what_is_written_after_the_press_is_not_sent_by_itself(visit: Visit, site: Site) -> None:
    device = visit()
    page = device.page()
    today(page, site)
    device.forgive("ERR_INTERNET", "WebSocket", "Failed to fetch")
    device.context.set_offline(True)
    page.get_by_role("radio", name="Low").check()
    page.get_by_text("A note to yourself, if you like").click()
    note = page.get_by_label("Your note")
    note.fill("Half a")
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    note.press_sequentially(" thought")
    expect(page.get_by_text("You wrote on")).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "PUT" else None)
    device.context.set_offline(False)
    note.press_sequentially(", whole.")
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    assert sent == ["PUT"]
    assert said(site) == "[('low', 'Half a thought, whole.')]"


def test_a_second_window_writes_over_nothing_unseen(visit: Visit, site: Site) -> None:
    device = visit()
    device.forgive("status of 409", "status of 422")
    page = device.page()
    today(page, site)
    other = device.context.new_page()
    other.goto(f"{site.url}/today/")
    for one, weather in ((page, "Good"), (other, "Low")):
        one.get_by_role("radio", name=weather).check()
        one.get_by_role("button", name="Save check-in").click()
        expect(page.get_by_text("Saved. Only you see it.")).to_be_visible()
    expect(other.get_by_text("on another device or in another window")).to_be_visible()
    expect(other.get_by_label("What you said")).to_contain_text("Good")
    expect(other.get_by_role("radio", name="Low")).to_be_checked()
    assert said(site) == "[('good', '')]"
    other.get_by_role("button", name="Save check-in").click()
    expect(other.get_by_text("Saved. Only you see it.")).to_be_visible()
    assert said(site) == "[('low', '')]"


def test_who_is_signed_out_meanwhile_keeps_what_was_typed(visit: Visit, site: Site) -> None:
    device = visit()
    page = device.page()
    today(page, site)
    device.forgive("status of 4", "WebSocket")
    device.context.clear_cookies()
    page.get_by_role("radio", name="Okay").check()
    page.get_by_text("A note to yourself, if you like").click()
    page.get_by_label("Your note").fill("Still here.")
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Not saved: you are signed out here.")).to_be_visible()
    expect(page.get_by_label("Your note")).to_have_value("Still here.")


def test_no_copy_of_it_stays_on_a_phone_that_is_only_ones_own(visit: Visit, site: Site) -> None:
    page = visit().page()
    site.sign_in(page, "cy")
    page.goto(f"{site.url}/phone/?next=/today/")
    page.get_by_role("button", name="Only mine").click()
    page.wait_for_url("**/today/")
    page.get_by_role("radio", name="Low").check()
    page.get_by_role("button", name="Save check-in").click()
    page.wait_for_url("**/?saved")
    page.goto(f"{site.url}/today/")
    expect(page.get_by_text("How you are today")).to_be_visible()
    until(lambda: "Your groups" in on_the_shelf(page), lambda: on_the_shelf(page))
    kept = on_the_shelf(page)
    assert "How you are" not in kept
    assert "Low" not in kept
