from django.urls import path

from community.safetyplan import api, views

API = "api/v1/safety-plan"
READER = "shares/<uuid:tie_id>/<uuid:reader_id>"

urlpatterns = [
    path("safety-plan/", views.plan, name="safety_plan"),
    path("safety-plan/print/", views.printed, name="safety_plan_print"),
    path("safety-plan/look/", views.look, name="safety_plan_look"),
    path("safety-plan/craving/", views.craving, name="safety_plan_craving"),
    path("safety-plan/forget/", views.forget, name="safety_plan_forget"),
    path(f"safety-plan/{READER}/", views.share, name="safety_plan_share"),
    path("safety-plan/steps/<slug:part>/", views.step, name="safety_plan_step"),
    path("safety-plans/<uuid:tie_id>/", views.shared, name="safety_plan_shared"),
    path(API, api.PlanView.as_view(), name="api_safety_plan"),
    path(f"{API}/look", api.LookView.as_view(), name="api_safety_plan_look"),
    path(f"{API}/craving", api.CravingView.as_view(), name="api_safety_plan_craving"),
    path(f"{API}/earlier", api.EarlierView.as_view(), name="api_safety_plan_earlier"),
    path(f"{API}/parts/<slug:part>", api.PartView.as_view(), name="api_safety_plan_part"),
    path(f"{API}/{READER}", api.ShareView.as_view(), name="api_safety_plan_share"),
    path("api/v1/safety-plans/<uuid:tie_id>", api.ShownPlanView.as_view(), name="api_safety_plan_shown"),
]
