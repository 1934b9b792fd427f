from django.urls import path

from community.schedule import api, views

PROGRAM = "desk/programs/<uuid:program_id>/"
SHIFT = "desk/shifts/<uuid:shift_id>/"
API_PROGRAM = "api/v1/programs/<uuid:program_id>"
API_SHIFT = "api/v1/shifts/<uuid:shift_id>"

urlpatterns = [
    path(f"{PROGRAM}roster/", views.roster, name="desk_roster"),
    path(f"{PROGRAM}roster/new/", views.plan, name="desk_shift_plan"),
    path(f"{PROGRAM}hours/", views.coverage, name="desk_coverage"),
    path(SHIFT, views.shift, name="desk_shift"),
    path(f"{SHIFT}<slug:step>/", views.step, name="desk_shift_step"),
    path(f"{API_PROGRAM}/shifts", api.ShiftsView.as_view(), name="api_shifts"),
    path(f"{API_PROGRAM}/coverage", api.CoverageView.as_view(), name="api_coverage"),
    path(API_SHIFT, api.ShiftView.as_view(), name="api_shift"),
    path(f"{API_SHIFT}/<slug:step>", api.ShiftStepView.as_view(), name="api_shift_step"),
]
