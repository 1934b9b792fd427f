from django.apps import AppConfig


class MilestonesConfig(AppConfig):
    name = "community.milestones"
    label = "milestones"
