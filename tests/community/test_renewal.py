"""A lost way in is renewed by staff, face to face: two halves, two devices, one code for 15 minutes."""

import re
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Invalid, NotAllowed
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person, Session
from community.programs import services as programs
from community.programs.models import Appointment, Enrollment, StaffRole
from community.recovery import services as recovery
from community.recovery.models import RecoveryCode, Renewal
from community.recovery.rules import may_renew
from groups.demo.services import World
from tests.community.desk import at, words
from tests.community.test_episodes import at_once
from tests.community.test_recovery import without_example
from tests.community.test_sign_in import told
from tests.doors import browser

DANAS, NEW = "a good long one", "another long one"
SHOWN = re.compile(r'class="printed" translate="no">([0-9A-Z-]+)<')


@pytest.fixture
def dana(world: World) -> Person:
    people.set_password(person=world.dana, password=DANAS)
    return world.dana


@pytest.fixture
def code(world: World, dana: Person) -> str:
    """For Ana, made by Dana."""
    return recovery.open_renewal(person=world.ana, by=dana, password=DANAS)


def test_both_halves_lead_back_in_with_a_fresh_sheet(world: World, dana: Person) -> None:
    device, desk, phone = browser(world.ana), browser(dana), Client()
    path = f"/people/{world.ana.pk}/renewal/"
    assert desk.post(path, {"password": DANAS}).headers["Location"] == path
    (shown,) = SHOWN.findall(desk.get(path).content.decode())
    answer = phone.post("/renew/", {"code": shown.lower(), "password": NEW})
    assert answer.headers["Location"] == "/phone/?next=%2Frecovery-sheet%2F"
    assert phone.get("/recovery-sheet/").content.decode().count("<code>") == 8
    assert device.get("/groups/").status_code == 302
    assert Person.objects.filter(pk=world.ana.pk).get().check_password(NEW)
    assert Notice.objects.filter(person=world.ana, kind="password_changed").exists()
    last = AuditEntry.objects.latest("number")
    assert (last.action, last.actor, last.subject) == ("recovery.renew", dana.pk, f"person:{world.ana.pk}")


def test_a_code_works_once(world: World, code: str) -> None:
    recovery.renew(code=code, password=NEW)
    with pytest.raises(Invalid):
        recovery.renew(code=code, password=NEW)


@pytest.mark.django_db(transaction=True)
def test_a_code_typed_twice_at_once_works_once(world: World, code: str) -> None:
    answers = at_once([partial(recovery.renew, code=code, password=NEW) for _device in range(4)])
    assert sorted(answers) == ["invalid", "invalid", "invalid", "ok"]


@pytest.mark.django_db(transaction=True)
def test_of_two_codes_made_at_once_one_is_good(world: World, dana: Person) -> None:
    opens = partial(recovery.open_renewal, person=world.ana, by=dana, password=DANAS)
    assert at_once([opens for _press in range(4)]) == ["ok"] * 4
    assert Renewal.objects.usable(clock.now()).count() == 1


def test_a_code_works_for_a_quarter_of_an_hour(world: World, code: str) -> None:
    with clock.turned(by=timedelta(minutes=15)), pytest.raises(Invalid):
        recovery.renew(code=code, password=NEW)
    with clock.turned(by=timedelta(minutes=14)):
        recovery.renew(code=code, password=NEW)


def test_a_newer_code_ends_the_older_one(world: World, dana: Person, code: str) -> None:
    newer = recovery.open_renewal(person=world.ana, by=dana, password=DANAS)
    with pytest.raises(Invalid):
        recovery.renew(code=code, password=NEW)
    assert recovery.renew(code=newer, password=NEW)[0] == world.ana


def test_the_code_itself_is_kept_nowhere(world: World, dana: Person) -> None:
    desk = browser(dana)
    path = f"/people/{world.ana.pk}/renewal/"
    desk.post(path, {"password": DANAS})
    (shown,) = SHOWN.findall(desk.get(path).content.decode())
    kept = repr(list(Renewal.objects.values_list())) + repr(list(Session.objects.values_list("data")))
    assert shown.replace("-", "") not in kept
    with clock.turned(by=timedelta(minutes=16)):
        assert not SHOWN.findall(desk.get(path).content.decode())


def test_staff_give_their_own_password_first(world: World, dana: Person) -> None:
    with pytest.raises(Invalid):
        recovery.open_renewal(person=world.ana, by=dana, password="not this one")
    assert browser(dana).post(f"/people/{world.ana.pk}/renewal/", {"password": "not this one"}).status_code == 422
    assert not Renewal.objects.exists()


# --- who may ---------------------------------------------------------------------------------------------------------


def test_who_leads_somebodys_cohort_may_renew_even_after_it_ended(world: World) -> None:
    assert may_renew(world.dana, world.ana)
    assert may_renew(world.dana, world.ben)  # finished last spring
    programs.withdraw(enrollment=Enrollment.objects.of(world.ana.pk).get())
    assert may_renew(world.dana, world.ana)


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_nobody_else_may(world: World, who: str) -> None:
    for person in (world.ana, world.ben, world.dana):
        assert not may_renew(getattr(world, who), person)


