from django.urls import path

from community.milestones import api, views

FOCUS = "my-path/<uuid:focus_id>/"
API = "api/v1/milestones/<uuid:focus_id>"

urlpatterns = [
    path("my-path/", views.my_path, name="my_path"),
    path("my-path/new/", views.begin, name="my_path_begin"),
    path(f"{FOCUS}first-day/", views.correct, name="my_path_correct"),
    path(f"{FOCUS}change/", views.change, name="my_path_change"),
    path(f"{FOCUS}new-count/", views.new_count, name="my_path_new_count"),
    path(f"{FOCUS}undo/", views.undo, name="my_path_undo"),
    path(f"{FOCUS}forget/", views.forget, name="my_path_forget"),
    path("api/v1/milestones", api.CountsView.as_view(), name="api_milestones"),
    path(API, api.CountView.as_view(), name="api_milestone"),
    path(f"{API}/first-day", api.FirstDayView.as_view(), name="api_milestone_first_day"),
    path(f"{API}/new-count", api.NewCountView.as_view(), name="api_milestone_new_count"),
]
