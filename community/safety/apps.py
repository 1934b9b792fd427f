from typing import override

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Reads words for danger, shows help to who wrote them, and asks a person to look."""

    name = "community.safety"
    label = "safety"

    @override
    def ready(self) -> None:
        from community.foundation import registers
        from community.safety.reading import evidence_of

        registers.about_cases.add("safety: words that may mean danger", evidence_of)
