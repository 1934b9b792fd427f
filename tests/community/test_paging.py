"""A page goes to who is on call, then to the next, then to the program's contact; and nothing of it is lost."""

import hashlib
import hmac
import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from community.cases import services as cases
from community.cases import tasks as case_tasks
from community.cases.models import Case, StepKind
from community.cases.plans import Reason
from community.foundation import clock
from community.foundation.errors import Missing
from community.letters import tasks as letter_tasks
from community.notices.models import Notice
from community.paging import services as paging
from community.paging import tasks
from community.paging.models import Call, Page
from community.paging.plans import Channel, Level, State, Why
from community.people.models import Person
from community.programs.models import StaffRole
from community.schedule import services as schedule
from community.schedule import tasks as schedule_tasks
from community.schedule.plans import Hours
from groups.demo.services import World
from tests.community.roster import MINUTE, after, on_call, paged, shift, waiting, worry
from tests.groups.reports import closed, taken, worker
from tests.pager import Pager

SECRET = "only-for-tests-" + "x" * 32


@pytest.fixture
def pager(settings: Any) -> Iterator[Pager]:
    made = Pager()
    settings.PAGING_WEBHOOK_URL, settings.PAGING_WEBHOOK_SECRET = made.url, SECRET
    with made.there():
        yield made


@pytest.fixture
def fay(world: World) -> Person:
    return worker("Fay", world.evening, StaffRole.FACILITATOR)


def with_contact(world: World, **more: Any) -> None:
    wanted = {"contact_name": "Night desk", "contact_mail": "night@clinic.test", **more}
    schedule.set_coverage(program=world.evening, wanted=wanted)


# --- whom it goes to --------------------------------------------------------------------------------------------------


def test_what_cannot_wait_pages_who_is_on_call_in_the_same_transaction(world: World) -> None:
    on_call(world.evening, world.dana)
    case = worry(world)
    assert paged(case) == ["Dana"]
    assert Notice.objects.filter(person=world.dana, kind="paged", about=case.pk).exists()
    assert Call.objects.filter(page__case=case).get().channel == Channel.UPDATE


def test_what_is_open_again_pages_who_is_on_call(world: World, fay: Person) -> None:
    on_call(world.evening, world.dana)
    case = closed(worry(world), world.dana)
    assert waiting(case) == []
    cases.reopen(case=case, by=fay, version=case.version, note="It goes on.")
    assert [page.why for page in waiting(case)] == [Why.FREE]
    assert paged(case) == ["Dana", "Dana"]


def test_what_can_wait_pages_nobody(world: World) -> None:
    on_call(world.evening, world.dana)
    assert paged(worry(world, world.ben, reason=Reason.HARASSMENT)) == []


def test_it_goes_to_the_next_on_call_after_three_minutes_and_to_the_contact_after_eight(
    world: World, fay: Person
) -> None:
    with_contact(world)
    on_call(world.evening, world.dana)
    on_call(world.evening, fay)
    case = worry(world)
    for minutes, gone_on, told in [
        (2, 0, ["Dana"]),
        (3, 1, ["Dana", "Fay"]),
        (7, 0, ["Dana", "Fay"]),
        (8, 1, ["Dana", "Fay", "Night desk"]),
        (30, 0, ["Dana", "Fay", "Night desk"]),
    ]:
        with after(minutes=minutes):
            assert tasks.escalate() == gone_on
        assert paged(case) == told
    assert Call.objects.filter(level=Level.CONTACT).get().channel == Channel.MAIL


def test_where_nobody_else_is_on_call_who_runs_the_program_is_next(world: World, fay: Person) -> None:
    on_call(world.evening, fay)
    case = worry(world)
    with after(minutes=3):
        tasks.escalate()
    assert paged(case) == ["Fay", "Dana"]


def test_where_there_is_nobody_to_wait_for_the_contact_hears_at_three_minutes(world: World) -> None:
    with_contact(world)
    on_call(world.evening, world.dana)
    case = worry(world)
    with after(minutes=3):
        tasks.escalate()
    assert paged(case) == ["Dana", "Night desk"]


def test_what_is_less_urgent_goes_on_after_an_hour_and_never_to_the_contact(world: World, fay: Person) -> None:
    with_contact(world)
    on_call(world.evening, world.dana)
    on_call(world.evening, fay)
    case = worry(world, world.ben, reason=Reason.SOURCING)
    for minutes, told in [(59, ["Dana"]), (60, ["Dana", "Fay"]), (90, ["Dana", "Fay"])]:
        with after(minutes=minutes):
            tasks.escalate()
        assert paged(case) == told


