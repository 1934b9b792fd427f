from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "community.programs"
    label = "programs"
