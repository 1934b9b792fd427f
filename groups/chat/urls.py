from django.urls import path

from groups.chat.views import message, room

ONE = "<uuid:group_id>/messages/<uuid:message_id>/"

urlpatterns = [
    path("<uuid:group_id>/", room.room, name="room"),
    path("<uuid:group_id>/post/", room.post, name="room_post"),
    path("<uuid:group_id>/read/", room.read, name="room_read"),
    path("<uuid:group_id>/sit/<uuid:sign_id>/", room.sit, name="room_sit"),
    path(ONE, message.message, name="message"),
    path(f"{ONE}edit/", message.edit, name="message_edit"),
    path(f"{ONE}remove/", message.remove, name="message_remove"),
    path(f"{ONE}release/", message.release, name="message_release"),
    path(f"{ONE}pin/", message.pin, name="message_pin"),
    path(f"{ONE}unpin/", message.unpin, name="message_unpin"),
    path(f"{ONE}react/", message.react, name="message_react"),
]