def test_that_nobody_is_in_danger_gives_an_open_page_more_time(world: World, fay: Person) -> None:
    on_call(world.evening, world.dana)
    on_call(world.evening, fay)
    case = worry(world)
    cases.ease(case=case)
    for minutes, told in [(8, ["Dana"]), (60, ["Dana", "Fay"])]:
        with after(minutes=minutes):
            tasks.escalate()
        assert paged(case) == told


def test_who_has_a_tie_to_it_is_not_paged_and_the_next_one_is_at_once(world: World, fay: Person) -> None:
    on_call(world.evening, fay)
    on_call(world.evening, world.dana)
    assert paged(worry(world, fay)) == ["Dana"]


def test_what_nobody_on_call_may_look_into_goes_to_who_runs_the_program_at_once(world: World, fay: Person) -> None:
    with_contact(world)
    on_call(world.evening, fay)
    case = worry(world, fay)
    assert paged(case) == ["Dana"]
    with after(minutes=8):
        tasks.escalate()
    assert paged(case) == ["Dana", "Night desk"]


def test_what_nobody_may_look_into_goes_to_the_contact_at_once(world: World) -> None:
    with_contact(world)
    on_call(world.evening, world.dana)
    assert paged(worry(world, world.dana)) == ["Night desk"]


def test_off_hours_the_contact_is_paged_once_and_not_again_within_fifteen_minutes(world: World) -> None:
    with_contact(world)
    case = worry(world)
    assert paged(case) == ["off_hours", "Night desk"]
    assert Case.objects.get().answer_due == case.told + 5 * MINUTE
    with after(minutes=14):
        worry(world)
        assert tasks.escalate() == 0
    assert paged(case).count("Night desk") == 1
    with after(minutes=30):
        worry(world)
    assert paged(case).count("Night desk") == 2


def test_off_hours_without_a_contact_it_waits_with_its_clock_and_says_so(world: World) -> None:
    case = worry(world)
    assert paged(case) == ["off_hours"]
    assert Case.objects.get().is_open


