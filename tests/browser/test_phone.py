"""What a device keeps (PRODUCT.md, invariant 14; UX.md 4): looked for in every store a browser has."""

from itertools import count

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.fixtures import Visit
from tests.browser.room import LINE, TUESDAY, Room
from tests.browser.site import Site, until
from tests.browser.visitor import PHONE, Visitor

OFFLINE = "You\u2019re offline"
numbers = count(1)
DUMP = """async () => {
  const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const bytes = (value) => new TextDecoder("latin1").decode(value);
  const plain = (name, value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? bytes(value) : value);
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction.abort(); // it went meanwhile: looking makes none
    const base = await new Promise((resolve) => (request.onsuccess = request.onerror = () => resolve(request.result)));
    if (request.error) continue;
    for (const store of base.objectStoreNames) {
      const rows = await done(base.transaction(store).objectStore(store).getAll());
      found.push(store, JSON.stringify(rows, plain));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  return found.join("\\n");
}"""


@pytest.fixture
def words() -> str:
    """Said in one test alone; all of them tell of a heron."""
    return f"A quiet heron, number {next(numbers)}."


HAS = "async (path) => Boolean(await caches.match(path))"


def everything(page: Page) -> str:
    """All this origin keeps on the device, as text."""
    found: str = page.evaluate(DUMP)
    return found


def caches(page: Page) -> list[str]:
    found: list[str] = page.evaluate("() => caches.keys()")
    return found


def on_the_shelf(page: Page) -> str:
    """What could be read here without a network; only the page itself can open it."""
    found: str = page.evaluate(
        """async () => {
          const { Shelf } = await import("/static/community/js/vault.js");
          return JSON.stringify(await Shelf.open().then((shelf) => shelf.pages(), () => []));
        }"""
    )
    return found


def databases(page: Page) -> list[str]:
    found: list[str] = page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")
    return found


def kept_in(room: Room, name: str, number: int) -> None:
    """Wait until the device holds so many records of a kind."""
    until(lambda: room.kept(name) == number, lambda: f"{room.kept(name)} {name}")


def asked_to_sign_in(page: Page, site: Site) -> bool:
    page.goto(f"{site.url}/groups/")
    return "/sign-in/" in page.url


class Cut:
    """The line of a device, in the test's hand: sockets and pages. While it is down no word passes, either way."""

    def __init__(self, device: Visitor) -> None:
        self.device, self.down = device, False
        device.context.route_web_socket(LINE, self._line)

    def _line(self, socket: WebSocketRoute) -> None:
        if self.down:
            socket.close(code=4408)
        else:
            server = socket.connect_to_server()
            socket.on_message(lambda said: self._pass(said, server))
            server.on_message(lambda said: self._pass(said, socket))

    def _pass(self, said: str | bytes, there: WebSocketRoute) -> None:
        if not self.down:
            there.send(said)

    def off(self) -> None:
        self.device.forgive("ERR_INTERNET", "ERR_FAILED", "WebSocket", "Failed to fetch")
        self.down = True
        self.device.context.set_offline(True)

    def on(self) -> None:
        self.down = False
        self.device.context.set_offline(False)


def holds_its_key(room: Room) -> None:
    """What is written on this page from now on is kept, with a network or without."""
    room.body.fill("Just a word.")
    kept_in(room, "drafts", 1)
    room.body.fill("")
    kept_in(room, "drafts", 0)


def controlled(page: Page) -> None:
    """The worker answers for this page, and holds what it keeps."""
    page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    until(lambda: page.evaluate(HAS, "/help/") and page.evaluate(HAS, "/offline/"), lambda: "help was not kept")
    page.reload()
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")


def says_offline(page: Page) -> bool:
    """Looked at once more: that there is no network reaches a page's worker a moment after the page itself."""
    page.reload()
    return page.get_by_role("heading", name=OFFLINE).is_visible()


@pytest.mark.parametrize("answer", [None, "Others use it too"])
def test_a_phone_that_others_use_keeps_no_word(site: Site, visit: Visit, answer: str | None, words: str) -> None:
    ana = Room.enter(site, visit(size=PHONE), "ana")
    if answer:
        back = ana.page.url
        ana.page.goto(f"{site.url}/phone/")
        ana.page.get_by_role("button", name=answer).click()
        ana.page.wait_for_url(f"{site.url}/today/")  # all is erased before the answer leaves
        ana.page.goto(back)
    ana.write(words)
    ana.sent(words)
    ana.body.fill(f"{words}, not finished")
    controlled(ana.page)
    expect(ana.body).to_have_value("")
    found = everything(ana.page)
    assert "heron" not in found
    assert "good tea" not in found
    assert "/help/" in found


