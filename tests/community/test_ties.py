"""Family, a home, a life or work in common: such two are never matched, and decide nothing about each other."""

import pytest
from django.urls import reverse

from community.cases.rules import apart_from
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, NotAllowed
from community.keep_apart import services as apart
from community.keep_apart.models import KeepApart, Kind
from community.matches import services as matches
from community.matches.desk.facts import broken_between
from community.matches.plans.codes import Need, State
from community.matches.reading.batches import preview_of
from community.matches.reading.needs import by_match
from community.matching.codes import Code
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor
from community.mentoring.reading import supervisors_for
from community.mentoring.rules.support import turned_to
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.people.rules import kept_from
from community.programs import services as programs
from community.programs.models import Enrollment, StaffRole
from groups.demo.services import World
from tests.community.matches import match_at, proposed
from tests.community.mentoring import active, applied, asked
from tests.community.test_match_batches import made
from tests.doors import browser
from tests.groups.copies import copy_of
from tests.groups.reports import worker

TIES = [one for one in Kind if one != Kind.APART]


def tie(world: World, kind: str = Kind.FAMILY, *, one: Person | None = None, other: Person | None = None) -> KeepApart:
    return apart.keep_apart(one=one or world.ana, other=other or world.ben, kind=kind, reason="", by=world.dana)


@pytest.fixture
def kit(world: World) -> Person:
    """Kit was in Tuesday evening before."""
    person = people.create(alias="Kit")
    programs.withdraw(enrollment=programs.enroll(person=person, cohort=world.cohort))
    return person


@pytest.mark.parametrize("kind", TIES)
@pytest.mark.parametrize("turned", [False, True])
def test_two_with_a_tie_are_no_pair_whichever_way_round_until_it_is_lifted(
    world: World, kind: Kind, *, turned: bool
) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    two = (world.ben, world.ana) if turned else (world.ana, world.ben)
    row = tie(world, kind, one=two[0], other=two[1])
    assert Code.CONFLICT_OF_INTEREST in broken_between(request, mentor)
    with pytest.raises(Conflict):
        matches.propose(request=request, mentor=mentor, by=world.dana)
    apart.lift(row=row, by=world.dana)
    assert not broken_between(request, mentor)


def test_a_card_that_waits_cannot_be_chosen_and_who_is_asked_cannot_say_yes(world: World) -> None:
    waiting = proposed(world)
    row = tie(world)
    with pytest.raises(Conflict):
        matches.approve(match=waiting, by=world.dana)
    apart.lift(row=row, by=world.dana)
    matches.reject(match=waiting, by=world.dana)
    offered = match_at(world, State.OFFERED, request=waiting.request, mentor=waiting.mentor)
    tie(world)
    assert matches.accept(match=offered, by=world.ben).state == State.WITHDRAWN


