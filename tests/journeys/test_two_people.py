"""What a newcomer of the house does first: `make demo`, two browsers, two people; and then the lights go out."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import override

import httpx
import pytest
from playwright.sync_api import Browser, expect

from community.settings.environment import OPTIONS
from tests.browser.room import Room
from tests.browser.site import Site, until
from tests.browser.visitor import DESK, PHONE, open_visitor
from tests.copies import ROOT
from tests.servers import free_port


class MadeDemo(Site):
    """`make demo`, typed as the README says, on a data folder and a port of its own."""

    @override
    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["make", "demo"], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until(self.ready, lambda: f"The demo did not open:\n{self.said()}")

    @override
    def ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"The demo ended:\n{self.said()}"
        try:
            return httpx.get(f"{self.url}/demo/", timeout=2).is_success
        except httpx.TransportError:
            return False

    @override
    def _end(self, how: signal.Signals) -> None:
        """make and the server it runs, together."""
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=30)
            self.process = None


@pytest.fixture
def made_demo(tmp_path: Path) -> Iterator[MadeDemo]:
    port = free_port()
    plain = {name: value for name, value in os.environ.items() if name not in {*OPTIONS, "DJANGO_SETTINGS_MODULE"}}
    environment = {**plain, "PORT": str(port), "PORCHLIGHT_DATA": str(tmp_path / "data")}
    demo = MadeDemo(environment=environment, log=tmp_path / "demo.log", port=port)
    demo.start()
    yield demo
    demo.kill()


def test_two_people_talk_and_a_crash_loses_nothing(made_demo: MadeDemo, chromium: Browser) -> None:
    devices = [open_visitor(chromium, made_demo.url, size=size) for size in (PHONE, DESK)]
    ana, ben = (Room.enter(made_demo, device, name) for device, name in zip(devices, ("ana", "ben"), strict=True))
    ana.write("Good evening.")
    expect(ben.sent("Good evening.")).to_be_visible()
    ben.write("Good evening, Ana.")
    expect(ana.sent("Good evening, Ana.")).to_be_visible()
    for device in devices:
        device.forgive("ERR_CONNECTION", "WebSocket", "ERR_EMPTY")
    made_demo.kill()
    dark = ["It went quiet here.", "I write anyway.", "Does this reach you?"]
    for words in dark:
        ana.write(words)
    made_demo.start()
    for room in (ana, ben):
        for words in dark:
            expect(room.sent(words)).to_be_visible(timeout=45_000)
        said = ["Good evening.", "Good evening, Ana.", *dark]
        assert room.order(*said) == said
    for device in devices:
        device.context.close()
        assert device.problems == []