def test_what_a_phone_of_ones_own_keeps_is_sealed(site: Site, visit: Visit, words: str) -> None:
    device = visit(size=PHONE)
    cut = Cut(device)
    ana = Room.enter(site, device, "ana", mine=True)
    cut.down = True
    ana.page.reload()
    ana.write(words)
    kept_in(ana, "outbox", 1)
    kept_in(ana, "drafts", 0)
    ana.body.fill(f"{words}, not finished")
    kept_in(ana, "drafts", 1)
    ana.page.reload()
    expect(ana.body).to_have_value(f"{words}, not finished")
    expect(ana.row(words)).to_be_visible()
    assert (ana.kept("outbox"), ana.kept("drafts")) == (1, 1)
    found = everything(ana.page)
    for said in ("heron", "good tea", "Ana", TUESDAY):
        assert said not in found
    cut.down = False
    ana.sent(words, within=45)


def test_three_messages_written_without_a_line_arrive_once_and_in_order_also_after_a_crash(
    site: Site, visit: Visit
) -> None:
    device, other = visit(size=PHONE), visit()
    cut = Cut(device)
    ana, ben = Room.enter(site, device, "ana", mine=True), Room.enter(site, other, "ben")
    controlled(ana.page)
    holds_its_key(ana)
    words = [f"From the tunnel, {number}." for number in ("one", "two", "three")]
    ana.page.keyboard.press("Shift+Escape")
    ana.write("Down we go.")
    ana.sent("Down we go.")
    cut.off()
    for one in words:
        ana.write(one)
    expect(ana.row(words[2])).to_be_visible()
    kept_in(ana, "outbox", 3)
    ana.page.reload()
    expect(ana.page.get_by_role("heading", name=OFFLINE)).to_be_visible()
    expect(ana.page.get_by_text("What you wrote is kept.")).to_be_visible()
    meanwhile = ["Said above the ground.", "And one thing more."]
    for one in meanwhile:
        ben.write(one)
        ben.sent(one)
    for phone in (device, other):
        phone.forgive("ERR_CONNECTION", "WebSocket", "ERR_EMPTY")
    site.kill()
    site.start()
    cut.on()
    for room in (ana, ben):
        for one in words:
            room.sent(one, within=45)
            expect(room.row(one)).to_have_count(1)
        assert room.order(*meanwhile, *words) == [*meanwhile, *words]
    assert ana.kept("outbox") == 0
    new = ana.row(meanwhile[0]).get_by_role("heading", name="2 new since you were last here")
    expect(new).to_have_count(1)  # what she sent from the tunnel is not new to her, and moved nothing
    expect(ana.log.get_by_role("heading", name="new since")).to_have_count(1)


def test_a_room_is_read_without_a_network_on_a_phone_of_ones_own(site: Site, visit: Visit, words: str) -> None:
    device = visit(size=PHONE)
    cut = Cut(device)
    ana = Room.enter(site, device, "ana", mine=True)
    ana.write(words)
    ana.sent(words)
    controlled(ana.page)
    until(lambda: words in on_the_shelf(ana.page), lambda: "the room was not kept")
    cut.off()
    ana.page.reload()
    expect(ana.page.get_by_role("heading", name=TUESDAY)).to_be_visible()
    expect(ana.page.get_by_text(words).first).to_be_visible()
    ana.page.goto(f"{site.url}/groups/")
    ana.page.get_by_role("link", name=TUESDAY).click()
    expect(ana.page.get_by_text(words).first).to_be_visible()
    cut.on()


def test_today_is_read_without_a_network_on_a_phone_of_ones_own(site: Site, visit: Visit) -> None:
    device = visit(size=PHONE)
    cut = Cut(device)
    ana = Room.enter(site, device, "ana", mine=True)
    ana.page.goto(f"{site.url}/today/")
    controlled(ana.page)
    until(lambda: "/today/" in on_the_shelf(ana.page), lambda: "today was not kept")
    cut.off()
    ana.page.reload()
    expect(ana.page.get_by_role("heading", name="Today", exact=True, level=2)).to_be_visible()
    expect(ana.page.get_by_role("heading", name="Your groups")).to_be_visible()
    cut.on()


