"""The shapes of programs, cohorts, episodes and appointments."""

from datetime import UTC, datetime
from typing import Any, override

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation import clock, inputs
from community.foundation.api import Choice, Day, Flag, Id, StrictSerializer, Whole, Words
from community.programs.models import (
    Admission,
    AgeBand,
    Appointment,
    Cohort,
    Enrollment,
    Farewell,
    Outcome,
    PhaseKind,
    Program,
    StaffRole,
    Track,
)
from community.programs.plans import CAPACITY_MOST, NAME_MOST, SLOT_LEAST, SLOT_MOST, WHERE_MOST


def shape_program(program: Program) -> dict[str, Any]:
    profile = program.profile
    return {
        "id": str(program.pk),
        "name": program.name,
        "track": program.track,
        "age_band": program.age_band or None,
        "zone": program.zone,
        "language": program.language,
        "profile": {
            "walled": profile.walled,
            "history_days": profile.history_days,
            "weekly_hours": list(profile.weekly_hours),
        },
    }


def shape_cohort(cohort: Cohort) -> dict[str, Any]:
    """Needs ``open_to()`` and ``to_show()``. Who leads it sees how full it is as well."""
    meets = cohort.next_session(clock.now())
    shaped = {
        "id": str(cohort.pk),
        "program": str(cohort.program_id),
        "name": cohort.name,
        "admission": cohort.admission,
        "starts": cohort.starts.isoformat(),
        "ends": cohort.ends.isoformat() if cohort.ends else None,
        "zone": cohort.zone,
        "where": cohort.where,
        "language": cohort.spoken,
        "slots": [
            {"weekday": slot.weekday, "starts": f"{slot.starts:%H:%M}", "minutes": slot.minutes}
            for slot in cohort.slots.all()
        ],
        "next": {"begins": _in_utc(meets.begins), "ends": _in_utc(meets.ends)} if meets else None,
    }
    if not getattr(cohort, "led", False):
        return shaped
    return {
        **shaped,
        "capacity": cohort.capacity,
        "people": getattr(cohort, "people", 0),
        "weekly_minutes": cohort.weekly_minutes,
        "advice": cohort.hours_advice,
    }


def _in_utc(at: datetime) -> str | None:
    return clock.moment(at.astimezone(UTC))


def shape_enrollment(enrollment: Enrollment, *, for_staff: bool) -> dict[str, Any]:
    """Needs ``to_show()`` and its phases. How it ended is for staff; what the room is told is the person's own."""
    shaped = {
        "id": str(enrollment.pk),
        "program": str(enrollment.program_id),
        "cohort": str(enrollment.cohort_id),
        "began": enrollment.began.isoformat(),
        "ended": enrollment.ended.isoformat() if enrollment.ended else None,
        "phases": [{"kind": phase.kind, "began": phase.began.isoformat()} for phase in enrollment.phases.all()],
        "away_since": clock.moment(enrollment.away_since),
        "asked_back": clock.moment(enrollment.asked_back),
    }
    if for_staff:
        person = {"id": str(enrollment.person_id), "alias": enrollment.person.alias}
        return {**shaped, "person": person, "outcome": enrollment.outcome or None}
    return {**shaped, "farewell": enrollment.farewell or None}


def shape_appointment(appointment: Appointment) -> dict[str, Any]:
    """Needs its person."""
    return {
        "id": str(appointment.pk),
        "person": {"id": str(appointment.person_id), "alias": appointment.person.alias},
        "program": str(appointment.program_id) if appointment.program_id else None,
        "cohort": str(appointment.cohort_id) if appointment.cohort_id else None,
        "role": appointment.role,
        "began": clock.moment(appointment.began),
        "ends": clock.moment(appointment.ends),
    }


class ProfileSerializer(serializers.Serializer[Any]):
    walled = serializers.BooleanField(help_text="Nobody is in it and in a program outside its wall at one time.")
    history_days = serializers.IntegerField()
    weekly_hours = serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)


class ProgramSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    track = serializers.ChoiceField(choices=Track.choices)
    age_band = serializers.ChoiceField(choices=AgeBand.choices, allow_null=True)
    zone = serializers.CharField()
    language = serializers.CharField()
    profile = ProfileSerializer()


class SlotSerializer(serializers.Serializer[Any]):
    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="Monday is 0.")
    starts = serializers.RegexField(r"^[0-9]{2}:[0-9]{2}$", help_text="On the clock of the cohort's zone.")
    minutes = serializers.IntegerField(min_value=SLOT_LEAST, max_value=SLOT_MOST)


class ClinicSessionSerializer(serializers.Serializer[Any]):
    begins = serializers.DateTimeField()
    ends = serializers.DateTimeField()


class CohortSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    program = serializers.UUIDField()
    name = serializers.CharField()
    admission = serializers.ChoiceField(choices=Admission.choices)
    starts = serializers.DateField()
    ends = serializers.DateField(allow_null=True)
    zone = serializers.CharField()
    where = serializers.CharField()
    language = serializers.CharField(help_text="What its room is told in.")
    slots = SlotSerializer(many=True)
    next = ClinicSessionSerializer(allow_null=True)
    capacity = serializers.IntegerField(required=False, help_text="For staff, as the three below.")
    people = serializers.IntegerField(required=False)
    weekly_minutes = serializers.IntegerField(required=False)
    advice = serializers.ChoiceField(choices=["few", "many"], required=False, allow_null=True)


class PhaseSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=PhaseKind.choices)
    began = serializers.DateField()


class WhoSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Person id.")
    alias = serializers.CharField()


class EnrollmentSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    program = serializers.UUIDField()
    cohort = serializers.UUIDField()
    began = serializers.DateField()
    ended = serializers.DateField(allow_null=True)
    phases = PhaseSerializer(many=True)
    away_since = serializers.DateTimeField(allow_null=True)
    asked_back = serializers.DateTimeField(allow_null=True)
    person = WhoSerializer(required=False, help_text="For staff, as is the outcome.")
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False, allow_null=True)
    farewell = serializers.ChoiceField(
        choices=Farewell.choices, required=False, allow_null=True, help_text="For the person alone."
    )


class AppointmentSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    person = WhoSerializer()
    program = serializers.UUIDField(allow_null=True)
    cohort = serializers.UUIDField(allow_null=True)
    role = serializers.ChoiceField(choices=StaffRole.choices)
    began = serializers.DateTimeField()
    ends = serializers.DateTimeField(allow_null=True)


class ProgramPageSerializer(serializers.Serializer[Any]):
    results = ProgramSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class CohortPageSerializer(serializers.Serializer[Any]):
    results = CohortSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class EnrollmentPageSerializer(serializers.Serializer[Any]):
    results = EnrollmentSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class AppointmentPageSerializer(serializers.Serializer[Any]):
    results = AppointmentSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


@extend_schema_field(SlotSerializer(many=True))
class Slots(serializers.Field[Any, Any, Any, Any]):
    """The times of a week; each is judged, and named by its place, where the week is."""

    @override
    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
            inputs.refuse(f"/{self.field_name}", "type", _("This must be a list of times."))
        return data


class NewProgramSerializer(StrictSerializer):
    name = Words(max_length=NAME_MOST)
    track = Choice(choices=Track.choices)
    age_band = Choice(choices=AgeBand.choices, required=False)
    zone = Words(required=False, max_length=64)
    language = Words(required=False, max_length=5)


class ProgramChangeSerializer(StrictSerializer):
    name = Words(required=False, max_length=NAME_MOST)
    zone = Words(required=False, max_length=64)
    language = Words(required=False, max_length=5)


class CohortChangeSerializer(StrictSerializer):
    name = Words(required=False, max_length=NAME_MOST)
    admission = Choice(choices=Admission.choices, required=False)
    starts = Day(required=False)
    ends = Day(required=False, allow_null=True)
    capacity = Whole(required=False, min_value=1, max_value=CAPACITY_MOST)
    zone = Words(required=False, max_length=64)
    where = Words(required=False, max_length=WHERE_MOST, allow_blank=True)
    language = Words(required=False, max_length=5, allow_blank=True, help_text="Empty: the program's.")


class NewCohortSerializer(CohortChangeSerializer):
    name = Words(max_length=NAME_MOST)
    admission = Choice(choices=Admission.choices)
    starts = Day()
    capacity = Whole(min_value=1, max_value=CAPACITY_MOST)
    slots = Slots(required=False)


class WeekSerializer(StrictSerializer):
    slots = Slots()


class NewEnrollmentSerializer(StrictSerializer):
    person = Id()
    began = Day(required=False)
    phase = Choice(choices=PhaseKind.choices, required=False)


class PhaseMoveSerializer(StrictSerializer):
    phase = Choice(choices=PhaseKind.choices)
    since = Day(required=False)


class EndSerializer(StrictSerializer):
    outcome = Choice(choices=Outcome.choices)
    at_once = Flag(required=False, help_text="Safety needs the room closed to them now.")


class TalkSerializer(serializers.Serializer[Any]):
    told = serializers.ListField(child=serializers.CharField(), help_text="Their names.")


class FarewellSerializer(StrictSerializer):
    farewell = Choice(choices=Farewell.choices)


class NewAppointmentSerializer(StrictSerializer):
    person = Id()
    role = Choice(choices=StaffRole.choices)
    cohort = Id(required=False)
    ends = Day(required=False, help_text="The last day, in the program's zone.")
