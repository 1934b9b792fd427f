from django.urls import path

from groups.celebrations import api, views

ONE = "celebrations/<uuid:celebration_id>/"
IN_A_ROOM = "groups/<uuid:group_id>/celebrations/<uuid:message_id>/"
API = "api/v1/celebrations"

urlpatterns = [
    path("my-path/<uuid:focus_id>/sharing/", views.sharing, name="my_path_sharing"),
    path("my-path/", views.milestones, name="my_path"),
    path("celebrations/", views.week, name="celebrations"),
    path(
        "groups/<uuid:group_id>/celebrations/<uuid:message_id>/with-you/", views.with_you, name="celebration_with_you"
    ),
    path(ONE, views.celebration, name="celebration"),
    path(f"{ONE}not-this-time/", views.not_this_time, name="celebration_not_now"),
    path(f"{ONE}take-back/", views.take_back, name="celebration_take_back"),
    path("desk/celebrations/", views.scan, name="desk_celebrations"),
    path(API, api.CelebrationsView.as_view(), name="api_celebrations"),
    path(f"{API}/<uuid:celebration_id>", api.CelebrationView.as_view(), name="api_celebration"),
    path(f"{API}/<uuid:celebration_id>/answer", api.AnswerView.as_view(), name="api_celebration_answer"),
    path("api/v1/milestones/<uuid:focus_id>/sharing", api.SharingView.as_view(), name="api_milestone_sharing"),
]
