from importlib import import_module
from typing import Any

from django.db import migrations, models

keep_in_step = import_module("groups.chat.migrations.0005_search_index").keep_in_step


def mark_cards(apps: Any, _schema: Any) -> None:
    """Cards that stand tell of days; the lines beside them are marked by celebrations/0004."""
    apps.get_model("chat", "Message").objects.filter(kind="celebration").update(tells_days=True)


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0006_card"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, keep_in_step),  # last on the way back
        migrations.AddField(
            model_name="message",
            name="tells_days",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(mark_cards, migrations.RunPython.noop),
        migrations.RunPython(keep_in_step, migrations.RunPython.noop),
    ]
