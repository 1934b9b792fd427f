"""What a page costs the people who open it, measured in Chromium on a live site's settings (docs/performance.md)."""

import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.browser.site import Site
from tests.browser.visitor import PHONE
from tests.copies import database_of_its_own, migrated_database
from tests.faults.topology import live

SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}  # 1.6 Mbps
SLOW_PHONE = 4  # times slower than this machine
WATCH = """
  window.seen = { paint: 0, shift: 0, keys: [] };
  const each = (type, see) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see))
      .observe({ type, buffered: true, durationThreshold: 16 });
  each("largest-contentful-paint", (one) => { seen.paint = one.startTime; });
  each("layout-shift", (one) => { seen.shift += one.hadRecentInput ? 0 : one.value; });
  each("event", (one) => { if (one.name === "keydown") seen.keys.push(one.duration); });
"""


@dataclass(frozen=True, slots=True)
class Wire:
    """What came over the wire for one page."""

    total: int
    fonts: int
    requests: int


@dataclass(frozen=True, slots=True)
class LiveSite:
    """One web process with a live site's settings, and what was arranged in it."""

    site: Site
    found: dict[str, Any]
    static: Path

    @property
    def url(self) -> str:
        return self.site.url.replace("127.0.0.1", "localhost")  # where a browser takes a Secure cookie without TLS

    def device(self, browser: Browser) -> BrowserContext:
        """A phone on which Ben is signed in, with nothing kept from before."""
        name, value = self.found["cookie"]
        context = browser.new_context(viewport=PHONE, service_workers="block")
        context.add_cookies(
            [
                {
                    "name": name,
                    "value": value,
                    "url": self.url.replace("http:", "https:"),
                    "secure": True,
                    "httpOnly": True,
                }
            ]
        )
        context.add_init_script(WATCH)
        return context


@contextmanager
def live_site(folder: Path) -> Iterator[LiveSite]:
    with database_of_its_own(migrated_database()) as stores:
        given = live(database=stores["DATABASE_URL"], redis=os.environ["REDIS_URL"], folder=folder)
        more = {**stores, "PORCHLIGHT_BENCH": "0"}
        site = Site(environment={**given, **more}, log=folder / "live.log")
        site.environment["ALLOWED_ORIGINS"] = site.url.replace("127.0.0.1", "localhost")
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        said = site.manage("shell", "--no-imports", "-c", "from tests.browser.arranged import main; main()")
        whole = LiveSite(site, json.loads(said.splitlines()[-1]), folder / "static")
        site.start()
        keep_as_plain_page(whole)
        site.stop()  # what lies in the static folder is looked for once, at the start
        site.start()
        try:
            yield whole
        finally:
            site.dismiss()
            site.stop()


def keep_as_plain_page(live: LiveSite) -> None:
    """The short room as a file beside the style sheets: the same words, look and fonts, without a script."""
    name, value = live.found["cookie"]
    answer = httpx.get(live.site.url + live.found["short"], headers={"Cookie": f"{name}={value}"}, timeout=30)
    assert answer.status_code == 200
    plain = re.sub(r"<script\b.*?</script>|<link rel=\"modulepreload\"[^>]*>", "", answer.text, flags=re.DOTALL)
    assert plain.count("<script") == 0
    page = live.static / "plain.html"
    page.write_text(plain, encoding="utf-8")
    page.with_name("plain.html.gz").write_bytes(gzip.compress(page.read_bytes(), 6))


class Meter:
    """Counts what a page fetches, as the browser got it: compressed, with headers."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.loadingFinished", self._came)
        self.session.send("Network.enable")

    def without_cache(self) -> "Meter":
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        return self

    def on_a_slow_phone(self) -> "Meter":
        self.session.send("Network.emulateNetworkConditions", SLOW_LINE)
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
        return self

    def _asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.kinds[event["requestId"]] = event.get("type", "")

    def _came(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.kinds:
            self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def wire(self) -> Wire:
        assert self.kinds.keys() == self.bytes.keys(), "something did not arrive"
        fonts = sum(size for asked, size in self.bytes.items() if self.kinds[asked] == "Font")
        return Wire(total=sum(self.bytes.values()), fonts=fonts, requests=len(self.kinds))


def cold(live: LiveSite, browser: Browser, path: str) -> Wire:
    """One page on a device that has nothing yet."""
    with live.device(browser) as context:
        page = context.new_page()
        meter = Meter(page).without_cache()
        page.goto(live.url + path, wait_until="networkidle")
        return meter.wire()


def warm(live: LiveSite, browser: Browser, path: str) -> Wire:
    """The same page again."""
    with live.device(browser) as context:
        page = context.new_page()
        page.goto(live.url + path, wait_until="networkidle")
        meter = Meter(page)
        page.goto(live.url + path, wait_until="networkidle")
        return meter.wire()


def painted(live: LiveSite, browser: Browser, path: str) -> tuple[float, float]:
    """When the largest thing was painted (ms), and how far things moved, on a slow phone and a slow line."""
    with live.device(browser) as context:
        page = context.new_page()
        Meter(page).without_cache().on_a_slow_phone()
        page.goto(live.url + path, wait_until="networkidle")
        page.wait_for_function("seen.paint > 0")
        seen = page.evaluate("seen")
        return float(seen["paint"]), float(seen["shift"])


def side_by_side(live: LiveSite, browser: Browser, rounds: int = 7) -> tuple[float, float]:
    """The room's paint and its plain twin's (ms, the best of some in turn)."""
    room, plain = [], []
    for _round in range(rounds):
        room.append(painted(live, browser, live.found["short"])[0])
        plain.append(painted(live, browser, "/static/plain.html")[0])
    return min(room), min(plain)


@contextmanager
def long_room(live: LiveSite, browser: Browser) -> Iterator[Page]:
    """The long room in which everything was scrolled through."""
    with live.device(browser) as context:
        page = context.new_page()
        page.goto(live.url + live.found["long"], wait_until="networkidle")
        load_everything(page)
        yield page


def typed(page: Page, rounds: int = 3) -> float:
    """From key press to paint, p95 (ms) of the best round."""
    page.locator("[data-body]").click()
    return min(p95_of_keys(page) for _round in range(rounds))


def p95_of_keys(page: Page, keys: int = 80) -> float:
    page.evaluate("seen.keys.length = 0")
    for number in range(keys):
        page.keyboard.press("abcdefgh "[number % 9])
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)))")
    slow = page.evaluate("seen.keys")
    return quantiles([float(one) for one in slow] + [16.0] * (keys - len(slow)), n=20)[-1]  # quicker ones are not told


def load_everything(page: Page) -> None:
    """Turn the wheel up until the room begins, and down to its newest words again."""
    page.locator("[data-log]").hover()
    for position, turn in ((1, -4000), (2000, 4000)):
        wanted = page.locator(f'[data-message][data-position="{position}"]')
        for _turn in range(400):
            if wanted.count():
                break
            page.mouse.wheel(0, turn)
            page.wait_for_timeout(40)
        expect(wanted).to_have_count(1)


def machine() -> str:
    """What this ran on, in words."""
    return f"{os.cpu_count()} cores, {sys.platform}, Python {sys.version.split()[0]}"
