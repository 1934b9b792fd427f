from typing import Any

from django.db import migrations, models

COUNTS_NO_DAYS = ("mental_health", "eating_disorder")


def close_to_days(apps: Any, _schema: Any) -> None:
    """Seats of people whose programs count no days: those they are in, or, in none any more, the one of last."""
    episodes = apps.get_model("programs", "Enrollment").objects.order_by("-ended", "-began", "pk")
    found: dict[Any, list[str]] = {}
    for person, track in episodes.filter(ended=None).values_list("person", "program__track"):
        found.setdefault(person, []).append(track)
    for person, track in episodes.exclude(ended=None).values_list("person", "program__track"):
        found.setdefault(person, [track])
    deaf = [person for person, tracks in found.items() if any(one in COUNTS_NO_DAYS for one in tracks)]
    seats = apps.get_model("membership", "Membership").objects
    for start in range(0, len(deaf), 500):
        seats.filter(person__in=deaf[start : start + 500]).update(hears_days=False)


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0004_who_stands_by_what_was_agreed"),
        ("programs", "0006_the_language_of_a_room"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="hears_days",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.RunPython(close_to_days, migrations.RunPython.noop),
    ]
