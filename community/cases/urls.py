from django.urls import path

from community.cases import api, views

CASE = "desk/queue/<uuid:case_id>/"
API = "api/v1/cases/<uuid:case_id>"

urlpatterns = [
    path("desk/queue/", views.queue, name="desk_queue"),
    path("desk/queue/closed/", views.closed, name="desk_queue_closed"),
    path(CASE, views.case, name="desk_case"),
    path(f"{CASE}stay/", views.stay, name="desk_case_stay"),
    path(f"{CASE}<slug:step>/", views.step, name="desk_case_step"),
    path("api/v1/cases", api.CasesView.as_view(), name="api_cases"),
    path(API, api.CaseView.as_view(), name="api_case"),
    path(f"{API}/stay", api.StayView.as_view(), name="api_case_stay"),
    path(f"{API}/<slug:step>", api.StepView.as_view(), name="api_case_step"),
]
