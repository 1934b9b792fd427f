from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "groups.demo"
    label = "demo"
