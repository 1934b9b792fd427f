from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.functions import Greatest, Least
from django.utils import timezone

OPEN = ["active", "introductory", "offered", "paused", "proposed", "shortlisted"]


def keep_one(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Of two suggestions that stand in each other's way the first stays; neither could go on beside the other."""
    matches, seen = apps.get_model("matches", "Match").objects, set()
    for row in matches.filter(state__in=OPEN).order_by("made", "pk").only("pk", "mentee_id", "guide_id"):
        two = frozenset({row.mentee_id, row.guide_id})
        if two in seen:
            matches.filter(pk=row.pk).update(state="withdrawn", reason="rules", since=timezone.now(), until=None)
        seen.add(two)


class Migration(migrations.Migration):
    dependencies = [
        ("matches", "0004_silence"),
        ("mentoring", "0003_offered_before_the_end"),
        ("programs", "0006_the_language_of_a_room"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(keep_one, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="match", name="match_open_once_a_pair"),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                Least("mentee", "guide"),
                Greatest("mentee", "guide"),
                condition=models.Q(state__in=OPEN),
                name="match_open_once_of_two",
            ),
        ),
    ]
