from django.urls import path

from community.safety import api, views

CARE = "care/<uuid:sign_id>/"
API = "api/v1/care"

urlpatterns = [
    path(CARE, views.care, name="care"),
    path(f"{CARE}safe/", views.safe, name="care_safe"),
    path(f"{CARE}away/", views.away, name="care_away"),
    path(API, api.CaresView.as_view(), name="api_cares"),
    path(f"{API}/<uuid:sign_id>", api.CareView.as_view(), name="api_care"),
    path(f"{API}/<uuid:sign_id>/safe", api.SafeView.as_view(), name="api_care_safe"),
    path(f"{API}/<uuid:sign_id>/away", api.AwayView.as_view(), name="api_care_away"),
]
