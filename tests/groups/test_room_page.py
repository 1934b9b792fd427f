"""The room's pages as the server draws them: who is called what, what is new, what is shown to whom."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from community.foundation import clock
from community.foundation.times import clock_time, day_words
from community.people import services as people
from community.people.models import Person
from groups.chat import services as chat
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group
from tests.doors import browser, say


def page(person: Person, group: Group, query: str = "") -> str:
    """What the person sees; not what the page brings along for its script."""
    answer = browser(person).get(f"/groups/{group.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode().split("<template")[0]


@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(0, 0, "12am"), (6, 0, "6am"), (12, 6, "12:06pm"), (19, 30, "7:30pm")]
)
def test_times_are_said_as_people_say_them(hour: int, minute: int, said: str) -> None:
    assert clock_time(datetime(2026, 11, 17, hour, minute, tzinfo=UTC)) == said


def test_days_are_said_as_people_say_them() -> None:
    now = clock.now()
    assert day_words(now) == "Today"
    assert day_words(now - timedelta(days=1)) == "Yesterday"
    with clock.turned(by=datetime(2026, 11, 22, tzinfo=UTC) - now):
        assert day_words(datetime(2026, 11, 17, tzinfo=UTC)) == "Tuesday, November 17"
        assert day_words(datetime(2025, 11, 17, tzinfo=UTC)) == "Monday, November 17, 2025"
        with translation.override("es"):
            assert day_words(datetime(2026, 11, 17, tzinfo=UTC)) == "martes, 17 de noviembre"


def test_the_page_says_how_much_is_new_and_counts_no_own_words(world: World) -> None:
    say(world.ana, world.tuesday, "Mine.")
    say(world.ben, world.tuesday, "One.")
    say(world.ben, world.tuesday, "Two.")
    assert "2 new since you were last here" in page(world.ana, world.tuesday)
    chat.mark_read(person=world.ana, group_id=world.tuesday.pk, position=3)
    assert "since you were last here" not in page(world.ana, world.tuesday)


def test_everything_new_is_on_the_page_and_the_rest_a_link_away(world: World) -> None:
    for number in range(70):
        say(world.ben, world.tuesday, f"Line {number:02}.")
    assert "Line 00." in page(world.ana, world.tuesday)
    chat.mark_read(person=world.ana, group_id=world.tuesday.pk, position=70)
    newest = page(world.ana, world.tuesday)
    assert "Line 19." not in newest
    assert "?before=21" in newest
    assert "Line 19." in page(world.ana, world.tuesday, "?before=21")


def test_a_content_note_stands_before_the_words_and_on_quotes_of_them(world: World) -> None:
    hard = say(world.ben, world.tuesday, "The words themselves.", content_note="a hard night")
    say(world.cy, world.tuesday, "I hear you.", reply_to=hard.pk)
    shown = page(world.ana, world.tuesday)
    assert shown.count("Content note: a hard night") == 2
    assert "Ben added this so you can choose." in shown


def test_removed_words_are_nowhere_on_the_page(world: World) -> None:
    gone = say(world.ben, world.tuesday, "Never mind this.")
    chat.remove(person=world.ben, message=gone)
    hidden = say(world.ben, world.tuesday, "Not like this.")
    chat.remove(person=world.cy, message=hidden)
    shown = page(world.ana, world.tuesday)
    assert "Ben removed this message" in shown
    assert "A facilitator hid this message" in shown
    assert "Never mind this." not in shown
    assert "Not like this." not in shown


def test_held_words_are_shown_to_their_author_and_to_who_decides(world: World) -> None:
    membership.hold_room(group=world.tuesday, by=world.dana, held=True)
    held = say(world.ana, world.tuesday, "May this stand?")
    assert "May this stand?" in page(world.ana, world.tuesday)
    assert "May this stand?" in page(world.dana, world.tuesday)
    others = page(world.ben, world.tuesday)
    assert "May this stand?" not in others
    assert "May this stand?" not in browser(world.ben).get(f"/groups/{world.tuesday.pk}/").content.decode()
    assert "This place is waiting for a facilitator" in others
    one = f"/groups/{world.tuesday.pk}/messages/{held.pk}/"
    assert "Let them stand" in browser(world.dana).get(one).content.decode()
    assert "Let them stand" not in browser(world.ana).get(one).content.decode()
    browser(world.dana).post(f"{one}release/")
    assert "May this stand?" in page(world.ben, world.tuesday)


def test_somebody_i_blocked_is_behind_a_note_without_their_words(world: World) -> None:
    people.block(person=world.ana, other=world.ben)
    said = say(world.ben, world.tuesday, "Hello from Ben.", content_note="weather")
    say(world.cy, world.tuesday, "Hi.", reply_to=said.pk)
    shown = page(world.ana, world.tuesday)
    assert shown.count("A message from someone you blocked") >= 2
    assert "Content note: weather" not in shown


def test_reactions_are_names_and_never_numbers(world: World) -> None:
    said = say(world.ana, world.tuesday, "Ninety days.")
    for person in (world.ben, world.cy, world.dana, world.ana):
        chat.react(person=person, message=said, name="hope")
    assert "You, Ben, Cy and others" in page(world.ana, world.tuesday)


def test_a_stranger_finds_nothing_at_any_address_of_the_room(world: World) -> None:
    said = say(world.ana, world.tuesday, "For us.")
    room = f"/groups/{world.tuesday.pk}/"
    eli, nowhere = browser(world.eli), f"/groups/{uuid4()}/"
    for there, address in (("get", ""), ("post", "post/"), ("post", "read/")):
        assert getattr(eli, there)(room + address).status_code == 404
        assert getattr(eli, there)(nowhere + address).status_code == 404
    one = f"{room}messages/{said.pk}/"
    for there, address in (
        ("get", ""),
        ("post", "edit/"),
        ("post", "remove/"),
        ("post", "release/"),
        ("post", "react/"),
    ):
        assert getattr(eli, there)(one + address).status_code == 404
    assert Client().get(room).status_code == Client().get(nowhere).status_code == 302


def test_what_may_not_be_done_is_refused_kindly_and_changes_nothing(world: World) -> None:
    said = say(world.ben, world.tuesday, "Ben's own.")
    one = f"/groups/{world.tuesday.pk}/messages/{said.pk}/"
    ana = browser(world.ana)
    assert ana.post(f"{one}edit/", {"body": "Changed by Ana."}).status_code == 403
    assert ana.post(f"{one}remove/").status_code == 403
    assert ana.post(f"{one}react/", {"react": "thumbs_down"}).status_code == 422
    assert ana.post(f"/groups/{world.tuesday.pk}/post/", {"key": str(uuid4()), "body": " "}).status_code == 422
    said.refresh_from_db()
    assert said.body == "Ben's own."


def test_a_refused_post_keeps_the_words_on_the_page(world: World) -> None:
    long = "word " * 1000
    answer = browser(world.ana).post(f"/groups/{world.tuesday.pk}/post/", {"key": str(uuid4()), "body": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert "4000" in answer.content.decode()


def test_the_room_costs_a_fixed_number_of_queries(world: World, django_assert_max_num_queries: object) -> None:
    first = say(world.ben, world.tuesday, "First.")
    for number in range(60):
        say(world.ben, world.tuesday, f"Line {number}.", reply_to=first.pk)
    chat.mark_read(person=world.ana, group_id=world.tuesday.pk, position=60)
    client = browser(world.ana)
    with django_assert_max_num_queries(10):  # type: ignore[operator]  # a context manager by pytest-django
        client.get(f"/groups/{world.tuesday.pk}/")


def test_the_service_worker_speaks_for_the_whole_site_and_is_never_kept() -> None:
    answer = Client().get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"


def test_of_a_large_room_some_are_drawn_and_all_are_counted(world: World) -> None:
    for number in range(30):
        membership.seat(person=people.create(alias=f"Guest {number:02}"), group=world.tuesday)
    html = browser(world.ana).get(f"/groups/{world.tuesday.pk}/").content.decode()
    many = world.tuesday.memberships.current().count()
    assert f"{many} members" in html
    assert html.split("data-members>")[1].split("</ul>")[0].count("data-member=") == 24
    assert f"And {many - 24} more." in html
    further = html.split("<template data-further>")[1].split("</template>")[0]
    assert ("Guest 00" in further, "Guest 29" in further) == (False, True)


def test_a_small_room_has_nobody_further(world: World) -> None:
    assert "data-further" not in browser(world.ana).get(f"/groups/{world.tuesday.pk}/").content.decode()