def test_a_phone_that_others_use_shows_no_room_without_a_network(site: Site, visit: Visit) -> None:
    device = visit(size=PHONE)
    cut = Cut(device)
    ana = Room.enter(site, device, "ana")
    controlled(ana.page)
    cut.off()
    until(lambda: says_offline(ana.page), lambda: "its worker still answers with the room")
    expect(ana.page.get_by_text("good tea")).to_have_count(0)
    expect(ana.page.get_by_role("heading", name=TUESDAY)).to_have_count(0)
    cut.on()


def test_a_safety_plan_is_read_without_a_network_where_its_person_kept_it(site: Site, visit: Visit, words: str) -> None:
    device = visit(size=PHONE)
    cut = Cut(device)
    ana = Room.enter(site, device, "ana", mine=True)
    controlled(ana.page)
    ana.page.goto(f"{site.url}/safety-plan/steps/alone/")
    ana.page.get_by_label("In your own words").fill(f"{words}\nThen a walk.")
    ana.page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    keep = ana.page.get_by_role("button", name="Keep it on this phone")
    expect(keep).to_be_visible()
    assert words not in on_the_shelf(ana.page), "kept before it was asked for"
    keep.click()
    expect(ana.page.get_by_role("button", name="Take it off this phone")).to_be_focused()
    assert words in on_the_shelf(ana.page)
    assert words not in everything(ana.page)
    cut.off()
    ana.page.goto(f"{site.url}/safety-plan/")
    expect(ana.page.get_by_role("heading", name=OFFLINE)).to_be_visible()
    expect(ana.page.get_by_text(f"{words} Then a walk.")).to_be_visible()
    cut.on()  # the page looks for itself whether there is a network
    ana.page.get_by_role("button", name="Take it off this phone").click()
    until(lambda: words not in on_the_shelf(ana.page), lambda: "it stayed on the phone")
    keep.click()
    until(lambda: words in on_the_shelf(ana.page), lambda: "it was not kept again")
    ana.page.goto(f"{site.url}/sign-out/")
    ana.page.get_by_role("main").get_by_role("button", name="Sign out").click()
    ana.page.wait_for_url("**/sign-in/**")
    until(lambda: databases(ana.page) == [], lambda: f"left: {databases(ana.page)}")
    assert words not in everything(ana.page)


@pytest.mark.parametrize("way", ["sign out", "leave"])
def test_after_going_no_word_is_left_and_help_opens_without_a_network(
    site: Site, visit: Visit, way: str, words: str
) -> None:
    device = visit(size=PHONE, elsewhere=["https://www.weather.gov"])
    device.forgive("/me/phone/key")  # a page that is left while it asks is told to sign in
    cut = Cut(device)
    ana = Room.enter(site, device, "ana", mine=True)
    ana.write(words)
    ana.sent(words)
    ana.body.fill(f"{words}, not finished")
    controlled(ana.page)
    until(lambda: words in on_the_shelf(ana.page), lambda: "the room was not kept")
    if way == "sign out":
        ana.page.goto(f"{site.url}/sign-out/")
        ana.page.get_by_role("main").get_by_role("button", name="Sign out").click()
        ana.page.wait_for_url("**/sign-in/**")
    else:
        ana.page.get_by_role("button", name="Leave quickly").click()
        ana.page.wait_for_url("https://www.weather.gov/**")
        until(lambda: asked_to_sign_in(ana.page, site), lambda: "still signed in")
    found = everything(ana.page)
    for said in ("heron", "good tea", TUESDAY):
        assert said not in found
    until(lambda: databases(ana.page) == [], lambda: f"left: {databases(ana.page)}")
    cut.off()
    ana.page.goto(f"{site.url}/help/")
    expect(ana.page.get_by_role("heading", name="Get help now")).to_be_visible()
    reading = ana.page.get_by_role("region", name="Who is reading now")
    expect(reading).to_contain_text("Without a network, this page can’t know who is reading right now.")
    cut.on()
    ana.page.goto(f"{site.url}/help/")
    expect(reading).to_contain_text("right now")
    expect(reading).not_to_contain_text("Without a network")


