from typing import Any

from django.db import migrations


def mark_lines(apps: Any, _schema: Any) -> None:
    """The lines that many share tell of days, as their cards do."""
    places = apps.get_model("celebrations", "Place").objects.filter(message__isnull=False)
    apps.get_model("chat", "Message").objects.filter(pk__in=places.values("message")).update(tells_days=True)


class Migration(migrations.Migration):
    dependencies = [
        ("celebrations", "0003_label"),
        ("chat", "0007_message_tells_days"),
    ]

    operations = [
        migrations.RunPython(mark_lines, migrations.RunPython.noop),
    ]