def test_staff_may_not_renew_strangers_or_themselves(world: World) -> None:
    assert not may_renew(world.dana, world.eli)
    assert not may_renew(world.dana, world.dana)


def test_nobody_lets_themselves_in_as_somebody_who_may_do_more(world: World) -> None:
    programs.appoint(person=world.ben, program=None, role=StaffRole.ADMINISTRATOR)
    assert not may_renew(world.dana, world.ben)
    assert may_renew(world.ben, world.dana)
    programs.appoint(person=world.ana, program=world.evening, role=StaffRole.MODERATOR)
    assert may_renew(world.dana, world.ana)
    programs.appoint(person=world.ana, program=world.other, role=StaffRole.MODERATOR)
    assert not may_renew(world.dana, world.ana)


def test_a_code_ends_with_the_right_of_who_made_it(world: World, code: str) -> None:
    for held in Appointment.objects.of(world.dana.pk):
        programs.dismiss(appointment=held)
    with pytest.raises(Invalid):
        recovery.renew(code=code, password=NEW)


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_the_page_is_not_there_for_who_may_not(world: World, dana: Person, who: str) -> None:
    client = browser(getattr(world, who))
    for person in (world.dana.pk, world.ana.pk, uuid4()):
        for method in ("get", "post"):
            assert getattr(client, method)(f"/people/{person}/renewal/", {"password": DANAS}).status_code == 404
    with pytest.raises(NotAllowed):
        recovery.open_renewal(person=world.ana, by=getattr(world, who), password=DANAS)
    assert not Renewal.objects.exists()


def test_nobody_signed_out_finds_staffs_half(world: World) -> None:
    assert Client().get(f"/people/{world.ana.pk}/renewal/").headers["Location"].startswith("/sign-in/")


# --- what is wrong ---------------------------------------------------------------------------------------------------


def test_everything_wrong_is_told_in_the_same_words_and_work(world: World, dana: Person, code: str) -> None:
    recovery.renew(code=code, password=NEW)
    with clock.turned(by=-timedelta(minutes=20)):
        old = recovery.open_renewal(person=world.ben, by=dana, password=DANAS)
    answers = [
        without_example(told("/renew/", {"code": typed, "password": NEW}))
        for typed in (code, old, "00000-00000", "no-code", "🏠", "x" * 60)
    ]
    assert answers[0][0] == 422
    for one in answers[1:]:
        assert one == answers[0]


def test_a_weak_password_leaves_the_code_good(world: World, code: str) -> None:
    assert Client().post("/renew/", {"code": code, "password": "password123"}).status_code == 422
    assert recovery.renew(code=code, password=NEW)[0] == world.ana


@pytest.mark.parametrize("sent", [{}, {"code": ""}, {"code": "\x00", "password": "\x00"}, {"code": "x" * 9000}])
def test_nothing_typed_breaks_the_page(world: World, sent: dict[str, str]) -> None:
    assert Client().post("/renew/", sent).status_code == 422


def test_guessing_is_slowed_down(world: World, dana: Person, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "tries": 2, "try_seconds": 3600}
    sent = {"code": "00000-00000", "password": NEW}
    assert [Client().post("/renew/", sent).status_code for _try in range(3)] == [422, 422, 429]
    path = f"/people/{world.ana.pk}/renewal/"
    assert [browser(dana).post(path, {"password": "no"}).status_code for _try in range(3)] == [422, 422, 429]


def test_codes_of_the_sheet_before_stop_working(world: World, code: str) -> None:
    before = recovery.make_sheet(person=world.ana)
    recovery.renew(code=code, password=NEW)
    assert RecoveryCode.objects.of(world.ana.pk).unspent().count() == 8
    with pytest.raises(Invalid):
        recovery.come_back(login="ana@porchlight.test", code=before.codes[0], password=NEW)


def offered(by: Person, path: str, person: Person) -> bool:
    """Whether a page of the desk leads to letting somebody back in."""
    return f"/people/{person.pk}/renewal/" in words(by, path)


def test_who_works_here_too_is_let_back_in_from_their_page_by_who_holds_as_much(world: World) -> None:
    programs.appoint(person=world.ana, program=world.evening, role=StaffRole.MODERATOR)
    assert offered(world.dana, at(world.ana), world.ana)
    work = Appointment.objects.of(world.ana.pk).get()
    assert offered(world.dana, f"/desk/staff/{work.pk}/end/", world.ana)
    assert browser(world.dana).get(f"/people/{world.ana.pk}/renewal/").status_code == 200


def test_who_holds_more_is_not_let_back_in_by_who_holds_less(world: World) -> None:
    programs.appoint(person=world.ana, program=world.other, role=StaffRole.FACILITATOR)
    assert not offered(world.dana, at(world.ana), world.ana)
    assert browser(world.dana).get(f"/people/{world.ana.pk}/renewal/").status_code == 404


def test_nobody_lets_themselves_back_in(world: World) -> None:
    programs.enroll(person=world.dana, cohort=world.cohort)
    assert not offered(world.dana, at(world.dana), world.dana)
    own = Appointment.objects.of(world.dana.pk).first()
    assert own
    assert not offered(world.dana, f"/desk/staff/{own.pk}/end/", world.dana)