def test_of_two_who_walk_together_already_staff_are_told_and_nobody_is_parted(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    told = Notice.objects.count()
    tie(world)
    assert by_match([row])[row.pk] == [Need.KEPT_APART]
    row.refresh_from_db()
    assert (row.state, Notice.objects.count()) == (State.ACTIVE, told)


def test_a_tie_keeps_nobody_out_of_a_room_and_neither_decides_about_the_other(world: World, kit: Person) -> None:
    tie(world, Kind.HOUSEHOLD, one=kit, other=world.ana)
    assert programs.enroll(person=kit, cohort=world.cohort, by=world.dana).ended is None
    assert kept_from(kit.pk) == set()
    assert kit.pk in apart_from([world.ana.pk])
    assert "still sits in one room" not in browser(world.dana).get("/desk/").content.decode()


def test_only_who_must_not_meet_needs_a_reason_and_one_thing_stands_at_a_time(world: World) -> None:
    tie(world)
    for kind, words in ((Kind.APART, "A protective order."), (Kind.WORK, "")):
        with pytest.raises(Conflict) as refused:
            apart.keep_apart(one=world.ana, other=world.ben, kind=kind, reason=words, by=world.dana)
        assert refused.value.code == "stands"
    with pytest.raises(Invalid):
        apart.keep_apart(one=world.ana, other=world.ben, kind="friends", reason="", by=world.dana)
    assert KeepApart.objects.count() == 1


def test_at_the_desk_it_is_written_down_and_read_and_neither_of_the_two_reads_it(world: World, kit: Person) -> None:
    desk = browser(world.dana)
    path = f"/desk/people/{Enrollment.objects.of(kit.pk).latest('began').pk}/apart/"
    sent = desk.post(path, {"other": str(world.ana.pk), "kind": "family", "reason": ""})
    assert sent.status_code == 302
    for page in (path, "/desk/apart/"):
        said = desk.get(page).content.decode()
        assert "They are family. They may share rooms, and are never matched." in said
    missing = desk.post(path, {"other": str(world.ben.pk), "kind": "apart", "reason": ""})
    assert (missing.status_code, KeepApart.objects.count()) == (422, 1)
    assert "Write why." in missing.content.decode()
    for person in (kit, world.ana):
        assert "family" not in copy_of(person).said


# --- who works here, and has a tie of their own -----------------------------------------------------------------------


@pytest.fixture
def lee(world: World) -> Person:
    """Lee was in Tuesday evening before, and coordinates the program today."""
    person = people.create(alias="Lee", address="lee@porchlight.test")
    programs.withdraw(enrollment=programs.enroll(person=person, cohort=world.cohort))
    programs.appoint(person=person, program=world.evening, role=StaffRole.COORDINATOR)
    return person


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_who_has_a_tie_to_one_of_two_coordinates_neither_and_finds_them_nowhere(
    world: World, lee: Person, who: str
) -> None:
    row = proposed(world)
    board, page = f"/desk/matching/{world.evening.pk}/", reverse("desk_match", args=[row.pk])
    assert browser(lee).get(page).status_code == 200
    standing = tie(world, one=lee, other=getattr(world, who))
    for verb in (matches.approve, matches.reject):
        with pytest.raises(NotAllowed):
            verb(match=row, by=lee)
    assert browser(lee).get(page).status_code == 404
    assert page not in browser(lee).get(board).content.decode()
    assert page in browser(world.dana).get(board).content.decode()
    apart.lift(row=standing, by=world.dana)
    assert matches.approve(match=row, by=lee).state == State.SHORTLISTED


def test_who_has_a_tie_leads_no_mentor_and_no_request_of_theirs(world: World, lee: Person) -> None:
    mentor, request = applied(world), asked(world.ana, world.evening)
    for other in (world.ana, world.ben):
        tie(world, one=lee, other=other)
    with pytest.raises(NotAllowed):
        mentoring.screen(mentor=mentor, by=lee)
    with pytest.raises(NotAllowed):
        mentoring.mark(request=request, urgent=True, by=lee)
    desk = browser(lee)
    for path in (reverse("desk_mentor", args=[mentor.pk]), reverse("desk_suggest", args=[request.pk])):
        assert desk.get(path).status_code == 404
    listed = desk.get("/desk/mentors/").content.decode()
    main = listed[listed.index("<main") : listed.index("</main>")]
    assert not [name for name in ("Ana", "Ben") if name in main]
    assert Mentor.objects.of_staff(world.dana.pk, clock.now()).get() == mentor


def test_a_batch_that_somebody_with_a_tie_takes_over_leaves_their_own_to_others(world: World, lee: Person) -> None:
    asked(world.ana, world.evening)
    active(world)
    tie(world, one=lee, other=world.ana)
    batch = made(world, by=lee)
    assert "Ana" not in str(preview_of(batch, lee).proposed)
    assert "Ana" in str(preview_of(batch, world.dana).proposed)
    with pytest.raises(Conflict):
        matches.take_over(batch=batch, by=lee)
    (row,) = matches.take_over(batch=batch, by=world.dana)
    assert row.mentee == world.ana


def test_a_tie_that_is_lifted_is_told_as_what_it_was(world: World, kit: Person) -> None:
    row = tie(world, other=kit)
    said = browser(world.dana).post(reverse("desk_apart_lift", args=[row.pk]), follow=True).content.decode()
    assert "They may be matched again." in said
    assert "one room again" not in said


@pytest.fixture
def gil(world: World) -> Person:
    """Gil coordinates the program, and was never in one."""
    return worker("Gil", world.evening, StaffRole.COORDINATOR)


def test_a_tie_of_who_works_here_and_was_never_in_a_program_is_written_down_and_read(world: World, gil: Person) -> None:
    desk, row = browser(world.dana), proposed(world)
    path = f"/desk/people/{Enrollment.objects.of(world.ana.pk).get().pk}/apart/"
    assert "Gil · Coordinator" in desk.get(path).content.decode()
    assert desk.post(path, {"other": str(gil.pk), "kind": "family", "reason": ""}).status_code == 302
    for page in (path, "/desk/apart/"):
        assert "Gil" in desk.get(page).content.decode()
    with pytest.raises(NotAllowed):
        matches.approve(match=row, by=gil)
    assert browser(gil).get("/desk/apart/").content.decode().count("Ana") == 0
    desk.post(reverse("desk_apart_lift", args=[KeepApart.objects.get().pk]))
    assert matches.approve(match=row, by=gil).state == State.SHORTLISTED


def test_who_leads_a_group_writes_down_no_tie_of_staff_they_do_not_run(world: World, gil: Person) -> None:
    led = worker("Mo", world.evening, StaffRole.FACILITATOR)
    with pytest.raises(NotAllowed):
        apart.keep_apart(one=world.ana, other=gil, kind=Kind.FAMILY, reason="", by=led)
    with pytest.raises(NotAllowed):
        apart.keep_apart(one=gil, other=led, kind=Kind.FAMILY, reason="", by=world.dana)
    assert not KeepApart.objects.exists()


def test_who_has_a_tie_themselves_is_not_offered_that_person(world: World, lee: Person, kit: Person) -> None:
    tie(world, one=lee, other=world.ana)
    page = browser(lee).get(f"/desk/people/{Enrollment.objects.of(kit.pk).latest('began').pk}/apart/")
    assert page.status_code == 200
    assert str(world.ana.pk) not in page.content.decode()


def test_nobody_suggests_somebody_they_have_a_tie_to_as_a_mentor(world: World, lee: Person) -> None:
    request, mentor = asked(world.ana, world.evening), active(world)
    tie(world, one=lee, other=mentor.person)
    with pytest.raises(NotAllowed):
        matches.propose(request=request, mentor=mentor, by=lee)
    assert matches.propose(request=request, mentor=mentor, by=world.dana).guide == mentor.person


def test_nobody_with_a_tie_to_one_of_two_is_named_as_whom_they_turn_to(world: World, lee: Person) -> None:
    mentor = active(world)
    assert lee in turned_to(mentor)
    row = tie(world, one=lee, other=world.ana)
    assert lee in turned_to(mentor)
    assert lee not in turned_to(mentor, world.ana.pk)
    apart.lift(row=row, by=world.dana)
    tie(world, one=lee, other=mentor.person)
    assert lee not in turned_to(mentor)


def test_who_has_a_tie_to_a_mentor_is_not_offered_as_whom_they_turn_to(world: World, lee: Person) -> None:
    mentor = active(world)
    page = reverse("desk_mentor_supervisor", args=[mentor.pk])
    assert f'value="{lee.pk}"' in browser(world.dana).get(page).content.decode()
    tie(world, one=lee, other=mentor.person)
    assert supervisors_for(mentor) == [world.dana]
    assert f'value="{lee.pk}"' not in browser(world.dana).get(page).content.decode()
