"""Where a program counts no days, nobody finds a count of its people's days: every address there is, asked for it.

The doors are those of the resolver, so a new one is asked the day it is built. The same doors, asked before somebody
came to such a program, do show their days: a sweep that saw nothing anywhere would prove nothing.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from community.checkins import services as checkins
from community.checkins.rules import today_of
from community.foundation import clock
from community.foundation.times import date_words
from community.matches import services as matches
from community.matches.models import Match
from community.milestones import services as milestones
from community.milestones.ladders import LadderKind
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment, Program, StaffRole, Track
from community.safety.models import Sign
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, Place, State
from groups.celebrations.rules import rooms_to_share, takes_a_card
from groups.celebrations.tasks import look_at_due
from groups.chat.models import Kind, Message, Wording
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group
from groups.moderation.models import Decision, Report
from tests.community.matches import matched
from tests.community.mentoring import active, asked
from tests.conftest import Told
from tests.doors import Script, browser, say
from tests.groups.copies import copy_of
from tests.groups.days import DAY, _early, it_is, shares_a_new_count  # noqa: F401 - the hour of every test
from tests.groups.reports import decided, told_of
from tests.walls.test_strangers import addresses

pytestmark = pytest.mark.once

HERON = 1234  # days
NOT_ASKED = {
    "account_logout": "ends the session",
    "leave": "ends the session",
    "tablet_done": "ends the session",
    "account_reset_password_from_key": "opens with a key out of a letter, signed in or not",
}
SHARED = ("Robin", "Wren", "Finch", "Plover")  # three stand as cards, the fourth in the line of the day
SEARCHED = "Ana"  # the first word of her cards


@pytest.fixture
def shared(world: World, told: Told) -> Iterator[None]:
    """Ana counts five things; four of them reached thirty days, and Tuesday evening was told. It is that day."""
    for focus in world.ana.focuses.all():
        milestones.forget(person=world.ana, focus=focus)
    today = clock.today(world.ana.zone)
    for name in SHARED:
        milestones.begin(person=world.ana, start=today - 29 * DAY, name=name)
    heron = milestones.begin(person=world.ana, start=today - (HERON - 1) * DAY, name="Heron")
    milestones.change(person=world.ana, focus=heron, name="Heron", hides_count=False, on_today=True)
    with it_is(world.ana, 0, at=clock.now().time().replace(hour=9, minute=1)):
        look_at_due()
    for one in Celebration.objects.of(world.ana.pk).asking():
        celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk], words="Mine.")
    with it_is(world.ana, 1), told():
        look_at_due()
        assert Place.objects.of(world.ana.pk).posted().count() == len(SHARED)
        walks_and_is_told_of(world)
        yield


def walks_and_is_told_of(world: World) -> None:
    """Ana walks with Ben, shared a day with him, and wrote beside her cards what he told staff of."""
    match = matched(asked(world.ana, world.evening), active(world))
    match.checkins.create(person=world.ana, step="d3", asked=clock.now())
    said = checkins.check_in(person=world.ana, day=today_of(world.ana), answers={"weather": "okay"})
    matches.share_day(match=match, check_in=said, by=world.ana)
    world.evening.batches.create(asked=clock.now())
    told_of(world.ben, Message.objects.filter(kind=Kind.CELEBRATION).latest("position"))
    decided(world, told_of(world.ben, say(world.ana, world.tuesday, "Only for us.")))


def comes_to(world: World, track: Track, told: Told) -> Program:
    """Ana leaves what she is in, and begins in a program that counts no days."""
    program = programs.open_program(name="Willow program", track=track)
    wanted = {"name": "Willow", "admission": "rolling", "starts": clock.today(program.zone), "capacity": 12}
    cohort = programs.open_cohort(program=program, wanted={**wanted, "where": ""}, slots=())
    for key, role in (("dana", StaffRole.FACILITATOR), ("dana", StaffRole.COORDINATOR)):
        programs.appoint(person=getattr(world, key), program=program, role=role)
    programs.enroll(person=world.ben, cohort=cohort)
    with told():
        for episode in Enrollment.objects.open().of(world.ana.pk):
            programs.withdraw(enrollment=episode)
        programs.enroll(person=world.ana, cohort=cohort)
    return program


def marks(world: World) -> dict[str, re.Pattern[str]]:
    """What would tell somebody's days, by what it is."""
    starts = set(world.ana.focuses.values_list("runs__start", flat=True))
    said = [words for start in starts for words in (start.isoformat(), date_words(start), f"{start:%B %-d}")]
    runs = [str(one) for one in world.ana.focuses.values_list("runs", flat=True)]
    return {
        # in no id: its four digits stand in some of them
        "a count": re.compile(rf"(?<![\w-]){HERON // 1000},?{HERON % 1000}(?![\w-])|\b30 days\b(?! of|\.)"),
        "a date of a count": re.compile("|".join(map(re.escape, said))),
        "a card": re.compile(r"Ana has"),
        "a name of a count": re.compile("Heron|" + "|".join(SHARED)),
        "a row of a count": re.compile("|".join([*runs, *map(str, world.ana.focuses.values_list("pk", flat=True))])),
        "a chip of days": re.compile(r'ONE DAY AT A TIME|[Dd]ays in recovery|"unit": ?"(?:DAYS|HOURS|MONTHS|YEARS)"'),
    }


