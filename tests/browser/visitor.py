"""Browser windows that fail their test when a page complains, breaks its policy or asks anybody but this site."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, ViewportSize

DESK = ViewportSize(width=1360, height=900)
PHONE = ViewportSize(width=360, height=740)
ZOOMED = ViewportSize(width=320, height=256)  # 1280 x 1024 at 400 %
PATIENCE = 20_000  # milliseconds; two busy cores are slow, and only a failing test waits so long


@dataclass  # no slots: Playwright keeps its wrappers on the owner of a handler
class Visitor:
    """One device: its own cookies and storage. What must not happen on it is gathered in ``problems``.

    The browser itself tells the console of everything its content security policy refused.

    ``elsewhere``: addresses outside the site that a test goes to on purpose; they get an empty page, never the network.
    """

    context: BrowserContext
    origin: str
    elsewhere: Sequence[str] = ()
    problems: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self._note(f"script: {error.error}"))
        self.context.on("request", self._request)
        for address in self.elsewhere:
            self.context.route(f"{address}**", self._empty)

    def page(self) -> Page:
        return self.context.new_page()

    def forgive(self, *words: str) -> None:
        """Problems with these words are expected from now on, as while the server is down."""
        self.forgiven += words
        self.problems = [problem for problem in self.problems if not any(word in problem for word in words)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        inside = (f"{self.origin}/", "data:", "blob:", *self.elsewhere)
        if not request.url.startswith(inside):
            self._note(f"left the origin: {request.url}")

    def _note(self, problem: str) -> None:
        if not any(word in problem for word in self.forgiven):
            self.problems.append(problem)

    @staticmethod
    def _empty(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Elsewhere</title>")


def open_visitor(  # noqa: PLR0913 - each is one trait of a device
    browser: Browser,
    origin: str,
    *,
    size: ViewportSize = DESK,
    dark: bool = False,
    scripts: bool = True,
    language: str = "en-US",
    elsewhere: Sequence[str] = (),
) -> Visitor:
    """A fresh device of ``size``, light or dark, with or without scripts."""
    context = browser.new_context(
        viewport=size,
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        locale=language,
        timezone_id="America/New_York",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context=context, origin=origin, elsewhere=elsewhere)
    visitor.watch()
    return visitor


def findings_of_axe(page: Page) -> list[str]:
    """What axe holds against this page, a line a rule; empty is good. A page gets its half megabyte of script once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then((results) => results.violations)")
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']]}" for one in found]
