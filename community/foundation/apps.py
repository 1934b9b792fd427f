from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "community.foundation"
    label = "foundation"
