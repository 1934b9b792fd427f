from django.urls import path

from community.programs.api import cohorts, enrollments, programs

PROGRAM = "api/v1/programs/<uuid:program_id>"
COHORT = "api/v1/cohorts/<uuid:cohort_id>"
ENROLLMENT = "api/v1/enrollments/<uuid:enrollment_id>"

urlpatterns = [
    path("api/v1/programs", programs.ProgramsView.as_view(), name="api_programs"),
    path(PROGRAM, programs.ProgramView.as_view(), name="api_program"),
    path(f"{PROGRAM}/cohorts", cohorts.ProgramCohortsView.as_view(), name="api_program_cohorts"),
    path(f"{PROGRAM}/appointments", programs.AppointmentsView.as_view(), name="api_appointments"),
    path("api/v1/appointments/<uuid:appointment_id>", programs.AppointmentView.as_view(), name="api_appointment"),
    path("api/v1/cohorts", cohorts.CohortsView.as_view(), name="api_cohorts"),
    path(COHORT, cohorts.CohortView.as_view(), name="api_cohort"),
    path(f"{COHORT}/slots", cohorts.SlotsView.as_view(), name="api_slots"),
    path(f"{COHORT}/enrollments", cohorts.CohortEnrollmentsView.as_view(), name="api_cohort_enrollments"),
    path("api/v1/enrollments", enrollments.EnrollmentsView.as_view(), name="api_enrollments"),
    path(f"{ENROLLMENT}/farewell", enrollments.FarewellView.as_view(), name="api_farewell"),
    path(f"{ENROLLMENT}/ask-back", enrollments.ComeBackView.as_view(), name="api_ask_back"),
    path(f"{ENROLLMENT}/phase", enrollments.PhaseView.as_view(), name="api_phase"),
    path(f"{ENROLLMENT}/graduate", enrollments.GraduateView.as_view(), name="api_graduate"),
    path(f"{ENROLLMENT}/end", enrollments.EndView.as_view(), name="api_end"),
    path(f"{ENROLLMENT}/away", enrollments.AwayView.as_view(), name="api_away"),
]
