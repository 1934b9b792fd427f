"""Chromium, a served site and devices to look at it with. A test that asks for one of these is marked ``browser``."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect, sync_playwright

from tests.browser.site import Site, seeded_site
from tests.browser.visitor import PATIENCE, Visitor, open_visitor
from tests.copies import ROOT

FLAGS = [
    "--no-sandbox",  # root, in containers and on build machines
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The shell is the same engine without the windows of a desktop: two thirds of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "No Chromium: apt-get install chromium-headless-shell, or .venv/bin/python -m playwright install chromium"

PICTURES = os.environ.get("PORCHLIGHT_PICTURES", "")

type Visit = Callable[..., Visitor]
type Picture = Callable[[Page, str], None]


def chromium_of(kind: BrowserType) -> str | None:
    """Where Chromium is: named by the environment, Playwright's own, or the system's, rather its headless shell."""
    bundled = kind.executable_path
    named = [os.environ.get("PORCHLIGHT_CHROMIUM"), bundled if Path(bundled).exists() else None]
    return next(filter(None, [*named, *map(shutil.which, NAMES)]), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = chromium_of(playwright.chromium)
        if found is None:
            pytest.fail(MISSING)
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with seeded_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(served: Site) -> Site:
    """The site, running: a test before this one may have killed it."""
    served.start()
    return served


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Visit]:
    """``visit(size=PHONE, dark=True)`` is a new device; at the end of the test none may have had a problem."""
    opened: list[Visitor] = []

    def visit(**traits: object) -> Visitor:
        opened.append(open_visitor(chromium, site.url, **traits))  # type: ignore[arg-type]  # as open_visitor says
        return opened[-1]

    yield visit
    for visitor in opened:
        visitor.context.close()
    assert [problem for visitor in opened for problem in visitor.problems] == []


@pytest.fixture(scope="session")
def picture() -> Picture:
    """``picture(page, "room-360-dark")`` keeps what is seen, for people to look at, in the folder PORCHLIGHT_PICTURES.

    Where that is not set, nobody asked for pictures and none are taken.
    """

    def picture(page: Page, name: str) -> None:
        if PICTURES:
            page.screenshot(path=ROOT / PICTURES / f"{name}.png", full_page=True, animations="disabled")

    return picture
