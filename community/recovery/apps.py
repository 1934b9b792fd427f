from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    name = "community.recovery"
    label = "recovery"
