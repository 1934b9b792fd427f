from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "community.integrations"
    label = "integrations"
