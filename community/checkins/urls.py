from django.urls import path

from community.checkins import api
from community.checkins.views import mine, shared

DAY = "check-ins/<str:day>/"
API_DAY = "api/v1/checkins/<str:day>"

urlpatterns = [
    path("check-ins/", mine.check_ins, name="check_ins"),
    path("check-ins/reminder/", mine.reminder, name="check_in_reminder"),
    path(DAY, mine.check_in, name="check_in"),
    path(f"{DAY}erase/", mine.erase, name="check_in_erase"),
    path(f"{DAY}share/<uuid:enrollment_id>/", shared.share, name="check_in_share"),
    path("desk/people/<uuid:enrollment_id>/check-ins/", shared.shared, name="desk_check_ins"),
    path("api/v1/checkins", api.CheckInsView.as_view(), name="api_check_ins"),
    path("api/v1/checkins/reminder", api.ReminderView.as_view(), name="api_check_in_reminder"),
    path(API_DAY, api.CheckInView.as_view(), name="api_check_in"),
    path(f"{API_DAY}/shares/<uuid:enrollment_id>", api.ShareView.as_view(), name="api_check_in_share"),
    path(
        "api/v1/enrollments/<uuid:enrollment_id>/checkins",
        api.SharedCheckInsView.as_view(),
        name="api_enrollment_check_ins",
    ),
]
