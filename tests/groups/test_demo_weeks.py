"""The whole demo: everybody has the seats their episodes say, the walls stand, and it is the same each time."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from community.cases.models import Case
from community.cases.plans import State as CaseState
from community.cases.rules import cases_of
from community.checkins.models import CheckIn
from community.checkins.rules import shared_with
from community.foundation import clock
from community.matches.desk import broken_between, coming_week, mentees_of, mentors_of
from community.matching.fit import reasons
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.plans.codes import State
from community.mentoring.rules import standing_of
from community.people.models import Person
from community.programs.models import (
    Admission,
    Appointment,
    Cohort,
    Enrollment,
    Outcome,
    PhaseKind,
    Program,
    Slot,
    Track,
)
from groups.chat.models import Kind as MessageKind
from groups.chat.models import Message
from groups.demo import cast, days, script
from groups.demo.services import ANA_BEGAN, ELI_BEGAN, PERSONAS, World
from groups.demo.weeks import TOLD_IN, weeks
from groups.membership.models import Group, Kind, Membership, Role
from groups.membership.rules import reach
from groups.passages.models import Leaving
from groups.passages.tasks import tidy_seats

NOW = datetime(2026, 11, 25, 15, 7, 20, tzinfo=ZoneInfo("America/New_York"))  # a Wednesday afternoon
pytestmark = [pytest.mark.django_db, pytest.mark.once]
type Said = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, Said]]:
    """The demo, made for this module alone, and what was said in one that was made before it."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            at(NOW)
            before = said()
            transaction.set_rollback(True)
        with transaction.atomic():
            yield at(NOW), before
            transaction.set_rollback(True)


@pytest.fixture
def whole(both: tuple[World, Said]) -> World:
    return both[0]


def at(now: datetime) -> World:
    """Make it at that moment. How long it took is printed, for who wants to see (``pytest -s``)."""
    began = time.monotonic()
    with clock.turned(by=now - clock.now()):
        world = weeks()
    print(f"The demo's weeks took {time.monotonic() - began:.1f} s.")  # noqa: T201 - a number to look at
    return world


def said() -> Said:
    """Everything anybody would see, without what is drawn by lot."""
    names = {str(seat.member_id): seat.alias for seat in Membership.objects.all()}
    return [
        (
            message.group.name,
            message.position,
            message.seat.alias if message.seat else None,
            message.body,
            message.content_note,
            message.reply_position,
            message.removed,
            message.created.replace(second=0, microsecond=0),
            message.edited is not None,
            message.key if message.kind == MessageKind.TEXT else None,
            sorted((name, names[member]) for name, given in message.reactions.items() for member in given),
        )
        for message in Message.objects.select_related("group", "seat").order_by("group__name", "position")
    ]


def alias(name: str) -> Person:
    return Person.objects.get(alias=name)


def seat(name: str, room: str) -> Membership:
    return Membership.objects.current().select_related("group").get(person__alias=name, group__name=room)


def test_it_is_the_same_each_time(both: tuple[World, Said]) -> None:
    assert said() == both[1]


def test_it_holds_what_is_promised(whole: World) -> None:
    assert {program.track for program in Program.objects.all()} == set(Track.values)
    assert Program.objects.count() == 5
    assert Cohort.objects.count() == 8
    assert Cohort.objects.filter(admission=Admission.CLOSED).count() == 1
    assert Cohort.objects.filter(program__track=Track.TEEN).count() == 1
    assert 55 <= Person.objects.exclude(appointments__isnull=False).count() <= 70
    assert 500 <= Message.objects.count() <= 1200
    assert Group.objects.filter(kind=Kind.ALUMNI).count() == 4
    assert not Group.objects.filter(messages=None).exists()


def test_everybody_has_a_seat_where_their_episode_says(whole: World) -> None:
    for episode in Enrollment.objects.select_related("person", "cohort"):
        seats = Membership.objects.filter(person=episode.person, group__cohort=episode.cohort)
        days = timedelta(days=1)
        if episode.ended is None:
            assert seats.current().count() == 1, episode.person.alias
        elif episode.cohort.admission == Admission.CLOSED:
            assert [one.writes_at(NOW) for one in seats.current()] == [False], episode.person.alias
        elif NOW.date() - episode.ended > 31 * days and not seats.current().filter(role=Role.CO_HOST).exists():
            back = Enrollment.objects.filter(person=episode.person, cohort=episode.cohort, ended=None).exists()
            assert seats.current().exists() == back, episode.person.alias


def test_who_said_yes_sits_among_the_alumni_and_nobody_else(whole: World) -> None:
    expected = {stay.who for stay in cast.STAYS if stay.says_yes} | {"Ben"}
    seats = Membership.objects.current().filter(group__kind=Kind.ALUMNI)
    assert {one.alias for one in seats if not one.keeps} == expected
    assert seat("Cy", "After Tuesday").role == Role.MODERATOR


def test_who_chose_another_name_than_their_card_had_is_known_to_staff(whole: World) -> None:
    named = Enrollment.objects.exclude(card_name_sealed="").select_related("person")
    assert {one.person.alias: one.card_name for one in named} == cast.CARD_NAMES


