"""Which programs, cohorts and episodes are whose: said once for page, API, socket and rule alike."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Lower

from community.foundation.errors import Missing

if TYPE_CHECKING:
    from community.programs.models import Appointment, Cohort, Enrollment, Program

RUNS = ("coordinator", "administrator")
LEADS = ("facilitator",)
KEEPS = (*LEADS, "moderator")
CARES = (*LEADS, "coordinator")
REVIEWS = ("reviewer",)  # looks at what others decided, and is no staff by any other door


def held_by(person: UUID, now: datetime) -> "AppointmentQuerySet":
    """The appointments this person holds at ``now``, to be asked about from below the models."""
    appointments: AppointmentQuerySet = apps.get_model("programs", "Appointment").objects.all()
    return appointments.of(person).live(now)


def reviewed_by(person: UUID, now: datetime) -> "AppointmentQuerySet":
    """What this person reviews the decisions of at ``now``."""
    appointments: AppointmentQuerySet = apps.get_model("programs", "Appointment").objects.all()
    return appointments.of(person).reviewing(now)


class ProgramQuerySet(models.QuerySet["Program"]):
    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Programs this person works for today, in whatever role; an administrator of the organization, for all."""
        held = held_by(person, now)
        return self.filter(Exists(held.filter(Q(program=OuterRef("pk")) | Q(program=None))))

    def open_to(self, person: UUID, now: datetime) -> Self:
        """Programs this person works for or is in today."""
        held = held_by(person, now)
        episodes = apps.get_model("programs", "Enrollment").objects.open().of(person)
        works = held.filter(Q(program=OuterRef("pk")) | Q(program=None))
        return self.filter(Exists(works) | Exists(episodes.filter(program=OuterRef("pk"))))

    def run_by(self, person: UUID, now: datetime) -> Self:
        """Programs this person may change today."""
        held = held_by(person, now).running()
        return self.filter(Exists(held.filter(Q(program=OuterRef("pk")) | Q(program=None))))


def _leads(person: UUID, now: datetime) -> Q:
    """Whether this person leads the cohort asked about, or runs its program."""
    held = held_by(person, now)
    led = held.leading().filter(Q(cohort=OuterRef("pk")) | Q(cohort=None, program=OuterRef("program")))
    run = held.running().filter(Q(program=OuterRef("program")) | Q(program=None))
    return Exists(led) | Exists(run)


