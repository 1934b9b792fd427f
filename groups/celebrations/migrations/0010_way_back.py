"""On the way back to older tables, what those cannot hold goes first: apart from their changes, which wait for its rows."""

from typing import Any

from django.db import migrations
from django.db.models import Q


def let_go_of_what_is_new(apps: Any, _schema: Any) -> None:
    """Those about finishing a program, and those that a new count put by, which would wait again."""
    rows = apps.get_model("celebrations", "Celebration")._base_manager
    rows.filter(Q(episode__isnull=False) | Q(let_go__isnull=False)).delete()


class Migration(migrations.Migration):
    dependencies = [("celebrations", "0009_one_thing")]
    operations = [migrations.RunPython(migrations.RunPython.noop, let_go_of_what_is_new)]
