"""Counts that were begun before are looked at as well, the first time soon."""

from django.db import migrations
from django.utils import timezone


def look(apps, schema_editor):
    runs = apps.get_model("milestones", "Run").objects.filter(ended=None, watch=None).values_list("pk", flat=True)
    watch = apps.get_model("celebrations", "Watch")
    now = timezone.now()
    watch.objects.bulk_create([watch(run_id=run, next_at=now) for run in runs], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("celebrations", "0001_initial"), ("milestones", "0001_initial")]
    operations = [migrations.RunPython(look, migrations.RunPython.noop)]
