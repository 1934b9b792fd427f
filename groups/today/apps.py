from django.apps import AppConfig


class TodayConfig(AppConfig):
    """The page that greets. It has no tables: it asks the other rooms."""

    name = "groups.today"
    label = "today"