def test_two_people_came_back_and_their_history_is_theirs(whole: World) -> None:
    again = Enrollment.objects.values("person__alias").annotate(times=Count("pk")).filter(times=2)
    assert {row["person__alias"] for row in again} == {"Vern", "Peter"}
    bridge = seat("Peter", "Bridge afternoons").group
    first, second = Enrollment.objects.filter(person=alias("Peter")).order_by("began")
    assert (first.outcome, second.outcome) == (Outcome.WITHDRAWN, "")
    reached = reach(alias("Peter"), bridge.pk)
    own = Message.objects.within(reached.spans).filter(group=bridge, author=alias("Peter"))
    assert own.filter(created__lt=NOW - timedelta(weeks=10)).exists()
    classroom = seat("Vern", "Monday evening group")
    assert not classroom.writes_at(NOW)
    assert reach(alias("Vern"), classroom.group_id).spans[0].shows(1, tells_days=False)
    assert seat("Vern", "Weekday mornings").writes_at(NOW)


def test_phases_are_dated_and_in_order(whole: World) -> None:
    walt = Enrollment.objects.get(person=alias("Walt"))
    assert [phase.kind for phase in walt.phases.all()] == [PhaseKind.PHP, PhaseKind.IOP, PhaseKind.TAPER]
    maribel = Enrollment.objects.get(person=alias("Maribel"))
    assert [phase.kind for phase in maribel.phases.all()] == [PhaseKind.IOP, PhaseKind.TAPER, PhaseKind.ALUMNI]
    assert Enrollment.objects.get(person=alias("Dot")).is_away


def test_no_teen_shares_a_room_with_an_adult_who_is_not_staff(whole: World) -> None:
    teens = set(Enrollment.objects.filter(program__track=Track.TEEN).values_list("person", flat=True))
    assert teens
    staff = set(Appointment.objects.values_list("person", flat=True))
    for group in Group.objects.all():
        people = set(group.memberships.values_list("person", flat=True))
        assert not people & teens or people <= teens | staff, group.name


def test_every_room_has_somebody_who_keeps_it(whole: World) -> None:
    kept = Group.objects.filter(memberships__in=Membership.objects.current().keepers()).distinct()
    assert kept.count() == Group.objects.count()


def test_the_five_land_with_a_little_to_read(whole: World) -> None:
    unread = {
        persona.alias: {
            one.group.name: one.group.position - one.read
            for one in Membership.objects.current().of(alias(persona.alias).pk).select_related("group")
        }
        for persona in PERSONAS
    }
    assert unread["Ana"] == {"Tuesday evening group": 4}
    assert all(0 <= count <= 12 for rooms in unread.values() for count in rooms.values()), unread


def test_ana_reads_a_week_before_she_came_and_no_more(whole: World) -> None:
    spans = reach(whole.ana, whole.tuesday.pk).spans
    shown = Message.objects.within(spans).filter(group=whole.tuesday).order_by("position")
    first, came = shown[0].created, ANA_BEGAN.on(NOW)
    assert came - timedelta(days=7) <= first < came
    assert Message.objects.filter(group=whole.tuesday, created__lt=first).exists()


def test_some_say_how_their_days_are_and_today_is_still_to_come(whole: World) -> None:
    with clock.turned(by=NOW - clock.now()):
        said_by = Counter(CheckIn.objects.values_list("person__alias", flat=True))
        assert {"Ana", "Ben"} < said_by.keys() == days.DAYS.keys()
        assert all(said_by[who] == sum(letter != "." for letter in days.DAYS[who]) for who in said_by)
        assert not CheckIn.objects.filter(day__gte=NOW.date()).exists()
        theirs = Enrollment.objects.open().select_related("person").get(person=whole.ana)
        assert [one.weather for one in shared_with(whole.dana, theirs)] == ["steady"]


def mentor_of(name: str) -> Mentor:
    found: Mentor = Mentor.objects.of(alias(name).pk).open().to_show().get()
    return found


def request_of(name: str) -> MentorRequest:
    found: MentorRequest = MentorRequest.objects.of(alias(name).pk).open().to_show().get()
    return found


def test_mentors_stand_at_every_step_of_the_way_and_ben_has_two_places(whole: World) -> None:
    with clock.turned(by=NOW - clock.now()):
        stand = {one.person.alias: one.state for one in Mentor.objects.to_show()}
        assert stand == {
            "Ben": State.ACTIVE, "Rowan": State.ACTIVE, "Rosa": State.TRAINING, "Bev": State.APPLIED
        }  # fmt: skip
        ben = mentor_of("Ben")
        assert (standing_of(ben).takes_new, ben.capacity, ben.supervisor) == (True, 2, whole.dana)
        assert standing_of(mentor_of("Rowan")).takes_new


