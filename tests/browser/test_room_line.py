"""What the page does with a line that fails, answers strangely or speaks for somebody else (PROTOCOL.md)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import Visit
from tests.browser.room import LINE, Line, Room
from tests.browser.site import Site

BUSY = {"status": 503, "code": "busy", "detail": "One moment.", "retry_after": 1}


@pytest.fixture
def ana(site: Site, visit: Visit) -> Room:
    """Ana in her room, on a phone of her own and a line nobody holds yet."""
    return Room.enter(site, visit(), "ana", mine=True)


def held(room: Room, **traits: Any) -> Line:
    """Reload the room with the other end of its line in the test's hand."""
    line = Line(room.page, room.group, room.me, traits.pop("version", room.version))
    for name, value in traits.items():
        setattr(line, name, value)
    room.page.reload()
    line.waits_for("sync")
    return line


def test_the_page_goes_on_from_what_the_server_drew(ana: Room) -> None:
    line = held(ana)
    (asked,) = line.asked("sync")
    assert asked["since"] == {ana.group: ana.version}


def test_a_gap_is_asked_for_again_from_where_the_page_stood(ana: Room) -> None:
    dead: dict[str, Any] = {"sync": lambda frame: None}  # the line dies before it answers
    line = held(ana, answers=dead)
    version = ana.version
    line.change(line.message(1000, "Drawn, but no place to go on from."))
    ana.sent("Drawn, but no place to go on from.")
    assert line.socket is not None
    line.socket.close(code=4408)
    assert line.waits_for("sync", 2)[1]["since"] == {ana.group: version}


def test_the_higher_version_wins_whichever_came_first(ana: Room) -> None:
    line = held(ana)
    line.change(line.message(900, "The newer words.", version=950))
    line.change(line.message(900, "The older words.", version=940))
    line.change(line.message(901, "And then."))
    ana.sent("And then.")
    expect(ana.row("The newer words.")).to_have_count(1)
    expect(ana.row("The older words.")).to_have_count(0)


def test_order_is_by_position_however_things_arrive(ana: Room) -> None:
    line = held(ana)
    for number in (903, 901, 902):
        line.change(line.message(number, f"Place {number}.", version=2000 - number))
    ana.sent("Place 902.")
    assert ana.order("Place 901.", "Place 902.", "Place 903.") == ["Place 901.", "Place 902.", "Place 903."]


def test_frames_it_does_not_know_change_nothing(ana: Room) -> None:
    line = held(ana)
    line.tell(type="weather", group=ana.group, sky="clear")
    line.tell(type="presence", group=ana.group, around=["cc000000-0000-4000-8000-000000000000"])
    line.change(line.message(901, "Still fine."))
    ana.sent("Still fine.")


def test_who_reads_is_asked_anew_and_a_name_that_cannot_be_asked_about_is_not_left_standing(ana: Room) -> None:
    line, who = held(ana), ana.page.locator("[data-who]")
    expect(who).to_contain_text("No one is reading right now.")
    says = {"reads": True, "says": "Dana is on call until 9pm.", "turns": None}
    ana.page.route("**/reading", lambda route: route.fulfill(json=says))
    line.tell(type="reading", group=ana.group)
    expect(who).to_have_text("Dana is on call until 9pm.")
    ana.page.unroute("**/reading")
    ana.page.route("**/reading", lambda route: route.fulfill(body="Not now."))
    line.tell(type="reading", group=ana.group)
    expect(who).to_be_hidden()


def test_a_beat_ahead_of_the_page_is_answered_with_a_sync(ana: Room) -> None:
    line = held(ana)
    line.tell(type="beat", versions={ana.group: ana.version + 7})
    line.waits_for("sync", 2)


def test_it_tells_what_arrived_every_fifty_changes(ana: Room) -> None:
    line = held(ana)
    for number in range(1001, 1051):
        line.change(line.message(number, f"Many {number}."))
    told = line.waits_for("seen")[0]
    assert told["cursors"][ana.group] == 1050


def test_after_a_restored_backup_history_is_fetched_anew(ana: Room) -> None:
    line = held(ana)
    line.change(line.message(950, "Said after the backup."))
    ana.sent("Said after the backup.")
    line.history = "two"
    with ana.page.expect_response("**/messages?limit=50"):
        assert line.socket is not None
        line.socket.close(code=4412)
    expect(ana.row("Said after the backup.")).to_have_count(0)
    assert len(line.asked("sync")) == 1


