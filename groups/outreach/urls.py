from django.urls import path

from groups.outreach import views

urlpatterns = [
    path("", views.first_day, name="first_day"),
    path("<uuid:first_day_id>/hello/", views.hello, name="first_day_hello"),
    path("<uuid:first_day_id>/look-around/", views.look_around, name="first_day_look"),
]
