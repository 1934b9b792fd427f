from django.urls import path

from community.consent import api

urlpatterns = [
    path("api/v1/consents", api.ConsentsView.as_view(), name="api_consents"),
    path("api/v1/consents/<uuid:record_id>", api.ConsentView.as_view(), name="api_consent"),
]
