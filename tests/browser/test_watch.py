"""The watch over every browser test is itself awake."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.visitor import Visitor, findings_of_axe, open_visitor

ORIGIN = "http://site.test"
PAGE = '<!doctype html><html lang="en"><title>Evening</title><body><main><h1>Hello</h1>{}</main></body></html>'


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    visitor = open_visitor(chromium, ORIGIN, elsewhere=["http://weather.test/"])
    yield visitor
    visitor.context.close()


def shows(visitor: Visitor, body: str, policy: str = "") -> None:
    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body=PAGE.format(body), headers={"Content-Security-Policy": policy})

    visitor.context.route(f"{ORIGIN}/**", answer)


def test_a_quiet_page_is_left_alone(visitor: Visitor) -> None:
    shows(visitor, "<p>Good evening.</p>")
    page = visitor.page()
    page.goto(f"{ORIGIN}/")
    assert visitor.problems == []
    assert findings_of_axe(page) == []


@pytest.mark.parametrize(
    ("body", "policy", "named"),
    [
        ("<script>console.error('no')</script>", "", "console: no"),
        ("<script>throw new Error('broken')</script>", "", "script: broken"),
        ("<script>1</script>", "script-src 'self'", "violates the following Content Security Policy"),
        ("<img alt='' src='http://elsewhere.test/a.png'>", "", "left the origin: http://elsewhere.test/a.png"),
    ],
)
def test_what_a_page_must_not_do_is_noted(visitor: Visitor, body: str, policy: str, named: str) -> None:
    shows(visitor, body, policy)
    visitor.page().goto(f"{ORIGIN}/")
    assert any(named in problem for problem in visitor.problems), visitor.problems


def test_what_a_test_expects_is_forgiven_and_nothing_else(visitor: Visitor) -> None:
    shows(visitor, "<script>console.error('gone for a while'); console.error('worse')</script>")
    visitor.forgive("gone for a while")
    visitor.page().goto(f"{ORIGIN}/")
    assert [problem.split(" (")[0] for problem in visitor.problems] == ["console: worse"]


def test_leaving_on_purpose_goes_to_an_empty_page(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("http://weather.test/today")
    assert page.title() == "Elsewhere"
    assert visitor.problems == []


def test_axe_sees_a_picture_without_words(visitor: Visitor) -> None:
    shows(visitor, "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    page = visitor.page()
    page.goto(f"{ORIGIN}/")
    assert any(one.startswith("image-alt") for one in findings_of_axe(page))