def test_ana_waits_for_a_mentor_and_ben_fits_for_reasons_that_are_true(whole: World) -> None:
    with clock.turned(by=NOW - clock.now()):
        request, ben = request_of("Ana"), mentor_of("Ben")
        assert not broken_between(request, ben)
        (mentee,), (mentor,) = mentees_of([request]), mentors_of([ben])
        told = {one.code: one.about for one in reasons(mentee, mentor, coming_week())}
        assert told.keys() == {"hours", "pathway", "values"}
        assert told["values"] == ("honesty", "long walks")


def test_everybody_who_waits_fits_some_mentor_save_who_speaks_another_language(whole: World) -> None:
    with clock.turned(by=NOW - clock.now()):
        active = list(Mentor.objects.active().to_show())
        fitting = {
            one.person.alias: {each.person.alias for each in active if not broken_between(one, each)}
            for one in MentorRequest.objects.open().to_show()
        }
    assert fitting == {"Ana": {"Ben"}, "Marcus": {"Ben", "Rowan"}, "Hallie": {"Rowan"}, "Chelo": set()}


def test_nobody_means_to_talk_while_their_own_group_meets(whole: World) -> None:
    for said_so in (*Mentor.objects.to_show(), *MentorRequest.objects.to_show()):
        seats = Membership.objects.current().of(said_so.person_id).exclude(group__cohort=None)
        meeting = Slot.objects.filter(cohort__in=seats.values("group__cohort"), cohort__ends=None)
        for slot in meeting:
            starts = slot.starts.hour * 60 + slot.starts.minute
            clashes = [
                (first, last)
                for day, first, last in said_so.hours
                if day == slot.weekday and first < starts + slot.minutes and starts < last
            ]
            assert not clashes, said_so.person.alias


def test_nothing_of_it_waits_to_be_tidied(whole: World) -> None:
    with clock.turned(by=NOW - clock.now()):
        before = Membership.objects.current().count()
        tidy_seats()
        assert Membership.objects.current().count() == before
        assert not Leaving.objects.due(clock.now()).exists()


def test_what_is_said_waits_for_nobody_and_was_taken_back_only_as_written(whole: World) -> None:
    written = [line for path in script.CORPUS.glob("*.txt") for line in script.lines(path.stem)]
    assert Counter(Message.objects.exclude(removed=None).values_list("removed", flat=True)).total() == sum(
        line.taken_back for line in written if line.moment.on(NOW) <= NOW
    )


#: Who else speaks in a room, from when on: who leads it, hosts it, or is one of the five.
ALWAYS = {
    "tuesday": {"Dana", "Ben", "Cy"}, "alumni": {"Dana", "Ben", "Cy"}, "team": {"Dana", "Cy", *cast.TEAM},
    "harbor": {"Theo"}, "monday": {"Dana", "Ben"}, "mornings": {"Ruth", "Rowan"},
    "harbor_alumni": {"Theo"}, "bridge_alumni": {"Imani"}, "willow_alumni": {"Noor"},
    **{room.key: {room.lead} for room in cast.ROOMS if room.key not in {"monday", "mornings"}},
}  # fmt: skip
ALUMNI_OF = {"tuesday": "alumni", "mornings": "alumni", "monday": "alumni", "jueves": "alumni"}


@given(st.timedeltas(timedelta(), timedelta(days=400)).map(lambda later: datetime(2026, 1, 5, tzinfo=UTC) + later))
def test_nobody_speaks_or_reacts_where_they_have_no_seat_whatever_day_it_is(now: datetime) -> None:
    here = now.astimezone(NOW.tzinfo)
    came = {("Ana", "tuesday"): ANA_BEGAN.on(here), ("Eli", "harbor"): ELI_BEGAN.on(here)}
    for stay in reversed(cast.STAYS):
        came[stay.who, stay.room] = min(stay.came.on(here), came.get((stay.who, stay.room), here))
        if stay.says_yes:
            came[stay.who, ALUMNI_OF.get(stay.room, f"{stay.room}_alumni")] = stay.says_yes.on(here)
    for room, always in ALWAYS.items():
        for moment, line in script.told_by(here, *TOLD_IN.get(room, (room,))):
            for who in {line.author, *(name for _kind, given_by in line.reactions for name in given_by), *line.read_by}:
                assert who in always or came[who, room] < moment, (room, who, line.body)


def test_the_queue_holds_something_of_every_urgency_and_one_that_is_closed(both: tuple[World, Said]) -> None:
    told = Case.objects.values_list("priority", "state")
    assert sorted({priority for priority, state in told if state != CaseState.RESOLVED}) == [0, 1, 2, 3]
    assert [state for _priority, state in told].count(CaseState.RESOLVED) == 1
    assert cases_of(both[0].dana).still_open().count() >= 4


def test_maribel_finished_and_shared_it_with_her_rooms_in_her_words(whole: World) -> None:
    with clock.turned(by=NOW - clock.now()):
        shared = Message.objects.filter(kind=MessageKind.CELEBRATION, author=alias("Maribel")).order_by("group__name")
        assert [one.group.name for one in shared] == ["After Tuesday", "Weekday mornings"]
        assert {str(one.body).split("\n")[0] for one in shared} == {"Maribel finished the program"}