def test_a_gap_in_a_program_that_says_round_the_clock_pages_lead_and_contact_at_once(
    world: World, fay: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.paging.services.paging.hours_of", lambda _program, _now: Hours.ROUND)
    with_contact(world)
    assert paged(worry(world)) == ["off_hours", "Dana", "Night desk"]


# --- a second cry, an answer, and what comes after --------------------------------------------------------------------


def test_a_second_cry_is_appended_while_somebody_has_it_and_was_paged_within_fifteen_minutes(world: World) -> None:
    on_call(world.evening, world.dana)
    case = worry(world)
    with after(minutes=1):
        taken(case, world.dana)
    with after(minutes=5):
        cases.stay(case=case, by=world.dana)
        before = Notice.objects.filter(person=world.dana, about=case.pk).count()
        worry(world)
        assert paged(case) == ["Dana"]
        assert Notice.objects.filter(person=world.dana, about=case.pk).count() >= before
    with after(minutes=9):
        cases.stay(case=case, by=world.dana)
    with after(minutes=13):
        cases.stay(case=case, by=world.dana)
    with after(minutes=16):
        worry(world)
        assert paged(case) == ["Dana", "Dana"]
        paging.acknowledge(page=waiting(case)[0], by=world.dana)
    assert not waiting(case)


def test_a_second_cry_on_what_nobody_has_pages_anew_with_a_clock_of_its_own(world: World, fay: Person) -> None:
    on_call(world.evening, world.dana)
    on_call(world.evening, fay)
    case = worry(world)
    with after(minutes=2):
        worry(world)
    assert paged(case) == ["Dana", "Dana"]
    with after(minutes=3):
        assert tasks.escalate() == 1
    with after(minutes=5):
        assert tasks.escalate() == 1
    assert paged(case) == ["Dana", "Dana", "Fay", "Fay"]


def test_who_asks_to_page_for_what_pages_by_itself_pages_once(world: World) -> None:
    on_call(world.evening, world.dana)
    case = worry(world)
    first = Page.objects.of_case(case.pk).get()
    assert paging.page(case=case, why=Why.ASKED) == first
    assert paged(case) == ["Dana"]


def test_one_press_answers_every_page_and_takes_it(world: World, fay: Person) -> None:
    on_call(world.evening, world.dana)
    case = worry(world)
    with after(minutes=1):
        worry(world)
    row = paging.acknowledge(page=waiting(case)[0], by=fay)
    assert (row.holder, waiting(case)) == (fay, [])
    assert set(Page.objects.of_case(case.pk).values_list("by", flat=True)) == {fay.pk}
    assert not Notice.objects.filter(kind="paged").unseen().exists()
    with after(minutes=9):
        assert tasks.escalate() == 0
    for stranger in (world.eli, world.ana, world.cy):
        with pytest.raises(Missing):
            paging.acknowledge(page=Page.objects.latest("created"), by=stranger)


def test_who_takes_it_at_the_desk_answers_its_page_as_well(world: World) -> None:
    on_call(world.evening, world.dana)
    case = worry(world)
    closed(case, world.dana, "talked")
    assert not waiting(case)


def test_what_somebody_had_and_left_is_paged_anew(world: World, fay: Person) -> None:
    on_call(world.evening, world.dana)
    on_call(world.evening, fay)
    case = taken(worry(world), world.dana)
    cases.hand_on(case=case, by=world.dana, version=case.version, note="Fay knows him.")
    assert paged(case) == ["Dana", "Fay"]
    taken(case, fay)
    with after(minutes=6):
        case_tasks.give_back()
    assert paged(case) == ["Dana", "Fay", "Dana"]


def test_who_comes_on_call_is_paged_for_what_waited_off_hours(world: World) -> None:
    case = worry(world)
    made = on_call(world.evening, world.dana)
    assert paged(case) == ["off_hours", "Dana"]
    with after(minutes=120):
        schedule_tasks.ask()
        schedule.answer(shift=made, by=world.dana)
    assert paged(case) == ["off_hours", "Dana"]


# --- how it leaves the house ------------------------------------------------------------------------------------------


def test_the_paging_service_is_rung_signed_and_without_a_word(world: World, pager: Pager) -> None:
    on_call(world.evening, world.dana)
    tasks.deliver()
    pager.calls.clear()
    case = worry(world)
    assert tasks.deliver() == 1
    ((headers, body),) = pager.calls
    seconds, told = (part.partition("=")[2] for part in headers["Porchlight-Signature"].split(","))
    assert hmac.compare_digest(
        told, hmac.new(SECRET.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    )
    page = Page.objects.of_case(case.pk).get()
    assert headers["Idempotency-Key"] == str(page.calls.get(channel=Channel.RING).pk)
    assert json.loads(body) == {
        "id": str(page.pk), "kind": "page", "level": "on_call", "whom": str(world.dana.pk),
        "program": str(world.evening.pk),
    }  # fmt: skip
    assert case.steps.latest("number").kind == StepKind.RUNG


@pytest.mark.parametrize("answer", [302, 401, 500, 503])
def test_a_service_that_does_not_take_it_is_called_again_until_it_does(world: World, pager: Pager, answer: int) -> None:
    on_call(world.evening, world.dana)
    tasks.deliver()
    pager.calls.clear()
    pager.answers = answer
    case = worry(world)
    assert (tasks.deliver(), tasks.deliver(), len(pager.calls)) == (0, 0, 1)
    with after(seconds=6):
        assert (tasks.deliver(), len(pager.calls)) == (0, 2)
    pager.answers = 200
    with after(seconds=17):
        assert (tasks.deliver(), tasks.deliver(), len(pager.calls)) == (1, 0, 3)
    assert len({headers["Idempotency-Key"] for headers, _body in pager.calls}) == 1
    kinds = list(case.steps.order_by("number").values_list("kind", flat=True))
    assert kinds[-2:] == [StepKind.NOT_RUNG, StepKind.RUNG]


def test_a_service_that_is_away_gets_every_page_once_it_is_back(world: World, settings: Any) -> None:
    pager = Pager()
    settings.PAGING_WEBHOOK_URL, settings.PAGING_WEBHOOK_SECRET = pager.url, SECRET
    on_call(world.evening, world.dana)
    case = worry(world)
    assert tasks.deliver() == 0
    with pager.there(), after(minutes=1):
        assert tasks.deliver() == 1
    assert [one["id"] for one in pager.bodies] == [str(Page.objects.of_case(case.pk).get().pk)]


def test_a_worker_that_is_killed_strands_no_page(world: World, pager: Pager) -> None:
    on_call(world.evening, world.dana)
    tasks.deliver()
    pager.calls.clear()
    worry(world)
    held = paging.claim()
    assert held is not None
    assert tasks.deliver() == 0
    with after(seconds=31):
        assert tasks.deliver() == 1
        assert paging.sent(call=held) is False
    assert len(pager.calls) == 1


def test_what_was_answered_meanwhile_rings_no_more(world: World, pager: Pager) -> None:
    on_call(world.evening, world.dana)
    tasks.deliver()
    pager.calls.clear()
    pager.answers = 503
    case = worry(world)
    tasks.deliver()
    taken(case, world.dana)
    with after(minutes=1):
        assert (tasks.deliver(), len(pager.calls)) == (0, 1)
    assert Call.objects.filter(page__case=case, channel=Channel.RING).get().state == State.DROPPED


def test_a_test_page_rings_and_counts_as_heard_only_then(world: World, pager: Pager) -> None:
    made = shift(world.evening)
    schedule.take(shift=made, by=world.dana)
    assert tasks.deliver() == 1
    (said,) = pager.bodies
    assert (said["kind"], said["whom"]) == ("test", str(world.dana.pk))
    duty = schedule.answer(shift=made, by=world.dana, rang=True)
    assert duty.rung is not None
    assert not Page.objects.open().exists()


def test_the_contact_hears_by_a_mail_without_a_word_and_by_the_service_where_it_rings_for_them(
    world: World, pager: Pager
) -> None:
    with_contact(world, contact_rings=True)
    worry(world)
    assert tasks.deliver() == 2
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["night@clinic.test"], "You have an update")
    assert "Ana" not in letter.body
    assert [(one["level"], one["whom"]) for one in pager.bodies] == [("contact", None)]


def test_mail_that_cannot_leave_leaves_once_it_can(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with_contact(world)
    on_call(world.evening, world.dana)
    worry(world)
    with after(minutes=3):
        tasks.escalate()

    def away(*_args: Any, **_more: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken, after(minutes=3):
        broken.setattr("django.core.mail.EmailMessage.send", away)
        assert (tasks.deliver(), letter_tasks.deliver()) == (0, 0)
    with after(minutes=10):
        assert (tasks.deliver(), letter_tasks.deliver()) == (1, 1)
    assert {one.to[0] for one in mail.outbox} == {"night@clinic.test", world.dana.address}


def test_a_contact_is_rung_before_any_mail_that_may_be_slow(world: World, pager: Pager) -> None:
    with_contact(world, contact_rings=True)
    worry(world)
    first = paging.claim()
    assert first is not None
    assert first.channel == Channel.RING
    assert pager.calls == []


def test_the_example_of_the_handbook_knows_our_signature(world: World, pager: Pager) -> None:
    """Whoever builds the other side copies it."""
    words = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    code = words[words.index("    import hashlib, hmac, time") :]
    example = re.findall(r"(?:^    .*\n|^\n)+", code, re.MULTILINE)[0]
    known: dict[str, Any] = {}
    exec(textwrap.dedent(example), known)  # noqa: S102 - our own handbook
    with_contact(world, contact_rings=True)
    worry(world)
    tasks.deliver()
    ((headers, body),) = pager.calls
    assert known["is_ours"](SECRET, headers["Porchlight-Signature"], body)
    assert not known["is_ours"](SECRET, headers["Porchlight-Signature"], body + b" ")
    assert not known["is_ours"]("another", headers["Porchlight-Signature"], body)


def test_what_is_only_a_sign_pages_nobody_whatever_happens_to_it(world: World) -> None:
    on_call(world.evening, world.dana)
    told = cases.Telling(
        reason=Reason.WORRIED, subject=world.ana, about="sign", program=world.evening, cohort=world.cohort, quiet=True
    )
    case = taken(cases.open_case(told=told), world.dana)
    cases.hand_on(case=case, by=world.dana, version=case.version, note="Somebody should look in.")
    assert paged(case) == []
    worry(world)
    assert paged(case) == ["Dana"]


def test_no_page_holds_a_word_or_an_address(world: World) -> None:
    with_contact(world)
    on_call(world.evening, world.dana)
    worry(world)
    with after(minutes=3):
        tasks.escalate()
    kept = json.dumps([*Page.objects.values(), *Call.objects.values()], default=str)
    assert not any(word in kept for word in ("Ana", "Dana", "night", "@"))


def test_what_was_settled_is_forgotten_after_ninety_days(world: World) -> None:
    on_call(world.evening, world.dana)
    case = worry(world)
    with after(days=91):
        paging.forget()
    assert [one.case_id for one in Page.objects.all()] == [case.pk]


def test_an_unanswered_call_stands_in_the_figures(world: World, pager: Pager) -> None:
    assert tasks.longest_wait() == 0
    pager.answers = 503
    on_call(world.evening, world.dana)
    worry(world)
    tasks.deliver()
    with after(minutes=5):
        assert tasks.longest_wait() >= 300
    assert clock.now() > Page.objects.latest("created").created