def test_saying_that_others_use_it_erases_at_once(site: Site, visit: Visit, words: str) -> None:
    ana = Room.enter(site, visit(size=PHONE), "ana", mine=True)
    ana.body.fill(f"{words}, not finished")
    kept_in(ana, "drafts", 1)
    ana.page.goto(f"{site.url}/settings/")
    ana.page.get_by_role("link", name="Whose phone this is").click()
    ana.page.get_by_role("button", name="Others use it too").click()
    ana.page.wait_for_url(f"{site.url}/settings/")
    assert databases(ana.page) == []
    expect(ana.page.get_by_text("nothing is kept on it")).to_be_visible()


def test_signing_out_with_words_not_sent_asks_first(site: Site, visit: Visit, words: str) -> None:
    device, other = visit(size=PHONE), visit()
    cut = Cut(device)
    ana, ben = Room.enter(site, device, "ana", mine=True), Room.enter(site, other, "ben")
    cut.down = True
    ana.page.reload()
    said = [f"First, {words}", f"Then, {words}"]
    for one in said:
        ana.write(one)
    kept_in(ana, "outbox", 2)
    ana.page.goto(f"{site.url}/settings/")
    ana.page.get_by_role("button", name="More").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(ana.page.get_by_role("heading", name="2 messages are not sent yet")).to_be_visible()
    expect(ana.page.get_by_role("button", name="Sign out and lose them")).to_be_visible()
    ana.page.get_by_role("button", name="Send them, then sign out").click()
    ana.page.wait_for_url("**/sign-in/**")
    assert "heron" not in everything(ana.page)
    for one in said:
        ben.sent(one)
    assert ben.order(*said) == said


def test_words_not_sent_may_be_lost_knowingly(site: Site, visit: Visit) -> None:
    device, other = visit(), visit()
    cut = Cut(device)
    ana, ben = Room.enter(site, device, "ana", mine=True), Room.enter(site, other, "ben")
    cut.down = True
    ana.page.reload()
    ana.write("Better not said")
    kept_in(ana, "outbox", 1)
    ana.page.get_by_role("button", name="Sign out").first.click()
    expect(ana.page.get_by_role("heading", name="1 message is not sent yet")).to_be_visible()
    ana.page.get_by_role("button", name="Sign out and lose them").click()
    ana.page.wait_for_url("**/sign-in/**")
    assert databases(ana.page) == []
    ben.write("Are you there?")
    ben.sent("Are you there?")
    expect(ben.row("Better not said")).to_have_count(0)


REFUSED = "indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }"
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"


@pytest.mark.parametrize("script", [REFUSED, FULL], ids=["refused", "full"])
def test_a_browser_that_keeps_nothing_says_so_once_and_goes_on(
    site: Site, visit: Visit, script: str, words: str
) -> None:
    device = visit(size=PHONE)
    device.context.add_init_script(script)
    cut = Cut(device)
    ana = Room.enter(site, device, "ana", mine=True)
    notice = ana.page.get_by_text("This phone has no room to keep what you write.")
    expect(notice).to_be_visible()
    cut.off()
    ana.write(words)
    expect(ana.row(words)).to_be_visible()
    cut.on()
    ana.sent(words, within=45)
    ana.page.reload()
    ana.write(f"Once more, {words}")
    ana.sent(f"Once more, {words}")
    expect(notice).to_be_hidden()


def test_room_that_runs_out_while_somebody_writes_is_told_and_no_word_is_lost(
    site: Site, visit: Visit, words: str
) -> None:
    device = visit(size=PHONE)
    cut = Cut(device)
    ana = Room.enter(site, device, "ana", mine=True)
    holds_its_key(ana)
    notice = ana.page.get_by_text("This phone has no room to keep what you write.")
    expect(notice).to_be_hidden()
    ana.page.evaluate(f"() => {{ {FULL} }}")
    cut.off()
    ana.write(words)
    expect(notice).to_be_visible()
    expect(ana.row(words)).to_be_visible()
    cut.on()
    ana.sent(words, within=45)


def test_a_key_that_is_away_comes_later_and_nothing_is_lost(site: Site, visit: Visit, words: str) -> None:
    device = visit(size=PHONE)
    device.forgive("503", "ERR_INTERNET", "WebSocket")
    ana = Room.enter(site, device, "ana", mine=True)
    ana.body.fill(words)
    kept_in(ana, "drafts", 1)
    device.context.route("**/me/phone/key", lambda route: route.fulfill(status=503, body="{}"))
    ana.page.reload()
    ana.body.fill(f"{words} In the meantime.")
    device.context.unroute("**/me/phone/key")
    device.context.set_offline(True)
    expect(ana.bar).to_be_visible(timeout=10_000)
    device.context.set_offline(False)
    expect(ana.bar).to_be_hidden()
    kept_in(ana, "drafts", 1)
    ana.page.reload()
    expect(ana.body).to_have_value(f"{words} In the meantime.")


