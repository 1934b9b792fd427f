from django.urls import path

from community.tablets import views

urlpatterns = [
    path("", views.tablet, name="tablet"),
    path("done/", views.done, name="tablet_done"),
    path("awake/", views.awake, name="tablet_awake"),
]
