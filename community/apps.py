from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """People and their bonds: the ground floor. It has no tables; its rooms do."""

    name = "community"
