"""Two people are kept apart by a decision of staff: no room, match or desk brings them together, and neither hears."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.audit.models import AuditEntry
from community.cases.rules import apart_from
from community.consent.rules import may
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from community.keep_apart import services as apart
from community.keep_apart.models import KeepApart
from community.matches import services as matches
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment, StaffRole
from community.programs.rules import NeedsAnotherRoom
from groups.demo.services import World
from tests.community.matches import proposed
from tests.doors import browser
from tests.groups.copies import copy_of
from tests.groups.reports import worker

WHY = "There is a protective order."


@pytest.fixture
def kit(world: World) -> Person:
    """Kit was in Tuesday evening before, as somebody whom Dana leads."""
    person = people.create(alias="Kit")
    programs.withdraw(enrollment=programs.enroll(person=person, cohort=world.cohort))
    return person


def kept(world: World, one: Person, other: Person) -> KeepApart:
    return apart.keep_apart(one=one, other=other, reason=WHY, by=world.dana)


def page_of(world: World, person: Person) -> str:
    return f"/desk/people/{Enrollment.objects.of(person.pk).latest('began').pk}/apart/"


def test_nobody_is_told_and_the_reason_stands_nowhere_in_clear(world: World, kit: Person) -> None:
    told = Notice.objects.count()
    row = kept(world, kit, world.ana)
    assert (row.reason, WHY in row.reason_sealed, Notice.objects.count()) == (WHY, False, told)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor, entry.subject) == ("keep_apart.set", world.dana.pk, f"keep_apart:{row.pk}")
    assert row.two == tuple(sorted((kit.pk, world.ana.pk)))


STRANGERS: dict[str, Callable[[World], Person]] = {
    "a member": lambda world: world.eli,
    "who keeps a room as a volunteer": lambda world: world.cy,
    "one of the two": lambda world: world.ana,
    "staff of another program": lambda world: worker("Gus", world.other, StaffRole.FACILITATOR),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_who_does_not_lead_both_neither_sets_it_nor_sees_that_it_stands(world: World, kit: Person, who: str) -> None:
    stranger, row = STRANGERS[who](world), kept(world, kit, world.ana)
    with pytest.raises(NotAllowed):
        apart.keep_apart(one=kit, other=world.ben, reason=WHY, by=stranger)
    with pytest.raises(Missing):
        apart.lift(row=row, by=stranger)
    client = browser(stranger)
    for path in (page_of(world, world.ana), page_of(world, kit)):
        assert client.get(path).status_code == 404
    for press in ("lift", "renew"):
        assert client.post(f"/desk/apart/{row.pk}/{press}/").status_code == 404
    listed = client.get("/desk/apart/")
    assert listed.status_code == 404 or WHY not in listed.content.decode()
    assert KeepApart.objects.standing().get() == row


def test_who_has_a_tie_to_one_of_them_decides_nothing(world: World, kit: Person) -> None:
    people.block(person=kit, other=world.dana)
    with pytest.raises(NotAllowed):
        kept(world, kit, world.ana)
    assert browser(world.dana).get(page_of(world, kit)).status_code == 404


@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "x" * 501, None, 7])
def test_a_reason_is_needed_and_what_is_none_changes_nothing(world: World, kit: Person, reason: object) -> None:
    with pytest.raises(Invalid) as refused:
        apart.keep_apart(one=kit, other=world.ana, reason=reason, by=world.dana)
    assert refused.value.extra["errors"][0]["pointer"] == "/reason"
    assert not KeepApart.objects.exists()


def test_one_alone_is_no_pair_and_a_pair_stands_once_whichever_way_round(world: World, kit: Person) -> None:
    with pytest.raises(Invalid):
        kept(world, kit, kit)
    kept(world, kit, world.ana)
    with pytest.raises(Conflict) as refused:
        kept(world, world.ana, kit)
    assert (refused.value.code, KeepApart.objects.count()) == ("stands", 1)


@pytest.mark.parametrize("turned", [False, True])
def test_who_is_kept_apart_from_somebody_there_is_not_enrolled_until_it_is_lifted(
    world: World, kit: Person, *, turned: bool
) -> None:
    row = kept(world, *((kit, world.ana) if turned else (world.ana, kit)))
    before = Enrollment.objects.count()
    with pytest.raises(NeedsAnotherRoom) as refused:
        programs.enroll(person=kit, cohort=world.cohort, by=world.dana)
    assert (refused.value.status, refused.value.code) == (409, "needs_another_room")
    assert Enrollment.objects.count() == before
    apart.lift(row=row, by=world.dana)
    assert programs.enroll(person=kit, cohort=world.cohort, by=world.dana).ended is None
    row.refresh_from_db()
    assert (row.lifted_by, bool(row.lifted_at)) == (world.dana, True)


@pytest.mark.parametrize("moves", list(permutations(("apart", "lift", "enroll", "leave"))), ids="-".join)
def test_in_whatever_order_two_kept_apart_are_never_newly_together(
    world: World, kit: Person, moves: tuple[str, ...]
) -> None:
    """Ana is in Tuesday evening; Kit comes in only where nothing stands between them."""
    row: KeepApart | None = None
    inside: Enrollment | None = None
    for move in moves:
        if move == "apart":
            row = kept(world, kit, world.ana)
        elif move == "lift" and row is not None:
            row = apart.lift(row=row, by=world.dana)
        elif move == "leave" and inside is not None:
            inside = programs.withdraw(enrollment=inside, at_once=True)
        elif move == "enroll" and row is not None and row.lifted_at is None:
            with pytest.raises(NeedsAnotherRoom):
                programs.enroll(person=kit, cohort=world.cohort)
        elif move == "enroll":
            inside = programs.enroll(person=kit, cohort=world.cohort)
    stands = row is not None and row.lifted_at is None
    came_first = moves.index("enroll") < moves.index("apart")
    assert not stands or came_first or not Enrollment.objects.open().of(kit.pk).exists()


def test_it_stands_on_after_a_year_and_the_desk_asks_whether_it_is_still_needed(world: World, kit: Person) -> None:
    row = kept(world, kit, world.ana)
    desk = browser(world.dana)
    assert "is it still needed" not in desk.get("/desk/").content.decode()
    with clock.turned(timedelta(days=366)):
        desk = browser(world.dana)
        assert "1 has stood for a year: is it still needed?" in desk.get("/desk/").content.decode()
        with pytest.raises(NeedsAnotherRoom):
            programs.enroll(person=kit, cohort=world.cohort)
        assert desk.post(f"/desk/apart/{row.pk}/renew/").status_code == 302
        assert "is it still needed" not in desk.get("/desk/").content.decode()
    row.refresh_from_db()
    assert row.review_by > clock.now() + timedelta(days=700)


def test_two_kept_apart_are_no_match_and_one_that_waits_cannot_be_given_out(world: World) -> None:
    match = proposed(world)
    kept(world, world.ana, world.ben)
    with pytest.raises(Conflict) as refused:
        matches.approve(match=match, by=world.dana)
    assert "conflict_of_interest" in str(refused.value.extra) + refused.value.code


def test_neither_decides_about_what_the_other_told(world: World, kit: Person) -> None:
    assert world.ana.pk not in apart_from([kit.pk])
    kept(world, kit, world.ana)
    assert world.ana.pk in apart_from([kit.pk])
    assert kit.pk in apart_from([world.ana.pk])


def test_the_copy_of_neithers_own_says_a_word_of_it(world: World, kit: Person) -> None:
    kept(world, kit, world.ana)
    for person in (kit, world.ana):
        assert WHY not in copy_of(person).said


def test_what_people_who_share_a_room_see_of_each_other_does_not_change(world: World, kit: Person) -> None:
    programs.enroll(person=kit, cohort=world.cohort)
    seen = [may(one, other, "roster") for one, other in ((kit, world.ana), (world.ana, kit))]
    kept(world, kit, world.ana)
    assert [may(one, other, "roster") for one, other in ((kit, world.ana), (world.ana, kit))] == seen == [True, True]


def test_the_page_sets_it_shows_it_and_says_what_is_wrong(world: World, kit: Person) -> None:
    desk, path = browser(world.dana), page_of(world, kit)
    assert path in desk.get(path.removesuffix("apart/")).content.decode()
    nothing = desk.post(path, {"other": "", "reason": ""})
    assert (nothing.status_code, KeepApart.objects.count()) == (422, 0)
    assert desk.post(path, {"other": str(world.ana.pk), "reason": WHY}).status_code == 302
    shown = desk.get(path).content.decode()
    for words in ("Ana", "There is a protective order.", "To be looked at again by"):
        assert words in shown
    again = desk.post(path, {"other": str(world.ana.pk), "reason": WHY})
    assert again.status_code == 422
    assert "These two are kept apart already." in again.content.decode()
    listed = desk.get("/desk/apart/").content.decode()
    assert "Kit" in listed
    assert WHY not in listed


def test_the_list_asks_as_many_questions_for_many_as_for_one(world: World, kit: Person) -> None:
    kept(world, kit, world.ana)
    desk = browser(world.dana)
    few = asked(desk)
    for name in ("Lee", "Max", "Noa"):
        other = people.create(alias=name)
        programs.withdraw(enrollment=programs.enroll(person=other, cohort=world.cohort))
        kept(world, other, world.ana)
    assert asked(desk) == few


def asked(desk: Client) -> int:
    desk.get("/desk/apart/")
    with CaptureQueriesContext(connection) as found:
        assert desk.get("/desk/apart/").status_code == 200
    return len(found)