def parts(world: World) -> dict[str, list[Any]]:
    """For each part of an address, everything of Ana's that could stand in it, and of her rooms."""
    ana, rooms = world.ana, Group.objects.filter(memberships__person=world.ana).distinct()
    cohorts = Cohort.objects.filter(enrollments__person=ana).distinct()
    her, walks = Enrollment.objects.of(ana.pk), Match.objects.touching(ana.pk)

    def rows(found: Iterable[UUID]) -> list[UUID]:
        return list(found) or [ana.pk]

    return {
        "token": ["nothing"],
        "invitation_id": [ana.pk],
        "person_id": [ana.pk],
        "record_id": list(ana.consents.values_list("pk", flat=True)) or [ana.pk],
        "session_id": [ana.pk],
        "program_id": list(Program.objects.filter(cohorts__in=cohorts).distinct().values_list("pk", flat=True)),
        "appointment_id": list(world.dana.appointments.values_list("pk", flat=True))[:1],
        "cohort_id": [one.pk for one in cohorts],
        "enrollment_id": list(her.values_list("pk", flat=True)),
        "focus_id": list(ana.focuses.values_list("pk", flat=True)),
        "tally_id": [milestones.begin_tally(person=ana, kind="skill").pk],
        "mentor_id": rows(walks.values_list("mentor", flat=True)),
        "request_id": rows(walks.values_list("request", flat=True)),
        "match_id": rows(walks.values_list("pk", flat=True)),
        "batch_id": rows(world.evening.batches.values_list("pk", flat=True)),
        "checkin_id": rows(ana.match_checkins.values_list("pk", flat=True)),
        "case_id": rows(Report.objects.values_list("case", flat=True)),
        "report_id": rows(Report.objects.values_list("pk", flat=True)),
        "decision_id": rows(Decision.objects.values_list("pk", flat=True)),
        "sign_id": rows(Sign.objects.values_list("pk", flat=True)),
        "tie_id": [ana.pk],
        "opening_id": [ana.pk],
        "shift_id": [ana.pk],
        "page_id": [ana.pk],
        "reader_id": [ana.pk],
        "part": ["alone"],
        "telling_id": [ana.pk],
        "death_id": [ana.pk],
        "apart_id": [ana.pk],
        "proposal_id": [ana.pk],
        "action": ["warn"],
        "step": ["nothing"],
        "kind": [kind.value for kind in LadderKind],
        "day": [clock.today(ana.zone).isoformat()],
        "notice_id": list(Notice.objects.of(ana.pk).values_list("pk", flat=True)) or [ana.pk],
        "group_id": [one.pk for one in rooms],
        "member_id": [ana.memberships.earliest("began").member_id],
        "offer_id": [ana.pk],
        "message_id": list(Message.objects.filter(group__in=rooms).order_by("pk").values_list("pk", flat=True)),
        "celebration_id": list(Celebration.objects.of(ana.pk).values_list("pk", flat=True)) or [ana.pk],
        "first_day_id": [ana.pk],
        "name": ["hug"],
        "code": ["es"],
    }


def doors(world: World) -> Iterator[tuple[str, str]]:
    """Every address of the house by its name, with whatever of Ana's fits into it; and what is asked behind a "?"."""
    fits = parts(world)
    for one in addresses():
        if one.name in NOT_ASKED or one.name is None:
            continue
        taken = list(one.pattern.converters)
        for values in itertools.product(*(fits[part] for part in taken)):  # a part of a new kind needs its row above
            yield one.name, reverse(one.name, kwargs=dict(zip(taken, values, strict=True)))
    yield "api_search", f"{reverse('api_search')}?q={SEARCHED}"
    for group in fits["group_id"]:
        yield "api_changes", f"{reverse('api_changes', args=[group])}?since=0"


