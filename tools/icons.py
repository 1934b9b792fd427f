"""Draws the home screen's icons from the neutral mark, once: python tools/icons.py, then commit what it wrote.

The mark says nothing of what this place is for. "maskable" fills the square, because launchers cut their own shape out
of it; the mark then stands inside the circle every one of them leaves. Needs Chromium, as the browser tests do; nothing
here runs on a server.
"""

import base64
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "community" / "static" / "community" / "img"
GROUND, MARK = "#4a5857", "#faf7f1"
MOON = "M21.5 18.9A7.6 7.6 0 0 1 13.1 9.1a7.6 7.6 0 1 0 8.4 9.8Z"  # as in neutral.svg, which browsers' tabs show
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="{corner}"'
    ' fill="{ground}"/><path transform="translate(16 16) scale({scale}) translate(-15 -15.9)" fill="{mark}"'
    ' d="{moon}"/></svg>'
)
#: File, pixels a side, rounded corner (of 32), size of the mark.
ICONS = (
    ("icon-192.png", 192, 8, 1.0),
    ("icon-512.png", 512, 8, 1.0),
    ("icon-maskable-512.png", 512, 0, 0.85),
    ("icon-apple-180.png", 180, 0, 0.95),
)


def draw(page: Page, name: str, side: int, corner: float, scale: float) -> None:
    svg = SVG.format(corner=corner, ground=GROUND, scale=scale, mark=MARK, moon=MOON)
    address = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(f'<body style="margin:0"><img src="{address}" width="{side}" style="display:block">')
    page.screenshot(path=FOLDER / name, omit_background=True)


def main() -> int:
    found = os.environ.get("PORCHLIGHT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        for icon in ICONS:
            draw(page, *icon)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