def test_words_survive_a_session_whose_time_is_over(site: Site, visit: Visit, words: str) -> None:
    device = visit(size=PHONE)
    ana = Room.enter(site, device, "ana", mine=True)
    ana.body.fill(words)
    kept_in(ana, "drafts", 1)
    device.context.clear_cookies()  # to the server and the phone alike, the session is over
    ana.page.goto(f"{site.url}/groups/")
    ana.page.wait_for_url("**/sign-in/**")
    again = Room.enter(site, device, "ana", mine=True)
    expect(again.body).to_have_value(words)


OLD = """
  const fill = async () => {
    await (await caches.open("porchlight-public-1")).put("/help/", new Response("an old page"));
    await self.skipWaiting();
  };
  self.addEventListener("install", (event) => event.waitUntil(fill()));
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", (event) => {
    if (new URL(event.request.url).pathname === "/help/") event.respondWith(caches.match("/help/"));
  });
"""


def test_a_worker_from_an_older_version_is_replaced_and_no_word_is_lost(site: Site, visit: Visit, words: str) -> None:
    device = visit(size=PHONE)
    device.forgive("favicon")  # the old page brings none along
    device.context.route("**/sw.js", lambda route: route.fulfill(body=OLD, content_type="text/javascript"))
    ana = Room.enter(site, device, "ana", mine=True)
    page, room = ana.page, ana.page.url
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")
    ana.body.fill(words)
    kept_in(ana, "drafts", 1)
    page.goto(f"{site.url}/help/")
    expect(page.get_by_text("an old page")).to_be_visible()
    device.context.unroute("**/sw.js")
    page.goto(room)
    until(lambda: caches(page) == ["porchlight-public-2"], lambda: f"{caches(page)}")
    page.goto(f"{site.url}/help/")
    expect(page.get_by_role("heading", name="Get help now")).to_be_visible()
    page.goto(room)
    expect(ana.body).to_have_value(words)


def test_words_that_wait_in_two_tabs_arrive_once(site: Site, visit: Visit) -> None:
    device, other = visit(size=PHONE), visit()
    cut = Cut(device)
    ana, ben = Room.enter(site, device, "ana", mine=True), Room.enter(site, other, "ben")
    again = Room(device.page())
    again.page.goto(ana.page.url)
    holds_its_key(again)
    holds_its_key(ana)
    cut.off()
    words = ["Said in the one tab.", "Said in the other."]
    ana.write(words[0])
    kept_in(ana, "outbox", 1)
    again.write(words[1])
    kept_in(ana, "outbox", 2)
    cut.on()
    for room in (ben, ana, again):
        for one in words:
            room.sent(one, within=45)
            expect(room.row(one)).to_have_count(1)
    kept_in(ana, "outbox", 0)


def test_signing_out_in_one_tab_erases_what_another_holds_open(site: Site, visit: Visit, words: str) -> None:
    device = visit(size=PHONE)
    ana = Room.enter(site, device, "ana", mine=True)
    ana.body.fill(words)
    kept_in(ana, "drafts", 1)
    tab = device.page()
    tab.goto(f"{site.url}/sign-out/")
    tab.get_by_role("main").get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/sign-in/**")
    found = everything(tab)
    for said in ("heron", "good tea", TUESDAY):
        assert said not in found
    assert databases(tab) == []


def test_the_clinics_tablet_keeps_no_word_of_anybody(site: Site, visit: Visit, words: str) -> None:
    device = visit()
    page = device.page()
    site.sign_in(page, "dana")
    page.goto(f"{site.url}/tablet/")
    page.get_by_role("button", name="Make this device the clinic").click()
    page.wait_for_url("**/sign-in/")
    page.close()
    ana = Room.enter(site, device, "ana")
    ana.write(words)
    ana.sent(words)
    ana.body.fill(f"{words}, not finished")
    assert "heron" not in everything(ana.page)
    ana.page.get_by_role("button", name="Done").click()
    ana.page.wait_for_url("**/sign-in/**")
    found = everything(ana.page)
    for said in ("heron", "good tea", TUESDAY):
        assert said not in found
    assert databases(ana.page) == []
