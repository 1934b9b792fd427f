"""Getting back in without a mailbox: a sheet of codes, each good once, and one answer for everything that is wrong."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from pytest_django import Settings

from community.audit.models import AuditEntry
from community.foundation import clock, words
from community.foundation.errors import Invalid
from community.people import services as people
from community.people.models import Person, Session
from community.recovery import services as recovery
from community.recovery.models import CODES, RecoveryCode, Sheet
from groups.demo.services import World
from tests.community.test_episodes import at_once
from tests.community.test_sign_in import told
from tests.doors import browser

OLD, NEW = "a good long one", "another long one"
PRINTED = re.compile(r"<code>([0-9A-Z-]+)</code>")


@pytest.fixture
def fay(world: World) -> Person:
    """Somebody without a mailbox."""
    fay = people.create(alias="Fay", password=OLD)
    people.give_sign_in_name(person=fay)
    return fay


@pytest.fixture
def sheet(fay: Person) -> Sheet:
    return recovery.make_sheet(person=fay)


# --- two devices at the same moment ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_sheets_made_at_once_leave_the_codes_of_one(fay: Person) -> None:
    assert at_once([partial(recovery.make_sheet, person=fay) for _press in range(4)]) == ["ok"] * 4
    assert RecoveryCode.objects.of(fay.pk).count() == CODES


@pytest.mark.django_db(transaction=True)
def test_a_code_typed_on_two_devices_at_once_is_good_on_one(fay: Person, sheet: Sheet) -> None:
    typed = {"login": str(fay.sign_in_name), "code": sheet.codes[0], "password": NEW}
    answers = at_once([partial(recovery.come_back, **typed) for _device in range(4)])
    assert sorted(answers) == ["invalid", "invalid", "invalid", "ok"]


# --- a name instead of an address ------------------------------------------------------------------------------------


def test_somebody_without_an_address_signs_in_with_the_name_made_for_them(fay: Person) -> None:
    typed = str(fay.sign_in_name).replace("-", " ").upper()
    client = Client()
    client.post("/sign-in/", {"login": f" {typed} ", "password": OLD})
    assert client.get("/groups/").status_code == 200


def test_a_sign_in_name_is_two_words_and_a_number_and_stays(fay: Person) -> None:
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d\d", str(fay.sign_in_name))
    assert people.give_sign_in_name(person=fay) == fay.sign_in_name


def test_a_name_that_is_taken_is_made_anew(fay: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [str(fay.sign_in_name), "maple-otter-42"]
    monkeypatch.setattr(words, "some", lambda count, language: waiting.pop(0))
    assert people.give_sign_in_name(person=people.create(alias="Gus")) == "maple-otter-42"


def test_who_has_no_name_is_not_found_by_an_empty_one(world: World) -> None:
    for login in ("-", "None", "null", " - "):
        assert not Person.objects.signing_in_as(login).exists()


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(fay: Person) -> None:
    known = told("/sign-in/", {"login": str(fay.sign_in_name), "password": "not this one"})
    assert known == told("/sign-in/", {"login": "maple-otter-42", "password": "not this one"})


def test_every_way_of_typing_a_name_counts_against_one_limit(fay: Person, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/15m/key"}
    name = str(fay.sign_in_name)
    for login in (name, name.upper(), name.replace("-", " ")):
        Client().post("/sign-in/", {"login": login, "password": "not this one"})
    assert Client().post("/sign-in/", {"login": f"{name} ", "password": OLD}).status_code == 200


# --- the sheet -------------------------------------------------------------------------------------------------------


def test_a_sheet_has_eight_codes_and_only_their_digests_are_kept(fay: Person, sheet: Sheet) -> None:
    assert len(set(sheet.codes)) == 8
    kept = repr(list(RecoveryCode.objects.values_list()))
    assert not [code for code in sheet.codes if code in kept or code.replace("-", "") in kept]


def test_a_sheet_gives_a_name_only_to_who_has_no_address(world: World) -> None:
    recovery.make_sheet(person=world.ana)
    gus = people.create(alias="Gus")
    recovery.make_sheet(person=gus)
    assert world.ana.sign_in_name is None
    assert gus.sign_in_name


def test_a_new_sheet_ends_the_old_one(fay: Person, sheet: Sheet) -> None:
    recovery.renew_sheet(person=fay, password=OLD)
    with pytest.raises(Invalid):
        recovery.come_back(login=str(fay.sign_in_name), code=sheet.codes[0], password=NEW)


def test_a_new_key_for_fields_loses_no_code(fay: Person, sheet: Sheet, settings: Settings) -> None:
    settings.FIELD_KEYS = ["new:" + "bmV3LXRlc3QtMzItYnl0ZXMta2V5LW1hdGVyaWFsISE=", *settings.FIELD_KEYS]
    assert recovery.come_back(login=str(fay.sign_in_name), code=sheet.codes[0], password=NEW) == fay


# --- coming back -----------------------------------------------------------------------------------------------------


def test_a_code_chooses_a_new_password_once_and_signs_out_every_device(fay: Person, sheet: Sheet) -> None:
    device = browser(fay)
    sent = {"login": str(fay.sign_in_name), "code": sheet.codes[3].lower().replace("-", " "), "password": NEW}
    answer = Client().post("/recover/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/recover/done/")
    assert device.get("/groups/").status_code == 302
    fay.refresh_from_db()
    assert fay.check_password(NEW)
    assert Client().post("/recover/", {**sent, "password": "a third long one"}).status_code == 422
    assert AuditEntry.objects.latest("number").action == "recovery.use"


def test_a_code_works_with_the_address_as_well(world: World) -> None:
    sheet = recovery.make_sheet(person=world.ana)
    assert recovery.come_back(login=" ANA@porchlight.test", code=sheet.codes[0], password=NEW) == world.ana


def test_everything_wrong_is_told_in_the_same_words_and_work(fay: Person, sheet: Sheet, world: World) -> None:
    name, other = str(fay.sign_in_name), recovery.make_sheet(person=world.ana).codes[0]
    recovery.come_back(login=name, code=sheet.codes[0], password=OLD)
    wrong = [
        (name, "0000-0000-0000"), (name, other), (name, sheet.codes[0]), (name, "too-few"), (name, "🏠"),
        ("maple-otter-42", sheet.codes[1]), ("nobody@porchlight.test", sheet.codes[1]),
        ("ben@porchlight.test", sheet.codes[1]),
    ]  # fmt: skip
    answers = [told("/recover/", {"login": login, "code": code, "password": NEW}) for login, code in wrong]
    assert answers[0][0] == 422
    first, *others = map(without_example, answers)
    for one in others:
        assert one == first


def without_example(answer: tuple[object, ...]) -> tuple[object, ...]:
    """The page offers another password each time, and a savepoint has another name."""
    *told_all, page, asked = answer
    assert isinstance(asked, list)
    kinds = [sql.split('"')[0] for sql in asked]
    return *told_all, re.sub(r"[a-z]+(-[a-z]+){3}-\d\d", "FOUR-WORDS", str(page)), kinds


def test_a_weak_password_is_told_before_any_code_is_looked_at(fay: Person, sheet: Sheet) -> None:
    known = told("/recover/", {"login": str(fay.sign_in_name), "code": sheet.codes[0], "password": "password123"})
    unknown = told("/recover/", {"login": "maple-otter-42", "code": "0000", "password": "password123"})
    assert without_example(known) == without_example(unknown)
    assert known[0] == 422
    assert RecoveryCode.objects.of(fay.pk).unspent().count() == 8


@pytest.mark.parametrize("field", ["login", "code", "password"])
@pytest.mark.parametrize("value", ["", " ", "\x00", "\u202e", "x" * 5000, "<b>", "\ufffd" * 30, "' OR 1=1 --"])
def test_nothing_typed_breaks_the_page(fay: Person, sheet: Sheet, field: str, value: str) -> None:
    sent = {"login": str(fay.sign_in_name), "code": sheet.codes[0], "password": NEW, field: value}
    before = RecoveryCode.objects.of(fay.pk).unspent().count()
    answer = Client().post("/recover/", sent)
    if (field, value) not in {("password", "\ufffd" * 30), ("password", "' OR 1=1 --")}:  # long enough to be one
        assert answer.status_code == 422
        assert RecoveryCode.objects.of(fay.pk).unspent().count() == before


def test_guessing_codes_is_slowed_down_for_known_and_unknown_alike(fay: Person, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "tries": 3, "try_seconds": 3600}
    for login in (str(fay.sign_in_name), "maple-otter-42"):
        sent = {"login": login, "code": "0000-0000-0000", "password": NEW}
        assert [Client().post("/recover/", sent).status_code for _ in range(4)] == [422, 422, 422, 429]


def test_one_address_has_a_limit_of_its_own(fay: Person, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "door_tries": 2, "try_seconds": 3600}
    answers = [
        Client().post("/recover/", {"login": f"maple-{n}", "code": "0", "password": NEW}, REMOTE_ADDR=address)
        for n, address in enumerate(["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"])
    ]
    assert [one.status_code for one in answers] == [422, 422, 429, 422]


# --- the page of the sheet -------------------------------------------------------------------------------------------


def test_a_new_sheet_is_shown_for_a_while_and_only_to_its_owner(fay: Person) -> None:
    client = browser(fay)
    assert client.post("/recovery-sheet/", {"password": "not this one"}).status_code == 422
    assert client.post("/recovery-sheet/", {"password": OLD}).status_code == 302
    first, again = (PRINTED.findall(client.get("/recovery-sheet/").content.decode()) for _ in range(2))
    assert len(first) == 8
    assert first == again  # a phone that drops the page finds it again
    data = Session.objects.filter(person=fay).latest("created").data
    assert not [code for code in first if code in data]
    with clock.turned(by=timedelta(minutes=31)):
        assert not PRINTED.findall(client.get("/recovery-sheet/").content.decode())


def test_who_has_it_does_not_see_it_again(fay: Person) -> None:
    client = browser(fay)
    client.post("/recovery-sheet/", {"password": OLD})
    client.post("/recovery-sheet/kept/")
    page = client.get("/recovery-sheet/").content.decode()
    assert not PRINTED.findall(page)
    assert "8 of your 8 codes" in page


def test_somebody_else_signed_in_on_the_same_phone_sees_no_codes(fay: Person, world: World) -> None:
    client = browser(fay)
    client.post("/recovery-sheet/", {"password": OLD})
    client.force_login(world.ana)
    assert not PRINTED.findall(client.get("/recovery-sheet/").content.decode())


def test_the_page_of_the_sheet_wants_a_sign_in(world: World) -> None:
    for answer in (Client().get("/recovery-sheet/"), Client().post("/recovery-sheet/kept/")):
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/")
