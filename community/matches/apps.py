from typing import override

from django.apps import AppConfig


class MatchesConfig(AppConfig):
    """Two people who may walk together, from the proposal to the end."""

    name = "community.matches"
    label = "matches"

    @override
    def ready(self) -> None:
        """Nothing is heard yet."""
