"""The rest of the demo: five programs, eight cohorts, some sixty people, and their weeks of conversation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction

from community.foundation import clock
from community.keep_apart import services as apart
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Appointment, Cohort, Enrollment, Farewell, Program, StaffRole
from community.programs.plans import SlotPlan
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
from groups.celebrations.rules import rooms_to_share
from groups.demo import cast, days, mentors, queue, roster, script
from groups.demo.cast import Room, Stay
from groups.demo.services import World, beginnings, count_days
from groups.demo.stage import Stage, Step, play
from groups.membership import services as membership
from groups.membership.models import Group, Role
from groups.passages import services as passages
from groups.passages.models import AlumniOffer, Leaving
from groups.passages.services.episodes import READS_ON, WRITES_ON

#: Which files are the conversation of a room; the others are called as their room.
TOLD_IN = {"tuesday": ("tuesday", "first_words"), "alumni": ("after_tuesday",)}
UNREAD_OF = timedelta(hours=5)  # before now: who does not say how far they read has read everything older
TIDIED = timedelta(hours=1)  # after a seat was due


@transaction.atomic
def weeks() -> World:
    """Make the whole demo, people() and all, as if it had been lived: every step at its time. About fifteen seconds."""
    world = beginnings()
    house = House(world)
    play([*world.arrivals(), *house.steps()])
    count_days(world=world)
    for stage in house.stages:
        stage.read_on(until=house.now - UNREAD_OF)
    roster.fill(house.programs, world.dana, clock.now())
    queue.fill(house.groups, house.people)
    house.keep_two_apart()
    for group in (world.tuesday, world.alumni, world.staff, world.harbor):
        group.refresh_from_db()
    return world


class House:
    """Everything by its key, as it comes into being."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.now = clock.now().astimezone(ZoneInfo(world.evening.zone))
        self.people: dict[str, Person] = dict(world.cast)
        self.programs: dict[str, Program] = {one.track: one for one in (world.evening, world.other)}
        self.cohorts: dict[str, Cohort] = {"tuesday": world.cohort, "harbor": world.mornings}
        self.groups = {"tuesday": world.tuesday, "alumni": world.alumni, "team": world.staff, "harbor": world.harbor}
        self.stages: list[Stage] = []

    def steps(self) -> Iterator[Step]:
        """What happened until now, one matter after the other; whoever plays it puts it in order."""
        yield cast.FOUNDED.on(self.now), self.found
        for room in cast.ROOMS:
            yield room.opened.on(self.now), partial(self.open, room)
        for alias, key, since in cast.HOSTS:
            yield since.on(self.now), partial(self.host, alias, key)
        for stay in cast.STAYS:
            yield from Episode(self, stay).steps()
        yield from days.steps(self.person, self.now)
        yield from mentors.steps(self.person, self.world.evening, self.now)
        for key in (*self.groups, *(room.key for room in cast.ROOMS), *(key for key, *_more in cast.ALUMNI_ROOMS)):
            stage = Stage(room=key, group=partial(self.groups.__getitem__, key), cast=self.people)
            self.stages.append(stage)
            yield from stage.steps(script.told_by(self.now, *TOLD_IN.get(key, (key,))), now=self.now)

    def person(self, alias: str) -> Person:
        """Somebody by their name here; they get an account when they are first seen."""
        if alias not in self.people:
            made = people.create(alias=alias, zone=cast.ZONES.get(alias, self.world.evening.zone))
            self.people[alias] = people.change(
                person=made, wanted={"language": "es" if alias in cast.SPANISH else "en"}
            )
        return self.people[alias]

    def found(self) -> None:
        """The other programs, their alumni rooms, and the team."""
        for name, track, ages in cast.PROGRAMS:
            self.programs[track] = programs.open_program(name=name, track=track, age_band=ages)
        programs.appoint(person=self.person(cast.ADMINISTRATOR), program=None, role=StaffRole.ADMINISTRATOR)
        for alias in cast.TEAM:
            membership.seat(person=self.person(alias), group=self.world.staff)
        for key, name, track in cast.ALUMNI_ROOMS:
            self.groups[key] = passages.open_alumni_room(program=self.programs[track], name=name)
        for alias, key in cast.LEADS:
            self.lead(alias, self.cohorts[key])
        self.share_the_work()

    def open(self, room: Room) -> None:
        program = self.programs[room.program]
        wanted = {
            "name": room.name,
            "admission": room.admission.value,
            "starts": clock.today(program.zone),
            "ends": room.ends.on(self.now).date() if room.ends else None,
            "capacity": 12,
            "where": room.where,
            "language": room.language,
        }
        slots = [SlotPlan(weekday, time(hour), minutes) for weekday, hour, minutes in room.times]
        cohort = self.cohorts[room.key] = programs.open_cohort(program=program, wanted=wanted, slots=slots)
        self.groups[room.key] = Group.objects.get(cohort=cohort)
        self.lead(room.lead, cohort)

    def share_the_work(self) -> None:
        """Who kept all rooms of the Evening program keeps Tuesday's, now that the others get somebody of their own."""
        cohort = self.cohorts["tuesday"]
        for held in Appointment.objects.in_rooms().filter(program=cohort.program, cohort=None):
            programs.appoint(person=held.person, program=cohort.program, cohort=cohort, role=held.role)
            programs.dismiss(appointment=held)

    def lead(self, alias: str, cohort: Cohort) -> None:
        person = self.person(alias)
        programs.appoint(person=person, program=cohort.program, cohort=cohort, role=StaffRole.FACILITATOR)

    def keep_two_apart(self) -> None:
        """Two of the Evening program who must not meet, each in a group of their own."""
        one, other, by = map(self.person, cast.KEPT_APART)
        apart.keep_apart(one=one, other=other, reason=cast.KEPT_APART_WHY, by=by)

    def host(self, alias: str, key: str) -> None:
        membership.seat(person=self.person(alias), group=self.groups[key], role=Role.CO_HOST)


