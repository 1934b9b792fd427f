from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Where people talk: the middle floor. It has no tables; its rooms do."""

    name = "groups"