class CohortQuerySet(models.QuerySet["Cohort"]):
    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Cohorts this person leads or runs today."""
        return self.filter(_leads(person, now))

    def open_to(self, person: UUID, now: datetime) -> Self:
        """Cohorts this person leads or is enrolled in today, each with ``led`` and ``people`` (enrolled today)."""
        episodes = apps.get_model("programs", "Enrollment").objects.open().of(person)
        enrolled = Exists(episodes.filter(cohort=OuterRef("pk")))
        return self.annotate(led=_leads(person, now)).filter(Q(led=True) | enrolled).with_people()

    def of_member(self, person: UUID) -> Self:
        """Cohorts this person is enrolled in today."""
        return self.filter(enrollments__person=person, enrollments__ended=None)

    def met_by(self, person: UUID, now: datetime) -> Self:
        """Cohorts this person meets with: enrolled in, or leading, today."""
        led = held_by(person, now).leading()
        theirs = led.filter(Q(cohort=OuterRef("pk")) | Q(cohort=None, program=OuterRef("program")))
        enrolled = apps.get_model("programs", "Enrollment").objects.filter(
            person=person, ended=None, cohort=OuterRef("pk")
        )
        return self.filter(Exists(enrolled) | Exists(theirs))

    def not_over(self, day: date) -> Self:
        """Those whose last day is not before ``day``, or that go on."""
        return self.filter(Q(ends=None) | Q(ends__gte=day))

    def newest_first(self) -> Self:
        return self.order_by("-starts", "pk")

    def with_people(self) -> Self:
        """Each with ``people``: how many are enrolled today."""
        enrolled = Q(enrollments__ended=None)
        return self.annotate(people=models.Count("enrollments", filter=enrolled, distinct=True))

    def to_show(self) -> Self:
        """With program and weekly times."""
        return self.select_related("program").prefetch_related("slots")

    def locked_one(self, cohort_id: UUID) -> "Cohort":
        """Its row, held against everybody else who enrolls or changes it. Raises Missing."""
        found = self.select_for_update(no_key=True).filter(pk=cohort_id).first()
        if found is None:
            raise Missing
        return found


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def open(self) -> Self:
        """Episodes that go on."""
        return self.filter(ended=None)

    def begun(self, day: date) -> Self:
        """Episodes whose first day has come on ``day``, open or ended."""
        return self.filter(began__lte=day)

    def away(self) -> Self:
        """Open episodes of people who are away for a while."""
        return self.open().exclude(away_since=None).filter(person__closed=None)

    def wholly_away(self) -> Self:
        """Open episodes of people who are away from everything they are in; one they still come to is enough for no."""
        there = apps.get_model("programs", "Enrollment").objects.filter(person=OuterRef("person"), ended=None)
        return self.away().filter(~Exists(there.filter(away_since=None)))

    def ended(self) -> Self:
        """Episodes that are over."""
        return self.exclude(ended=None)

    def ended_since(self, day: date) -> Self:
        """Episodes that ended on this day or later."""
        return self.filter(ended__gte=day)

    def asking_back(self) -> Self:
        """Ended episodes whose people ask to come back, who waits longest first."""
        return self.exclude(asked_back=None).filter(person__closed=None).order_by("asked_back", "pk")

    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Episodes, open or ended, in cohorts this person leads or runs today."""
        cohorts: CohortQuerySet = apps.get_model("programs", "Cohort").objects.all()
        return self.filter(cohort__in=cohorts.of_staff(person, now).values("pk"))

    def cared_for_by(self, person: UUID, now: datetime) -> Self:
        """Open episodes of the people this person cares for: leads their cohort, or coordinates their program."""
        held = held_by(person, now).caring()
        theirs = Q(cohort=OuterRef("cohort")) | Q(cohort=None, program=OuterRef("program"))
        return self.open().filter(Exists(held.filter(theirs)))

    def led_by(self, person: UUID, now: datetime) -> Self:
        """Open episodes of other people in cohorts this person leads as a facilitator; coordinators lead none."""
        held = held_by(person, now).leading()
        theirs = Q(cohort=OuterRef("cohort")) | Q(cohort=None, program=OuterRef("program"))
        return self.open().exclude(person_id=person).filter(Exists(held.filter(theirs)))

    def last_with_card(self) -> "Enrollment | None":
        """The latest that began with a card somebody was named on."""
        return self.exclude(card_name_sealed="").order_by("began", "pk").last()

    def with_phase(self) -> Self:
        """Each with ``phase``: the step of care it is in, or ended in."""
        phases = apps.get_model("programs", "Phase").objects.filter(enrollment=OuterRef("pk")).order_by("-began")
        return self.annotate(phase=Subquery(phases.values("kind")[:1]))

    def stepping_down(self, day: date) -> Self:
        """Open episodes whose cohort meets for the last time on ``day`` or before, or that taper off."""
        return self.open().with_phase().filter(person__closed=None).filter(Q(cohort__ends__lte=day) | Q(phase="taper"))

    def by_name(self) -> Self:
        """By the names people chose; the order of a roster."""
        return self.order_by(Lower("person__alias"), "pk")

    def latest_end_first(self) -> Self:
        return self.order_by("-ended", Lower("person__alias"), "pk")

    def with_week(self) -> Self:
        """With the weekly times of each cohort."""
        return self.prefetch_related("cohort__slots")

    def to_show(self) -> Self:
        """With person, program, cohort and phases."""
        return self.select_related("person", "program", "cohort").prefetch_related("phases")

    def locked_one(self, enrollment_id: UUID) -> "Enrollment":
        """Its row, held against every other change, with its cohort. Raises Missing."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("cohort", "program", "person")
        found = rows.filter(pk=enrollment_id).first()
        if found is None:
            raise Missing
        return found


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def live(self, now: datetime) -> Self:
        """Of staff, begun and not over. Whoever only reviews decisions is not among them."""
        return self.standing(now).exclude(role__in=REVIEWS)

    def standing(self, now: datetime) -> Self:
        """Begun, and not over, reviewers included."""
        return self.filter(Q(ends=None) | Q(ends__gt=now), began__lte=now, closed=False)

    def reviewing(self, now: datetime) -> Self:
        """Of outside reviewers."""
        return self.standing(now).filter(role__in=REVIEWS)

    def due(self, now: datetime) -> Self:
        """Over by their own date, though the rooms do not know yet."""
        return self.filter(ends__lte=now, closed=False)

    def of(self, person: UUID) -> Self:
        return self.filter(person_id=person)

    def running(self) -> Self:
        """Those that may change a program."""
        return self.filter(role__in=RUNS)

    def leading(self) -> Self:
        """Those that lead a cohort's groups."""
        return self.filter(role__in=LEADS)

    def caring(self) -> Self:
        """Those with a treatment relation to the people in a program or cohort."""
        return self.filter(role__in=CARES)

    def in_rooms(self) -> Self:
        """Those that keep rooms."""
        return self.filter(role__in=KEEPS)

    def to_show(self) -> Self:
        """With person, program and cohort."""
        return self.select_related("person", "program", "cohort")

    def for_cohort(self, cohort: "Cohort") -> Self:
        """To this cohort, or to all of its program's."""
        return self.filter(Q(cohort=cohort) | Q(cohort=None, program=cohort.program_id))

    def for_program(self, program_id: UUID | None) -> Self:
        """To a program, or to all of the organization's."""
        return self.filter(Q(program=program_id) | Q(program=None))

    def run_by(self, person: UUID, now: datetime) -> Self:
        """Those in programs this person runs today, and for who runs the organization all."""
        held = held_by(person, now).running()
        return self.filter(Exists(held.filter(Q(program=OuterRef("program")) | Q(program=None))))
