"""One neutral line on its way out: by a real mail server, under a lease, at decent hours, to who wants it."""

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from community.foundation import clock
from community.foundation.errors import Invalid
from community.foundation.mail import Printed, Refusing
from community.foundation.telling import telling_words
from community.foundation.upkeep import keep_up
from community.letters import services as letters
from community.letters.models import Kind, Letter, Reach, State
from community.letters.rules import EVERY, MOST, PATIENCE, awake, pause_after
from community.letters.tasks import deliver
from community.notices import services as notices
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment
from community.settings import base
from groups.demo.services import World
from tests.community.desk import episode
from tests.doors import Script, browser
from tests.mailbox import Mailbox, open_mailbox

DAY = timedelta(days=1)
ROOM, PASSWORD = "words_released", "password_changed"
NOON = datetime(2026, 11, 18, 17, tzinfo=UTC)  # noon in New York


@pytest.fixture
def noon() -> Iterator[None]:
    with clock.turned(NOON - clock.now()):
        yield


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A real mail server, and a site that sends there."""
    with open_mailbox() as mailbox:
        settings.MAILERS = {"default": base.mailer(mailbox.url)}
        settings.DEFAULT_FROM_EMAIL = "updates@evening.test"
        settings.ALLOWED_ORIGINS = ["https://evening.test"]
        yield mailbox


@pytest.fixture
def ana(world: World) -> Person:
    """Ana, who wants mail."""
    letters.choose(person=world.ana, wanted={"mail": True})
    return world.ana


def tell(person: Person, notice: str = ROOM) -> None:
    notices.tell(person=person, notice=notice, about=uuid4())


def later(by: timedelta = PATIENCE) -> int:
    """Deliver, so much later."""
    with clock.turned(by):
        return deliver()


# --- who gets one, and when ------------------------------------------------------------------------------------------


def test_nobody_gets_a_letter_who_did_not_ask_for_one(world: World, noon: None) -> None:
    tell(world.ana)
    assert not Letter.objects.exists()


def test_who_chose_mail_gets_one_line_and_nothing_else(ana: Person, noon: None, mailbox: Mailbox) -> None:
    tell(ana)
    assert (deliver(), later(), later(timedelta(hours=1))) == (0, 1, 0)
    (sent,) = mailbox.received
    assert sent["Subject"] == "You have an update"
    assert (sent["From"], sent["To"]) == ("updates@evening.test", "ana@porchlight.test")
    assert sent.get_content_type() == "text/plain"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert "https://evening.test/" in sent.get_content()
    assert "Ana" not in sent.as_string().replace("ana@porchlight.test", "")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("notice", [ROOM, PASSWORD])
def test_no_letter_says_what_this_place_is(
    ana: Person, noon: None, mailbox: Mailbox, language: str, notice: str
) -> None:
    people.change(person=ana, wanted={"language": language})
    tell(ana, notice)
    later()
    (sent,) = mailbox.received
    told = f"{sent['Subject']} {sent['From']} {sent.get_content()}"
    assert not telling_words(told)
    assert ("Tienes una novedad" in told) == (language == "es")


def test_what_was_seen_meanwhile_needs_no_letter(ana: Person, noon: None, mailbox: Mailbox) -> None:
    tell(ana)
    notices.see_all(person=ana, number=1)
    assert later() == 0
    assert (Letter.objects.get().state, mailbox.received) == (State.DROPPED, [])


def test_who_turned_it_off_meanwhile_gets_none(ana: Person, noon: None, mailbox: Mailbox) -> None:
    tell(ana)
    letters.choose(person=ana, wanted={"mail": False})
    assert later() == 0
    assert Letter.objects.get().state == State.DROPPED


def test_one_line_says_it_for_all_that_came(ana: Person, noon: None, mailbox: Mailbox) -> None:
    for _time in range(5):
        tell(ana)
    assert later() == 1
    with clock.turned(timedelta(hours=1)):
        tell(ana)
    assert later(timedelta(hours=2)) == 0
    assert later(EVERY + timedelta(minutes=30)) == 0  # half past midnight
    assert later(timedelta(hours=19)) == 1


def test_a_word_said_again_is_not_mailed_again(ana: Person, noon: None, mailbox: Mailbox) -> None:
    about = uuid4()
    notices.tell(person=ana, notice=ROOM, about=about)
    assert later() == 1
    with clock.turned(timedelta(hours=20)):
        notices.tell(person=ana, notice=ROOM, about=about)
    assert later(timedelta(hours=22)) == 0


def test_a_password_that_changes_twice_is_mailed_each_time(world: World, noon: None, mailbox: Mailbox) -> None:
    people.set_password(person=world.ben, password="a good long one")
    assert deliver() == 1
    people.set_password(person=world.ben, password="another long one")
    assert deliver() == 1


def test_quiet_hours_hold_a_letter_until_the_morning_there(ana: Person, noon: None, mailbox: Mailbox) -> None:
    with clock.turned(timedelta(hours=9, minutes=55)):  # five to ten in the evening
        tell(ana)
    assert later(timedelta(hours=10, minutes=30)) == 0
    assert later(timedelta(hours=18, minutes=59)) == 0
    assert later(timedelta(hours=19)) == 1


def test_somebody_who_moved_is_not_woken_where_they_are_now(ana: Person, noon: None, mailbox: Mailbox) -> None:
    tell(ana)
    people.change(person=ana, wanted={"zone": "Asia/Tokyo"})  # two in the morning there
    assert later() == 0
    letter = Letter.objects.get()
    assert (letter.state, letter.tries) == (State.WAITING, 0)
    assert letter.due.astimezone(ZoneInfo("Asia/Tokyo")).hour == 7
    assert later(timedelta(hours=5)) == 1


def test_who_is_away_hears_of_updates_once_they_are_back(ana: Person, noon: None, mailbox: Mailbox) -> None:
    programs.away(enrollment=episode(ana))
    tell(ana)
    assert (later(), later(DAY), later(3 * DAY), mailbox.received) == (0, 0, 0, [])
    with clock.turned(4 * DAY):
        programs.come_back(enrollment=episode(ana))
    assert (later(5 * DAY), later(6 * DAY)) == (1, 0)


def test_who_went_away_after_it_was_written_gets_no_letter_then(ana: Person, noon: None, mailbox: Mailbox) -> None:
    tell(ana)
    programs.away(enrollment=episode(ana))
    assert later() == 0
    (letter,) = Letter.objects.all()
    assert (letter.state, letter.tries, mailbox.received) == (State.WAITING, 0, [])


def test_who_is_away_from_one_group_and_comes_to_another_hears_as_ever(
    world: World, ana: Person, noon: None, mailbox: Mailbox
) -> None:
    elsewhere = Cohort.objects.exclude(program=world.cohort.program).first()
    assert elsewhere
    programs.enroll(person=ana, cohort=elsewhere)
    programs.away(enrollment=Enrollment.objects.get(person=ana, cohort=world.cohort))
    tell(ana)
    assert later() == 1


def test_who_is_away_hears_of_their_account_at_once(ana: Person, noon: None, mailbox: Mailbox) -> None:
    programs.away(enrollment=episode(ana))
    tell(ana, PASSWORD)
    assert deliver() == 1


def test_account_matters_are_mailed_to_everybody_at_any_hour(world: World, noon: None, mailbox: Mailbox) -> None:
    with clock.turned(timedelta(hours=14)):
        people.set_password(person=world.ben, password="a good long one")
        notices.see_all(person=world.ben, number=1)  # seen: but perhaps not by Ben
        assert deliver() == 1
    assert mailbox.received[0]["To"] == "ben@porchlight.test"


def test_an_account_matter_does_not_wait_for_what_can(ana: Person, noon: None, mailbox: Mailbox) -> None:
    tell(ana)
    tell(ana, PASSWORD)
    assert (deliver(), later()) == (1, 0)


def test_who_has_no_address_is_sent_no_mail(world: World, noon: None) -> None:
    fay = people.create(alias="Fay")
    tell(fay, PASSWORD)
    assert not Letter.objects.exists()


@given(
    at=st.datetimes(
        min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the zone comes beside it
        max_value=datetime(2030, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    zone=st.sampled_from(sorted(available_timezones())),
)
def test_a_letter_never_comes_at_night_and_waits_no_longer_than_the_night(at: datetime, zone: str) -> None:
    found = awake(at, zone)
    assert 7 <= found.astimezone(ZoneInfo(zone)).hour < 22
    assert timedelta() <= found - at <= timedelta(hours=11)
    assert awake(found, zone) == found


# --- leases ----------------------------------------------------------------------------------------------------------


def a_letter(person: Person) -> Letter:
    now = clock.now()
    return Letter.objects.create(kind=Kind.UPDATE, person=person, always=True, due=now, created=now)


def test_a_letter_is_taken_by_one_and_comes_back_when_they_are_gone(world: World) -> None:
    letter = a_letter(world.ana)
    assert letters.claim() == letter
    assert letters.claim() is None
    with clock.turned(timedelta(minutes=3)):
        again = letters.claim()
    assert (again, again.tries if again else 0) == (letter, 2)


def test_who_comes_back_late_settles_nothing(world: World) -> None:
    a_letter(world.ana)
    slow = letters.claim()
    assert slow
    with clock.turned(timedelta(minutes=3)):
        quick = letters.claim()
        assert quick
        assert not letters.fail(letter=slow, fault="slow", lasting=True)
        assert letters.sent(letter=quick)
        assert not letters.sent(letter=slow)
    assert Letter.objects.get().state == State.SENT


def test_a_letter_sent_twice_is_known_as_one(world: World, mailbox: Mailbox) -> None:
    """Whoever sent it was killed before they could say so."""
    letter = a_letter(world.ana)
    assert deliver() == 1
    Letter.objects.filter(pk=letter.pk).update(state=State.LEASED, lease=clock.now())
    assert deliver() == 1
    assert mailbox.ids() == [f"<{letter.pk}@evening.test>"] * 2


def test_a_letter_that_ends_who_sends_it_is_given_up(world: World) -> None:
    a_letter(world.ana)
    for time in range(MOST):
        with clock.turned(timedelta(minutes=3 * time)):
            assert letters.claim()
    with clock.turned(timedelta(minutes=3 * MOST)):
        assert letters.claim() is None
    assert (Letter.objects.get().state, Letter.objects.get().fault) == (State.DEAD, "lost")


@pytest.mark.django_db(transaction=True)
def test_eight_who_deliver_at_once_send_each_letter_once(world: World, mailbox: Mailbox) -> None:
    for _time in range(40):
        a_letter(world.ana)

    def work() -> None:
        try:
            deliver()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _one in range(8)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(mailbox.ids()) == len(set(mailbox.ids())) == 40
    assert not Letter.objects.exclude(state=State.SENT).exists()


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_a_poison_address_is_given_up_and_the_others_go_on(world: World, mailbox: Mailbox) -> None:
    mailbox.refuses["ana@porchlight.test"] = "550 nobody here"
    poison, fine = a_letter(world.ana), a_letter(world.ben)
    assert deliver() == 1
    poison.refresh_from_db()
    fine.refresh_from_db()
    assert (poison.state, poison.fault, fine.state) == (State.DEAD, "SMTPRecipientsRefused 550", State.SENT)


def test_a_server_that_is_busy_is_asked_again_after_growing_pauses(world: World, mailbox: Mailbox) -> None:
    mailbox.refuses["ana@porchlight.test"] = "451 later"
    letter, at = a_letter(world.ana), timedelta()
    for tries in range(1, MOST):
        pause = pause_after(tries) or timedelta()
        with clock.turned(at):
            deliver()
            letter.refresh_from_db()
            assert (letter.state, letter.tries) == (State.WAITING, tries)
            assert pause - timedelta(seconds=5) < letter.due - clock.now() <= pause
            assert deliver() == 0
        at += pause
    with clock.turned(at):
        deliver()
    letter.refresh_from_db()
    assert (letter.state, letter.fault) == (State.DEAD, "SMTPRecipientsRefused 451")


@pytest.mark.parametrize(("said", "state"), [("554 no", State.DEAD), ("452 full", State.WAITING)])
def test_words_that_are_not_taken(world: World, mailbox: Mailbox, said: str, state: State) -> None:
    mailbox.data = said
    a_letter(world.ana)
    assert deliver() == 0
    assert (Letter.objects.get().state, Letter.objects.get().fault) == (state, f"SMTPDataError {said[:3]}")


def test_a_server_that_is_away_loses_nothing(world: World, settings: Settings) -> None:
    settings.MAILERS = {"default": base.mailer("smtp://127.0.0.1:1")}
    a_letter(world.ana)
    assert deliver() == 0
    assert (Letter.objects.get().state, Letter.objects.get().fault) == (State.WAITING, "ConnectionRefusedError")
    with open_mailbox() as mailbox:
        settings.MAILERS = {"default": base.mailer(mailbox.url)}
        assert later(timedelta(minutes=2)) == 1


def test_logs_hold_no_address(world: World, mailbox: Mailbox, caplog: pytest.LogCaptureFixture) -> None:
    mailbox.refuses["ana@porchlight.test"] = "550 nobody here"
    a_letter(world.ana)
    deliver()
    (said,) = [vars(record) for record in caplog.records if record.name.startswith("community.letters")]
    assert "porchlight.test" not in repr(said)
    assert said["fault"] == "SMTPRecipientsRefused 550"


def test_settled_letters_hold_no_address_and_are_forgotten(world: World, mailbox: Mailbox) -> None:
    for address in ("ana@porchlight.test", "nobody@porchlight.test"):
        letters.ask_for_password(address=address, site="https://evening.test")
    deliver()
    settled = {("", "", State.SENT.value), ("", "", State.DROPPED.value)}
    assert set(Letter.objects.values_list("address", "site", "state")) == settled
    name = "letters: forget what was settled 14 days ago"
    assert keep_up()[name] == 0
    with clock.turned(timedelta(days=15)):
        assert keep_up()[name] == 2


# --- a new password, and where there is no mail server ---------------------------------------------------------------


def test_the_link_for_a_new_password_opens(world: World, mailbox: Mailbox) -> None:
    people.change(person=world.ana, wanted={"language": "es"})
    Client().post("/new-password/", {"email": "Ana@Porchlight.test"})
    assert deliver() == 1
    found = re.search(r"http://testserver(/new-password/\S+)", mailbox.received[0].get_content())
    assert found
    assert Client().get(found.group(1), follow=True).status_code == 200


def test_mail_is_printed_as_a_person_reads_it() -> None:
    printed, link = StringIO(), f"https://evening.test/new-password/{'x' * 90}/"
    message = mail.EmailMessage(subject="Tienes una novedad", body=f"Aquí está:\n\n{link}\n", to=["a@evening.test"])
    Printed(stream=printed, alias="default").send_messages([message])
    assert link in printed.getvalue()
    assert "Aquí está" in printed.getvalue()


def test_a_live_site_without_a_mail_server_keeps_letters_waiting(world: World, settings: Settings) -> None:
    settings.MAILERS = {"default": {"BACKEND": f"{Refusing.__module__}.{Refusing.__qualname__}"}}
    a_letter(world.ana)
    assert deliver() == 0
    assert (Letter.objects.get().state, Letter.objects.get().fault) == (State.WAITING, "ConnectionRefusedError")


# --- choosing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        ({"mail": "yes"}, "/mail"), ({"mail": None}, "/mail"), ({"phone": "12"}, "/phone"),
        ({"phone": "not a number"}, "/phone"), ({"phone": "+0123456789"}, "/phone"), ({"phone": 5}, "/phone"),
        ({"phone": "5" * 31}, "/phone"), ({"sms": True}, "/phone"), ({"push": True}, "/push"),
    ],
)  # fmt: skip
def test_a_choice_that_is_none_changes_nothing(
    world: World, settings: Settings, wanted: dict[str, Any], pointer: str
) -> None:
    settings.SMS_URL = "https://sms.test/"
    with pytest.raises(Invalid) as refused:
        letters.choose(person=world.ana, wanted=wanted)
    assert [one["pointer"] for one in refused.value.extra["errors"]] == [pointer]
    assert not Reach.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("555-201-3344", "+15552013344"), ("+52 55 1234 5678", "+525512345678"), ("(212) 555 0100", "+12125550100"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_number_is_understood_as_people_write_it(world: World, typed: str, kept: str) -> None:
    assert letters.choose(person=world.ana, wanted={"phone": typed}).phone == kept


def test_choosing_by_page_is_off_until_it_is_on(world: World) -> None:
    client = browser(world.ana)
    assert "checked" not in client.get("/settings/updates/").content.decode()
    assert client.post("/settings/updates/", {"mail": "on"}).headers["Location"] == "/settings/updates/"
    assert "checked" in client.get("/settings/updates/").content.decode()
    client.post("/settings/updates/", {})
    assert not Reach.objects.get().mail


def test_a_number_that_is_none_is_said_beside_it(world: World, settings: Settings) -> None:
    settings.SMS_URL = "https://sms.test/"
    answer = browser(world.ana).post("/settings/updates/", {"sms": "on", "phone": "12"})
    assert answer.status_code == 422
    assert "Enter the number with its area code" in answer.content.decode()


def test_choosing_by_rest(world: World) -> None:
    script = Script(world.ana)
    assert script.get("me/reach").json() == {"mail": False, "sms": False, "phone": ""}
    assert script.patch("me/reach", {"mail": True}).json() == {"mail": True, "sms": False, "phone": ""}
    assert script.patch("me/reach", {"mail": 1}).status_code == 422
    assert script.patch("me/reach", {"pigeon": True}).status_code == 422
    assert script.get("me/reach").json()["mail"]
    assert Script(world.ana, ["chat:read"]).get("me/reach").status_code == 403
