from django.apps import AppConfig


class TabletsConfig(AppConfig):
    """The clinic's own tablet: many people use it, one after the other, and it keeps nothing of any."""

    name = "community.tablets"
    label = "tablets"
