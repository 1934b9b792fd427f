from django.urls import path

from community.copies import api, views

urlpatterns = [
    path("settings/your-data/", views.your_data, name="your_data"),
    path("api/v1/me/export", api.ExportView.as_view(), name="api_export"),
]
