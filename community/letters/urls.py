from django.urls import path

from community.letters import api, views

urlpatterns = [
    path("settings/updates/", views.reach, name="settings_updates"),
    path("api/v1/me/reach", api.ReachView.as_view(), name="api_reach"),
]
