from typing import Any, override

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class IntegrationsConfig(AppConfig):
    name = "community.integrations"
    label = "integrations"

    @override
    def ready(self) -> None:
        from community.audit.events import BackupRestored
        from community.foundation.events import together
        from community.integrations.handlers import on_closed, stop_every_token
        from community.people.events import AccountClosed

        together(BackupRestored, stop_every_token)
        together(AccountClosed, on_closed)
        checks.register(bench_is_off, checks.Tags.security, deploy=True)


def bench_is_off(**_asked: Any) -> list[checks.CheckMessage]:
    """A live site holds everybody to the limits."""
    if not getattr(settings, "BENCH", False):
        return []
    return [checks.Error("PORCHLIGHT_BENCH raises limits; unset it on a live site.", id="integrations.E001")]
