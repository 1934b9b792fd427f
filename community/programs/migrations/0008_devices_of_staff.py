from django.db import migrations
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


def bind(apps, schema_editor):
    """Whoever holds an appointment is signed out as staff from now on, on the devices they are signed in on too."""
    now = timezone.now()
    held = apps.get_model('programs', 'Appointment').objects.filter(
        Q(ends=None) | Q(ends__gt=now), began__lte=now, closed=False, person=OuterRef('person')
    )
    sessions = apps.get_model('people', 'Session').objects.filter(Exists(held), ended=None, staff_since=None)
    sessions.update(staff_since=now)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0009_staff_devices'),
        ('programs', '0007_two_people'),
    ]

    operations = [
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
