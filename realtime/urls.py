"""The addresses of the top floor; the socket itself is answered in asgi.py."""

from django.urls import path

from realtime import views

urlpatterns = [path("sw.js", views.service_worker, name="service_worker")]
