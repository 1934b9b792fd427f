from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "community.consent"
    label = "consent"