@dataclass(slots=True)
class Episode:
    """One person's way through one cohort, as far as it has come."""

    house: House
    stay: Stay
    enrollment: Enrollment = field(init=False)

    def steps(self) -> Iterator[Step]:
        stay = self.stay
        planned: list[tuple[script.Moment | None, Callable[[], object]]] = [
            (stay.came, self.come),
            *((since, partial(self.move, phase)) for phase, since in stay.moved),
            (stay.away, self.go_away),
            (stay.finished, self.finish),
            (stay.says_yes, self.say_yes),
            (stay.shares, self.share),
            (stay.left, self.leave),
        ]
        for moment, step in planned:
            if moment is not None:
                yield self.when(moment), step
        for moment, stays in ((stay.finished, WRITES_ON), (stay.left, READS_ON)):
            if moment is not None and (due := self.when(moment) + stays + TIDIED) <= self.house.now:
                yield due, self.be_over

    def when(self, moment: script.Moment) -> datetime:
        return moment.on(self.house.now)

    @property
    def person(self) -> Person:
        return self.house.person(self.stay.who)

    def come(self) -> None:
        cohort = self.house.cohorts[self.stay.room]
        self.enrollment = programs.enroll(person=self.person, cohort=cohort, phase=self.stay.first)
        if name := cast.CARD_NAMES.get(self.stay.who):
            programs.keep_card_name(enrollment=self.enrollment, name=name)

    def move(self, phase: str) -> None:
        programs.move_phase(enrollment=self.enrollment, phase=phase)

    def go_away(self) -> None:
        programs.away(enrollment=self.enrollment)

    def finish(self) -> None:
        programs.graduate(enrollment=self.enrollment)

    def say_yes(self) -> None:
        offer = AlumniOffer.objects.of(self.person.pk).get(enrollment=self.enrollment)
        passages.accept_offer(person=self.person, offer=offer)

    def share(self) -> None:
        """Marked that they finished, in every room they write in."""
        one = Celebration.objects.get(episode=self.enrollment)
        rooms = [room.pk for room in rooms_to_share(self.person)]
        celebrations.answer(person=self.person, celebration=one, groups=rooms, words=self.stay.words)
        celebrations.look_at_finished(celebration_id=one.pk)

    def leave(self) -> None:
        """Left before the end; the room is told if they chose that."""
        if self.stay.tells:
            programs.choose_farewell(enrollment=self.enrollment, farewell=Farewell.LINE, by=self.person)
        programs.withdraw(enrollment=self.enrollment)

    def be_over(self) -> None:
        passages.finish(leaving=Leaving.objects.get(enrollment=self.enrollment))
