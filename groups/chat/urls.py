from django.urls import path

from groups.chat import views

ONE = "<uuid:group_id>/messages/<uuid:message_id>/"

urlpatterns = [
    path("<uuid:group_id>/", views.room, name="room"),
    path("<uuid:group_id>/post/", views.post, name="room_post"),
    path("<uuid:group_id>/read/", views.read, name="room_read"),
    path(ONE, views.message, name="message"),
    path(f"{ONE}edit/", views.edit, name="message_edit"),
    path(f"{ONE}remove/", views.remove, name="message_remove"),
    path(f"{ONE}release/", views.release, name="message_release"),
    path(f"{ONE}react/", views.react, name="message_react"),
]
