"""Whose each celebration is: the person of its count. Apart from the changes of the table, which wait for its rows."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def say_whose(apps: Any, _schema: Any) -> None:
    runs = apps.get_model("milestones", "Run").objects.filter(pk=OuterRef("run_id"))
    rows = apps.get_model("celebrations", "Celebration")._base_manager
    rows.filter(person=None).update(person_id=Subquery(runs.values("focus__person_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("celebrations", "0007_about_episodes")]
    operations = [migrations.RunPython(say_whose, migrations.RunPython.noop)]
