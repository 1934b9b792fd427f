from django.urls import path

from community.deaths import views

DEATH = "desk/people/<uuid:enrollment_id>/death/"

urlpatterns = [
    path("desk/deaths/", views.listed, name="desk_deaths"),
    path(DEATH, views.death, name="desk_death"),
    path(f"{DEATH}told/<uuid:telling_id>/", views.told, name="desk_death_told"),
    path(f"{DEATH}<slug:step>/", views.step, name="desk_death_step"),
]
