from django.urls import path

from community.addresses import views

urlpatterns = [
    path("settings/address/", views.address, name="settings_address"),
    path("settings/address/remove/", views.remove, name="settings_address_remove"),
    path("a/<str:token>/", views.by_link, name="address_by_link"),
    path("address/", views.confirm, name="address_confirm"),
]
