from django.urls import path

from community.keep_apart import views

ONE = "desk/apart/<uuid:apart_id>/"

urlpatterns = [
    path("desk/apart/", views.listed, name="desk_apart_all"),
    path("desk/people/<uuid:enrollment_id>/apart/", views.of_a_person, name="desk_apart"),
    path(f"{ONE}renew/", views.renew, name="desk_apart_renew"),
    path(f"{ONE}lift/", views.lift, name="desk_apart_lift"),
]
