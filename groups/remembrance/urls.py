from django.urls import path

from groups.remembrance import views

urlpatterns = [path("desk/deaths/<uuid:death_id>/note/", views.note, name="remembrance")]