def test_a_stale_page_drops_what_it_kept_and_loads(ana: Room) -> None:
    line = held(ana)
    line.change(line.message(950, "Too far back."))
    ana.sent("Too far back.")
    with ana.page.expect_response("**/messages?limit=50"):
        line.tell(type="stale", group=ana.group, version=5)
    expect(ana.row("Too far back.")).to_have_count(0)


def test_what_cannot_be_taken_now_is_tried_again_with_the_same_key(ana: Room) -> None:
    line = held(ana)
    line.answers["post"] = lambda frame: {"error": BUSY}
    ana.write("Take this when you can.")
    expect(ana.row("Take this when you can.")).to_contain_text("Not sent yet.")
    line.answers["post"] = lambda frame: {"message": line.message(960, frame["body"], key=frame["key"])}
    ana.row("Take this when you can.").get_by_role("button", name="Send now").click()
    ana.sent("Take this when you can.")
    assert len({frame["key"] for frame in line.asked("post")}) == 1
    assert len(line.asked("post")) >= 2


def test_what_is_refused_says_why_and_can_be_changed_or_dropped(ana: Room) -> None:
    line = held(ana)
    why = "This can be 4000 characters at most."
    line.answers["post"] = lambda frame: {"error": {"status": 422, "code": "too_long", "detail": why}}
    ana.write("Refuse me.")
    expect(ana.row("Refuse me.")).to_contain_text(why)
    ana.page.reload()
    line.waits_for("sync", 2)
    expect(ana.row("Refuse me.")).to_contain_text(why)
    ana.row("Refuse me.").get_by_role("button", name="Edit").click()
    expect(ana.body).to_have_value("Refuse me.")
    expect(ana.row("Refuse me.")).to_have_count(0)
    assert len(line.asked("post")) == 1


def test_one_message_of_a_group_is_on_its_way_at_a_time(ana: Room) -> None:
    line = held(ana)
    line.answers["post"] = lambda frame: None
    for words in ("First.", "Second."):
        ana.write(words)
    first = line.waits_for("post")[0]
    expect(ana.row("Second.")).to_have_count(1)
    assert [frame["body"] for frame in line.asked("post")] == ["First."]
    line.tell(re=first["id"], ok=True, message=line.message(970, "First.", key=first["key"]))
    line.waits_for("post", 2)
    assert [frame["body"] for frame in line.asked("post")] == ["First.", "Second."]


def test_unsent_words_survive_a_reload_and_two_windows_send_them_once(site: Site, visit: Visit) -> None:
    device, other = visit(), visit()
    down = True
    opened: list[str] = []

    def line(socket: Any) -> None:
        opened.append(socket.url)
        if down:
            socket.close(code=4408)
        else:
            socket.connect_to_server()

    device.context.route_web_socket(LINE, line)
    ana, ben = Room.enter(site, device, "ana", mine=True), Room.enter(site, other, "ben")
    ana.write("Kept through a reload.")
    expect(ana.row("Kept through a reload.")).to_be_visible()
    ana.page.reload()
    expect(ana.row("Kept through a reload.")).to_be_visible()
    twin = Room(device.page())
    twin.page.goto(ana.page.url)
    expect(twin.row("Kept through a reload.")).to_be_visible()
    down = False
    for room in (ben, ana, twin):
        room.sent("Kept through a reload.")
        expect(room.row("Kept through a reload.")).to_have_count(1)
    assert ana.kept("outbox") == 0


def test_a_socket_that_speaks_for_somebody_else_gets_no_words(ana: Room) -> None:
    line = held(ana)
    line.me = "bb000000-0000-4000-8000-000000000000"
    assert line.socket is not None
    line.socket.close(code=4412)
    expect(ana.bar).to_contain_text("You've been signed out.", timeout=10_000)
    ana.write("For nobody else.")
    expect(ana.page.get_by_role("alert")).to_contain_text("You've been signed out.")
    expect(ana.body).to_have_value("For nobody else.")
    assert line.asked("post") == []


def test_it_does_not_come_back_before_the_server_said(ana: Room) -> None:
    line = held(ana)
    line.tell(type="restart", after=2)
    assert line.socket is not None
    opened = line.opened
    before = ana.page.evaluate("() => performance.now()")
    line.socket.close(code=4412)
    line.waits_for("sync", 2)
    assert line.opened == opened + 1
    assert ana.page.evaluate("() => performance.now()") - before >= 1_800
