"""Take the pictures of the README from a fresh demo, into docs/pictures/. Look at them before you keep them.

python tools/pictures.py
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.browser.fixtures import FLAGS, MISSING, chromium_of  # noqa: E402 - the path is set first
from tests.browser.site import Site, seeded_site  # noqa: E402
from tests.browser.visitor import DESK, PHONE  # noqa: E402

KEPT = ROOT / "docs" / "pictures"
TUESDAY = "Tuesday evening group"

type Way = Callable[[Page, Site], object]


def room(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/groups/")
    page.get_by_role("main").get_by_role("link", name=TUESDAY).click()
    page.wait_for_selector("[data-talk] [data-message]")


def at(path: str) -> Way:
    return lambda page, site: page.goto(site.url + path)


#: Its name, who looks (nobody: empty), the way there, at which size, and whether it is dark.
PICTURES: tuple[tuple[str, str, Way, ViewportSize, bool], ...] = (
    ("room", "ana", room, DESK, False),
    ("room-at-night", "ana", room, PHONE, True),
    ("today", "ana", at("/today/"), DESK, False),
    ("desk", "dana", at("/desk/"), DESK, False),
    ("help", "", at("/help/"), PHONE, False),
)


@contextmanager
def demo(folder: Path) -> Iterator[Site]:
    """The whole demo as somebody sees it who has set nothing."""
    for store in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(store, None)
    os.environ["PORCHLIGHT_DATA"] = str(folder)
    (folder / "site").mkdir()
    with seeded_site(folder / "site", seeds=()) as site:
        yield site


def main() -> int:
    KEPT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(Path(folder)) as site,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium_of(play.chromium) or sys.exit(MISSING), args=FLAGS)
        for name, who, way, size, dark in PICTURES:
            context = browser.new_context(
                viewport=size,
                color_scheme="dark" if dark else "light",
                timezone_id="America/New_York",
                reduced_motion="reduce",
            )
            page = context.new_page()
            if who:
                site.sign_in(page, who)
            way(page, site)
            page.screenshot(path=KEPT / f"{name}.png", animations="disabled")
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
