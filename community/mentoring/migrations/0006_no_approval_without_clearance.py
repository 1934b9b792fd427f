"""An approval that stands on no clearance at all is none: staff clear and approve again."""

from django.db import migrations


def end_without_clearance(apps, schema_editor):
    mentors = apps.get_model("mentoring", "Mentor").objects.using(schema_editor.connection.alias)
    mentors.filter(approved_until__isnull=False, cleared_until=None).update(approved_until=None)


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring', '0005_approved_while_cleared'),
    ]

    operations = [
        # Backwards there is nothing to do: an approval that never stood on a clearance is none either way.
        migrations.RunPython(end_without_clearance, migrations.RunPython.noop, elidable=True),
    ]
