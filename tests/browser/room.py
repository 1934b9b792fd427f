"""The room as somebody uses it, and the other end of its line where a test wants to hold it."""

import json
import re
from collections.abc import Callable
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.site import Site
from tests.browser.visitor import Visitor

TUESDAY = "Tuesday evening group"
LINE = re.compile(r"/ws/v1/$")


class Room:
    """One person's open room. Words in these tests are told apart by what they say."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.locator("[data-talk]")
        self.body = page.locator("[data-body]")
        self.bar = page.locator("[data-bar]")

    @classmethod
    def enter(cls, site: Site, visitor: Visitor, name: str, group: str = TUESDAY, *, mine: bool = False) -> "Room":
        """``mine``: they say that the phone is only theirs."""
        page = visitor.page()
        site.sign_in(page, name)
        if mine:
            page.goto(f"{site.url}/phone/?next=/groups/")
            page.get_by_role("button", name="Only mine").click()
            page.wait_for_url(f"{site.url}/groups/")
        page.get_by_role("main").get_by_role("link", name=group).click()
        return cls(page).opened(group)

    def opened(self, group: str) -> "Room":
        """The room of this name, once its keys do something: nobody hears them before a page is read to its end."""
        expect(self.page.get_by_role("heading", name=group, level=1)).to_be_visible()
        self.page.wait_for_load_state("domcontentloaded")
        return self

    @property
    def group(self) -> str:
        return self.page.locator(".room").get_attribute("data-group") or ""

    @property
    def me(self) -> str:
        return self.page.locator(".room").get_attribute("data-me") or ""

    @property
    def version(self) -> int:
        return int(self.page.locator(".room").get_attribute("data-version") or 0)

    def write(self, words: str) -> None:
        self.body.fill(words)
        self.body.press("Enter")

    def row(self, words: str) -> Locator:
        return self.log.locator("[data-message]", has=self.page.locator("[data-words], [data-line]", has_text=words))

    def sent(self, words: str, *, within: float = 20) -> Locator:
        """The row of words that were acknowledged or came from somebody; ``within`` seconds."""
        row = self.row(words).and_(self.log.locator('[data-message]:not([data-message=""])'))
        expect(row).to_have_count(1, timeout=within * 1000)
        return row

    def order(self, *words: str) -> list[str]:
        """Those of these words that stand here, in the order they stand."""
        said = self.log.locator("[data-words]").all_inner_texts()
        return [one for one in said if one in words]

    def stroke(self, by: int, until: str) -> Locator:
        """Scroll, stroke by stroke as a hand does, until the row with these words is in the page."""
        self.page.wait_for_function(STROKE, arg=[by, until], polling=50)
        return self.row(until)

    def open_menu(self, words: str) -> Locator:
        row = self.sent(words)
        row.hover()
        row.locator("[data-more]").click()
        return self.page.locator("[data-menu]")

    def choose(self, words: str, what: str) -> None:
        self.open_menu(words).get_by_role("button", name=what, exact=True).click()

    def kept(self, name: str) -> int:
        """How many records this device holds of one kind ("outbox", "drafts", "pages")."""
        held: int = self.page.evaluate(KEPT, name)
        return held


STROKE = """([by, words]) => {
  const said = [...document.querySelectorAll("[data-talk] [data-words]")];
  if (said.some(({ textContent }) => textContent.includes(words))) return true;
  document.querySelector("[data-log]").scrollBy(0, by);
  return false;
}"""
KEPT = """async (name) => {
  if (!(await indexedDB.databases()).length) return 0;
  const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const base = await done(indexedDB.open("porchlight"));
  const count = await done(base.transaction(name).objectStore(name).count());
  base.close();
  return count;
}"""


class Line:
    """The server's end of the page's socket, held by a test: it hears every frame and says what it likes."""

    def __init__(self, page: Page, group: str, me: str, version: int) -> None:
        self.page, self.group, self.me, self.version = page, group, me, version
        self.history = "one"
        self.heard: list[dict[str, Any]] = []
        self.answers: dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]] = {}
        self.socket: WebSocketRoute | None = None
        self.opened = 0
        page.route_web_socket(LINE, self._open)

    def _open(self, socket: WebSocketRoute) -> None:
        self.socket, self.opened = socket, self.opened + 1
        socket.on_message(lambda said: self._hear(json.loads(said)))
        seat = {"id": self.group, "me": self.me, "version": self.version, "position": 0, "read": 0, "seats": 1}
        self.tell(type="hello", protocol=1, history=self.history, groups=[seat], collapsed={}, limits={}, heartbeat=25)

    def _hear(self, frame: dict[str, Any]) -> None:
        self.heard.append(frame)
        answer = self.answers.get(frame["do"], self._content)(frame)
        if answer is not None:
            self.tell(re=frame["id"], **{"ok": "error" not in answer, **answer})

    @staticmethod
    def _content(frame: dict[str, Any]) -> dict[str, Any]:
        return {"versions": frame.get("since", {})}

    def tell(self, **frame: Any) -> None:
        assert self.socket is not None
        self.socket.send(json.dumps(frame))

    def asked(self, do: str) -> list[dict[str, Any]]:
        return [frame for frame in self.heard if frame["do"] == do]

    def waits_for(self, do: str, times: int = 1) -> list[dict[str, Any]]:
        """Until the page has asked so often."""
        deadline = 10_000
        while len(self.asked(do)) < times:
            assert deadline > 0, f"{do} was not asked {times} times: {self.heard}"
            self.page.wait_for_timeout(20)  # lets frames through; the loop ends with the condition
            deadline -= 20
        return self.asked(do)

    def message(self, number: int, words: str, **more: Any) -> dict[str, Any]:
        """A Message of PROTOCOL.md by somebody else."""
        return {
            "id": f"00000000-0000-4000-8000-{number:012}",
            "group": self.group,
            "position": number,
            "version": number,
            "kind": "text",
            "author": {"id": "aa000000-0000-4000-8000-000000000000", "alias": "Rowan", "role": "member"},
            "body": words,
            "content_note": None,
            "reply_to": None,
            "reactions": {},
            "created": "2026-11-20T18:00:00.000Z",
            "edited": None,
            "removed": None,
            "key": f"00000000-0000-4000-9000-{number:012}",
            **more,
        }

    def change(self, message: dict[str, Any]) -> None:
        self.tell(type="change", group=self.group, version=message["version"], message=message)


def said_before(site: Site, name: str, group: str, *words: str) -> None:
    """Words somebody wrote in a group, posted in one go beside the running site."""
    site.python(SAYS.format(name=name, group=group, words=words))


SAYS = """
from uuid import uuid4
from community.people.models import Person
from groups.chat import services as chat
from groups.membership.models import Group
who, where = Person.objects.at("{name}@porchlight.test").get(), Group.objects.get(name="{group}")
drafts = [chat.draft(author_id=who.pk, group_id=where.pk, key=uuid4(), body=body) for body in {words}]
chat.post_all(drafts=drafts)
"""


class Hand:
    """A person's REST door, for what a test needs done without a page."""

    def __init__(self, site: Site, name: str, *scopes: str) -> None:
        asked = [word for scope in scopes for word in ("--scope", scope)]
        said = site.manage("token", "create", "--person", f"{name}@porchlight.test", *asked)
        self.base = f"{site.url}/api/v1"
        self.headers = {"Authorization": f"Bearer {said.split()[-1]}"}

    def __call__(self, method: str, path: str, **body: Any) -> Any:
        answer = httpx.request(method, f"{self.base}/{path}", headers=self.headers, json=body or None, timeout=20)
        answer.raise_for_status()
        return answer.json() if answer.content else None


def read_all(site: Site, name: str, group: str) -> None:
    """Somebody has read all there is in a group until now."""
    site.python(READS.format(name=name, group=group))


READS = """
from community.people.models import Person
from groups.chat import services as chat
from groups.membership.models import Group
who, where = Person.objects.at("{name}@porchlight.test").get(), Group.objects.get(name="{group}")
chat.mark_read(person=who, group_id=where.pk, position=where.position)
"""
