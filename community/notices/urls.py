from django.urls import path

from community.notices import api, views

urlpatterns = [
    path("notices/", views.updates, name="updates"),
    path("notices/seen/", views.see_all, name="updates_seen"),
    path("notices/<uuid:notice_id>/open/", views.open_one, name="update_open"),
    path("api/v1/notices", api.NoticesView.as_view(), name="api_notices"),
    path("api/v1/notices/seen", api.NoticesSeenView.as_view(), name="api_notices_seen"),
    path("api/v1/notices/<uuid:notice_id>", api.NoticeView.as_view(), name="api_notice"),
    path("api/v1/notices/<uuid:notice_id>/seen", api.NoticeSeenView.as_view(), name="api_notice_seen"),
]
