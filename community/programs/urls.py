"""The desk of a program, what each person is part of, and both for scripts."""

from django.urls import path

from community.programs.api import cohorts as cohorts_api
from community.programs.api import enrollments as enrollments_api
from community.programs.api import programs as programs_api
from community.programs.api import talk as talk_api
from community.programs.views import cohorts, desk, episodes, my_time, programs, staff, talk

PROGRAM = "desk/programs/<uuid:program_id>/"
COHORT = "desk/groups/<uuid:cohort_id>/"
PERSON = "desk/people/<uuid:enrollment_id>/"
MINE = "my-time/<uuid:enrollment_id>/"

API_PROGRAM = "api/v1/programs/<uuid:program_id>"
API_COHORT = "api/v1/cohorts/<uuid:cohort_id>"
API_ENROLLMENT = "api/v1/enrollments/<uuid:enrollment_id>"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/asking/", desk.asking, name="desk_asking"),
    path("desk/away/", desk.away, name="desk_away_list"),
    path("desk/programs/new/", programs.open_program, name="desk_program_open"),
    path(PROGRAM, programs.program, name="desk_program"),
    path(f"{PROGRAM}change/", programs.change_program, name="desk_program_change"),
    path(f"{PROGRAM}groups/new/", cohorts.open_cohort, name="desk_cohort_open"),
    path(f"{PROGRAM}staff/", staff.candidates, name="desk_candidates"),
    path(f"{PROGRAM}staff/<uuid:person_id>/", staff.appoint, name="desk_appoint"),
    path("desk/staff/<uuid:appointment_id>/end/", staff.dismiss, name="desk_dismiss"),
    path(COHORT, cohorts.cohort, name="desk_cohort"),
    path(f"{COHORT}change/", cohorts.change_cohort, name="desk_cohort_change"),
    path(f"{COHORT}times/", cohorts.times, name="desk_times"),
    path(PERSON, episodes.episode, name="desk_person"),
    path(f"{PERSON}card-name/", episodes.card_name, name="desk_card_name"),
    path(f"{PERSON}phase/", episodes.phase, name="desk_phase"),
    path(f"{PERSON}finish/", episodes.graduate, name="desk_finish"),
    path(f"{PERSON}end/", episodes.end, name="desk_end"),
    path(f"{PERSON}away/", episodes.away, name="desk_away"),
    path(f"{PERSON}again/", episodes.again, name="desk_again"),
    path(f"{PERSON}not-now/", episodes.not_now, name="desk_not_now"),
    path("talk/", talk.talk, name="talk"),
    path("my-time/", my_time.my_time, name="my_time"),
    path(f"{MINE}away/", my_time.away, name="my_time_away"),
    path(f"{MINE}farewell/", my_time.farewell, name="my_time_farewell"),
    path(f"{MINE}ask-back/", my_time.ask_back, name="my_time_ask_back"),
    path("api/v1/programs", programs_api.ProgramsView.as_view(), name="api_programs"),
    path(API_PROGRAM, programs_api.ProgramView.as_view(), name="api_program"),
    path(f"{API_PROGRAM}/cohorts", cohorts_api.ProgramCohortsView.as_view(), name="api_program_cohorts"),
    path(f"{API_PROGRAM}/appointments", programs_api.AppointmentsView.as_view(), name="api_appointments"),
    path("api/v1/appointments/<uuid:appointment_id>", programs_api.AppointmentView.as_view(), name="api_appointment"),
    path("api/v1/cohorts", cohorts_api.CohortsView.as_view(), name="api_cohorts"),
    path(API_COHORT, cohorts_api.CohortView.as_view(), name="api_cohort"),
    path(f"{API_COHORT}/slots", cohorts_api.SlotsView.as_view(), name="api_slots"),
    path(f"{API_COHORT}/enrollments", cohorts_api.CohortEnrollmentsView.as_view(), name="api_cohort_enrollments"),
    path("api/v1/enrollments", enrollments_api.EnrollmentsView.as_view(), name="api_enrollments"),
    path("api/v1/talk", talk_api.TalkView.as_view(), name="api_talk"),
    path(f"{API_ENROLLMENT}/farewell", enrollments_api.FarewellView.as_view(), name="api_farewell"),
    path(f"{API_ENROLLMENT}/ask-back", enrollments_api.ComeBackView.as_view(), name="api_ask_back"),
    path(f"{API_ENROLLMENT}/phase", enrollments_api.PhaseView.as_view(), name="api_phase"),
    path(f"{API_ENROLLMENT}/graduate", enrollments_api.GraduateView.as_view(), name="api_graduate"),
    path(f"{API_ENROLLMENT}/end", enrollments_api.EndView.as_view(), name="api_end"),
    path(f"{API_ENROLLMENT}/away", enrollments_api.AwayView.as_view(), name="api_away"),
    path(f"{API_ENROLLMENT}/away/mine", enrollments_api.OwnAwayView.as_view(), name="api_away_mine"),
]
