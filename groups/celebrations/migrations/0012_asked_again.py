"""On the way back to older tables, what was put off is asked anew: those would share it on its own day, or not at all."""

from typing import Any

from django.db import migrations


def ask_again(apps: Any, _schema: Any) -> None:
    """Silence is private; the rooms and words that were chosen stand in the question."""
    rows = apps.get_model("celebrations", "Celebration")._base_manager
    rows.filter(later__isnull=False).update(state="asked", later=None, said_on=None)


class Migration(migrations.Migration):
    dependencies = [("celebrations", "0011_later")]
    operations = [migrations.RunPython(migrations.RunPython.noop, ask_again)]