def seen(world: World, who: Person, only: set[str] | None = None) -> dict[str, set[str]]:
    """What ``who`` finds of Ana's days, by what it is: the doors that showed it."""
    page, script, sought = browser(who), Script(who), marks(world)
    page.get("/groups/")
    found: dict[str, set[str]] = {}
    asked = ("search", page.post(reverse("search"), {"q": SEARCHED}).headers["Location"])
    for name, path in (*doors(world), asked):
        answer = script.get(path) if name.startswith("api_") else page.get(path)
        assert answer.status_code < 500, path
        told = answer.content.decode().replace(path, "") + answer.headers.get("Location", "")
        _look(told, f"{name} {path}", sought, only, found)
    _look(copy_of(who).said, "the copy of their own", sought, only, found)
    return found


def _look(
    told: str, door: str, sought: dict[str, re.Pattern[str]], only: set[str] | None, found: dict[str, set[str]]
) -> None:
    for mark, pattern in sought.items():
        if (only is None or mark in only) and pattern.search(told):
            found.setdefault(mark, set()).add(door)


#: What others may find of Ana; their own path and the ladders they keep speak of days as well.
OF_ANA = {"a date of a count", "a card", "a name of a count", "a row of a count"}


@pytest.mark.usefixtures("shared")
def test_where_days_are_counted_these_doors_show_them(world: World) -> None:
    shown = seen(world, world.ana)
    assert set(shown) == set(marks(world))
    assert {mark for mark, doors in shown.items() if "the copy of their own" in doors} >= {
        "a date of a count",
        "a card",
    }
    assert seen(world, world.ben, {"a card"})
    assert set(seen(world, world.ben, OF_ANA)) == {"a card"}  # what she shared, and nothing else


@pytest.mark.slow
@pytest.mark.parametrize("track", [Track.EATING_DISORDER, Track.MENTAL_HEALTH])
@pytest.mark.usefixtures("shared")
def test_no_door_shows_a_day_count_of_who_is_where_none_are_counted(world: World, told: Told, track: Track) -> None:
    administrator = people.create(alias="Ada")
    programs.appoint(person=administrator, program=None, role=StaffRole.ADMINISTRATOR)
    comes_to(world, track, told)
    assert not seen(world, world.ana)
    for who in (world.ben, world.dana, world.cy, administrator):
        assert not seen(world, who, OF_ANA), who.alias


@pytest.mark.usefixtures("shared")
def test_no_door_shows_a_day_of_anybody_to_who_is_where_none_are_counted(world: World) -> None:
    """Ben sat with Ana as she shared hers; then he, and not she, comes to such a program, and keeps his seats."""
    assert set(seen(world, world.ben, OF_ANA)) == {"a card"}
    programs.enroll(person=world.ben, cohort=world.mornings)
    assert world.tuesday in {seat.group for seat in world.ben.memberships.current()}
    assert not seen(world, world.ben, OF_ANA)
    assert seen(world, world.dana, {"a card"})  # nobody else misses any of it


@pytest.mark.usefixtures("shared")
def test_what_was_shared_goes_with_the_scan_if_nobody_heard_of_the_new_program(world: World) -> None:
    """A process that dies between the commit and what comes after it leaves the cards; the worker's round does not."""
    for episode in Enrollment.objects.open().of(world.ana.pk):
        programs.withdraw(enrollment=episode)
    programs.enroll(person=world.ana, cohort=world.mornings)
    look_at_due()
    assert not Message.objects.filter(kind=Kind.CELEBRATION, removed=None).exists()
    assert not Place.objects.of(world.ana.pk).exists()
    assert not Celebration.objects.of(world.ana.pk).exclude(state=State.WITHDRAWN).exists()


def test_who_left_before_reads_none_of_it_any_more(world: World, shared: None, told: Told) -> None:
    membership.unseat(person=world.ben, group=world.tuesday, by=world.ben)
    comes_to(world, Track.MENTAL_HEALTH, told)
    assert not Wording.objects.filter(body__contains="has 30 days").exists()
    assert not seen(world, world.ben, OF_ANA)


def test_no_card_of_a_new_count_that_was_undone_follows_its_person_where_no_days_are_counted(
    world: World, told: Told
) -> None:
    focus = shares_a_new_count(world.ana, world.tuesday)
    with it_is(world.ana, 1, at=time(9, 30)), told():
        milestones.undo_new_count(person=world.ana, focus=focus)
        comes_to(world, Track.MENTAL_HEALTH, told)
        look_at_due()
        for who in (world.ana, world.dana, world.cy):
            assert not seen(world, who, {"a card"}), who.alias


def test_a_room_where_no_days_are_counted_takes_no_card_of_who_comes_from_elsewhere(world: World) -> None:
    membership.seat(person=world.ana, group=world.harbor)
    assert world.harbor not in rooms_to_share(world.ana)
    assert not takes_a_card(world.harbor, world.seat(world.ana, world.harbor))
    assert world.tuesday in rooms_to_share(world.ana)
