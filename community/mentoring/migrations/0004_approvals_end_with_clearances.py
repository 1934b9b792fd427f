"""Approvals that were to outlast the clearance they stand on end with it, as they do since for new ones."""

from django.db import migrations
from django.db.models import F


def end_with_clearance(apps, schema_editor):
    mentors = apps.get_model("mentoring", "Mentor").objects.using(schema_editor.connection.alias)
    mentors.filter(approved_until__gt=F("cleared_until")).update(approved_until=F("cleared_until"))


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring', '0003_offered_before_the_end'),
    ]

    operations = [
        # Backwards there is nothing to do: what the longer day was is known nowhere, and staff approve again.
        migrations.RunPython(end_with_clearance, migrations.RunPython.noop, elidable=True),
    ]
