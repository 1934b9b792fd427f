from django.urls import path

from groups.demo import views

urlpatterns = [
    path("", views.people, name="demo_people"),
    path("<slug:key>/", views.enter, name="demo_enter"),
]
